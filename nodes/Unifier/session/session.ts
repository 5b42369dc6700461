import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { CredentialData, HttpRequest, WaitingRun } from '../../core/connection/connection';
import { CredentialError } from '../../core/connection/credentialError';
import { waitForOtherLogin } from '../../core/connection/otherLogin';
import {
	isNewer,
	restoreSession,
	sessionKey,
	Sessions,
	storeSession,
	succeeding,
} from '../../core/connection/sessions';
import { LoginClient } from '../../core/n8n/transport/login';
import { unlessAborted } from '../../core/util/abandoned';
import { asText } from '../../core/util/json';
import { SingleFlight } from '../../core/util/singleFlight';
import { companyUrl } from './baseUrl';
import { basicCredentials, logIn } from './login';

const sessions = new Sessions();

/** The settings that a session depends on. */
const SETTINGS = [
	'baseUrl',
	'authentication',
	'username',
	'password',
	'accessToken',
	'tenant',
	'tenantCode',
] as const;

const TENANT = 'x-unifier-tenant';
const TENANT_CODE = 'x-unifier-tenant-code';

/** By credential: all requests of this process wait together for another process to log in. */
const waits = new SingleFlight<void>();

/** Sent when there is no session for these settings: Unifier answers 401, and n8n then logs in. */
const NO_TOKEN = 'none';

/**
 * A session for n8n to keep. n8n calls this for an empty session, after a 401, and when the credential is tested; items
 * that need one at the same time share one login. A pasted token has no session. Rejects with CredentialError, with
 * AbandonedError when the run is cancelled before.
 */
export async function obtainSession(
	credentials: CredentialData,
	request: HttpRequest,
	run?: WaitingRun,
): Promise<{ sessionToken?: string }> {
	if (isPasted(credentials)) return {};
	const key = keyOf(credentials);
	const refused = restoreSession(key, credentials['sessionToken']);
	const own = sessions.newest(key);
	// Another process logged in after this one, so this one's session is void too.
	const refusedToken = refused && own && !isNewer(own, refused) ? own.token : (refused?.token ?? '');
	const login = sessions.obtain(
		key,
		refusedToken,
		async (isWanted) => succeeding(refused, await logIn(credentials, new LoginClient(request, isWanted))),
		{ isWanted: () => !run?.signal?.aborted, since: run?.since },
	);
	const session = await unlessAborted(login, run?.signal);
	return { sessionToken: storeSession(key, session) };
}

/**
 * Puts token, tenant headers and the cleaned base URL into a request ("REST Web Services V1"; "Obtain Tenant Information
 * for the Access Token Request"). Notes the session it used in the credential data, so that a 401 counts against
 * that session and no other.
 *
 * @throws CredentialError when the pasted token is empty or the address is not usable
 */
export function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const session = isPasted(credentials)
		? undefined
		: sessions.current(keyOf(credentials), credentials['sessionToken']);
	if (session) credentials['sessionToken'] = storeSession(keyOf(credentials), session);
	const token = isPasted(credentials) ? pastedToken(credentials) : (session?.token ?? NO_TOKEN);
	return {
		...options,
		...(options.baseURL !== undefined && { baseURL: companyUrl(credentials) }),
		headers: {
			...options.headers,
			...session?.extra,
			...enteredHeaders(credentials),
			Authorization: `Bearer ${token}`,
		},
	};
}

/**
 * A refused token has expired, or another worker of this n8n has logged in since, which voids it ("REST Web Services V1").
 * That worker saves its token in the credential, where the next request finds it, so each waits for a random time before
 * it logs in. A pasted token cannot be renewed.
 */
export async function awaitOtherLogin(credentials: CredentialData, round: number): Promise<boolean> {
	if (isPasted(credentials)) return false;
	await waits.run(keyOf(credentials), async () => await waitForOtherLogin(round));
	return true;
}

/** The texts that must not appear in any output. */
export function secretsOf(credentials: CredentialData): string[] {
	const { password, accessToken, tenantCode, sessionToken } = credentials;
	const key = keyOf(credentials);
	const texts = [password, accessToken, tenantCode, sessionToken];
	for (const session of [restoreSession(key, sessionToken), sessions.newest(key)]) {
		texts.push(session?.token, session?.extra[TENANT_CODE]);
	}
	if (asText(credentials['username']) && asText(password)) texts.push(basicCredentials(credentials));
	return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}

function isPasted(credentials: CredentialData): boolean {
	return credentials['authentication'] === 'accessToken';
}

function pastedToken(credentials: CredentialData): string {
	const token = asText(credentials['accessToken'])?.replace(/^Bearer\s+/i, '');
	if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
		throw new CredentialError(
			"The 'Access Token' in the credential is empty or contains characters that are not allowed in a token",
			"Paste a token from one of Unifier's token services.",
		);
	}
	return token;
}

/** An edited credential never uses a session of its former settings. */
function keyOf(credentials: CredentialData): string {
	return sessionKey(SETTINGS.map((name) => credentials[name] ?? ''));
}

function enteredHeaders(credentials: CredentialData): Record<string, string> {
	const tenant = asText(credentials['tenant']);
	const tenantCode = asText(credentials['tenantCode']);
	return {
		...(tenant !== undefined && { [TENANT]: tenant }),
		...(tenantCode !== undefined && { [TENANT_CODE]: tenantCode }),
	};
}
