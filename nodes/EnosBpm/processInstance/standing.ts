import type { StandingReport } from '../../termination/contract';
import { asObject, isSuccess } from '../../termination/wire';
import type { JsonRecord, WireResponse } from '../../termination/wire';
import { readEnvelope } from '../session/envelope';
import type { Envelope } from '../session/envelope';
import { isSessionExpired } from '../session/expiry';
import { BY_CODE } from './refusals';

const NOT_FOUND = 33404;

/**
 * How an instance stands, by "Get Process Instance". Empty when the answer does not tell of this instance.
 */
export function readStanding(
	id: string,
	{ status, text }: WireResponse,
): StandingReport | 'sessionExpired' | 'askAgain' {
	const envelope = readEnvelope(text);
	if (isSessionExpired(envelope, status)) return 'sessionExpired';
	if (envelope && isOutage(envelope)) return 'askAgain';
	if (envelope?.key !== 'code') return {};
	if (envelope.code === NOT_FOUND) return { standing: 'absent' };
	const instance = asObject(envelope.data);
	if (envelope.code !== 0 || !isSuccess(status) || instance?.['id'] !== id) return {};
	const state = stateOf(instance);
	return { standing: state === 'inProgress' ? 'running' : 'ended', state };
}

/** Codes that speak of EnOS or its gateway and not of the instance; a gateway may well send them with HTTP 200. */
function isOutage({ code }: Envelope): boolean {
	const refusal = BY_CODE[code];
	return refusal?.outcome === 'unknown' || refusal?.throttled === true;
}

/**
 * The state in the words of "Query Process Instance", `processStatus`. The instance has no field for it: it has ended
 * when one of its times of ending is set. Both may be, so that of the termination comes first.
 */
function stateOf(instance: JsonRecord): 'inProgress' | 'completed' | 'terminated' {
	if (isTime(instance['terminatedTime'])) return 'terminated';
	return isTime(instance['completedTime']) ? 'completed' : 'inProgress';
}

/** The format is not documented: a number, digits or a date, but neither null nor nothing. */
function isTime(value: unknown): boolean {
	return typeof value === 'number' ? value > 0 : typeof value === 'string' && !/^[\s0]*$/.test(value);
}
