import { forAll } from '../../termination/contract';
import type { Reading, Stop, Verdict } from '../../termination/contract';
import { excerpt } from '../../termination/wire';
import type { WireResponse } from '../../termination/wire';
import { readEnvelope } from '../session/envelope';
import type { Envelope } from '../session/envelope';
import {
	BY_CODE,
	EXPIRED,
	EXPIRED_HINT,
	EXPIRED_REASON,
	GATEWAY_DOWN,
	NO_ORGANIZATION_HINT,
	NOT_DONE,
	NOT_ENOS,
	THROTTLED,
	UNLISTED,
	UNREADABLE,
	WRONG_ADDRESS,
} from './refusals';
import type { Refusal } from './refusals';

const NO_ORGANIZATION = 31512;

/**
 * Reads the answer to "Terminate Process Instance". The body comes first, at any HTTP status; only the documented
 * success is one: code 0 and data true.
 */
export function readAnswer(targets: readonly unknown[], response: WireResponse): Reading {
	const { status, text } = response;
	const envelope = readEnvelope(text);
	const ok = status >= 200 && status < 300;
	if (envelope && envelope.code !== 0) return byCode(targets, envelope);
	if (status === 401) return expired(undefined, {});
	if (envelope?.key === 'code' && ok) {
		return envelope.data === true
			? forAll(targets, { outcome: 'terminated', ...extraOf(envelope) })
			: refused(targets, NOT_DONE, toldBy(envelope));
	}
	return refused(targets, byStatus(response), {
		...(text.trim() !== '' && { vendorMessage: excerpt(text) }),
	});
}

function byCode(targets: readonly unknown[], envelope: Envelope): Reading {
	const told = toldBy(envelope);
	if (EXPIRED.includes(envelope.code)) return expired(envelope.code, told);
	return refused(targets, BY_CODE[envelope.code] ?? UNLISTED, told);
}

/** What an answer without a code means. */
function byStatus({ status, text }: WireResponse): Refusal {
	if (status === 429) return THROTTLED;
	if (status >= 500) return GATEWAY_DOWN;
	if (status === 404) return WRONG_ADDRESS;
	if (status < 200 || status >= 300 || text.trimStart().startsWith('<')) return NOT_ENOS(status);
	return UNREADABLE;
}

function expired(code: number | undefined, told: Told): Reading {
	const reason = EXPIRED_REASON;
	const hint = code === NO_ORGANIZATION ? NO_ORGANIZATION_HINT : EXPIRED_HINT;
	return {
		kind: 'sessionExpired',
		verdict: { outcome: 'failed', reason, hint, ...told },
		stop: { scope: 'run', reason, hint },
	};
}

function refused(targets: readonly unknown[], refusal: Refusal, told: Told): Reading {
	const { outcome, reason, hint, ended, running, stopsRun } = refusal;
	const verdict: Verdict = {
		outcome,
		reason,
		hint,
		...told,
		...(ended !== undefined && {
			ifStanding: { ended: { outcome: 'alreadyEnded', ...(ended !== '' && { reason: ended }) }, ...running },
		}),
	};
	const stop: Stop | undefined = stopsRun ? { scope: 'run', reason, hint } : undefined;
	return forAll(targets, verdict, stop);
}

type Told = Pick<Verdict, 'code' | 'vendorMessage' | 'extra'>;

function toldBy(envelope: Envelope): Told {
	return {
		code: String(envelope.code),
		...(envelope.text !== undefined && { vendorMessage: envelope.text }),
		...extraOf(envelope),
	};
}

function extraOf({ requestId }: Envelope): Pick<Verdict, 'extra'> {
	return requestId === undefined ? {} : { extra: { requestId } };
}
