import { killContract as contract, terminateContract } from '../../../../nodes/Bitrix24/api/commands';
import type { CommandResponse, Verdict, Target } from '../../../../nodes/core/commands/contract';
import { ALL_TRUE, MIXED, NOT_FOUND_DE, NOT_FOUND_EN, SUCCESS, TIME, UGLY } from '../samples';

const FIRST = '65e5a449e8f135.21284909';

const SECOND = '66e412fdc9bd44.36306599';

const target = (id: string): Target<unknown> => ({ id, item: 0, settings: undefined });

const ONE = [target(FIRST)];

const TWO = [target(FIRST), target(SECOND)];

const read = (targets: Array<Target<unknown>>, status: number, body: unknown): CommandResponse =>
	contract.read(targets, {
		status,
		headers: {},
		text: typeof body === 'string' ? body : JSON.stringify(body),
	});

const verdictsOf = (reading: CommandResponse): Verdict[] => {
	if (reading.kind !== 'verdicts') throw new Error(`Unexpected reading ${reading.kind}`);
	return reading.verdicts;
};

describe('the request', () => {
	it('is the documented call for one workflow, its ID as text and nothing beside it', () => {
		expect(contract.request([target('66412345678901.12345678')])).toEqual({
			method: 'POST',
			path: '/bizproc.workflow.kill',
			body: '{"ID":"66412345678901.12345678"}',
		});
	});

	it('is one batch for several', () => {
		expect(contract.request(TWO)).toEqual({
			method: 'POST',
			path: '/batch',
			body: '{"halt":0,"cmd":{"w0":"bizproc.workflow.kill?ID=65e5a449e8f135.21284909","w1":"bizproc.workflow.kill?ID=66e412fdc9bd44.36306599"}}',
		});
	});

	it('encodes IDs once, and names no other workflow than the one given', () => {
		const { body } = contract.request([target('a&ID=b#c+d%2F'), target(SECOND)]);
		const { cmd } = JSON.parse(String(body)) as { cmd: Record<string, string> };
		expect(cmd['w0']).toBe('bizproc.workflow.kill?ID=a%26ID%3Db%23c%2Bd%252F');
	});

	it('is shared by all workflows, save those whose ID a batch would change', () => {
		expect(contract.groupKey(target(FIRST))).toBe(contract.groupKey(target(SECOND)));
		expect(contract.needsOwnRequest?.(target(FIRST))).toBe(false);
		expect(contract.needsOwnRequest?.(target('$result[w0]'))).toBe(true);
	});

	it('keeps the limits, and asks the question, of terminate', () => {
		expect(contract.targetsPerRequest).toBe(50);
		expect(contract.requestsInFlight).toBe(1);
		for (const wished of [undefined, 0.5, 5]) {
			expect(contract.rates?.(wished)).toEqual(terminateContract.rates?.(wished));
		}
		expect(contract.stateQuery).toBe(terminateContract.stateQuery);
	});
});

describe('an answer', () => {
	it('is a success with the result true', () => {
		expect(read(ONE, 200, SUCCESS)).toEqual({
			kind: 'verdicts',
			verdicts: [{ outcome: 'killed' }],
			resetsAt: TIME.operating_reset_at,
		});
		expect(verdictsOf(read(TWO, 200, ALL_TRUE))).toEqual([{ outcome: 'killed' }, { outcome: 'killed' }]);
	});

	it('says of each workflow in a batch what became of it', () => {
		expect(verdictsOf(read(TWO, 200, MIXED)).map(({ outcome }) => outcome)).toEqual(['killed', 'notRunning']);
	});

	it('says that no such workflow runs, or leaves that to a question', () => {
		expect(verdictsOf(read(ONE, 400, NOT_FOUND_EN))[0]?.outcome).toBe('notRunning');
		expect(verdictsOf(read(ONE, 400, NOT_FOUND_DE))[0]).toMatchObject({
			outcome: 'failed',
			byState: { absent: { outcome: 'notRunning' } },
		});
	});

	it.each(UGLY)('%s is no success', (_name, text) => {
		for (const targets of [ONE, TWO]) {
			for (const { outcome } of verdictsOf(read(targets, 200, text))) {
				expect(['failed', 'unknown']).toContain(outcome);
			}
		}
	});
});
