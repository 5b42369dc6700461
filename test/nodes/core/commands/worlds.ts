import fc from 'fast-check';

import type { Target } from '../../../../nodes/core/commands/contract';
import type { TargetOutcome } from '../../../../nodes/core/commands/outcome';
import { run } from '../../../../nodes/core/commands/run';
import type { Policy } from '../../../../nodes/core/commands/vocabulary';
import type { RateLimit } from '../../../../nodes/core/http/rateLimiter';
import { VirtualClock } from '../virtualClock';
import { modelContract } from './modelContract';
import type { Manners, Settings } from './modelContract';
import { keyOf, ModelVendor } from './modelVendor';
import type { Fate, Instance, RetryAfter, Script, Treatment } from './modelVendor';
import { THROWING, throwing } from './throwing';
import type { Throw } from './throwing';

/** All that may differ between two runs. */
export interface World {
	instances: Instance[];
	/** Which instance each target names. */
	picks: number[];
	manners: Manners;
	script: Script;
	dryRun: boolean;
	verify: boolean;
	policy: Policy;
	requestsPerSecond: number | undefined;
	/** Limits that the user has set besides. */
	rates: RateLimit[];
	/** Between 0 and 1, for the back-off. */
	chance: number;
	/** Milliseconds after the start. */
	cancelledAt: number | undefined;
	/** Milliseconds by which the machine's date is off, one reading after the other, over and over. */
	skews: number[];
	/** Where the contract is broken. */
	throws: Throw[];
}

/** A run that is over. */
export interface Trace {
	world: World;
	targets: Array<Target<Settings>>;
	outcomes: TargetOutcome[];
	vendor: ModelVendor;
	clock: VirtualClock;
	progress: Array<[done: number, total: number]>;
	/** How many requests the vendor had when the run was over, and a good while later. */
	requests: { then: number; later: number };
	/** What the run has reported about itself. */
	faults: unknown[];
}

const HOSTILE_IDS = [
	'__proto__',
	'constructor',
	'toString',
	'w0',
	'w1',
	'1',
	'01',
	'1e3',
	' 1',
	'',
	'"',
	"';--",
	'\\',
	'[]',
];
const HOSTILE_IDS_TOO = [
	'a',
	'A',
	'á',
	'a\u0301',
	'\u0000',
	'\ud800',
	'🦄',
	'$result[w0]',
	'../x',
	'undefined',
	'null',
	'NaN',
];

const id = fc.oneof(
	fc.constantFrom(...HOSTILE_IDS, ...HOSTILE_IDS_TOO),
	fc.string({ unit: 'binary', maxLength: 5 }),
	fc.nat().map(String),
);

const instance: fc.Arbitrary<Instance> = fc.record({
	group: fc.constantFrom('g', 'h', '__proto__'),
	id,
	state: fc.constantFrom('running', 'running', 'running', 'inState', 'ended', 'unknown'),
	isHasty: fc.boolean(),
});

const rate: fc.Arbitrary<RateLimit> = fc.record({
	perSecond: fc.double({ min: 0.2, max: 50, noNaN: true }),
	burst: fc.integer({ min: 1, max: 60 }),
});

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const retryAfter: fc.Arbitrary<RetryAfter> = optional(
	fc.oneof(
		fc.record({
			in: fc.constantFrom(0, 1, 3, 100, 120, 121, 3_600, 999_999),
			as: fc.constantFrom('seconds', 'date'),
		}),
		fc.record({ text: fc.constantFrom('', 'soon', '-1', '1e9', 'Infinity', '9'.repeat(400)) }),
	),
);

const treatment: fc.Arbitrary<Treatment> = fc.constantFrom(
	'obey',
	'obey',
	'refused',
	'stillRuns',
	'busy',
	'busyOrEnded',
	'odd',
	'finish',
	'foreign',
	'foreign',
	'repeat',
	'mumble done',
	'mumble undone',
	'omit done',
	'omit undone',
);

const attempts = optional(fc.integer({ min: 1, max: 6 }));
const acted = fc.boolean();
const resetsAt = optional(fc.integer({ min: 0, max: 4_000_000_000 }));

/** What happens to a request of a vendor that is honest, however badly things go. */
const fate: fc.Arbitrary<Fate> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('obeyed'), resetsAt }) },
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('mixed'),
			treatments: fc.array(treatment, { minLength: 1, maxLength: 5 }),
			attempts,
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('lost'),
			acted,
			code: fc.constantFrom('ECONNABORTED', 'ECONNRESET'),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('unreadable'),
			acted,
			status: fc.constantFrom(200, 200, 204, 400, 408, 500, 502, 503),
			text: fc.constantFrom(
				'',
				'{"words":["do',
				'<html>Bad gateway</html>',
				'[]',
				'null',
				'{}',
				'{"words":[]}',
			),
			retryAfter,
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('limited'),
			by: fc.constantFrom('status', 'body'),
			retryAfter,
			outcome: fc.constantFrom('failed', 'unknown', 'notSent'),
			attempts,
		}),
	},
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('expired') }) },
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('tooMany'),
			atMost: optional(fc.integer({ min: 1, max: 4 })),
			wholeGroup: fc.boolean(),
			acted,
		}),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('redirected') }) },
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('fatal'), scope: fc.constantFrom('run', 'group'), resetsAt }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('unreachable'), stopsRun: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('brokenOff'), acted }) },
);

/** As the others, and some answers are not true. */
const dishonestFate: fc.Arbitrary<Fate> = fc.oneof(
	{ weight: 2, arbitrary: fate },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('lied'), word: fc.constantFrom('done', 'ended') }) },
);

/** Faults that pass by themselves. */
const passingFate: fc.Arbitrary<Fate> = fate.filter((one) => {
	switch (one.kind) {
		case 'obeyed':
		case 'lost':
		case 'tooMany':
			return true;
		case 'mixed':
			return (
				one.attempts === undefined &&
				one.treatments.every((kind) => /^(obey|busy|mumble|omit|foreign|repeat)/.test(kind))
			);
		case 'unreadable':
			return !isLong(one.retryAfter);
		case 'limited':
			return one.attempts === undefined && !isLong(one.retryAfter);
		default:
			return false;
	}
});

function isLong(wait: RetryAfter): boolean {
	return wait !== undefined && 'in' in wait && wait.in > 100;
}

const inquiry = fc.record({
	when: fc.constantFrom('first', 'inDoubt', 'last'),
	lists: fc.constantFrom('running', 'all'),
	targetsPerRequest: fc.integer({ min: 1, max: 60 }),
	pageSize: optional(fc.integer({ min: 1, max: 8 })),
});

/** The same happens again and again, then something else: what only shows after many attempts. */
function stubborn(fates: fc.Arbitrary<Fate>): fc.Arbitrary<Fate[]> {
	const interruption = fc.option(
		fc.constantFrom<Fate>(
			{ kind: 'expired' },
			{ kind: 'tooMany', atMost: 1, wholeGroup: true, acted: false },
			{ kind: 'tooMany', atMost: 2, wholeGroup: false, acted: true },
		),
		{
			freq: 1,
		},
	);
	return fc
		.array(fc.tuple(fates, fc.integer({ min: 1, max: 5 }), interruption), { maxLength: 6 })
		.map((spells) =>
			spells.flatMap(([one, times, after]) => [...Array<Fate>(times).fill(one), ...(after ? [after] : [])]),
		);
}

/** Every world in which the vendor is honest. With `lies` some of its answers are not; `cancelled` always at some time. */
export function worlds({ lies = false, cancelled = false, broken = false } = {}): fc.Arbitrary<World> {
	const fates = lies ? dishonestFate : fate;
	const parts = {
		instances: fc.uniqueArray(instance, {
			minLength: 1,
			maxLength: 24,
			selector: (one) => keyOf(one.group, one.id),
		}),
		picks: fc.array(fc.nat(), { maxLength: 40 }),
		manners: fc.record({
			aim: fc.constantFrom('end', 'end', 'hold', 'release'),
			targetsPerRequest: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })),
			requestsInFlight: fc.oneof(
				fc.integer({ min: 1, max: 6 }),
				fc.record({ first: fc.integer({ min: 1, max: 3 }), most: fc.integer({ min: 3, max: 6 }) }),
			),
			isSequential: optional(fc.constant(true)),
			splitsOnTimeout: optional(fc.constant(true)),
			rates: optional(fc.array(rate, { maxLength: 2 })),
			inquiry: optional(inquiry),
		}) as fc.Arbitrary<Manners>,
		script: fc.record({
			fates: fc.oneof(fc.array(fates, { maxLength: 20 }), stubborn(fates)),
			afterwards: fc.oneof(
				{ weight: 2, arbitrary: fc.constant<Fate>({ kind: 'obeyed' }) },
				{ weight: 1, arbitrary: fates },
			),
			latencies: fc.array(fc.oneof(fc.nat(100), fc.nat(20_000)), { minLength: 1, maxLength: 4 }),
			login: fc.constantFrom('works', 'works', 'refuses', 'none'),
		}) as fc.Arbitrary<Script>,
		dryRun: fc.constant(false),
		verify: fc.boolean(),
		policy: fc.record({ failIfAlreadyEnded: fc.boolean(), ignoreNotFound: fc.boolean() }),
		requestsPerSecond: optional(fc.double({ min: 0.2, max: 50, noNaN: true })),
		rates: fc.array(rate, { maxLength: 1 }),
		chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
		cancelledAt: fc.oneof(
			{ weight: cancelled ? 0 : 4, arbitrary: fc.constant(undefined) },
			{ weight: 1, arbitrary: fc.oneof(fc.nat(1_000), fc.nat(100_000)) },
		),
		skews: fc.array(fc.constantFrom(0, -3_600_000, 86_400_000, -1e12), { maxLength: 4 }),
		throws: broken
			? fc.array(fc.record({ in: fc.constantFrom(...THROWING), call: fc.nat(12) }), {
					minLength: 1,
					maxLength: 4,
				})
			: fc.constant<Throw[]>([]),
	};
	return fc.record(parts).map(possible);
}

/** Where nothing changes a state, nothing is in it; and a list of what runs cannot tell states apart. */
function possible(world: World): World {
	const { instances, manners } = world;
	if (manners.aim !== 'end') {
		const asked = manners.inquiry && { ...manners.inquiry, lists: 'all' as const };
		return { ...world, manners: { ...manners, inquiry: asked } };
	}
	const running = (one: Instance): Instance => (one.state === 'inState' ? { ...one, state: 'running' } : one);
	return { ...world, instances: instances.map(running) };
}

/** Worlds in which a run that does not give up too soon gets everything done: all can be, and little stands in the way. */
export const easyWorlds: fc.Arbitrary<World> = fc
	.tuple(worlds(), fc.array(passingFate, { maxLength: 2 }))
	.map(([world, fates]) => ({
		...world,
		instances: world.instances.map((one): Instance => ({ ...one, state: 'running' })),
		// A vendor that says no to the second command and cannot be asked leaves nothing to know of the first.
		manners: world.manners.inquiry ? world.manners : { ...world.manners, aim: 'end' },
		script: { ...world.script, fates, afterwards: { kind: 'obeyed' } },
		cancelledAt: undefined,
	}));

/** Worlds in which nothing goes wrong. */
export const calmWorlds: fc.Arbitrary<World> = worlds().map((world) => ({
	...world,
	script: { ...world.script, fates: [], afterwards: { kind: 'obeyed' } },
	verify: false,
	cancelledAt: undefined,
}));

/** Lets a run happen. Rejects when it never ends. */
export async function traceOf(world: World): Promise<Trace> {
	let reading = 0;
	const clock = new VirtualClock(
		() => world.chance,
		() => world.skews[reading++ % world.skews.length] ?? 0,
	);
	const vendor = new ModelVendor(world.instances, world.manners, world.script, clock);
	const targets = world.picks.map((pick, item): Target<Settings> => {
		const named = world.instances[pick % world.instances.length]!;
		return {
			id: named.id,
			item,
			settings: { group: named.group, alone: named.id.includes('$'), note: `of item ${item}` },
		};
	});
	const controller = new AbortController();
	if (world.cancelledAt !== undefined) {
		clock.at(world.cancelledAt, () => {
			vendor.note('cancellation');
			controller.abort();
		});
	}
	const progress: Trace['progress'] = [];
	const { dryRun, verify, rates, requestsPerSecond } = world;
	const faults: unknown[] = [];
	const contract = throwing(modelContract(world.manners), world.throws);
	const outcomes = await clock.finish(
		run(targets, contract, vendor.transport(), {
			dryRun,
			verify,
			rates,
			signal: controller.signal,
			clock,
			onProgress: (done, total) => progress.push([done, total]),
			onFault: (error) => faults.push(error),
			...(requestsPerSecond !== undefined && { requestsPerSecond }),
		}),
	);
	const then = vendor.exchanges.length;
	const trace = { world, targets, outcomes, vendor, clock, progress, faults };
	if (world.throws.length > 0) await clock.pass(1_000_000);
	return { ...trace, requests: { then, later: vendor.exchanges.length } };
}
