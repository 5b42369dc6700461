import type { IHttpRequestOptions } from 'n8n-workflow';

import type { CredentialData } from '../../core/connection/connection';
import { CredentialError } from '../../core/connection/credentialError';
import type { HelperOptions } from '../../core/n8n/transport/requestOptions';
import { asObject } from '../../core/util/json';
import { signedHeaders, timestamps } from '../api/signature';
import { sessionToCarry } from './session';
import { readSettings } from './settings';
import { isToBeOffered } from './unsaved';

/**
 * No session for these settings, or one that n8n does not keep yet. n8n takes anything that carries a 401 as the signal to log in and to try again, and
 * an edited credential gives no other: n8n keeps the session of the settings before.
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
	if (isMissing || isToBeOffered(settings.key, credentials['sessionToken'])) throw new NoSession();

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
