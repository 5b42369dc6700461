import { NOTHING_CHANGED, readOutage, queryFailed } from '../../core/http/readResult';
import type { ReadResult, QueryError } from '../../core/http/readResult';
import { isSuccess } from '../../core/http/messages';
import { excerpt } from '../../core/util/text';
import type { ApiResponse } from '../../core/http/messages';
import { readEnvelope, isSessionExpired } from './envelope';
import { byStatus } from './responses';
import { THINGS } from './instance';
import { BY_CODE, EXPIRED_HINT, EXPIRED_REASON, isOutage, UNLISTED } from './errors';

/** What the table of refusals, which is that of commands, says otherwise of a look-up. */
const OF_READING: Readonly<Record<number, Pick<QueryError, 'reason' | 'hint'>>> = {
	33403: {
		reason: 'this account may not read it',
		hint: 'Check the account and the organization in the credential.',
	},
	99400: { reason: 'EnOS rejected a value', hint: 'Check the ID and the filters.' },
};

/**
 * Reads the answer to a look-up of the BPM service: code 0 and the data that is wanted, at a status of success. `pick`
 * gives undefined for data of another form.
 */
export function readData<T>(response: ApiResponse, pick: (data: unknown) => T | undefined): ReadResult<T> {
	const { status, text } = response;
	const envelope = readEnvelope(text);
	const told = {
		httpStatus: status,
		...(envelope && { code: String(envelope.code) }),
		...(envelope?.text !== undefined && { vendorMessage: envelope.text }),
		...(envelope?.requestId !== undefined && { extra: { requestId: envelope.requestId } }),
	};
	if (isSessionExpired(envelope, status)) {
		return {
			kind: 'sessionExpired',
			error: { reason: EXPIRED_REASON, hint: EXPIRED_HINT, ...told, stopsRun: true },
		};
	}
	if (envelope && envelope.code !== 0) return refusedBy(envelope.code, told);
	if (envelope?.key === 'code' && isSuccess(status)) {
		const value = pick(envelope.data);
		if (value !== undefined) return { kind: 'found', value };
	}
	const { reason, hint, stopsRun } = byStatus(response);
	const words = excerpt(text);
	return (
		readOutage(response, THINGS.vendor) ??
		queryFailed({
			reason,
			hint,
			httpStatus: status,
			...(words !== '' && !envelope && { vendorMessage: words }),
			...(stopsRun && { stopsRun }),
		})
	);
}

function refusedBy(code: number, told: object): ReadResult<never> {
	const { outcome, reason, hint, stopsRun, throttled } = BY_CODE[code] ?? UNLISTED;
	if (isOutage(code)) {
		const error = { reason, hint: NOTHING_CHANGED, ...told };
		return { kind: 'tryAgain', error, ...(throttled && { throttled }) };
	}
	return queryFailed({
		reason,
		hint,
		...OF_READING[code],
		...told,
		...(outcome === 'notFound' && { notFound: true as const }),
		...(stopsRun && { stopsRun }),
	});
}
