import type { Verdict } from '../../core/commands/contract';
import { asText, excerpt } from '../../core/http/messages';
import type { JsonRecord } from '../../core/http/messages';

/**
 * Whether a body is 8x8's error: `code`, `message`, `errorId` and `timestamp`, all of them mandatory ("Update workflow
 * instance status", schema of 400; "API error codes"). The first two tell it from anybody else's.
 */
export function isError(body: JsonRecord): boolean {
	return typeof body['code'] === 'number' && body['code'] !== 0 && typeof body['message'] === 'string';
}

/** The number in an error's `code`. */
export function codeOf(body: JsonRecord | undefined): number | undefined {
	return typeof body?.['code'] === 'number' ? body['code'] : undefined;
}

/** What an error says, as far as users may see it; `errorId` is the reference that 8x8 support asks for. */
export function toldBy(body: JsonRecord | undefined): Pick<Verdict, 'code' | 'vendorMessage' | 'extra'> {
	const code = codeOf(body);
	const message = asText(body?.['message']);
	const errorId = asText(body?.['errorId']);
	return {
		...(code !== undefined && { code: String(code) }),
		...(message !== undefined && { vendorMessage: excerpt(message) }),
		...(errorId !== undefined && { extra: { errorId } }),
	};
}

/**
 * The start of an answer that is no error of 8x8's, such as a proxy's page. Never of what looks like JSON: a workflow that
 * was cut off half way carries phone numbers, names and messages in its `data`.
 */
export function excerptOfForeign(text: string): Pick<Verdict, 'vendorMessage'> {
	const start = text.trim();
	if (start === '' || /^[[{"]/.test(start)) return {};
	return { vendorMessage: excerpt(start) };
}
