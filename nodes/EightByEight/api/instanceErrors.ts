import type { ApiResponse } from '../../core/http/messages';
import { found, queryFailed } from '../../core/http/readResult';
import type { ReadResult } from '../../core/http/readResult';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { omit } from '../../core/util/omit';
import type { KnownError } from './errors';
import { instancePath } from './instance';
import type { WorkflowSettings } from './instance';
import { readResult } from './responses';

/** What it means that 8x8 does not find the errors of a workflow that it found a moment ago. */
const NO_ERRORS_RESOURCE: KnownError = {
	reason: '8x8 found the workflow but not its errors',
	hint: "It may have been removed in the meantime. Run the node again, or turn off 'Include Errors'.",
};

/** Where the errors of one instance are ("Get instance errors"). */
export function errorsPath(settings: WorkflowSettings, workflowId: string): string {
	return `${instancePath(settings, workflowId)}/errors`;
}

/**
 * The errors of the steps of an instance ("Get instance errors"). The schema has an array, the sample is one bare error.
 * Anything else, and an error of another instance, is no answer: it must not read as if there were none.
 */
export function readErrors(workflowId: string, response: ApiResponse): ReadResult<JsonRecord[]> {
	const result = readResult(response, {
		pick: (body) => errorsIn(body, workflowId),
		notFound: NO_ERRORS_RESOURCE,
	});
	if (result.kind === 'found') return found(result.value);
	if (result.kind !== 'failed') return result;
	const error = omit(result.error, 'notFound');
	return queryFailed(error);
}

function errorsIn(body: unknown, workflowId: string): JsonRecord[] | undefined {
	const list: unknown[] = Array.isArray(body) ? body : [body];
	const errors = list.map((entry) => asObject(entry)).filter((entry) => entry !== undefined);
	const isWhole = errors.length === list.length && errors.every((entry) => isErrorOf(entry, workflowId));
	return isWhole ? errors : undefined;
}

/** All fields are texts, and `message` says what went wrong ("Get instance errors", schema). */
function isErrorOf({ workflowId, message }: JsonRecord, id: string): boolean {
	const of = asText(workflowId) ?? id;
	return typeof message === 'string' && of.toLowerCase() === id.toLowerCase();
}
