import type { Contract } from '../../../../../nodes/core/commands/contract';
import type { StateList } from '../../../../../nodes/core/commands/states/stateList';
import { MAX_STATE_AGE_MS } from '../../../../../nodes/core/http/limits';
import { VirtualClock } from '../../virtualClock';
import { goListed, MISHAPS, thing, things } from '../listedVendor';
import type { ListedThing } from '../listedVendor';
import { target } from '../scripted';
import type { Settings } from '../scripted';

const targetsOf = (all: ListedThing[]) => all.map(({ id, group }, item) => target(id, group, item));
/** Changes the list of the contract. */
const withList =
	(change: (list: StateList<Settings>) => StateList<Settings>) =>
	(by: Contract<Settings>): Contract<Settings> => ({
		...by,
		stateQuery: { ...by.stateQuery!, list: change(by.stateQuery!.list!) },
	});
const outcomesOf = (outcomes: Array<{ outcome: string }>) => outcomes.map(({ outcome }) => outcome);

describe('the states by the list', () => {
	it('take a few requests instead of one for each', async () => {
		const all = things(1_000);
		const { outcomes, vendor } = await goListed(all, targetsOf(all));
		expect(new Set(outcomesOf(outcomes))).toEqual(new Set(['terminated']));
		expect(outcomes.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
		expect(vendor.count('command')).toBe(1_000);
		expect(vendor.count('lists', 'page', 'question')).toBe(3);
	});

	it('serve a dry run too, and show what a question would', async () => {
		const all = [...things(8), thing('u1', { state: 'ended' }), thing('u2', { state: 'absent' })];
		const seen = await goListed(structuredClone(all), targetsOf(all), { dryRun: true });
		const asked = await goListed(structuredClone(all), targetsOf(all), { dryRun: true, hasList: false });
		expect(seen.outcomes).toEqual(asked.outcomes);
		expect(seen.vendor.count('command')).toBe(0);
		expect(seen.vendor.journal.map(({ kind }) => kind)).toEqual(['lists', 'page', 'question', 'question']);
	});

	it('serve a dry run of a command before which nobody is asked, and not the command', async () => {
		const change = (by: Contract<Settings>): Contract<Settings> => ({
			...by,
			stateQuery: { ...by.stateQuery!, when: 'last' },
		});
		const all = things(8);
		const { vendor } = await goListed(structuredClone(all), targetsOf(all), { change });
		expect(vendor.count('lists', 'page', 'question')).toBe(0);
		const dry = await goListed(all, targetsOf(all), { change, dryRun: true });
		expect(dry.vendor.count('lists', 'page', 'question')).toBe(2);
	});

	it('are asked for one by one where there are too few of a group, and by the list where there are just enough', async () => {
		const four = things(4);
		const { vendor: enough } = await goListed(four, targetsOf(four));
		expect([enough.count('lists', 'page'), enough.count('question')]).toEqual([2, 0]);
		const all = [...things(3), ...things(3, { group: 'h' }, 'u')];
		const { vendor } = await goListed(all, targetsOf(all));
		expect(vendor.count('lists', 'page')).toBe(0);
		expect(vendor.count('question')).toBe(6);
	});

	it('are read group by group, each when its commands are next', async () => {
		const all = [...things(5), ...things(5, { group: 'h' }, 'u')];
		const { vendor } = await goListed(all, targetsOf(all), { manners: { commandMs: 100, listMs: 10 } });
		expect(vendor.journal.map(({ kind, path }) => (kind === 'command' ? 'command' : path))).toEqual([
			'/lists/g',
			'/lists/g/0?after=',
			...Array<string>(5).fill('command'),
			'/lists/h',
			'/lists/h/0?after=',
			...Array<string>(5).fill('command'),
		]);
	});

	it('leave out those that are not on it: these are asked about alone, at the end', async () => {
		const gone = things(4, { state: 'ended' }, 'a');
		const all = [...gone, ...things(6), thing('z', { state: 'absent' })];
		const { outcomes, vendor } = await goListed(all, targetsOf(all));
		expect(outcomesOf(outcomes)).toEqual([
			...Array<string>(4).fill('alreadyEnded'),
			...Array<string>(6).fill('terminated'),
			'notRunning',
		]);
		const kinds = vendor.journal.map(({ kind }) => kind);
		expect(kinds.indexOf('question')).toBeGreaterThan(kinds.lastIndexOf('command'));
		expect(vendor.count('question')).toBe(5);
		expect(vendor.journal.filter(({ wasOver }) => wasOver)).toEqual([]);
	});

	it.each(['without ID', 'without state', 'odd state', 'of another group', 'left out'] as const)(
		'say nothing by a row %s',
		async (row) => {
			const all = [...things(6), thing('x', { row })];
			const { outcomes, vendor } = await goListed(all, targetsOf(all));
			expect(new Set(outcomesOf(outcomes))).toEqual(new Set(['terminated']));
			expect(vendor.journal.filter(({ kind }) => kind === 'question')).toMatchObject([{ id: 'x' }]);
		},
	);

	it('send nothing to what a row shows to have ended', async () => {
		const all = [...things(6), ...things(3, { state: 'ended' }, 'u')];
		const { outcomes, vendor } = await goListed(all, targetsOf(all), { manners: { isIgnorant: true } });
		expect(outcomes.slice(6)).toMatchObject(
			Array(3).fill({ outcome: 'alreadyEnded', attempts: 0, extra: { vendorState: 'ENDED' } }),
		);
		expect(vendor.count('question')).toBe(0);
		expect(vendor.count('command')).toBe(6);
	});

	it('hold for one of two IDs that are the same to the vendor; the other is asked about after the command', async () => {
		const all = [...things(5), thing('x'), thing('X', { row: 'left out' })];
		const { outcomes, vendor } = await goListed(all, targetsOf(all));
		expect(new Set(outcomesOf(outcomes))).toEqual(new Set(['terminated']));
		expect(vendor.journal.filter(({ kind }) => kind === 'question')).toMatchObject([{ id: 'X' }]);
	});

	it('are not asked for again to verify: the vendor is asked about each', async () => {
		const all = things(6);
		const { outcomes, vendor } = await goListed(all, targetsOf(all), { verify: true });
		expect(outcomes.every(({ extra }) => extra['verified'] === true)).toBe(true);
		expect(vendor.count('question')).toBe(6);
	});
});

describe('a page', () => {
	it('is read once by five that wait for it, and only when all from the one before have left', async () => {
		const all = things(60);
		const manners = { pageSize: 20, listMs: 50, commandMs: 100 };
		const { vendor } = await goListed(all, targetsOf(all), { manners });
		const kinds = vendor.journal.map(({ kind }) => kind);
		expect(kinds.slice(0, 2)).toEqual(['lists', 'page']);
		expect(vendor.count('page')).toBe(3);
		expect(vendor.count('question')).toBe(0);
		for (const number of [1, 2]) {
			const at = kinds.indexOf('page', kinds.indexOf('page') + 1 + (number - 1) * 21);
			expect(kinds.slice(0, at).filter((kind) => kind === 'command')).toHaveLength(20 * number);
		}
		// Nothing else is asked meanwhile.
		const pages = vendor.journal.filter(({ kind }) => kind === 'page');
		for (const { at } of pages) {
			expect(vendor.journal.filter((one) => one.at > at && one.at < at + 50)).toEqual([]);
		}
	});

	it('holds for ten seconds from when it was asked for; then each is asked about again', async () => {
		const all = things(60);
		const manners = { listMs: 1_000, commandMs: 3_000 };
		const { vendor, outcomes } = await goListed(all, targetsOf(all), { manners });
		expect(new Set(outcomesOf(outcomes))).toEqual(new Set(['terminated']));
		const asked = vendor.journal.find(({ kind }) => kind === 'page')!.at;
		const commands = vendor.journal.filter(({ kind }) => kind === 'command');
		// Those that leave after 1, 4, 7 and 10 seconds.
		const fresh = commands.filter(({ at }) => at - asked <= MAX_STATE_AGE_MS);
		expect(fresh).toHaveLength(20);
		const questions = vendor.journal.filter(({ kind }) => kind === 'question').map(({ id }) => id);
		expect(questions.sort()).toEqual(
			commands
				.filter((one) => !fresh.includes(one))
				.map(({ id }) => id)
				.sort(),
		);
	});

	it('is read before what is known for too long is asked about again', async () => {
		const all = things(40);
		const manners = { pageSize: 20, commandMs: 6_000 };
		const { vendor } = await goListed(all, targetsOf(all), { manners });
		expect(vendor.count('page')).toBe(2);
		expect(vendor.count('question')).toBe(20);
		const kinds = vendor.journal.map(({ kind }) => kind);
		expect(kinds.indexOf('question')).toBeGreaterThan(kinds.lastIndexOf('page'));
	});

	it('that takes longer than its states hold is the last', async () => {
		const all = things(60);
		const { vendor } = await goListed(all, targetsOf(all), { manners: { pageSize: 20, listMs: 10_001 } });
		expect(vendor.count('lists', 'page')).toBe(2);
		expect(vendor.count('question')).toBe(60);
	});

	it('is the last where only one is missing, and where none of those that are looked for is on it', async () => {
		const one = [...things(20), thing('z', { list: 1 })];
		const most = await goListed(one, targetsOf(one), { manners: { pageSize: 20, lists: 2 } });
		expect([most.vendor.count('page'), most.vendor.count('question')]).toEqual([1, 1]);
		const all = things(100);
		const wanted = targetsOf(all.slice(60));
		const none = await goListed(all, wanted, { manners: { pageSize: 20 } });
		expect([none.vendor.count('page'), none.vendor.count('question')]).toEqual([1, 40]);
	});

	it.each(MISHAPS)('that fails ends the list and nothing else: %s', async (mishap) => {
		const all = things(60);
		for (const good of [0, 1, 2]) {
			const mishaps = [...Array<undefined>(good), ...Array<typeof mishap>(9).fill(mishap)];
			const { vendor, outcomes } = await goListed(structuredClone(all), targetsOf(all), {
				manners: { pageSize: 20, mishaps },
			});
			expect(new Set(outcomesOf(outcomes))).toEqual(new Set(['terminated']));
			const isRepeated = ['reset', 'page', 'cut', 'down', 'limited'].includes(mishap);
			expect(vendor.count('lists', 'page')).toBe(good + (isRepeated ? 3 : 1));
			expect(vendor.count('question')).toBe(60 - 20 * Math.max(0, good - 1));
		}
	});

	it('that comes at the second try counts', async () => {
		const all = things(20);
		const { vendor, clock } = await goListed(all, targetsOf(all), {
			manners: { mishaps: [undefined, 'down'] },
		});
		expect(vendor.count('question')).toBe(0);
		expect(clock.naps).toEqual([1_000]);
	});

	it('counts from the try that was answered', async () => {
		const all = things(10);
		const manners = { commandMs: 8_000, mishaps: [undefined, 'down', 'down'] as const };
		const { vendor, clock } = await goListed(all, targetsOf(all), { manners });
		expect(clock.naps).toEqual([1_000, 2_000]);
		expect(vendor.count('question')).toBe(0);
	});

	it('is asked for no more often than there are targets, however long the vendor goes on', async () => {
		const all = things(20);
		const change = withList((list) => ({
			...list,
			*pages({ group }, wanted) {
				for (;;) yield { ...list.pages({ group }, wanted).next().value!, auxiliary: true };
			},
		}));
		const { vendor } = await goListed(all, targetsOf(all), { change });
		expect(vendor.count('lists')).toBe(20);
		expect(vendor.count('question')).toBe(20);
	});

	it('is the last once all are found, though the list would go on', async () => {
		const all = things(20);
		const change = withList((list) => ({
			...list,
			*pages({ group }, wanted) {
				const first = list.pages({ group }, wanted);
				first.next();
				const { value } = first.next({ rows: [{}], found: 0, missing: 20 });
				for (;;) yield value!;
			},
		}));
		const { vendor } = await goListed(all, targetsOf(all), { change });
		expect([vendor.count('page'), vendor.count('question')]).toEqual([1, 0]);
	});

	it('is an answer of the vendor: it is there, and five commands in a row have to fail', async () => {
		const change = (by: Contract<Settings>): Contract<Settings> => ({ ...by, requestsInFlight: 1 });
		const all = things(20);
		const manners = { pageSize: 1, answersOnlyLists: true };
		const { vendor, outcomes } = await goListed(all, targetsOf(all), { change, manners });
		expect(outcomes.filter(({ outcome }) => outcome === 'unknown')).toHaveLength(5);
		expect(vendor.count('page')).toBe(5);
	});

	it('closes only the list of its own group', async () => {
		const all = [...things(6), ...things(6, { group: 'h' }, 'u')];
		const { vendor } = await goListed(all, targetsOf(all), { manners: { mishaps: ['refused'] } });
		expect(vendor.journal.filter(({ kind }) => kind === 'question').map(({ id }) => id)).toEqual(
			all.slice(0, 6).map(({ id }) => id),
		);
	});
});

describe('no page is read any more', () => {
	it.each([
		['timeout', 2],
		['refused', 4],
	] as const)('of the lists of other groups, once two in a row had no answer: %s', async (mishap, lists) => {
		const all = ['a', 'b', 'c', 'd'].flatMap((group) => things(5, { group }, group));
		const mishaps = Array<typeof mishap>(9).fill(mishap);
		const { vendor, outcomes } = await goListed(all, targetsOf(all), { manners: { mishaps } });
		expect(vendor.count('lists')).toBe(lists);
		expect(new Set(outcomesOf(outcomes))).toEqual(new Set(['terminated']));
	});

	it('once the run is cancelled', async () => {
		const controller = new AbortController();
		const clock = new VirtualClock();
		clock.at(150, () => controller.abort());
		const all = things(60);
		const { vendor, outcomes } = await goListed(all, targetsOf(all), {
			clock,
			signal: controller.signal,
			manners: { pageSize: 5, listMs: 50, commandMs: 100 },
		});
		// The lists at 0, the page at 50, the commands at 100.
		expect(vendor.count('lists', 'page')).toBe(2);
		expect(outcomes.filter(({ outcome }) => outcome === 'notSent')).toHaveLength(55);
	});

	it('once the run is stopped', async () => {
		const all = things(60);
		const change = (by: Contract<Settings>): Contract<Settings> => ({
			...by,
			read: () => ({
				kind: 'verdicts',
				verdicts: [{ outcome: 'failed', reason: 'no' }],
				stop: { scope: 'run', reason: 'nobody may' },
			}),
		});
		const { vendor, outcomes } = await goListed(all, targetsOf(all), {
			change,
			manners: { pageSize: 5, commandMs: 5 },
		});
		expect(vendor.count('lists', 'page')).toBe(2);
		expect(vendor.count('question')).toBe(0);
		expect(outcomesOf(outcomes).filter((one) => one === 'notSent')).toHaveLength(55);
	});

	it('of a group that is stopped', async () => {
		const all = [...things(60), ...things(5, { group: 'h' }, 'u')];
		const change = (by: Contract<Settings>): Contract<Settings> => ({
			...by,
			read: (list, answer) =>
				list[0]?.settings.group === 'h'
					? by.read(list, answer)
					: {
							kind: 'verdicts',
							verdicts: [{ outcome: 'failed', reason: 'no' }],
							stop: { scope: 'group', reason: 'this group may not' },
						},
		});
		const { vendor, outcomes } = await goListed(all, targetsOf(all), {
			change,
			manners: { pageSize: 5, commandMs: 5 },
		});
		expect(vendor.journal.filter(({ path }) => path.startsWith('/lists/g'))).toHaveLength(2);
		expect(vendor.count('question')).toBe(0);
		expect(outcomesOf(outcomes).slice(60)).toEqual(Array(5).fill('terminated'));
	});
});

describe('an exception of the list', () => {
	it.each(['keyOf', 'pages', 'stateOf'] as const)('in %s stops the run, as any other does', async (name) => {
		const all = things(20);
		const faults: unknown[] = [];
		const change = withList((list) => ({
			...list,
			[name]: () => {
				throw new TypeError(`${name} is broken`);
			},
		}));
		const { vendor, outcomes } = await goListed(all, targetsOf(all), {
			change,
			onFault: (error) => faults.push(error),
		});
		expect(faults).toHaveLength(1);
		expect(vendor.count('command')).toBe(0);
		expect(new Set(outcomesOf(outcomes))).toEqual(new Set(['notSent']));
	});
});
