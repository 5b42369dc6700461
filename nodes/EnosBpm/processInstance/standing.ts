import type { Standing } from '../../termination/contract';
import { asObject } from '../../termination/wire';
import type { WireResponse } from '../../termination/wire';
import { readEnvelope } from '../session/envelope';

const NOT_FOUND = 33404;

/**
 * How an instance stands, by "Get Process Instance". There is no field for it: an instance has ended when one of its
 * times of ending is set. Undefined when the answer does not tell of this instance.
 */
export function readStanding(id: string, { status, text }: WireResponse): Standing | undefined {
	const envelope = readEnvelope(text);
	if (envelope?.key !== 'code') return undefined;
	if (envelope.code === NOT_FOUND) return 'absent';
	const instance = asObject(envelope.data);
	if (envelope.code !== 0 || status < 200 || status >= 300 || instance?.['id'] !== id) return undefined;
	return isTime(instance['terminatedTime']) || isTime(instance['completedTime']) ? 'ended' : 'running';
}

/** The format is not documented: a number, digits or a date, but neither null nor nothing. */
function isTime(value: unknown): boolean {
	return typeof value === 'number' ? value > 0 : typeof value === 'string' && !/^[\s0]*$/.test(value);
}
