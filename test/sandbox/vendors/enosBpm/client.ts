import type { JsonObject } from '../../core/emulator.ts';
import { ask } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { useEmulator } from '../../useEmulator.ts';
import { createEnosBpm } from './index.ts';
import { encryptionOf, signatureOf } from './signature.ts';

/** The paths of the services. */
export const BPM = '/enos-bpm-service/v2.0';
export const INSTANCES = `${BPM}/work/process-instances`;
export const APIM = '/apim-token-service/v2.0';
export const PORTAL = '/app-portal-service/v2.2';

/** A user token that works from the start. */
export const VALID = 'sandbox-user-token-valid';
/** The body of the page's sample. */
export const REASON = '{"deleteReason":"your_terminate_reason"}';

const JSON_TYPE = 'application/json;charset=UTF-8';

/** The header of a user token, or none without a token. */
export const bearer = (token: string): Record<string, string> =>
	token ? { authorization: `Bearer ${token}` } : {};

/** Path and query that terminate an instance. */
export const terminatePath = (id: string): string =>
	`${INSTANCES}?action=delete&processInstanceId=${encodeURIComponent(id)}`;

let tick = 1_700_000_000_000;

/** The body of a request for an application token, each with a timestamp of its own. */
export const tokenRequest = (
	appKey = 'sandbox-app-key-1',
	appSecret = 'sandbox-app-secret-1',
): JsonObject => {
	tick += 1;
	return { appKey, encryption: encryptionOf(appKey, String(tick), appSecret), timestamp: tick };
};

/** The headers of a signed call. */
export const signed = (
	accessToken: string,
	query: Array<[string, string]>,
	body: string,
	timestamp = String((tick += 1)),
	appSecret = 'sandbox-app-secret-1',
): Record<string, string> => ({
	'apim-accesstoken': accessToken,
	'apim-signature': signatureOf({ accessToken, appSecret, timestamp, query, body }),
	'apim-timestamp': timestamp,
});

/** The BPM service and the portal, and calls to them as a client would send them. */
export function useEnosBpm() {
	const vendor = useEmulator(createEnosBpm);
	const get = async (path: string, token = '', headers: Record<string, string> = {}): Promise<Answer> =>
		await ask(vendor.origin + path, { headers: { ...bearer(token), ...headers } });
	const post = async (
		path: string,
		body: string | object,
		token = '',
		headers: Record<string, string> = {},
	): Promise<Answer> =>
		await ask(vendor.origin + path, {
			method: 'POST',
			headers: { 'content-type': JSON_TYPE, ...bearer(token), ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	const query = async (body: object, token = VALID): Promise<Answer> =>
		await post(`${INSTANCES}/queryList`, body, token);
	return {
		vendor,
		get,
		post,
		query,
		terminate: async (id: string, token = VALID, body: string | object = REASON): Promise<Answer> =>
			await post(terminatePath(id), body, token),
		read: async (id: string, token = VALID): Promise<Answer> =>
			await get(`${INSTANCES}?processInstanceId=${id}`, token),
		/** The IDs of the running instances that the filters find. */
		ids: async (filters: object = {}, pagination: object = {}): Promise<string[]> =>
			(await query({ processStatus: 'inProgress', ...filters, pagination })).json.data.processInstances.map(
				({ id }: { id: string }) => id,
			),
		login: async (number = 1, password = `sandbox-password-${number}`): Promise<Answer> =>
			await post(`${PORTAL}/login`, { account: `sandbox-account-${number}`, password }),
		appToken: async (): Promise<string> =>
			(await post(`${APIM}/token/get`, tokenRequest())).json.data.accessToken,
		choose: async (orgId: string, token: string): Promise<Answer> =>
			await post(`${PORTAL}/session/set`, { orgId }, token),
	};
}
