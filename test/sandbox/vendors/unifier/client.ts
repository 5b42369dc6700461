import { basicPair } from '../../core/masking.ts';
import { ask } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { useEmulator } from '../../useEmulator.ts';
import { createUnifier } from './index.ts';

/** The path of the REST services below the base URL. */
export const SERVICE = '/ws/rest/service';
/** The path of terminate below the services. */
export const TERMINATE = '/v2/bp/record/terminate';

/** A tenant, and calls to it as a client would send them. */
export function useUnifier() {
	const unifier = useEmulator(createUnifier);
	const url = (path: string): string => unifier.baseUrl + SERVICE + path;
	const basicHeader = (name: string): string => {
		const { username = '', password = '' } = unifier.credential(name);
		return `Basic ${basicPair(username, password)}`;
	};
	const logIn = async (name = 'unifierApi', path = '/v2/auth/token'): Promise<Answer> =>
		await ask(url(path), { headers: { authorization: basicHeader(name) } });
	/** The token that is issued from the start. */
	const issued = (): string => unifier.credential('accessToken')['accessToken'] ?? '';
	const send = async (method: string, path: string, body: unknown, token = issued()): Promise<Answer> =>
		await ask(url(path), {
			method,
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	const terminateRaw = async (body: unknown, token?: string): Promise<Answer> =>
		await send('PUT', TERMINATE, body, token);
	const list = async (body: object, path = '/v1/bp/records/PRJ-004', token?: string): Promise<Answer> =>
		await send(
			'POST',
			path,
			{ bpname: 'Punchlist', lineitem: 'no', record_fields: 'status', ...body },
			token,
		);
	return {
		unifier,
		url,
		basicHeader,
		logIn,
		tokenOf: async (name = 'unifierApi'): Promise<string> =>
			String((await logIn(name)).json.data.access_token),
		issued,
		send,
		read: async (path: string, token = issued(), headers: Record<string, string> = {}): Promise<Answer> =>
			await ask(url(path), { headers: { authorization: `Bearer ${token}`, ...headers } }),
		terminateRaw,
		terminate: async (
			recordNo: unknown,
			options: object = {},
			more: object = {},
			token?: string,
		): Promise<Answer> =>
			await terminateRaw(
				{
					options: { bpname: 'Punchlist', project_number: 'PRJ-004', ...options },
					data: [{ record_no: recordNo, ...more }],
				},
				token,
			),
		list,
		/** The numbers of the listed records. */
		numbers: async (body: object, path?: string): Promise<string[]> =>
			(await list(body, path)).json.data.map((row: { record_no: string }) => row.record_no),
	};
}
