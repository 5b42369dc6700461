import type { DeclarativeRestApiSettings, IHttpRequestOptions } from 'n8n-workflow';

import type { Connection, CredentialData } from '../../connection/connection';
import { CredentialError } from '../../connection/credentialError';
import type { ApiRequest } from '../../http/messages';
import { omit } from '../../util/omit';
import { certificateOptions } from './certificates';

/** What holds for all requests of a run: timeout, proxy, certificates, allowed domains, and what n8n has prepared. */
export type PreparedOptions = DeclarativeRestApiSettings.HttpRequestOptions;

/** What a credential is handed to sign; n8n's helper behind the HTTP Request node calls the address `uri`. */
export type HelperOptions = IHttpRequestOptions & { uri?: string };

/**
 * n8n's request options for one request of a contract.
 *
 * @throws CredentialError when the address in the credential is no good, or when the URL that would leave is not the
 * one that the contract wrote (a path that climbs out of its place would reach another endpoint)
 */
export function requestOptions(
	prepared: PreparedOptions,
	{ method, path, body, contentType = 'application/json' }: ApiRequest,
	connection: Connection,
	credentials: CredentialData,
): Omit<PreparedOptions, 'url'> & { url: string } {
	const baseURL = connection.baseUrl(credentials);
	const url = new URL(baseURL + path);
	if (url.href !== new URL(baseURL).href.replace(/\/$/, '') + path) {
		throw new CredentialError(
			'The URL of the request is not the intended one',
			'Check the IDs and the base URL.',
		);
	}
	return {
		...omit(prepared, 'body'),
		...certificateOptions(credentials),
		method,
		baseURL,
		url: path,
		qs: {},
		headers: {
			...prepared.headers,
			accept: 'application/json',
			...(body !== undefined && { 'content-type': contentType }),
		},
		...(body !== undefined && { body }),
		encoding: 'text',
		disableFollowRedirect: true,
		ignoreHttpStatusErrors:
			connection.refreshStatuses.length > 0
				? { ignore: true, except: [...connection.refreshStatuses] }
				: true,
	};
}
