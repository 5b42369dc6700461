import type { JsonObject } from '../../core/emulator.ts';
import { ask, startAlone } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { createBitrix24 } from './index.ts';

/** A portal on a free port with short-hands for the tests. */
export async function startPortal() {
	const { emulator, app, origin, journal, faults } = await startAlone(createBitrix24());
	const webhookUrl = (key = 'bitrix24BizprocWebhookApi'): string =>
		String(emulator.credentials(origin)[key]?.['webhookUrl']);
	const post = async (url: string, body: unknown): Promise<Answer> =>
		await ask(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	return {
		emulator,
		app,
		origin,
		journal,
		faults,
		post,
		webhookUrl,
		/** A call as the administrator's webhook, or as another credential. */
		call: async (method: string, body: unknown = {}, key?: string): Promise<Answer> =>
			await post(webhookUrl(key) + method, body),
		/** The token data of an OAuth credential. */
		tokens: (key = 'bitrix24BizprocOAuth2Api'): { access_token: string; refresh_token: string } =>
			emulator.credentials(origin)[key]?.['oauthTokenData'] as never,
		instance: (id: string): any => (emulator.state()['instances'] as JsonObject)[id],
		counter: (name: string): unknown => (emulator.state()['counters'] as JsonObject)[name],
		fresh: (switches: JsonObject = {}): void => {
			emulator.reset();
			journal.clear();
			faults.clear();
			emulator.configure({ rateLimit: 'off', ...switches });
		},
	};
}

/** What {@link startPortal} gives. */
export type TestPortal = Awaited<ReturnType<typeof startPortal>>;
