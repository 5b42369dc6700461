import type { DeclarativeRestApiSettings, IExecutePaginationFunctions } from 'n8n-workflow';
import type { IN8nHttpFullResponse, INodeExecutionData } from 'n8n-workflow';

import type { Connection, CredentialData } from './command';
import { deliveryOf, refused } from './faults';
import { responseOf } from './fullResponse';
import { CredentialRefusal } from './refusal';
import type { Delivery, Transport } from './transport';
import type { WireRequest, WireResponse } from './wire';

/**
 * The run's transport over n8n's routing engine: each request takes the options that the engine has prepared for the
 * item (authentication, timeout, proxy, certificates, allowed domains) and gets the contract's method, path and body.
 */
export function routingTransport(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	connection: Connection,
	credentials: CredentialData,
): Transport {
	const send = async (request: WireRequest): Promise<Delivery> => {
		try {
			const options = requestOptions(prepared.options, request, connection, credentials);
			const [item] = await engine.makeRoutingRequest({ ...prepared, options });
			return { kind: 'response', response: item?.json as unknown as WireResponse };
		} catch (error) {
			return deliveryOf(error);
		}
	};
	if (!connection.renew) return { send };
	return {
		send,
		renew: async () => {
			try {
				await connection.renew?.(
					credentials,
					async (options) => (await engine.helpers.httpRequest(options)) as unknown,
				);
				return undefined;
			} catch (error) {
				if (error instanceof CredentialRefusal) return refused(error);
				const delivery = deliveryOf(error);
				return delivery.kind === 'fault'
					? { ...delivery.fault, maybeSent: false, stopsRun: true }
					: refused(
							new CredentialRefusal('The session expired and could not be renewed', 'Test the credential.'),
						);
			}
		},
	};
}

/** Hands the whole answer through n8n's routing engine unread, so that the contract sees status, headers and text. */
export async function carryResponse(
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	return [{ json: { ...responseOf(response) } }];
}

/**
 * n8n's request options for one request of a contract.
 *
 * @throws CredentialRefusal when the address in the credential is no good, or when the URL that would leave is not the
 * one that the contract wrote (a path that climbs out of its place would reach another endpoint)
 */
export function requestOptions(
	prepared: DeclarativeRestApiSettings.HttpRequestOptions,
	{ method, path, body, contentType = 'application/json' }: WireRequest,
	connection: Connection,
	credentials: CredentialData,
): DeclarativeRestApiSettings.HttpRequestOptions {
	const baseURL = connection.baseUrl(credentials);
	const url = new URL(baseURL + path);
	if (url.href !== new URL(baseURL).href.replace(/\/$/, '') + path) {
		throw new CredentialRefusal(
			'The address of the request is not the intended one',
			'Check the IDs and the base URL.',
		);
	}
	const { body: _unused, ...rest } = prepared;
	return {
		...rest,
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
			connection.renewedByN8n.length > 0 ? { ignore: true, except: [...connection.renewedByN8n] } : true,
	};
}
