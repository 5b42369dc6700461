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

import type { Connection, CredentialData } from '../../connection/connection';
import { PAGE_TIMEOUT_FACTOR, QUESTION_TIMEOUT_MS, REQUEST_TIMEOUT_MS } from '../../http/limits';
import type { ApiResponse } from '../../http/messages';
import type { RequestKind, Transport } from '../../http/transport';
import { withDeadline } from './deadline';
import { toTransportResult } from './helperErrors';
import { toApiResponse } from './helperResponse';
import { requestOptions } from './requestOptions';
import type { PreparedOptions } from './requestOptions';
import { sendWithRefresh, sessionRenewal } from './sessionRefresh';
import { newStanding, sendUnderRenewal } from './tokenServer';
import { noteRun } from './waitingRuns';

/** Makes the transport of one connection. */
type TransportFactory = (connection: Connection, credentials: CredentialData) => Transport;

/** What a transport is made for. */
interface Way {
	connection: Connection;
	credentials: CredentialData;
	/** Ends all requests. */
	cancel: AbortSignal | undefined;
}

/** What n8n lends for requests, whichever way it runs the node. */
type Engine = IExecuteFunctions | IExecutePaginationFunctions | ILoadOptionsFunctions;

/**
 * The transport where n8n hands over the whole input, or asks for a list to pick from: n8n adds the credential to each
 * request and renews its session; everything else that the routing engine would prepare comes from `prepared`.
 *
 * @param cancel ends all requests; by default the cancelling of the execution
 */
export function wholeInputTransport(
	engine: IExecuteFunctions | ILoadOptionsFunctions,
	prepared: PreparedOptions,
	cancel = cancelSignalOf(engine),
): TransportFactory {
	noteRun(engine.helpers, cancel);
	return (connection, credentials) => {
		const allowedDomains = allowedDomainsOf(engine.getNode(), connection, credentials);
		const options = { ...prepared, ...(allowedDomains !== undefined && { allowedDomains }) };
		return transportOver(engine, options, { connection, credentials, cancel });
	};
}

/**
 * The transport over n8n's routing engine: each request takes the options that the engine has prepared for the item
 * (timeout, proxy, certificates, allowed domains) and gets the contract's method, path and body.
 */
export function routingTransport(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
): TransportFactory {
	const cancel = cancelSignalOf(engine);
	noteRun(engine.helpers, cancel);
	return (connection, credentials) =>
		transportOver(engine, prepared.options, { connection, credentials, cancel });
}

/** Hands the whole response through n8n's routing engine unread, should the engine itself ever send a request. */
export async function carryResponse(
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	return [{ json: { ...toApiResponse(response) } }];
}

function transportOver(
	engine: Engine,
	prepared: PreparedOptions,
	{ connection, credentials, cancel }: Way,
): Transport {
	const standing = newStanding();
	const sendOnce = async (options: PreparedOptions, signal: AbortSignal): Promise<ApiResponse> => {
		const full: unknown = await engine.helpers.httpRequestWithAuthentication.call(
			withSignal(engine, signal),
			connection.credentialType,
			{ ...options, returnFullResponse: true } as IHttpRequestOptions,
		);
		return toApiResponse(full);
	};
	return {
		async send(request, kind) {
			try {
				const options = requestOptions(prepared, request, connection, credentials);
				await connection.untilRenewed?.(credentials);
				const { timeout, deadline } = timeLimits(kind, prepared.timeout);
				return await withDeadline(deadline, cancel, async (signal) => {
					const send = async () =>
						await sendWithRefresh(
							connection,
							credentials,
							{ ...options, timeout },
							async (wanted) => await sendOnce(wanted, signal),
							// Without it the answer counts as it is.
							async () => await engine.getCredentials(connection.credentialType).catch(() => undefined),
						);
					return await sendUnderRenewal(connection.oAuth2, credentials, standing, send);
				});
			} catch (error) {
				return toTransportResult(error);
			}
		},
		...sessionRenewal(connection, credentials),
	};
}

/** Milliseconds for a request: without anything coming in, and in all. */
function timeLimits(kind: RequestKind, wanted: number | undefined): Record<'timeout' | 'deadline', number> {
	const timeout = wanted !== undefined && wanted > 0 ? wanted : REQUEST_TIMEOUT_MS;
	if (kind === 'page') return { timeout, deadline: timeout * PAGE_TIMEOUT_FACTOR };
	const deadline = kind === 'question' ? Math.min(timeout, QUESTION_TIMEOUT_MS) : timeout;
	return { timeout: deadline, deadline };
}

/** Older versions of n8n have none, and none of them has one for a list to pick from. */
function cancelSignalOf(engine: Engine): AbortSignal | undefined {
	return (engine as Partial<IExecuteFunctions>).getExecutionCancelSignal?.call(engine);
}

/** n8n takes the signal of a request from its context, whatever the request options say. */
function withSignal(engine: Engine, signal: AbortSignal): IExecuteFunctions {
	return Object.create(engine, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
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
