import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../engine/engine';
import type { NodeResult, NodeRun } from '../../engine/engine';
import { credentialsOf } from '../../engine/sandboxes';
import type { VendorListener } from '../../sandbox/core/listener.ts';

export const WEBHOOK = 'bitrix24BizprocWebhookApi';
export const OAUTH2 = 'bitrix24BizprocOAuth2Api';

/** What a run is like besides its workflow IDs. */
export interface Options extends Pick<NodeRun, 'items' | 'onError' | 'path'> {
	/** The key of the emulator's credentials. */
	key?: string;
	/** Other fields of the credential. */
	change?: object;
	oAuth2?: boolean;
	parameters?: IDataObject;
}

/** Runs the node's terminate against an emulated portal, and sees to it that no secret comes out. */
export async function terminateAt(
	vendor: VendorListener,
	workflowId: unknown,
	options?: Options,
): Promise<NodeResult> {
	return await runAt(vendor, 'terminate', workflowId, options);
}

/** The same for kill; its confirmation is left to the parameters. */
export async function killAt(
	vendor: VendorListener,
	workflowId: unknown,
	options?: Options,
): Promise<NodeResult> {
	return await runAt(vendor, 'kill', workflowId, options);
}

/** The same for Get Many, which takes no IDs. */
export async function listAt(vendor: VendorListener, options?: Options): Promise<NodeResult> {
	return await runAt(vendor, 'getAll', undefined, options);
}

async function runAt(
	vendor: VendorListener,
	operation: string,
	workflowId: unknown,
	{ oAuth2 = false, key = oAuth2 ? OAUTH2 : WEBHOOK, change = {}, parameters = {}, ...run }: Options = {},
): Promise<NodeResult> {
	const credentials = { ...credentialsOf(vendor, key), ...change };
	const result = await runNode({
		...run,
		node: 'bitrix24',
		parameters: {
			authentication: oAuth2 ? 'oAuth2' : 'webhook',
			resource: 'workflow',
			operation,
			workflowId: workflowId as never,
			...parameters,
		},
		credentials: { [oAuth2 ? OAUTH2 : WEBHOOK]: credentials },
	});
	expectNoSecrets(result, credentials);
	return result;
}

/** No secret of the credential may be anywhere in what a run leaves behind. */
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

/** What is told of each target, wherever n8n's Stop mode puts it. */
export function toldBy({ success, error }: NodeResult): IDataObject[] {
	return error
		? (error.context['data'] as { outcomes: IDataObject[] }).outcomes
		: success.map(({ json }) => json);
}

/** The outcome of each target. */
export function outcomesOf(result: NodeResult): unknown[] {
	return toldBy(result).map(({ outcome }) => outcome);
}

/** What the emulator has counted. */
export function countersOf(vendor: VendorListener): Record<string, number> {
	return vendor.emulator.state()['counters'] as Record<string, number>;
}

/** The status text of a workflow in the emulator. */
export function titleOf(vendor: VendorListener, id: string): unknown {
	return (vendor.emulator.state()['instances'] as Record<string, IDataObject>)[id]?.['title'];
}

/** The methods that were called, batches with their number of commands, oldest first. */
export function callsTo(vendor: VendorListener): string[] {
	return vendor.journal.list().map(({ url, body }) => {
		const method = url.split('/').at(-1) ?? '';
		if (method !== 'batch') return method;
		const { cmd } = JSON.parse(body) as { cmd: Record<string, string> };
		const commands = Object.values(cmd);
		return `${commands.length} × ${commands[0]?.split('?')[0] ?? ''}`;
	});
}
