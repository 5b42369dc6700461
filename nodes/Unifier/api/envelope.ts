import { asObject, asText, readObject } from '../../core/util/json';

/** What every answer of Unifier's services is wrapped into. */
export interface Envelope {
	/** The field `status`: 200 or a code of "Response Error Codes". */
	code: number;
	/** The texts of `message`, one entry for each line, without blanks around it. */
	messages: string[];
	/** The texts of `errors`. Then `message` may be empty. */
	errors: string[];
	/** The field `rest_audit_id`, as text. */
	auditId?: string;
	/** The field `data` as it came. */
	data: unknown;
}

/** Deeper nesting is not read: no documented answer has it. */
const MAX_DEPTH = 5;

/** The answer as an envelope; undefined when it is none: no JSON object, or without a numeric `status`. */
export function readEnvelope(text: string): Envelope | undefined {
	const body = readObject(text);
	const code = codeOf(body?.['status']);
	if (!body || code === undefined) return undefined;
	const auditId = body['rest_audit_id'];
	return {
		code,
		messages: textsOf(body['message']),
		errors: textsOf(body['errors']),
		...((typeof auditId === 'number' || asText(auditId) !== undefined) && {
			auditId: String(auditId).trim(),
		}),
		data: body['data'],
	};
}

/** Some services send the status as text ("202"). */
function codeOf(status: unknown): number | undefined {
	if (typeof status !== 'number' && asText(status) === undefined) return undefined;
	const code = Number(status);
	return Number.isInteger(code) ? code : undefined;
}

/**
 * The texts in a `message` of any documented form: a text, a list of texts or objects, an object, blank or missing. A text
 * with several lines counts as several messages where a new line begins with a bracket.
 */
function textsOf(value: unknown, depth = 0): string[] {
	if (typeof value === 'string') {
		return value
			.split(/\r?\n(?=\s*\[)/)
			.map((line) => line.trim())
			.filter((line) => line !== '');
	}
	if (depth >= MAX_DEPTH) return [];
	const entries = Array.isArray(value) ? (value as unknown[]) : Object.values(asObject(value) ?? {});
	return entries.flatMap((entry) => textsOf(entry, depth + 1));
}
