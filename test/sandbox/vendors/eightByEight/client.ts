import { ask } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { useEmulator } from '../../useEmulator.ts';
import { createEightByEight } from './index.ts';

/** The definition that seeding uses. */
export const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** A call's credential, body and further headers. */
export interface CallOptions {
	as?: string;
	body?: string;
	headers?: Record<string, string>;
}

/** The path of an instance. */
export const at = (id: string, definition = DEFINITION): string =>
	`/definitions/${definition}/workflows/${id}`;

/** The IDs of listed instances. */
export const idsIn = (answer: Answer): string[] =>
	answer.json.map(({ workflowId }: { workflowId: string }) => workflowId);

/** The Automation API, and calls to it as a client would send them. */
export function useEightByEight() {
	const vendor = useEmulator(createEightByEight);
	const call = async (
		method: string,
		path: string,
		{ as = 'eightByEightAutomationApi', body, headers }: CallOptions = {},
	): Promise<Answer> => {
		const { baseUrl, accountId, apiKey } = vendor.credential(as);
		return await ask(`${String(baseUrl)}/api/v1/accounts/${String(accountId)}${path}`, {
			method,
			headers: {
				authorization: `Bearer ${String(apiKey)}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined ? {} : { body }),
		});
	};
	const get = async (path: string, options?: CallOptions): Promise<Answer> =>
		await call('GET', path, options);
	return {
		vendor,
		call,
		get,
		list: async (query = '', definition = DEFINITION, options?: CallOptions): Promise<Answer> =>
			await get(`/definitions/${definition}/workflows${query}`, options),
		command: async (id: string, verb: string, options: CallOptions = {}): Promise<Answer> =>
			await call('PATCH', at(id), { body: JSON.stringify({ status: verb }), ...options }),
	};
}
