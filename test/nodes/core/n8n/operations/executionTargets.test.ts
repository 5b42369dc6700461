import { MAX_REMEMBERED_EXECUTIONS } from '../../../../../nodes/core/http/limits';
import { ExecutionTargets } from '../../../../../nodes/core/n8n/operations/executionTargets';
import { contract, target, targets } from '../../commands/scripted';

const scope = (execution = '1', node = 'n') => ({ execution, node });
/** Outcomes of targets for which a command has left, or has not. */
const attempts = (...counts: number[]) =>
	counts.map((count, item) => ({
		id: '',
		outcome: 'unknown' as const,
		message: '',
		attempts: count,
		item,
		extra: {},
		failure: true,
	}));

function setUp() {
	const counted = new ExecutionTargets();
	const reserve = async (wanted = targets('a'), limit = 3, where = scope()) => {
		const result = await counted.reserve(where, wanted, contract, limit);
		return 'settle' in result ? result : undefined;
	};
	/** A whole call, in which a command leaves for each target. */
	const call = async (wanted = targets('a'), limit = 3, where = scope()): Promise<boolean> => {
		const reservation = await reserve(wanted, limit, where);
		await reservation?.settle(wanted, attempts(...wanted.map(() => 1)));
		return reservation !== undefined;
	};
	return { counted, reserve, call };
}

describe('ExecutionTargets', () => {
	it('counts over all calls of an execution, and refuses what would exceed the limit as a whole', async () => {
		const { counted, call } = setUp();
		expect(await call(targets('a', 'b'))).toBe(true);
		expect(await counted.reserve(scope(), targets('c', 'd'), contract, 3)).toEqual({ counted: 2, added: 2 });
		expect(await call(targets('c'))).toBe(true);
		expect(await call(targets('e'))).toBe(false);
	});

	it('ends three of five hundred', async () => {
		const { call } = setUp();
		const results = [];
		for (let id = 0; id < 500; id += 1) results.push(await call(targets(`w${id}`)));
		expect(results.filter(Boolean)).toHaveLength(3);
	});

	it('lets calls at the same time not exceed the limit together', async () => {
		const { reserve } = setUp();
		const all = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (id) => await reserve(targets(id))));
		expect(all.filter((one) => one !== undefined)).toHaveLength(3);
	});

	it('counts a target once, however often it is named', async () => {
		const { call } = setUp();
		expect(await call(targets('a', 'a', 'b'), 2)).toBe(true);
		expect(await call(targets('b', 'a'), 2)).toBe(true);
		expect(await call([target('a', 'other')], 2)).toBe(false);
	});

	it('gives back that for which no command has left', async () => {
		const { reserve, call } = setUp();
		const reservation = await reserve(targets('a', 'b', 'c'));
		expect(await call(targets('d'))).toBe(false);
		await reservation?.settle(targets('a', 'b', 'c'), attempts(0, 2, 0));
		expect(await call(targets('d', 'e'))).toBe(true);
		expect(await call(targets('a'))).toBe(false);
	});

	it('gives nothing back that another call holds or has sent', async () => {
		const { reserve, call } = setUp();
		const first = await reserve(targets('a'), 1);
		const second = await reserve(targets('a'), 1);
		await first?.settle(targets('a'), attempts(0));
		expect(await call(targets('b'), 1)).toBe(false);
		await second?.settle(targets('a'), attempts(1));
		const third = await reserve(targets('a'), 1);
		await third?.settle(targets('a'), attempts(0));
		expect(await call(targets('b'), 1)).toBe(false);
	});

	it('counts executions and nodes by themselves, and keeps the newest', async () => {
		const { call } = setUp();
		expect(await call(targets('a'), 1)).toBe(true);
		expect(await call(targets('b'), 1, scope('2'))).toBe(true);
		expect(await call(targets('b'), 1, scope('1', 'other'))).toBe(true);
		expect(await call(targets('b'), 1)).toBe(false);
		for (let run = 0; run < MAX_REMEMBERED_EXECUTIONS; run += 1)
			await call(targets('x'), 1, scope(`x${run}`));
		expect(await call(targets('b'), 1)).toBe(true);
	});
});
