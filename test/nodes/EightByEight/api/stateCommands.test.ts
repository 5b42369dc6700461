import {
	resumeContract,
	suspendContract,
	terminateContract,
} from '../../../../nodes/EightByEight/api/commands';
import type { WorkflowSettings } from '../../../../nodes/EightByEight/api/instance';
import type { Contract } from '../../../../nodes/core/commands/contract';
import type { TargetOutcome } from '../../../../nodes/core/commands/outcome';
import { run } from '../../../../nodes/core/commands/run';
import type { RunOptions } from '../../../../nodes/core/commands/run';
import type { ApiRequest } from '../../../../nodes/core/http/messages';
import type { TransportResult } from '../../../../nodes/core/http/transport';
import { VirtualClock } from '../../core/virtualClock';

const definitionId = '5870442f-3ddd-4657-b74c-6e17308f5230';
const id = '60dbe307fe55d99fc083db61';
const target = { id, item: 0, settings: { definitionId } };

const CONTRACTS = { suspend: suspendContract, resume: resumeContract, terminate: terminateContract };
type Command = keyof typeof CONTRACTS;
type State = 'Runnable' | 'Suspended' | 'Complete' | 'Terminated';

const answer = (status: number, body: unknown): TransportResult => ({
	kind: 'response',
	response: { status, headers: {}, text: body === '' ? '' : JSON.stringify(body) },
});
const inState = (status: State): TransportResult => answer(200, { workflowId: id, status });
const UNKNOWN = answer(404, { code: 1300, message: "Object wasn't found or is already expired" });
const DONE = answer(200, '');
const REFUSED = answer(400, '');
const LOST: TransportResult = {
	kind: 'fault',
	fault: { maybeSent: true, stopsRun: false, reason: 'it broke', hint: 'Look.' },
};

/** What becomes of one workflow when 8x8 gives these answers, and which requests it received. */
async function runCommand(
	contract: Contract<WorkflowSettings>,
	responses: TransportResult[],
	control: RunOptions = {},
): Promise<TargetOutcome & { requests: string[] }> {
	const clock = new VirtualClock();
	const requests: string[] = [];
	const send = async ({ method }: ApiRequest): Promise<TransportResult> => {
		requests.push(method);
		const next = responses.shift();
		if (!next) throw new Error(`Nothing left to answer after ${requests.join()}`);
		return next;
	};
	const [outcome] = await clock.finish(run([target], contract, { send }, { ...control, clock }));
	expect(responses).toEqual([]);
	return { ...outcome!, requests };
}

it.each(['suspend', 'resume'] as const)('%s is the documented PATCH with a lower-case verb', (command) => {
	expect(CONTRACTS[command].request([target])).toEqual({
		method: 'PATCH',
		path: `/definitions/${definitionId}/workflows/${id}`,
		body: JSON.stringify({ status: command }),
	});
});

describe('what each command makes of each state', () => {
	it.each<[Command, State, string, boolean]>([
		['suspend', 'Runnable', `Workflow ${id} was suspended`, true],
		['suspend', 'Suspended', `Workflow ${id} was already suspended`, false],
		['suspend', 'Complete', `Workflow ${id} had already ended and cannot be suspended`, false],
		['suspend', 'Terminated', `Workflow ${id} had already ended and cannot be suspended`, false],
		['resume', 'Runnable', `Workflow ${id} was already running`, false],
		['resume', 'Suspended', `Workflow ${id} was resumed`, true],
		['resume', 'Complete', `Workflow ${id} had already ended and cannot be resumed`, false],
		['resume', 'Terminated', `Workflow ${id} had already ended and cannot be resumed`, false],
		['terminate', 'Runnable', `Workflow ${id} was terminated`, true],
		['terminate', 'Suspended', `Workflow ${id} was terminated`, true],
		['terminate', 'Complete', `Workflow ${id} had already ended`, false],
		['terminate', 'Terminated', `Workflow ${id} had already ended`, false],
	])('%s of a %s one: %s', async (command, state, message, isSent) => {
		const contract = CONTRACTS[command];
		const before = / was already [a-z]+$/.test(message);
		const result = await runCommand(contract, [inState(state), ...(isSent ? [DONE] : [])]);
		expect(result).toMatchObject({
			outcome: isSent || before ? contract.words.participle : 'alreadyEnded',
			message,
			attempts: isSent ? 1 : 0,
			requests: isSent ? ['GET', 'PATCH'] : ['GET'],
		});
		expect(result.extra).toEqual({
			definitionId,
			...(!isSent && { vendorState: state }),
			...(before && { alreadyInState: true }),
		});
	});

	it.each(['terminate', 'suspend', 'resume'] as const)(
		'%s of an unknown one: nothing is sent',
		async (command) => {
			const result = await runCommand(CONTRACTS[command], [UNKNOWN]);
			expect(result).toMatchObject({ outcome: 'notFound', code: '1300', attempts: 0, requests: ['GET'] });
			expect(result.reason).toMatch(/^it does not exist under this definition \(/);
		},
	);
});

describe('without a state that is known to fit, nothing is sent', () => {
	const page: TransportResult = {
		kind: 'response',
		response: { status: 200, headers: {}, text: '<html></html>' },
	};
	const elsewhere: TransportResult = { kind: 'response', response: { status: 302, headers: {}, text: '' } };
	const other = answer(200, { workflowId: '60dbe307fe55d99fc083db62', status: 'Runnable' });
	const cut: TransportResult = {
		kind: 'response',
		response: { status: 200, headers: {}, text: '{"workflowId":"60dbe' },
	};

	it.each<[string, TransportResult, string, number]>([
		['a page', page, 'notSent', 3],
		['another workflow', other, 'notSent', 3],
		['a cut body', cut, 'notSent', 3],
		['an unknown state', answer(200, { workflowId: id, status: 'Paused' }), 'notSent', 1],
		['a page at 404', { ...page, response: { ...page.response, status: 404 } }, 'failed', 1],
		['401', answer(401, { code: 1200, message: 'Unauthorized' }), 'failed', 1],
		['403', answer(403, { code: 1201, message: 'Forbidden' }), 'failed', 1],
		['a redirect', elsewhere, 'failed', 1],
	])('%s', async (_name, look, outcome, asked) => {
		for (const command of ['terminate', 'suspend', 'resume'] as const) {
			const looks = Array<TransportResult>(asked).fill(look);
			const result = await runCommand(CONTRACTS[command], looks);
			expect(result).toMatchObject({ outcome, attempts: 0, failure: true });
			expect(result.requests).toEqual(Array(asked).fill('GET'));
		}
	});
});

describe('after a lost answer', () => {
	it.each<[Command, State, string, boolean]>([
		['suspend', 'Suspended', 'suspended', true],
		['suspend', 'Complete', 'alreadyEnded', false],
		['suspend', 'Terminated', 'alreadyEnded', false],
		['resume', 'Runnable', 'resumed', true],
		['resume', 'Complete', 'resumed', true],
		['resume', 'Terminated', 'resumed', true],
		['terminate', 'Complete', 'alreadyEnded', false],
		['terminate', 'Terminated', 'alreadyEnded', true],
	])('%s, now %s: %s, perhaps by this run: %s', async (command, state, outcome, maybe) => {
		const old = command === 'resume' ? 'Suspended' : 'Runnable';
		const result = await runCommand(CONTRACTS[command], [inState(old), LOST, inState(state)]);
		expect(result).toMatchObject({ outcome, attempts: 1, requests: ['GET', 'PATCH', 'GET'] });
		expect(result.extra).toEqual({
			definitionId,
			vendorState: state,
			...(maybe && { maybeByThisRun: true }),
		});
	});

	it.each([
		['suspend', 'Runnable'],
		['resume', 'Suspended'],
	] as const)('%s, still %s: it is sent again', async (command, state) => {
		const result = await runCommand(CONTRACTS[command], [inState(state), LOST, inState(state), DONE]);
		expect(result).toMatchObject({ outcome: `${command}${command === 'resume' ? 'd' : 'ed'}`, attempts: 2 });
	});

	it('resume was said to be refused then, and it runs: it may be by this run', async () => {
		const responses = [inState('Suspended'), LOST, inState('Suspended'), REFUSED, inState('Complete')];
		expect(await runCommand(resumeContract, responses)).toMatchObject({
			outcome: 'resumed',
			reason: '8x8 refused to resume it (HTTP 400), and it is no longer suspended',
			extra: { maybeByThisRun: true, vendorState: 'Complete' },
		});
	});
});

describe('after it was refused', () => {
	it.each<[Command, State, string, boolean]>([
		[
			'suspend',
			'Suspended',
			`Workflow ${id} was already suspended: 8x8 refused to suspend it (HTTP 400)`,
			true,
		],
		['suspend', 'Terminated', `and cannot be suspended: 8x8 refused to suspend it (HTTP 400)`, false],
		['resume', 'Runnable', `Workflow ${id} was already running: 8x8 refused to resume it (HTTP 400)`, true],
		['resume', 'Complete', `and cannot be resumed: 8x8 refused to resume it (HTTP 400)`, false],
	])('%s of one that is now %s: %s', async (command, state, message, already) => {
		const old = command === 'resume' ? 'Suspended' : 'Runnable';
		const result = await runCommand(CONTRACTS[command], [inState(old), REFUSED, inState(state)]);
		expect(result).toMatchObject({ attempts: 1, message: expect.stringContaining(message) as never });
		expect(result.outcome).toBe(already ? CONTRACTS[command].words.participle : 'alreadyEnded');
		expect(result.extra).toEqual({
			definitionId,
			vendorState: state,
			...(already && { alreadyInState: true }),
		});
	});

	it.each([
		['suspend', 'Runnable', 'and it is still running'],
		['resume', 'Suspended', 'and it is still suspended'],
	] as const)('%s of one that is still %s is tried three times', async (command, state, reason) => {
		const round = [REFUSED, inState(state)];
		const result = await runCommand(CONTRACTS[command], [inState(state), ...round, ...round, ...round]);
		expect(result).toMatchObject({
			outcome: 'failed',
			attempts: 3,
			httpStatus: 400,
			extra: { vendorState: state },
		});
		expect(result.message).toBe(
			`Workflow ${id} was not ${CONTRACTS[command].words.participle}: 8x8 refused to ${command} it (HTTP 400), ${reason}`,
		);
	});
});

describe('to verify', () => {
	it.each<[Command, State, string, boolean]>([
		['suspend', 'Suspended', 'suspended', true],
		['suspend', 'Runnable', 'unknown', false],
		['suspend', 'Complete', 'alreadyEnded', true],
		['suspend', 'Terminated', 'alreadyEnded', true],
		['resume', 'Runnable', 'resumed', true],
		['resume', 'Suspended', 'unknown', false],
		['resume', 'Complete', 'resumed', true],
		['resume', 'Terminated', 'resumed', true],
		['terminate', 'Terminated', 'terminated', true],
		['terminate', 'Complete', 'alreadyEnded', true],
		['terminate', 'Runnable', 'unknown', false],
	])('%s was answered, and it is %s: %s, verified %s', async (command, state, outcome, verified) => {
		const old = command === 'resume' ? 'Suspended' : 'Runnable';
		const responses = [inState(old), DONE, inState(state)];
		const result = await runCommand(CONTRACTS[command], responses, { verify: true });
		expect(result).toMatchObject({ outcome, extra: { verified, vendorState: state } });
	});
});

describe('an answer with the workflow in it', () => {
	it.each<[Command, State, boolean]>([
		['suspend', 'Suspended', true],
		['suspend', 'Runnable', false],
		['suspend', 'Complete', false],
		['suspend', 'Terminated', false],
		['resume', 'Suspended', false],
		['resume', 'Runnable', true],
		['resume', 'Complete', true],
		['resume', 'Terminated', true],
	])('to %s, and it is %s: a success: %s', (command, status, isSuccess) => {
		const contract = CONTRACTS[command];
		const text = JSON.stringify({ workflowId: id, status });
		const response = contract.read([target], { status: 200, headers: {}, text });
		expect(response).toMatchObject({
			verdicts: [
				isSuccess
					? { outcome: contract.words.participle }
					: {
							outcome: 'unknown',
							reason: `8x8 accepted the command but still reports the state ${status}`,
						},
			],
		});
	});
});

describe('a dry run', () => {
	it.each([
		['suspend', 'Runnable', 'running', `Workflow ${id} would be suspended`],
		['suspend', 'Suspended', 'inState', `Nothing would change: workflow ${id} is already suspended`],
		[
			'suspend',
			'Complete',
			'ended',
			`Nothing would change: workflow ${id} has already ended and cannot be suspended`,
		],
		['resume', 'Runnable', 'inState', `Nothing would change: workflow ${id} is already running`],
		['resume', 'Suspended', 'running', `Workflow ${id} would be resumed`],
		[
			'resume',
			'Terminated',
			'ended',
			`Nothing would change: workflow ${id} has already ended and cannot be resumed`,
		],
	] as const)('to %s what is %s: %s', async (command, vendorState, currentState, message) => {
		const result = await runCommand(CONTRACTS[command], [inState(vendorState)], { dryRun: true });
		expect(result).toMatchObject({
			outcome: 'dryRun',
			message,
			attempts: 0,
			failure: false,
			extra: { currentState, vendorState },
		});
	});
});
