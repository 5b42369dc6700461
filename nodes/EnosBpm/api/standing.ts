import type { StandingReport } from '../../core/commands/contract';
import { asObject, isSuccess } from '../../core/http/messages';
import type { WireResponse } from '../../core/http/messages';
import { readEnvelope } from './envelope';
import { isSessionExpired } from './expiry';
import { stateOf } from './instance';
import { isOutage } from './errors';

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
	if (envelope && isOutage(envelope.code)) return 'askAgain';
	if (envelope?.key !== 'code') return {};
	if (envelope.code === NOT_FOUND) return { standing: 'absent' };
	const instance = asObject(envelope.data);
	if (envelope.code !== 0 || !isSuccess(status) || instance?.['id'] !== id) return {};
	const state = stateOf(instance);
	return { standing: state === 'inProgress' ? 'running' : 'ended', state };
}
