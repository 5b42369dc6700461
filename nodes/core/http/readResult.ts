import type { Quote } from '../util/excerpt';
import { mapTexts } from '../util/json';
import { outsideText } from '../util/text';
import { RATE_LIMITED, UNAVAILABLE } from './cause';
import type { Cause } from './cause';
import { isOutage, TOO_MANY_REQUESTS } from './messages';
import type { ApiResponse } from './messages';

/** Why a look-up or a list failed, as far as the vendor or n8n says. */
export interface QueryError {
	/** The second half of a sentence. */
	reason: string;
	hint?: string;
	/** Left out where it is not known. */
	cause?: Cause;
	/** The vendor's code, as text. */
	code?: string;
	vendorMessage?: string;
	httpStatus?: number;
	/** What the vendor's support asks for, such as the ID of an error; stands beside the others in the details. */
	extra?: Readonly<Record<string, unknown>>;
	/** The vendor does not know it; otherwise it did not serve the request. */
	notFound?: true;
	/** Nothing was sent. */
	notSent?: true;
	/** Every other request would fail in the same way. */
	stopsRun?: true;
}

/** What a response says. Functions that return one never throw. */
export type ReadResult<T> =
	| { kind: 'found'; value: T }
	| { kind: 'failed'; error: QueryError }
	/** The session is no longer valid. The error is for where it cannot be renewed. */
	| { kind: 'sessionExpired'; error: QueryError }
	/**
	 * The vendor is too busy or too broken just now. The error is for when it stays so. `throttled`: it wants fewer requests;
	 * HTTP status 429 says so too.
	 */
	| { kind: 'tryAgain'; error: QueryError; throttled?: true };

/** A reason with the vendor's own words and code behind it, unless it has them. Without a response there are none. */
export function withWords(
	reason: string | undefined,
	{ code, vendorMessage, httpStatus }: Pick<QueryError, 'code' | 'vendorMessage' | 'httpStatus'>,
): string | undefined {
	if (httpStatus === undefined && vendorMessage === undefined) return reason;
	const isNew = (text: string): boolean =>
		!reason?.toLowerCase().includes(text.toLowerCase().replace(/[.!]$/, ''));
	const words = vendorMessage !== undefined && isNew(vendorMessage) ? `"${vendorMessage}"` : '';
	const shownCode =
		code !== undefined && httpStatus !== undefined && code !== '' && isNew(code) ? `code ${code}` : '';
	const said = [shownCode, words].filter((text) => text !== '').join(': ');
	if (said === '') return reason;
	return reason === undefined ? said : `${reason} (${said})`;
}

/** The same error as it may be shown: what came from outside is quoted, and stands in the reason too. */
export function presentError(error: QueryError, quote: Quote): QueryError {
	const { code, vendorMessage, extra, ...rest } = error;
	const words = vendorMessage === undefined ? '' : quote(vendorMessage);
	const spoken = {
		...rest,
		...(code !== undefined && { code: quote(code) }),
		...(words !== '' && { vendorMessage: words }),
		...(extra && { extra: mapTexts(extra, quote) }),
	};
	return { ...spoken, reason: withWords(error.reason, spoken) ?? error.reason };
}

/** The hint of a read that failed for now. */
export const NOTHING_CHANGED = 'Nothing was changed. Run the node again later.';

/** A response that was understood. */
export function found<T>(value: T): ReadResult<T> {
	return { kind: 'found', value };
}

/** A response that turns the request down. */
export function queryFailed(error: QueryError): ReadResult<never> {
	return { kind: 'failed', error };
}

/**
 * A response of a server that is in trouble, by its HTTP status alone (RFC 9110, section 15.6; 408; 429). Undefined for
 * any other status. A caller that can read the body asks for this last.
 */
export function readOutage({ status, text }: ApiResponse, vendor: string): ReadResult<never> | undefined {
	if (!isOutage(status)) return undefined;
	const words = outsideText(text);
	const reason =
		status === TOO_MANY_REQUESTS
			? `${vendor} is limiting the number of requests (HTTP ${status})`
			: `the ${vendor} server could not handle the request (HTTP ${status})`;
	return {
		kind: 'tryAgain',
		error: {
			reason,
			hint: NOTHING_CHANGED,
			cause: status === TOO_MANY_REQUESTS ? RATE_LIMITED : UNAVAILABLE,
			httpStatus: status,
			...(words !== '' && { vendorMessage: words }),
			stopsRun: true,
		},
	};
}
