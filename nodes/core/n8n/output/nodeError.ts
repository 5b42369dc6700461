import { NodeApiError } from 'n8n-workflow';
import type { Failure, IDataObject, INode } from 'n8n-workflow';

import type { Cause } from '../../http/cause';

/** The text of a node's error. */
export interface ErrorText {
	message: string;
	description: string;
	httpStatus: number | undefined;
	/** Index of the input item that it is about first. */
	itemIndex: number;
	/** Why, where that is known and the same for all that failed. */
	cause: Cause | undefined;
	/** What n8n keeps with the error. */
	data: IDataObject;
}

/** One of n8n's errors with exactly this text. */
export function apiError(
	node: INode,
	{ message, description, httpStatus, itemIndex, cause, data }: ErrorText,
): NodeApiError {
	const httpCode = httpStatus === undefined ? 'none' : String(httpStatus);
	const failure = cause && failureOf(cause);
	const options = { message, description, httpCode, ...(failure && { failure }) };
	const error = new NodeApiError(node, { message, description }, options);
	// n8n rewrites a message that contains a system code such as EPERM, and an ID or a reason may.
	error.message = message;
	error.description = description;
	error.context['itemIndex'] = itemIndex;
	error.context['data'] = data;
	// The editor takes a description for HTML; this is what it shows in its place.
	if (description !== '') error.context['descriptionTemplate'] = toHtml(description);
	return error;
}

/** A cause in n8n's own words, which it has from 2.41 on; undefined where it has none. Older versions overlook it. */
export function failureOf({ kind, retryAfterMs, resetsAtMs }: Cause): Failure | undefined {
	const when = {
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(resetsAtMs !== undefined && { resetsAtEpochMs: resetsAtMs }),
	};
	switch (kind) {
		case 'rateLimited':
			return { cause: 'rate-limited', ...when };
		case 'quotaExhausted':
			return { cause: 'quota-exhausted', ...when };
		case 'unavailable':
			return { cause: 'temporarily-unavailable', ...when };
		case 'credential':
			return { cause: 'credential-invalid' };
		case 'configuration':
			return { cause: 'configuration-invalid' };
		case 'ownFault':
			return { cause: 'node-defect' };
		default:
			return undefined;
	}
}

/** A text as HTML that shows the same: several lines as a list, and no character read as markup. */
export function toHtml(text: string): string {
	const lines = text
		.split('\n')
		.map((line) => line.replace(/[&<>"'`]/g, (found) => `&#${found.charCodeAt(0)};`));
	const [only = ''] = lines;
	return lines.length === 1 ? only : `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;
}

/** More than this many are counted, not listed. */
const MAX_LISTED = 20;

/** One line for each of the first ones, and a last line about those that are left out. */
export function listFirst<T>(
	all: readonly T[],
	line: (one: T) => string,
	rest: (more: number) => string,
): string[] {
	const lines = all.slice(0, MAX_LISTED).map(line);
	const more = all.length - lines.length;
	return more > 0 ? [...lines, rest(more)] : lines;
}
