import fc from 'fast-check';

import { MAX_STATE_AGE_MS } from '../../../../../nodes/core/http/limits';
import { isThorough } from '../../../../engine/scope';
import { VirtualClock } from '../../virtualClock';
import { goListed, MISHAPS } from '../listedVendor';
import type { Asked, ListedThing, ListedVendor, ListManners } from '../listedVendor';
import { target } from '../scripted';

/** fast-check prints seed and path of a world in which something is wrong; `fc.assert` takes both to repeat it. */
const RUNS = isThorough ? 3000 : 200;

interface World {
	all: ListedThing[];
	/** Which of them each target names. */
	picks: number[];
	manners: ListManners;
	dryRun: boolean;
	verify: boolean;
	cancelledAt: number | undefined;
}

const ms = fc.oneof(fc.constant(0), fc.nat(500), fc.nat(15_000));

function worlds({ ends = false } = {}): fc.Arbitrary<World> {
	const one = fc.record({
		group: fc.constantFrom('g', 'g', 'g', 'h'),
		list: fc.nat(4),
		state: fc.constantFrom('running', 'running', 'running', 'running', 'ended', 'absent', 'odd'),
		row: fc.constantFrom(
			...Array<'normal'>(8).fill('normal'),
			'left out',
			'without ID',
			'without state',
			'odd state',
			'of another group',
		),
		endsAt: ends ? fc.option(fc.nat(60_000), { nil: undefined }) : fc.constant(undefined),
	});
	return fc.record({
		all: fc
			.array(one, { minLength: 1, maxLength: 50 })
			.map((list) =>
				list.map((each, index): ListedThing => ({ ...each, id: `t${String(index).padStart(3, '0')}` })),
			),
		picks: fc.array(fc.nat(), { maxLength: 80 }),
		manners: fc.record({
			lists: fc.nat(4),
			pageSize: fc.integer({ min: 1, max: 12 }),
			isIgnorant: fc.boolean(),
			answersOnlyLists: fc.constant(false),
			listMs: ms,
			questionMs: ms,
			commandMs: ms,
			// What is limited makes commands wait.
			mishaps: fc.oneof(
				fc.constant([]),
				fc.array(
					fc.option(fc.constantFrom(...MISHAPS.filter((one) => !ends || one !== 'limited')), {
						nil: undefined,
						freq: 3,
					}),
					{
						maxLength: 12,
					},
				),
			),
		}),
		dryRun: ends ? fc.constant(false) : fc.boolean(),
		verify: fc.boolean(),
		cancelledAt: ends ? fc.option(fc.nat(60_000), { nil: undefined }) : fc.constant(undefined),
	});
}

async function traceOf({ all, picks, cancelledAt, ...world }: World, hasList: boolean) {
	const clock = new VirtualClock();
	const controller = new AbortController();
	if (cancelledAt !== undefined) clock.at(cancelledAt, () => controller.abort());
	const targets = picks.map((pick, item) => {
		const { id, group } = all[pick % all.length]!;
		return target(id, group, item);
	});
	const options = { ...world, clock, hasList, signal: controller.signal };
	return { targets, ...(await goListed(structuredClone(all), targets, options)) };
}

const PROPERTY = { numRuns: RUNS };

/** Requests for lists, repetitions left out. */
const pagesOf = ({ journal }: ListedVendor): string[] => [
	...new Set(journal.filter(({ kind }) => kind === 'lists' || kind === 'page').map(({ path }) => path)),
];

describe('the states by a list, whatever it gives and however it fails', () => {
	it('come to the same outcomes as asking about each, with no more than a few requests on top', async () => {
		await fc.assert(
			fc.asyncProperty(worlds(), async (world) => {
				const [listed, asked] = [await traceOf(world, true), await traceOf(world, false)];
				expect(listed.outcomes).toEqual(asked.outcomes);
				const commands = ({ vendor }: typeof listed) =>
					vendor.journal
						.filter(({ kind }) => kind === 'command')
						.map(({ id }) => id)
						.sort();
				expect(commands(listed)).toEqual(commands(asked));
				expect(listed.vendor.journal.filter(({ wasOver }) => wasOver)).toEqual([]);
				const groups = new Set(pagesOf(listed.vendor).map((path) => path.split('/')[2])).size;
				const most = asked.vendor.count('question') + groups * (1 + world.manners.lists);
				expect(pagesOf(listed.vendor).length + listed.vendor.count('question')).toBeLessThanOrEqual(most);
				expect(listed.vendor.mostListsOpen).toBeLessThanOrEqual(1);
			}),
			PROPERTY,
		);
	});

	it('let no command go without a state by which the target runs, of the last ten seconds', async () => {
		await fc.assert(
			fc.asyncProperty(worlds({ ends: true }), async (world) => {
				const { outcomes, targets, vendor } = await traceOf(world, true);
				expect(outcomes.map(({ id, item }) => [id, item])).toEqual(targets.map(({ id, item }) => [id, item]));
				const holds = Math.max(MAX_STATE_AGE_MS, world.manners.questionMs);
				const isBlind = ({ id, at }: Asked): boolean =>
					!vendor.journal.some((one) => one.running.includes(id) && one.at <= at && at - one.at <= holds);
				expect(vendor.journal.filter((one) => one.kind === 'command' && isBlind(one))).toEqual([]);
				const { cancelledAt = Infinity } = world;
				expect(vendor.journal.filter(({ at }) => at > cancelledAt)).toEqual([]);
			}),
			PROPERTY,
		);
	});
});
