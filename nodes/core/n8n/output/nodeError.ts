import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

/** The text of a node's error. */
export interface ErrorText {
	message: string;
	description: string;
	httpStatus: number | undefined;
	/** Index of the input item that it is about first. */
	itemIndex: number;
	/** What n8n keeps with the error. */
	data: IDataObject;
}

/** One of n8n's errors with exactly this text. */
export function apiError(
	node: INode,
	{ message, description, httpStatus, itemIndex, data }: ErrorText,
): NodeApiError {
	const httpCode = httpStatus === undefined ? 'none' : String(httpStatus);
	const error = new NodeApiError(node, { message, description }, { message, description, httpCode });
	// n8n rewrites a message that contains a system code such as EPERM, and an ID or a reason may.
	error.message = message;
	error.description = description;
	error.context['itemIndex'] = itemIndex;
	error.context['data'] = data;
	// The editor takes a description for HTML; this is what it shows in its place.
	if (description !== '') error.context['descriptionTemplate'] = toHtml(description);
	return error;
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
