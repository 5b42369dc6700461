import type { IDataObject } from 'n8n-workflow';

import { Bench } from '../../engine/bench';
import type { Change } from '../../engine/bench';
import { runNode } from '../../engine/engine';
import type { NodeResult } from '../../engine/engine';
import { createBitrix24 } from '../../sandbox/vendors/bitrix24/index.ts';

export { outcomesOf, PATHS, toldOf } from '../../engine/bench';

export const WEBHOOK = 'bitrix24BizprocWebhookApi';
export const OAUTH2 = 'bitrix24BizprocOAuth2Api';

/** What a run is like besides its workflow IDs. */
export interface Options extends Change {
	oAuth2?: boolean;
}

/** An emulated portal for each test, and the node run against it. */
export class Portal extends Bench {
	/** The time of the nodes runs faster than the portal's here, so it counts no rate; their pace has a suite of its own. */
	constructor(createEmulator = createBitrix24, switches: { rateLimit?: string } = { rateLimit: 'off' }) {
		super({ createEmulator, switches, node: 'bitrix24', credentialType: WEBHOOK });
	}

	async terminate(workflowId: unknown, options?: Options): Promise<NodeResult> {
		return await this.call('terminate', workflowId, options);
	}

	/** Its confirmation is left to the parameters. */
	async kill(workflowId: unknown, options?: Options): Promise<NodeResult> {
		return await this.call('kill', workflowId, options);
	}

	async get(workflowId: unknown, options?: Options): Promise<NodeResult> {
		return await this.call('get', workflowId, options);
	}

	/** Get Many, which takes no IDs. */
	async list(options?: Options): Promise<NodeResult> {
		return await this.call('getAll', undefined, options);
	}

	/** The status text of a workflow. */
	title(id: string): unknown {
		return this.instance(id)['title'];
	}

	/** The methods that were called, batches with their number of commands, oldest first. */
	calls(): string[] {
		return this.requests().map(({ url, body }) => {
			const method = url.split('/').at(-1) ?? '';
			if (method !== 'batch') return method;
			const { cmd } = JSON.parse(body) as { cmd: Record<string, string> };
			const commands = Object.values(cmd);
			return `${commands.length} × ${commands[0]?.split('?')[0] ?? ''}`;
		});
	}

	private async call(
		operation: string,
		workflowId: unknown,
		{ oAuth2 = false, parameters, ...change }: Options = {},
	): Promise<NodeResult> {
		const run = this.prepare({
			...change,
			credentialType: oAuth2 ? OAUTH2 : WEBHOOK,
			parameters: {
				authentication: oAuth2 ? 'oAuth2' : 'webhook',
				resource: 'workflow',
				operation,
				workflowId: workflowId as never,
				...parameters,
			},
		});
		const result = this.checked(await runNode(run));
		for (const credential of Object.values(run.credentials)) expectNoSecrets(result, credential);
		return result;
	}
}

/** Nor may a secret come out that only the credential has. */
function expectNoSecrets({ run, success, errors, error }: NodeResult, credentials: IDataObject): void {
	const tokens = (credentials['oauthTokenData'] ?? {}) as IDataObject;
	const url = String(credentials['webhookUrl'] ?? '');
	const code = /\/rest\/\d+\/([^/]+)/.exec(url)?.[1];
	const secrets = [url, code, credentials['clientSecret'], tokens['access_token'], tokens['refresh_token']];
	const { message, description, context } = error ?? {};
	const all = JSON.stringify([run, success, errors, message, description, context]);
	for (const secret of secrets) {
		if (typeof secret === 'string' && secret !== '') expect(all).not.toContain(secret);
	}
}
