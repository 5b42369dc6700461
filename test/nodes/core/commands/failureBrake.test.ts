import type { Target } from '../../../../nodes/core/commands/contract';
import { contract, go, scripted, target, targets, times, words } from './scripted';
import type { Settings } from './scripted';

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index}`);
const NO = ['refused', 'refused', 'refused'];

describe('Stop After Failures', () => {
	it('sends nothing more after so many failed targets, and says why', async () => {
		const transport = scripted(...times(9, NO));
		const outcomes = await go(targets(...ids(12)), contract, transport, { stopAfterFailures: 4 });
		expect(transport.sent).toHaveLength(2);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual([...times(6, 'failed'), ...times(6, 'notSent')]);
		expect(outcomes[6]).toMatchObject({
			reason: "the run was stopped because 6 things have failed, and 'Stop After Failures' is set to 4",
			attempts: 0,
		});
	});

	it('stops nothing with fewer failures', async () => {
		const transport = scripted(['refused', 'terminated', 'refused'], ['terminated', 'refused', 'terminated']);
		const outcomes = await go(targets(...ids(9)), contract, transport, { stopAfterFailures: 4 });
		expect(transport.sent).toHaveLength(3);
		expect(outcomes.filter(({ failure }) => failure)).toHaveLength(3);
	});

	it('counts outcomes that are final, not what is sent again', async () => {
		const busy = ['busy', 'busy', 'busy'];
		const transport = scripted(busy, busy, ['terminated', 'terminated', 'refused']);
		const outcomes = await go(targets(...ids(6)), contract, transport, { stopAfterFailures: 2 });
		expect(outcomes.filter(({ failure }) => failure)).toHaveLength(1);
		expect(outcomes.filter(({ outcome }) => outcome === 'terminated')).toHaveLength(5);
	});

	it('counts by the policy of the items, the strictest where they differ', async () => {
		const run = async (wanted: Array<Target<Settings>>) => {
			const transport = scripted(['alreadyEnded', 'notFound', 'alreadyEnded']);
			return await go(wanted, contract, transport, {
				stopAfterFailures: 1,
				policyOf: ({ item }) => ({ failIfAlreadyEnded: item === 9, ignoreNotFound: true }),
			});
		};
		const lenient = await run(targets('a', 'b', 'c', 'd'));
		expect(words(lenient)[3]).toBe('d terminated');
		const strict = await run([...targets('a', 'b', 'c', 'd'), target('c', 'g', 9)]);
		expect(words(strict)[3]).toBe('d notSent');
	});

	it('counts a target once that several items name', async () => {
		const named = [...targets('a', 'b', 'c', 'd'), ...targets('a', 'a', 'a')];
		const transport = scripted(['refused', 'terminated', 'terminated']);
		const outcomes = await go(named, contract, transport, { stopAfterFailures: 2 });
		expect(words(outcomes)[3]).toBe('d terminated');
		expect(outcomes.map(({ isRepeat }) => isRepeat === true)).toEqual([
			...times(4, false),
			...times(3, true),
		]);
	});

	it('holds for a dry run too', async () => {
		const outcomes = await go(targets('a', 'b'), contract, scripted(), {
			stopAfterFailures: 1,
			dryRun: true,
		});
		expect(words(outcomes)).toEqual(['a dryRun', 'b dryRun']);
	});
});
