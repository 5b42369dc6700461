import type { IHttpRequestOptions } from 'n8n-workflow';

import type { CredentialData } from '../../core/connection/connection';
import { CredentialError } from '../../core/connection/credentialError';
import type { HelperOptions } from '../../core/n8n/transport/requestOptions';
import type { Session } from '../../core/connection/sessions';
import { asObject } from '../../core/util/json';
import { signedHeaders, timestamps } from '../api/signature';
import { isRefused, noteCarried } from './carried';
import { otherLoginAwaited, sessionToCarry } from './session';
import { readSettings } from './settings';
import type { Settings } from './settings';

/**
 * No session for these settings, or only one that EnOS has refused inside HTTP 200. n8n takes anything that carries a 401 as
 * the signal to ask for a session, to save it and to try again, and it gets no other here.
 */
export class NoSession extends CredentialError {
	readonly response = { status: 401 };

	constructor() {
		super('The session in the credential belongs to earlier settings', 'Test the credential and save it.');
		this.name = 'NoSession';
	}
}

/**
 * The request as EnOS wants it: the user's token, and with an application the `apim-*` headers over the exact query and
 * the exact body that is sent ("Invoking API with Access Token"). Applied twice, the second time counts.
 *
 * Rejects with CredentialError when a field of the credential is no good, with NoSession when there is nothing to log
 * in with.
 */
export async function authenticated(
	credentials: CredentialData,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const settings = readSettings(credentials);
	const session = await sessionToCarry(settings, credentials['sessionToken']);
	const appToken = session?.extra['appToken'];
	const { application } = settings;
	const isMissing = !session || (application && appToken === undefined);
	if (isMissing || isToBeReplaced(credentials, settings, session)) throw new NoSession();
	noteCarried(settings.key, session);

	const result: IHttpRequestOptions = {
		...options,
		...(options.baseURL !== undefined && { baseURL: settings.baseUrl }),
		headers: { ...options.headers, Authorization: `Bearer ${session.token}` },
	};
	if (!application || appToken === undefined) return result;

	const body = bodyText(result);
	if (body !== '') {
		// Serialized once, so that what is signed is what is sent.
		result.body = body;
		if (!hasContentType(result.headers)) {
			result.headers = { ...result.headers, 'content-type': 'application/json;charset=UTF-8' };
		}
	}
	result.headers = {
		...result.headers,
		...signedHeaders({
			accessToken: appToken,
			appSecret: application.secret,
			timestamp: timestamps.next(application.key),
			query: queryOf(result),
			body,
		}),
	};
	return result;
}

/** Credential data of requests for which n8n has been made to ask: it does so once, and then goes by what there is. */
const asked = new WeakSet<CredentialData>();

function isToBeReplaced(credentials: CredentialData, settings: Settings, session: Session): boolean {
	if (asked.has(credentials) || !isRefused(settings.key, session)) return false;
	// What n8n has read before the end of the wait may not have the session of the other process yet.
	if (otherLoginAwaited(settings)) return false;
	asked.add(credentials);
	return true;
}

/** The body's text as it goes out: none with GET, plain objects and lists as JSON. */
function bodyText({ method, body }: IHttpRequestOptions): string {
	if ((method ?? 'GET') === 'GET') return '';
	if (typeof body === 'string') return body;
	if (body === undefined || body === null) return '';
	return Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype ? JSON.stringify(body) : '';
}

/** Names and values of the query, decoded: those in the URL and those that n8n will add. */
function queryOf({ baseURL, url, uri, qs }: HelperOptions): Array<[string, string]> {
	const inUrl = [...new URL((baseURL ?? '') + (uri ?? url)).searchParams];
	const added = Object.entries(asObject(qs) ?? {}).map(([name, value]): [string, string] => [
		name,
		String(value),
	]);
	return [...inUrl, ...added];
}

function hasContentType(headers: IHttpRequestOptions['headers']): boolean {
	return Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
}
