import { NOTHING_CHANGED, readOutage, refuse } from '../../core/http/readResult';
import type { Reading, Refusal } from '../../core/http/readResult';
import { excerpt, isSuccess, readJson } from '../../core/http/messages';
import type { WireResponse } from '../../core/http/messages';
import { isKnown } from './codes';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { THINGS } from './record';
import { BASE_URL, BY_CODE, BY_STATUS, byRange, NOT_UNIFIER, UNCLEAR } from './errors';

/** What is read, for messages, and the right that it needs ("Creating Integration Users"). */
export interface Subject {
	/** In the plural. */
	things: string;
	module: string;
	/** How to go on without the right. */
	otherwise?: string;
}

const SUCCESS = 200;
const SERVER_ERROR = 500;
const INVALID_FILTER = 811;

/**
 * Reads the answer to a look-up: `status` 200 in the body and the data that is wanted, at an HTTP status of success.
 * Refusals come with HTTP 200 and a code in the body. `pick` gives undefined for data of another form.
 */
export function readData<T>(
	response: WireResponse,
	subject: Subject,
	pick: (data: unknown) => T | undefined,
): Reading<T> {
	const { status, text } = response;
	if (status === 401 || status === 403) return refusedAccess(response, subject);
	const envelope = readEnvelope(text);
	if (envelope && (isSuccess(status) || isKnown(envelope.code))) {
		if (envelope.code !== SUCCESS) return refusedBy(envelope, status);
		const value = isSuccess(status) ? pick(envelope.data) : undefined;
		if (value !== undefined) return { kind: 'found', value };
	}
	return readOutage(response, THINGS.vendor) ?? foreign(response);
}

function refusedAccess(response: WireResponse, { things, module, otherwise }: Subject): Reading<never> {
	const told = { ...toldBy(response), stopsRun: true as const };
	if (response.status === 401) {
		const { reason = '', hint = '' } = BY_STATUS[401] ?? {};
		return { kind: 'sessionExpired', refusal: { reason, hint, ...told } };
	}
	const right = `Give the integration user Get access for ${module}.`;
	return refuse({
		reason: `the integration user may not read ${things}`,
		hint: otherwise === undefined ? right : `${right} ${otherwise}`,
		...told,
	});
}

function refusedBy({ code, messages, errors }: Envelope, httpStatus: number): Reading<never> {
	const vendorMessage = excerpt([...errors, ...messages].join(' '));
	const refusal = {
		...wordsOf(code),
		code: String(code),
		...(vendorMessage !== '' && { vendorMessage }),
		httpStatus,
	};
	return code === SERVER_ERROR
		? { kind: 'askAgain', refusal: { ...refusal, stopsRun: true } }
		: refuse(refusal);
}

function wordsOf(code: number): Pick<Refusal, 'reason' | 'hint'> {
	const row = BY_CODE[code];
	if (code === INVALID_FILTER) {
		return {
			reason: 'Unifier did not accept the filter',
			hint: 'Check the element names and the values; dates have the format that is set on the integration user.',
		};
	}
	if (!row) {
		return {
			reason: `Unifier refused to give the data (code ${code})`,
			hint: "Unifier's own words are in 'vendorMessage'.",
		};
	}
	return { reason: row.reason, hint: code === SERVER_ERROR ? NOTHING_CHANGED : row.hint };
}

/** An answer that Unifier would not give, or of which a part is missing. */
function foreign(response: WireResponse): Reading<never> {
	const { status, text } = response;
	const told = toldBy(response);
	const isPage = isSuccess(status) && readJson(text) === undefined && !/^\s*[{[]/.test(text);
	if (isPage || status === 404 || status === 405) {
		return refuse({ reason: NOT_UNIFIER.reason, hint: BASE_URL, ...told, stopsRun: true });
	}
	if (isSuccess(status)) {
		const hint = `A proxy may have answered in place of Unifier. ${NOTHING_CHANGED}`;
		return { kind: 'askAgain', refusal: { reason: UNCLEAR.noEnvelope.reason, hint, ...told } };
	}
	const { reason, hint } = byRange(status);
	return refuse({ reason, hint, ...told });
}

function toldBy({ status, text }: WireResponse): Pick<Refusal, 'httpStatus' | 'vendorMessage'> {
	const vendorMessage = excerpt(text);
	return { httpStatus: status, ...(vendorMessage !== '' && { vendorMessage }) };
}
