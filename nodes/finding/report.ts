import type { IDataObject, INode, INodeExecutionData, NodeApiError } from 'n8n-workflow';

import { mapTexts } from '../termination/redaction';
import { apiError } from '../termination/report';
import type { Finding, Miss, Redactor } from './finder';
import type { Things } from './listing';

/** More than this many are counted, not listed. */
const MAX_LISTED = 20;

/** One finding, and the input item that asked for it. */
export type Served = Finding & { item: number };

/**
 * The output item of one finding, paired to the input item that asked for it. A miss has exactly the keys that let n8n
 * send it to the error branch with the input item's fields merged in.
 */
export function toItem(served: Served): INodeExecutionData {
	const json = 'json' in served ? withoutError(served.json) : missJson(served.miss);
	return { json, pairedItem: { item: served.item } };
}

/** A field of the vendor's with that name would make n8n take the item for a failure. */
function withoutError(json: IDataObject): IDataObject {
	if (!Object.hasOwn(json, 'error')) return json;
	const { error, ...rest } = json;
	return { ...rest, vendorError: error };
}

function missJson({ id, message, refusal }: Miss): IDataObject {
	const { reason: _reason, notFound, notSent, stopsRun: _stopsRun, extra, ...told } = refusal;
	const outcome = notFound ? 'notFound' : notSent ? 'notSent' : 'failed';
	return { error: message, message, details: { ...(id !== '' && { id }), outcome, ...told, ...extra } };
}

/** The same with secrets blotted out of what the vendor said. What was found is the user's data and stays as it is. */
export function redacted(served: Served, redact: Redactor): Served {
	return 'miss' in served ? { ...served, miss: mapTexts(served.miss, redact) } : served;
}

/**
 * The one error of a look-up in n8n's Stop mode. With a single miss the message itself says which and why, because a
 * model that calls the node as a tool sees nothing else.
 */
export function stopError(node: INode, served: readonly Served[], { plural }: Things): NodeApiError {
	const misses = served.flatMap((one) => ('miss' in one ? [{ ...one.miss, item: one.item }] : []));
	const [first] = misses;
	const isSingle = misses.length === 1;
	const message =
		isSingle && first ? first.message : `${misses.length} of ${served.length} ${plural} could not be read`;
	const lines = misses
		.slice(0, MAX_LISTED)
		.map((miss) => (miss.refusal.hint ? `${miss.message}. ${miss.refusal.hint}` : miss.message));
	const more = misses.length - lines.length;
	if (more > 0) lines.push(`… and ${more} more.`);
	return apiError(node, {
		message,
		description: isSingle ? (first?.refusal.hint ?? '') : lines.join('\n'),
		httpStatus: misses.find(({ refusal }) => refusal.httpStatus !== undefined)?.refusal.httpStatus,
		itemIndex: first?.item ?? 0,
		data: { misses: misses.map((miss) => missJson(miss)['details']) },
	});
}
