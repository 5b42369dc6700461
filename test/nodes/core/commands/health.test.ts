import type { CommandResponse, Verdict } from '../../../../nodes/core/commands/contract';
import { healthOf } from '../../../../nodes/core/commands/health';
import { fault, response } from './scripted';

const refused: Verdict = { outcome: 'failed', reason: 'no' };
const busy: Verdict = { outcome: 'failed', reason: 'busy', notRun: true };
const locked: Verdict = { ...busy, byState: { ended: { outcome: 'alreadyEnded' } } };

const saying = (...verdicts: Verdict[]): CommandResponse => ({ kind: 'verdicts', verdicts });
const stop = { scope: 'run', reason: 'it is over' } as const;

describe('healthOf', () => {
	it.each([
		[200, '[]', 'answered'],
		[200, '', 'answered'],
		[204, '', 'answered'],
		[200, '{"cut', 'answered'],
		[400, '{}', 'answered'],
		[403, '', 'answered'],
		[499, '{}', 'answered'],
		[408, '{}', 'busy'],
		[429, '{}', 'busy'],
		[429, '<html>', 'busy'],
		[500, '{}', 'down'],
		[503, '', 'down'],
		[599, '{}', 'down'],
		[200, '<html>', 'down'],
		[200, ' \n<!DOCTYPE html>', 'down'],
		[403, 'Forbidden', 'down'],
		[200, 'OK', 'down'],
	])('of HTTP %d with %p is %s', (status, text, health) => {
		expect(healthOf(response(status, text), saying(refused))).toBe(health);
	});

	it.each(['true', 'false', 'null', '-1', '7', '"text"', '\ufeff{}'])('takes %p for no page', (text) => {
		expect(healthOf(response(200, text), saying(refused))).toBe('answered');
	});

	it('is down without an answer, or where the vendor says so itself', () => {
		expect(healthOf({ kind: 'fault', fault: fault() }, saying(refused))).toBe('down');
		expect(healthOf(response(200, '{}'), { ...saying(refused), isDown: true } as CommandResponse)).toBe(
			'down',
		);
	});

	it.each<[string, CommandResponse, string]>([
		['all are turned away for now', saying(busy, busy), 'busy'],
		['one of them is not', saying(busy, refused), 'answered'],
		['their state may be the reason', saying(locked), 'answered'],
		['there were too many requests', { ...saying(refused), throttled: true } as CommandResponse, 'busy'],
		['the session is over', { kind: 'sessionExpired', verdict: refused, stop }, 'busy'],
		['it wants fewer at a time', { kind: 'tooMany', scope: 'request', verdict: busy }, 'answered'],
	])('where %s', (_name, answer, health) => {
		expect(healthOf(response(200, '{}'), answer)).toBe(health);
	});
});
