import * as n8nWorkflow from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import type { Connection, CredentialData, HttpRequest } from '../../connection/connection';
import type { ApiResponse } from '../../http/messages';
import type { Transport } from '../../http/transport';
import { toTransportResult } from './helperErrors';
import { toApiResponse } from './helperResponse';
import { requestOptions } from './requestOptions';
import type { PreparedOptions } from './requestOptions';
import { sendWithRefresh, sessionRenewal } from './sessionRefresh';
import { newStanding, sendUnderRenewal } from './tokenServer';
import { noteRun, runOf } from './waitingRuns';

/** Makes the transport of one connection. */
type TransportFactory = (connection: Connection, credentials: CredentialData) => Transport;

/**
 * The transport where n8n hands over the whole input, or asks for a list to pick from: n8n adds the credential to each
 * request and renews its session; everything else that the routing engine would prepare comes from `prepared`.
 */
export function wholeInputTransport(
	engine: IExecuteFunctions | ILoadOptionsFunctions,
	prepared: PreparedOptions,
): TransportFactory {
	noteRun(engine.helpers, signalIn(engine));
	return transportOver(engine, prepared, async (options, connection, credentials) => {
		const allowedDomains = allowedDomainsOf(engine.getNode(), connection, credentials);
		const full: unknown = await engine.helpers.httpRequestWithAuthentication.call(
			engine,
			connection.credentialType,
			{
				...options,
				returnFullResponse: true,
				...(allowedDomains !== undefined && { allowedDomains }),
			} as IHttpRequestOptions,
		);
		return toApiResponse(full);
	});
}

/**
 * The transport over n8n's routing engine: each request takes the options that the engine has prepared for the item
 * (authentication, timeout, proxy, certificates, allowed domains) and gets the contract's method, path and body.
 */
export function routingTransport(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
): TransportFactory {
	noteRun(engine.helpers, signalIn(engine));
	return transportOver(engine, prepared.options, async (options) => {
		const [item] = await engine.makeRoutingRequest({ ...prepared, options });
		return item?.json as unknown as ApiResponse;
	});
}

/** Hands the whole response through n8n's routing engine unread, so that the contract sees status, headers and text. */
export async function carryResponse(
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	return [{ json: { ...toApiResponse(response) } }];
}

function transportOver(
	{ helpers }: { helpers: { httpRequest: HttpRequest } },
	prepared: PreparedOptions,
	sendOptions: (
		options: PreparedOptions,
		connection: Connection,
		credentials: CredentialData,
	) => Promise<ApiResponse>,
): TransportFactory {
	const standing = newStanding();
	return (connection, credentials) => ({
		async send(request) {
			try {
				const options = requestOptions(prepared, request, connection, credentials);
				return await sendUnderRenewal(
					connection.oAuth2,
					credentials,
					standing,
					async () =>
						await sendWithRefresh(
							connection,
							credentials,
							options,
							async (wanted) => await sendOptions(wanted, connection, credentials),
						),
				);
			} catch (error) {
				return toTransportResult(error);
			}
		},
		...sessionRenewal(
			connection,
			credentials,
			async (options) => await helpers.httpRequest(options),
			runOf(helpers),
		),
	});
}

/** The cancel signal of an execution; a pick list has none. */
function signalIn(engine: object): AbortSignal | undefined {
	return (engine as Partial<IExecuteFunctions>).getExecutionCancelSignal?.();
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
