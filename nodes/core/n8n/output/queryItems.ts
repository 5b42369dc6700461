import type { IDataObject, INode, INodeExecutionData, NodeApiError } from 'n8n-workflow';

import { commonCause, passes } from '../../http/cause';
import { presentError } from '../../http/readResult';
import type { QueryError } from '../../http/readResult';
import type { Quote } from '../../util/excerpt';
import type { JsonRecord } from '../../util/json';
import { omit } from '../../util/omit';
import type { ResourceNoun } from '../../util/text';
import { isAiTool } from './host';
import { listFirst, apiError } from './nodeError';

/** One thing that was found, or why it was not. */
export type QueryResult = { json: JsonRecord } | { failure: QueryFailure };

/** A thing, or a whole list, that was not found. */
export interface QueryFailure {
	/** '' where it is not about one thing. */
	id: string;
	/** What stands before the reason, so that both are one sentence for people that stands by itself. */
	before: string;
	error: QueryError;
}

/** The whole sentence about a failure. */
export function messageOf({ before, error }: QueryFailure): string {
	return before + error.reason;
}

/** One result, and the input item that asked for it. */
export type ItemResult = QueryResult & { item: number };

/**
 * The output item of one result, paired to the input item that asked for it. A failure has exactly the keys that let n8n
 * send it to the error branch with the input item's fields merged in.
 */
export function toItem(result: ItemResult): INodeExecutionData {
	const json = 'json' in result ? withoutError(result.json) : failureJson(result.failure);
	return { json, pairedItem: { item: result.item } };
}

/**
 * What is put out where nothing was found. For no items n8n gives a model an empty text, which reads like a tool that does not
 * work.
 */
export function nothingFound(node: INode, { plural }: ResourceNoun, item: number): INodeExecutionData[] {
	return isAiTool(node) ? [{ json: { message: `No ${plural} were found` }, pairedItem: { item } }] : [];
}

/** A field of the vendor's with that name would make n8n take the item for a failure. */
function withoutError(row: JsonRecord): IDataObject {
	const json = row as IDataObject;
	if (!Object.hasOwn(json, 'error')) return json;
	const { error, ...rest } = json;
	return { ...rest, vendorError: error };
}

function failureJson(failure: QueryFailure): IDataObject {
	const { id, error } = failure;
	const message = messageOf(failure);
	const { cause, notFound, notSent, extra } = error;
	const details = omit(error, 'reason', 'cause', 'notFound', 'notSent', 'stopsRun', 'extra');
	const outcome = notFound ? 'notFound' : notSent ? 'notSent' : 'failed';
	return {
		error: message,
		message,
		details: { ...(id !== '' && { id }), outcome, ...details, retryable: passes(cause), ...extra },
	};
}

/** The same as it may be shown: what others said about a failure is quoted. What was found is the user's data and stays as it is. */
export function presentResult(result: ItemResult, quote: Quote): ItemResult {
	if (!('failure' in result)) return result;
	const { failure } = result;
	return { ...result, failure: { ...failure, error: presentError(failure.error, quote) } };
}

/**
 * Whether the failures fail the node in n8n's Stop mode. A model that asks for several things gets those that
 * exist, with the failures among them; n8n lets an agent go on after a failure too, unless that is set otherwise.
 */
export function failsNode(node: INode, results: readonly ItemResult[]): boolean {
	if (!results.some((one) => 'failure' in one)) return false;
	const goesOn = isAiTool(node) && node.onError !== 'stopWorkflow';
	return !goesOn || results.every((one) => 'failure' in one);
}

/**
 * The one error of a look-up in n8n's Stop mode. With a single failure, and wherever a model has called the node as a tool,
 * the message itself says which and why, because a model sees nothing else.
 */
export function stopError(
	node: INode,
	results: readonly ItemResult[],
	{ plural }: ResourceNoun,
): NodeApiError {
	const failures = results.flatMap((one) => ('failure' in one ? [{ ...one.failure, item: one.item }] : []));
	const [first] = failures;
	const isSingle = failures.length === 1;
	const count = `${failures.length} of ${results.length} ${plural} could not be read`;
	const text =
		isSingle && first
			? { message: messageOf(first), description: first.error.hint ?? '' }
			: isAiTool(node)
				? {
						message: [`${count}.`, ...listed(failures, messageOf)].join('\n'),
						description: '',
					}
				: { message: count, description: listed(failures, withHint).join('\n') };
	return apiError(node, {
		...text,
		httpStatus: failures.find(({ error }) => error.httpStatus !== undefined)?.error.httpStatus,
		itemIndex: first?.item ?? 0,
		cause: commonCause(failures.map(({ error }) => error.cause)),
		data: { misses: failures.map((failure) => failureJson(failure)['details']) },
	});
}

function listed(failures: readonly QueryFailure[], line: (failure: QueryFailure) => string): string[] {
	return listFirst(failures, line, (more) => `… and ${more} more.`);
}

function withHint(failure: QueryFailure): string {
	const { hint } = failure.error;
	return hint ? `${messageOf(failure)}. ${hint}` : messageOf(failure);
}
