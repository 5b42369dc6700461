import { ask } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { useEmulator } from '../../useEmulator.ts';
import { createBitrix24 } from './index.ts';

/** A portal without a rate limit, and calls to it as a client would send them. */
export function usePortal() {
	const portal = useEmulator(createBitrix24, { rateLimit: 'off' });
	const webhookUrl = (key = 'bitrix24BizprocWebhookApi'): string =>
		String(portal.credential(key)['webhookUrl']);
	const post = async (url: string, body: unknown): Promise<Answer> =>
		await ask(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	/** A call as the administrator's webhook, or as another credential. */
	const call = async (method: string, body: unknown = {}, key?: string): Promise<Answer> =>
		await post(webhookUrl(key) + method, body);
	return Object.assign(portal, {
		webhookUrl,
		post,
		call,
		/** The token data of an OAuth credential. */
		tokens: (key = 'bitrix24BizprocOAuth2Api'): { access_token: string; refresh_token: string } =>
			portal.credential(key)['oauthTokenData'] as never,
		/** The IDs of a list, by ID unless the body has another order. */
		ids: async (method: string, body: object, key?: string): Promise<string[]> =>
			(await call(method, { ORDER: { ID: 'ASC' }, ...body }, key)).json.result.map(
				({ ID }: { ID: string }) => ID,
			),
	});
}
