import { stateOf } from '../../../engine/sandboxes';
import type { JsonObject } from '../../../sandbox/core/emulator.ts';
import type { Fault } from '../../../sandbox/core/faults.ts';
import type { JournalEntry } from '../../../sandbox/core/journal.ts';
import { all, answering, COMMAND, EnosBpmBench, outcomesOf, PATHS, QUESTION, toldOf } from '../harness';

const INTERNAL = [
	{ code: 33500, msg: 'Internal service error.' },
	{ status: 1005, msg: 'internal service exception' },
	{ code: 99500, msg: 'internal' },
	{ status: 500, msg: 'internal' },
];

const DOWN: Fault[] = [
	{ kind: 'html', status: 502, ...COMMAND },
	{ kind: 'status', status: 503, ...COMMAND },
	{ kind: 'status', status: 504, ...COMMAND },
	answering({ status: 503, msg: 'unavailable' }),
	answering({ status: 504, msg: 'timeout' }),
	{ kind: 'reset', ...COMMAND },
];

describe.each(PATHS)('EnOS BPM in doubt (%s)', (path) => {
	const enos = new EnosBpmBench(path);

	describe('an instance that has ended', () => {
		it.each(
			[33404, 33500, 'dataFalse', 33403, 99400].flatMap((finishedInstance) =>
				[
					{ timestamps: 'epochMs' },
					{ timestamps: 'digits' },
					{ timestamps: 'iso' },
					{ completedTimeOfTerminated: 'set' },
					{ errorHttpStatus: 'mapped' },
				].map((other): JsonObject => ({ finishedInstance, ...other })),
			),
		)('is told apart from others: %j', async (switches) => {
			enos.configure(switches);
			const ids = [
				...enos.seed(1, { state: 'completed' }),
				...enos.seed(1, { state: 'terminated' }),
				...enos.seed(1),
			];
			const result = await enos.terminate(ids);
			expect(result.error).toBeUndefined();
			expect(outcomesOf(result)).toEqual(['alreadyEnded', 'alreadyEnded', 'terminated']);
			expect(enos.counters()).toMatchObject({ gets: 2 });
		});

		it('in another organization is not known', async () => {
			const [id] = enos.seed(1, { orgId: 'o10000000000002', state: 'completed' });
			const result = await enos.terminate(id);
			expect(outcomesOf(result)).toEqual(['notFound']);
			expect(result.error?.message).toContain('it does not exist in this organization');
		});
	});

	it('an instance that EnOS does not know and yet shows as running is not missing, so Ignore Not Found is no excuse', async () => {
		enos.configure({ terminate: 33404 });
		const [id] = enos.seed(1);
		const result = await enos.terminate(id, {
			onError: 'continueErrorOutput',
			options: { ignoreNotFound: true },
		});
		expect(result.success).toEqual([]);
		expect(result.errors[0]?.json['details']).toMatchObject({
			outcome: 'failed',
			vendorMessage: 'The process instance ID does not exist.',
			vendorState: 'inProgress',
		});
		expect(enos.commands()).toHaveLength(1);
		expect(enos.questions()).toHaveLength(1);
	});

	describe('a command that worked and whose answer was lost', () => {
		const LOST: Array<[string, Fault]> = [
			['a broken connection', { kind: 'reset' }],
			['HTTP 504', { kind: 'status', status: 504 }],
			['HTTP 502 with a page', { kind: 'html', status: 502 }],
			['HTTP 429 of a proxy', { kind: 'status', status: 429 }],
			['HTTP 408', { kind: 'status', status: 408 }],
			['a cut body', { kind: 'cut' }],
			['an empty body', { kind: 'empty' }],
		];

		it.each(LOST)('is looked up and not sent again: %s', async (_name, fault) => {
			enos.arm({ ...fault, when: 'after', ...COMMAND });
			const [id] = enos.seed(1);
			const result = await enos.terminate(id);
			expect(result.error).toBeUndefined();
			expect(result.success[0]?.json).toEqual({
				id,
				ok: true,
				outcome: 'alreadyEnded',
				message: expect.stringMatching(/had already ended: .*; a later check found that it had ended$/),
				...(fault.kind === 'cut' && { vendorMessage: expect.any(String) }),
				...(fault.kind === 'html' && { vendorMessage: expect.any(String) }),
				...(fault.kind === 'reset' && { code: 'ECONNRESET' }),
				attempts: 1,
				maybeByThisRun: true,
				vendorState: 'terminated',
			});
			expect(enos.counters()).toMatchObject({ terminateCalls: 1, gets: 1 });
		});

		it('warns where the reason is not there afterwards', async () => {
			enos.configure({ keptReason: 'nothing' });
			enos.arm({ kind: 'reset', when: 'after', ...COMMAND });
			const result = await enos.terminate(enos.seed(1));
			expect(result.success[0]?.json).toMatchObject({
				outcome: 'alreadyEnded',
				maybeByThisRun: true,
				reasonStored: false,
			});
		});

		it.each(LOST)('each of 12, however it was lost: %s', async (_name, fault) => {
			enos.arm({ ...fault, when: 'after', ...COMMAND, times: 999 });
			const result = await enos.terminateItems(enos.seed(12));
			expect(result.success.map(({ json }) => [json['outcome'], json['maybeByThisRun']])).toEqual(
				all(12).map(() => ['alreadyEnded', true]),
			);
			expect(enos.counters()).toMatchObject({ terminateCalls: 12, gets: 12 });
		});

		it('is not sent again either when the question has to be put three times', async () => {
			enos.arm(
				{ kind: 'reset', when: 'after', ...COMMAND },
				{ kind: 'html', status: 502, ...QUESTION },
				{ kind: 'reset', ...QUESTION },
			);
			const result = await enos.terminate(enos.seed(1));
			expect(outcomesOf(result)).toEqual(['alreadyEnded']);
			expect(enos.commands()).toHaveLength(1);
			expect(enos.questions()).toHaveLength(3);
		});

		it.each([
			{ status: 429, msg: 'exhausted' },
			{ status: 1001, msg: 'replayed' },
			...INTERNAL,
			{ status: 503, msg: 'unavailable' },
			{ status: 504, msg: 'timeout' },
		])(
			'nor when EnOS answers the question with a fault of its own in a body of HTTP 200: %j',
			async (body) => {
				enos.arm(
					{ kind: 'reset', when: 'after', ...COMMAND },
					{ ...answering(body, { times: 2 }), ...QUESTION },
				);
				const result = await enos.terminate(enos.seed(1));
				expect(result.success[0]?.json).toMatchObject({ outcome: 'alreadyEnded', maybeByThisRun: true });
				expect(enos.commands()).toHaveLength(1);
				expect(enos.questions()).toHaveLength(3);
			},
		);

		it('is told as maybe by this run when EnOS says only later that it has ended', async () => {
			// The question is not answered three times over, so the command is sent again and finds nothing that runs.
			enos.arm(
				{ kind: 'reset', when: 'after', ...COMMAND },
				{ kind: 'html', status: 502, ...QUESTION, times: 3 },
			);
			const result = await enos.terminate(enos.seed(1));
			expect(result.success[0]?.json).toMatchObject({
				outcome: 'alreadyEnded',
				maybeByThisRun: true,
				vendorState: 'terminated',
				attempts: 2,
			});
		});
	});

	describe('a command that never arrived', () => {
		it.each(DOWN)('is sent again once EnOS says that the instance runs: %j', async (fault) => {
			enos.arm({ ...fault, times: 2 });
			const [id] = enos.seed(1);
			const result = await enos.terminate(id);
			expect(result.success[0]?.json).toMatchObject({ id, outcome: 'terminated', attempts: 3 });
			expect(result.success[0]?.json).not.toHaveProperty('maybeByThisRun');
			expect(enos.counters()).toMatchObject({ terminateCalls: 1, gets: 2 });
		});

		it.each(DOWN)('five times at most, and then nobody knows: %j', async (fault) => {
			enos.arm({ ...fault, times: 999 });
			const [id] = enos.seed(1);
			const result = await enos.terminate(id);
			expect(toldOf(result)).toEqual([
				expect.objectContaining({ outcome: 'unknown', attempts: 5, vendorState: 'inProgress' }),
			]);
			expect(result.error?.message).toMatch(/a later check found it still running( \((code|").*\))?$/);
			expect(enos.commands(id)).toHaveLength(5);
		});
	});

	describe('an internal fault', () => {
		it.each(INTERNAL)('with the instance still running is tried once more: %j', async (body) => {
			enos.arm(answering(body));
			const [id] = enos.seed(1);
			const result = await enos.terminate(id);
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 2 });
			expect(enos.counters()).toMatchObject({ terminateCalls: 1, gets: 1 });
		});

		it.each(INTERNAL)('twice, with the instance still running, is a failure: %j', async (body) => {
			enos.arm(answering(body, { times: 999 }));
			const [id] = enos.seed(1);
			const result = await enos.terminate(id);
			expect(toldOf(result)).toEqual([
				expect.objectContaining({ outcome: 'failed', attempts: 2, vendorState: 'inProgress' }),
			]);
			expect(result.error?.message).toMatch(
				/internal fault, and the instance is still running \(code \d+.*\)$/,
			);
			expect(enos.commands(id)).toHaveLength(2);
			expect(stateOf(enos.vendor, id!)).toBe('running');
		});

		it.each(INTERNAL)('after which the instance has ended is not repeated: %j', async (body) => {
			enos.arm(answering(body, { when: 'after', times: 999 }));
			const result = await enos.terminateItems(enos.seed(12));
			expect(outcomesOf(result)).toEqual(all(12, 'alreadyEnded'));
			expect(result.success[0]?.json).toMatchObject({ maybeByThisRun: true, attempts: 1 });
			expect(enos.counters()).toMatchObject({ terminateCalls: 12, gets: 12 });
		});

		it('that cannot be looked into stays unknown', async () => {
			enos.configure({ terminate: 33500 });
			enos.arm({ kind: 'html', status: 502, ...QUESTION, times: 999 });
			const result = await enos.terminate(enos.seed(1)[0]);
			expect(outcomesOf(result)).toEqual(['unknown']);
			expect(result.error?.message).toMatch(/not known whether .* internal fault/);
			expect(enos.commands()).toHaveLength(2);
		});
	});

	describe('a refusal', () => {
		it.each<[string | number, string, RegExp]>([
			['denied', '33403', /may not terminate it/],
			['dataFalse', '0', /accepted the call but did not terminate/],
			[33404, '33404', /EnOS says that it does not exist, .* still running/],
			[99400, '99400', /rejected a value/],
		])('%s is final while the instance runs', async (mode, code, message) => {
			enos.configure({ terminate: mode });
			const ids = enos.seed(3);
			const result = await enos.terminate(ids);
			expect(toldOf(result)).toEqual(
				ids.map((id) =>
					expect.objectContaining({
						id,
						outcome: 'failed',
						code,
						attempts: 1,
						vendorState: 'inProgress',
					}),
				),
			);
			expect(result.error?.message).toMatch(message);
			expect(enos.commands()).toHaveLength(3);
			expect(enos.questions()).toHaveLength(3);
			expect(ids.map((id) => stateOf(enos.vendor, id))).toEqual(all(3, 'running'));
		});

		it('of the repetition says nothing about the command whose answer was lost', async () => {
			enos.arm(
				{ kind: 'reset', when: 'after', ...COMMAND },
				{ kind: 'html', status: 502, ...QUESTION, times: 3 },
				answering({ code: 33403 }),
			);
			const result = await enos.terminate(enos.seed(1));
			expect(result.success[0]?.json).toMatchObject({ outcome: 'alreadyEnded', maybeByThisRun: true });
		});
	});

	it('is not the work of this run where EnOS does not know the instance and yet shows it as running', async () => {
		enos.configure({ terminate: 33404 });
		enos.arm({ kind: 'reset', ...COMMAND }, { kind: 'html', status: 502, ...QUESTION, times: 3 });
		const result = await enos.terminate(enos.seed(1), { onError: 'continueRegularOutput' });
		expect(toldOf(result)).toEqual([
			expect.objectContaining({ outcome: 'failed', code: '33404', attempts: 2, vendorState: 'inProgress' }),
		]);
		expect(toldOf(result)[0]).not.toHaveProperty('maybeByThisRun');
	});

	describe('a limit', () => {
		it.each<[string, Fault]>([
			['HTTP 200', answering({ status: 429, msg: 'exhausted' })],
			['HTTP 429', answering({ status: 429, msg: 'exhausted' }, { status: 429 })],
		])('of the gateway (%s): nothing was run, so it is sent again unasked', async (_name, fault) => {
			enos.arm({ ...fault, times: 2 });
			const result = await enos.terminate(enos.seed(1));
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 3 });
			expect(enos.questions()).toEqual([]);
		});

		it('of somebody in between: EnOS is asked first', async () => {
			enos.arm({ kind: 'status', status: 429, headers: { 'retry-after': '3' }, ...COMMAND });
			const result = await enos.terminate(enos.seed(1));
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 2 });
			const [first, second] = enos.commands();
			// A hundred times faster.
			expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(29);
			expect(enos.questions()).toHaveLength(1);
		});

		it.each([200, 429])('slows the other requests down (HTTP %d)', async (status) => {
			enos.arm(answering({ status: 429, msg: 'exhausted' }, { status, skip: 60, times: 5 }));
			enos.vendor.latency.ms = 10;
			expect(outcomesOf(await enos.terminateItems(enos.seed(80)))).toEqual(all(80));
			const sent = enos.commands();
			const refused = sent.findLastIndex(({ fault }) => fault === 'status');
			const most = (entries: JournalEntry[]) => Math.max(...entries.map(({ inFlight }) => inFlight));
			// After sixty answers there may be twelve. The five are on their way together, so they halve that once; after
			// their 10 ms nothing leaves for another 10.
			expect(most(sent.slice(0, refused))).toBeGreaterThan(6);
			const after = sent.slice(refused + 1).filter(({ at }) => at >= (sent[refused]?.at ?? 0) + 15);
			expect(after.length).toBeGreaterThan(5);
			expect(most(after.slice(0, 5))).toBeLessThan(12);
		});
	});

	it('sends nothing again once EnOS says that the instance has ended, whatever was refused meanwhile', async () => {
		enos.arm(
			{ kind: 'reset', when: 'after', ...COMMAND },
			{ kind: 'html', status: 502, ...QUESTION, times: 3 },
			answering({ status: 429, msg: 'exhausted' }),
		);
		const result = await enos.terminate(enos.seed(1));
		expect(result.success[0]?.json).toMatchObject({ outcome: 'alreadyEnded', maybeByThisRun: true });
		expect(enos.commands()).toHaveLength(2);
	});

	describe('a request that the gateway takes for a copy (1001)', () => {
		const copy = (more: Partial<Fault> = {}): Fault => answering({ status: 1001, msg: 'duplicated' }, more);

		beforeEach(() => enos.configure({ signature: 'required' }));

		it('is sent once more with a signature of its own', async () => {
			enos.arm(copy());
			const [id] = enos.seed(1);
			const result = await enos.terminate(id, { key: 'signed' });
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 2 });
			expect(enos.counters()).toMatchObject({ refusedSignatures: 0 });
			const [first, second] = enos.commands(id);
			expect(second?.headers['apim-signature']).not.toBe(first?.headers['apim-signature']);
		});

		it('twice is a failure', async () => {
			enos.arm(copy({ times: 999 }));
			const [id] = enos.seed(1);
			const result = await enos.terminate(id, { key: 'signed' });
			expect(toldOf(result)).toEqual([
				expect.objectContaining({ outcome: 'failed', code: '1001', attempts: 2, vendorState: 'inProgress' }),
			]);
			expect(enos.commands(id)).toHaveLength(2);
		});

		it('is not sent again when the other one has ended the instance', async () => {
			enos.arm(copy({ when: 'after' }));
			const [id] = enos.seed(1);
			const result = await enos.terminate(id, { key: 'signed' });
			expect(result.success[0]?.json).toMatchObject({
				outcome: 'alreadyEnded',
				maybeByThisRun: true,
				vendorState: 'terminated',
			});
			expect(enos.commands(id)).toHaveLength(1);
		});

		it('never: each attempt and each question has a later timestamp than the one before', async () => {
			enos.arm(copy({ skip: 3, times: 4 }), { kind: 'reset', ...COMMAND, skip: 10, times: 6 });
			const ids = enos.seed(20);
			const result = await enos.terminateItems(ids, { key: 'signed' });
			expect(outcomesOf(result)).toEqual(all(20));
			for (const id of ids) {
				const stamps = enos.requests(id).map(({ headers }) => Number(headers['apim-timestamp']));
				expect(stamps.length).toBeGreaterThan(0);
				expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
			}
			const every = enos.vendor.journal.list().map(({ headers }) => headers['apim-timestamp']);
			const signed = every.filter((stamp) => stamp !== undefined);
			// Ten more for the repetitions and ten for the questions before them.
			expect(signed.length).toBeGreaterThanOrEqual(40);
			expect(new Set(signed).size).toBe(signed.length);
			expect(enos.counters()).toMatchObject({ refusedSignatures: 0 });
		});
	});
});
