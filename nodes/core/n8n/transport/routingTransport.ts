import type { DeclarativeRestApiSettings, IExecutePaginationFunctions } from 'n8n-workflow';
import type { IN8nHttpFullResponse, INodeExecutionData } from 'n8n-workflow';

import type { Connection, CredentialData } from '../../connection/connection';
import { deliveryOf } from './helperErrors';
import { responseOf } from './helperResponse';
import { renewal } from './renewal';
import { sendRenewed } from './sessionRefresh';
import { requestOptions } from './requestOptions';
import type { Delivery, Transport } from '../../http/transport';
import type { WireRequest, WireResponse } from '../../http/messages';

/**
 * The run's transport over n8n's routing engine: each request takes the options that the engine has prepared for the
 * item (authentication, timeout, proxy, certificates, allowed domains) and gets the contract's method, path and body.
 */
export function routingTransport(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
): (connection: Connection, credentials: CredentialData) => Transport {
	return (connection, credentials) => ({
		async send(request: WireRequest): Promise<Delivery> {
			try {
				const options = requestOptions(prepared.options, request, connection, credentials);
				return await sendRenewed(connection, credentials, options, async (wanted) => {
					const [item] = await engine.makeRoutingRequest({ ...prepared, options: wanted });
					return item?.json as unknown as WireResponse;
				});
			} catch (error) {
				return deliveryOf(error);
			}
		},
		...renewal(
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
	return [{ json: { ...responseOf(response) } }];
}
