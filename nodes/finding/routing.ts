import type { DeclarativeRestApiSettings, IExecutePaginationFunctions } from 'n8n-workflow';
import type { INodeExecutionData, INodePropertyRouting } from 'n8n-workflow';

import { openAccess } from '../termination/access';
import { clock } from '../termination/clock';
import type { ParameterReader } from '../termination/command';
import { Line } from '../termination/line';
import { carryResponse, routingTransport } from '../termination/routingTransport';
import type { Finder } from './finder';
import { redacted, stopError, toItem } from './report';
import type { Served } from './report';
import { Service } from './service';

/**
 * Declares a look-up for n8n's routing engine, which runs it for one item at a time: as a tool that is called directly,
 * and in versions of n8n without `customOperations`. The requests are made in its pagination hook.
 */
export function declareFinder(
	finder: Finder,
	request: DeclarativeRestApiSettings.HttpRequestOptions,
): INodePropertyRouting {
	return {
		request,
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, prepared) {
				return await findForItem(this, prepared, finder);
			},
		},
		output: { postReceive: [carryResponse] },
	};
}

async function findForItem(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	finder: Finder,
): Promise<INodeExecutionData[]> {
	let served: Served[];
	try {
		served = await serve(engine, prepared, finder);
	} catch (error) {
		served = [Service.refused(error, engine.getItemIndex())];
	}
	if (!engine.continueOnFail() && served.some((one) => 'miss' in one)) {
		throw stopError(engine.getNode(), served, finder.things);
	}
	return served.map((one) => toItem(one));
}

async function serve(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	finder: Finder,
): Promise<Served[]> {
	const item = engine.getItemIndex();
	const read: ParameterReader = (name) => engine.getNodeParameter(name, undefined, { extractValue: true });
	const access = await openAccess((reader) => finder.connection(reader), {
		read,
		getCredentials: async (type) => await engine.getCredentials(type),
		transport: routingTransport(engine, prepared),
	});
	if ('reason' in access) return [Service.withoutAccess(finder, access, item)];
	const limits = { inFlight: finder.requestsInFlight, rates: finder.rates };
	const line = new Line(access.transport, access.pace, limits, clock, engine.getExecutionCancelSignal());
	const service = new Service(finder, line, engine.getTimezone());
	const served = await service.serve([item], () => read);
	for (const message of service.notes) engine.logger.warn(message);
	const redact = await access.redactor();
	return served.map((one) => redacted(one, redact));
}
