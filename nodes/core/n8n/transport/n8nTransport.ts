import * as n8nWorkflow from 'n8n-workflow';
import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';

import type { Connection, CredentialData } from '../../connection/connection';
import { toTransportResult } from './helperErrors';
import { toApiResponse } from './helperResponse';
import { sessionRenewal, sendWithRefresh } from './sessionRefresh';
import { requestOptions } from './requestOptions';
import type { PreparedOptions } from './requestOptions';
import type { TransportResult, Transport } from '../../http/transport';
import type { ApiRequest, ApiResponse } from '../../http/messages';

/**
 * The run's transport where n8n hands over the whole input, or asks for a list to pick from: n8n adds the credential to
 * each request and renews its session; everything else that the routing engine would prepare comes from `prepared`.
 */
export function n8nTransport(
	engine: IExecuteFunctions | ILoadOptionsFunctions,
	prepared: PreparedOptions,
): (connection: Connection, credentials: CredentialData) => Transport {
	return (connection, credentials) => ({
		async send(request: ApiRequest): Promise<TransportResult> {
			try {
				const allowedDomains = allowedDomainsOf(engine.getNode(), connection, credentials);
				const options = {
					...requestOptions(prepared, request, connection, credentials),
					returnFullResponse: true,
					...(allowedDomains !== undefined && { allowedDomains }),
				};
				return await sendWithRefresh(connection, credentials, options, async (wanted) => {
					const full: unknown = await engine.helpers.httpRequestWithAuthentication.call(
						engine,
						connection.credentialType,
						wanted as IHttpRequestOptions,
					);
					return toApiResponse(full);
				});
			} catch (error) {
				return toTransportResult(error);
			}
		},
		...sessionRenewal(
			connection,
			credentials,
			async (options) => (await engine.helpers.httpRequest(options)) as unknown,
		),
	});
}

/**
 * The hosts that an administrator has restricted the credential to, and the credential's own, as n8n's routing engine
 * works it out. Older versions of n8n know no such restriction.
 */
function allowedDomainsOf(
	node: INode,
	connection: Connection,
	credentials: CredentialData,
): string | undefined {
	const { getCredentialAllowedDomains: allowed } = n8nWorkflow as Partial<typeof n8nWorkflow>;
	return allowed?.({
		node,
		credentialData: credentials,
		credentialOwnedSurface: true,
		nodeEndpointUrl: connection.baseUrl(credentials),
	});
}

/**
 * The run's transport over n8n's routing engine: each request takes the options that the engine has prepared for the
 * item (authentication, timeout, proxy, certificates, allowed domains) and gets the contract's method, path and body.
 */
export function routingTransport(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
): (connection: Connection, credentials: CredentialData) => Transport {
	return (connection, credentials) => ({
		async send(request: ApiRequest): Promise<TransportResult> {
			try {
				const options = requestOptions(prepared.options, request, connection, credentials);
				return await sendWithRefresh(connection, credentials, options, async (wanted) => {
					const [item] = await engine.makeRoutingRequest({ ...prepared, options: wanted });
					return item?.json as unknown as ApiResponse;
				});
			} catch (error) {
				return toTransportResult(error);
			}
		},
		...sessionRenewal(
			connection,
			credentials,
			async (options) => (await engine.helpers.httpRequest(options)) as unknown,
		),
	});
}

/** Hands the whole answer through n8n's routing engine unread, so that the contract sees status, headers and text. */
export async function carryResponse(
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	return [{ json: { ...toApiResponse(response) } }];
}
