import { requestsTo, stateOf } from '../../../engine/sandboxes';
import { all, COMMAND, EnosBpmBench, outcomesOf, PATHS, QUESTION, REASON, toldOf } from '../harness';
import { TERMINATED } from '../samples';

describe.each(PATHS)('EnOS BPM options (%s)', (path) => {
	const enos = new EnosBpmBench(path);

	describe('Verify', () => {
		const options = { verify: true };

		it('asks EnOS about each end', async () => {
			const ids = [...enos.seed(2), ...enos.seed(1, { state: 'completed' })];
			const result = await enos.terminate(ids, { options });
			expect(toldOf(result)).toEqual(
				(
					[
						['terminated', 'terminated'],
						['terminated', 'terminated'],
						['alreadyEnded', 'completed'],
					] as const
				).map(([outcome, vendorState], index) =>
					expect.objectContaining({ id: ids[index], outcome, vendorState, verified: true }),
				),
			);
		});

		it.each(['nothing', 'beginning'])(
			'warns where EnOS keeps %s of the reason, which is no failure',
			async (keptReason) => {
				enos.configure({ keptReason });
				const ids = [...enos.seed(2), ...enos.seed(1, { state: 'terminated' })];
				const result = await enos.terminate(ids, { options });
				expect(result.error).toBeUndefined();
				expect(
					result.success.map(({ json }) => [json['outcome'], json['verified'], json['reasonStored']]),
				).toEqual([
					['terminated', true, false],
					['terminated', true, false],
					// Somebody else has given the reason of this one.
					['alreadyEnded', true, undefined],
				]);
			},
		);

		it('says nothing of a reason that EnOS keeps', async () => {
			const result = await enos.terminate(enos.seed(1), { options });
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', verified: true });
			expect(result.success[0]?.json).not.toHaveProperty('reasonStored');
		});

		it('takes back what EnOS has said and not done', async () => {
			enos.arm({ kind: 'status', status: 200, body: TERMINATED, ...COMMAND });
			const [id] = enos.seed(1);
			const result = await enos.terminate(id, { options });
			expect(toldOf(result)).toEqual([
				expect.objectContaining({ id, outcome: 'unknown', verified: false, vendorState: 'inProgress' }),
			]);
			expect(result.error?.message).toMatch(
				/not known whether .* a later check showed that it was still running/,
			);
			expect(stateOf(enos.vendor, id!)).toBe('running');
		});

		it('says so when EnOS cannot be asked', async () => {
			enos.arm({ kind: 'html', status: 502, ...QUESTION, times: 999 });
			const result = await enos.terminate(enos.seed(1), { options });
			expect(toldOf(result)).toEqual([expect.objectContaining({ outcome: 'terminated', verified: false })]);
		});

		it('asks nothing more about what is known to run', async () => {
			enos.configure({ terminate: 'denied' });
			await enos.terminate(enos.seed(1), { options });
			expect(enos.questions()).toHaveLength(1);
		});
	});

	describe('Dry Run', () => {
		const options = { dryRun: true };

		it('fails where the account may not terminate an instance, as the real run would', async () => {
			const [mine = ''] = enos.seed(1);
			const [foreign = ''] = enos.seed(1, { terminable: false });
			const result = await enos.terminate([foreign, mine], { options, onError: 'continueErrorOutput' });
			expect(result.success.map(({ json }) => [json['id'], json['outcome']])).toEqual([[mine, 'dryRun']]);
			expect(result.errors[0]?.json).toMatchObject({
				message: `Process instance ${foreign} would not be terminated: this account may not terminate it`,
				details: {
					id: foreign,
					outcome: 'failed',
					currentState: 'running',
					retryable: false,
					hint: expect.stringContaining('terminable'),
				},
			});
			expect(result.errors[0]?.json['details']).not.toHaveProperty('request');
			expect(requestsTo(enos.vendor, 'POST', 'process-instances')).toEqual([]);
		});

		it('shows the request and the state, and posts nothing to any process instance', async () => {
			const ids = [
				...enos.seed(1),
				...enos.seed(1, { state: 'completed' }),
				...enos.seed(1, { state: 'terminated' }),
				'00000000-ab3d-11ec-8df5-120e04f331d8',
			];
			const result = await enos.terminateItems(ids, {
				options: { ...options, ignoreNotFound: true },
			});
			const [running, completed, terminated, absent] = ids;
			const unchanged = { ok: true, outcome: 'dryRun', attempts: 0, currentState: 'ended' };
			expect(result.success.map(({ json }) => json)).toEqual([
				{
					id: running,
					ok: true,
					outcome: 'dryRun',
					message: `Process instance ${running} would be terminated`,
					attempts: 0,
					currentState: 'running',
					vendorState: 'inProgress',
					request: {
						method: 'POST',
						path: `/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId=${running}`,
						body: JSON.stringify({ deleteReason: REASON }),
					},
				},
				...[
					[completed, 'completed'],
					[terminated, 'terminated'],
				].map(([id, vendorState]) => ({
					...unchanged,
					id,
					message: `Nothing would change: process instance ${id} has already ended`,
					vendorState,
				})),
				{
					id: absent,
					ok: true,
					outcome: 'notFound',
					message: `Process instance ${absent} was not found`,
					attempts: 0,
					currentState: 'absent',
				},
			]);
			expect(requestsTo(enos.vendor, 'POST', 'process-instances')).toEqual([]);
			expect(enos.counters()).toMatchObject({ gets: 4, terminateCalls: 0, startCalls: 0 });
			expect(stateOf(enos.vendor, ids[0]!)).toBe('running');
		});

		it('posts nothing either when EnOS is down or the session has expired', async () => {
			enos.arm(
				{ kind: 'html', status: 502, ...QUESTION, times: 4 },
				{ kind: 'status', status: 200, body: '{"code":33401}', ...QUESTION },
			);
			const ids = enos.seed(20);
			const result = await enos.terminateItems(ids, { options });
			expect(outcomesOf(result)).toEqual(all(20, 'dryRun'));
			expect(toldOf(result).map(({ currentState }) => currentState)).toEqual(all(20, 'running'));
			expect(requestsTo(enos.vendor, 'POST', 'process-instances')).toEqual([]);
			expect(ids.map((id) => stateOf(enos.vendor, id))).toEqual(all(20, 'running'));
		});

		it('says of a state that cannot be read that it could not', async () => {
			enos.arm({ kind: 'html', status: 502, ...QUESTION, times: 999 });
			const result = await enos.terminate(enos.seed(1), { options });
			expect(result.success[0]?.json).toMatchObject({ outcome: 'dryRun', currentState: 'unknown' });
			expect(result.success[0]?.json['message']).toMatch(/its state could not be read/);
		});
	});
});
