import { PartSizes } from '../../../../nodes/core/commands/parts';
import { VirtualClock } from '../virtualClock';
import type { Contract } from '../../../../nodes/core/commands/contract';
import { bodies, contract, fault, go, scripted, targets, times, withStateQuery, words } from './scripted';
import type { Settings, Step } from './scripted';

/** So many targets that a request takes all of them. */
const WIDE = { targetsPerRequest: 10_000 };

const ids = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);

describe('what the vendor says in unknown words', () => {
	it('is learned from one target for each statement', async () => {
		const transport = scripted(
			['foreign', 'foreignToo', 'terminated', 'foreign', 'foreignToo', 'foreign'],
			['alive'],
			['alreadyEnded'],
		);
		const outcomes = await go(targets('a', 'b', 'c', 'd', 'e', 'f'), { ...contract, ...WIDE }, transport);
		expect(bodies(transport)).toEqual(['["a","b","c","d","e","f"]', '["a"]', '["b"]']);
		expect(words(outcomes)).toEqual([
			'a failed',
			'b alreadyEnded',
			'c terminated',
			'd failed',
			'e alreadyEnded',
			'f failed',
		]);
		expect(outcomes[4]).toMatchObject({ attempts: 1, extra: { maybeByThisRun: true } });
	});

	it('holds for the others only if it is an end or a refusal', async () => {
		const transport = scripted(['foreign', 'foreign', 'foreign'], ['terminated'], ['terminated', 'alive']);
		const outcomes = await go(targets('a', 'b', 'c'), contract, transport);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '["a"]', '["b","c"]']);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated', 'c failed']);
	});

	it('stays unknown where the one does', async () => {
		const transport = scripted(['foreign', 'foreign', 'foreign'], ['foreign'], ['foreign', 'foreign']);
		const outcomes = await go(targets('a', 'b', 'c'), contract, transport);
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', 'c unknown']);
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
	});

	it('is verified for all of them', async () => {
		const asked = { ...withStateQuery('last'), ...WIDE };
		const transport = scripted(['foreign', 'foreign'], ['alreadyEnded'], '["ended","ended"]');
		const outcomes = await go(targets('a', 'b'), asked, transport, { verify: true });
		expect(outcomes.map(({ outcome, extra }) => [outcome, extra['verified']])).toEqual([
			['alreadyEnded', true],
			['alreadyEnded', true],
		]);
	});
});

describe('targets that the vendor takes for repeats', () => {
	it('go one by one, after the others', async () => {
		const transport = scripted(
			['repeat', 'mumble', 'repeat'],
			['terminated'],
			['terminated'],
			['alreadyEnded'],
		);
		const outcomes = await go(targets('a', 'b', 'c'), contract, transport);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '["b"]', '["a"]', '["c"]']);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated', 'c alreadyEnded']);
	});
});

describe('a request that one target brings down', () => {
	const sequential: Contract<Settings> = { ...withStateQuery('inDoubt'), ...WIDE, isSequential: true };

	/** A vendor that dies at each of these targets, after it has ended those before, and lists what runs. */
	function mortal(fatal: readonly string[]) {
		const ended = new Set<string>();
		const transport = scripted();
		return {
			sent: transport.sent,
			ended,
			send: async (...given: Parameters<typeof transport.send>) => {
				const [{ body, path }] = given;
				await transport.send(...given);
				if (body === undefined) {
					const asked = path.slice('/state/'.length).split('+');
					const states = asked.map((id) => (ended.has(id) ? 'absent' : 'running'));
					return {
						kind: 'response',
						response: { status: 200, headers: {}, text: JSON.stringify(states) },
					} as const;
				}
				for (const id of JSON.parse(body) as string[]) {
					if (fatal.includes(id)) {
						return { kind: 'response', response: { status: 500, headers: {}, text: '<html>' } } as const;
					}
					ended.add(id);
				}
				const text = JSON.stringify((JSON.parse(body) as string[]).map(() => 'terminated'));
				return { kind: 'response', response: { status: 200, headers: {}, text } } as const;
			},
		};
	}

	it.each([[[0]], [[7]], [[19]], [[0, 1]], [[3, 11]], [[17, 18, 19]]])(
		'leaves only those at %p running',
		async (positions) => {
			const fatal = positions.map((position) => `t${position}`);
			const vendor = mortal(fatal);
			const outcomes = await go(targets(...ids(20)), sequential, vendor);
			for (const { id, outcome } of outcomes) {
				expect([id, outcome === 'unknown']).toEqual([id, fatal.includes(id)]);
				expect([id, vendor.ended.has(id)]).toEqual([id, !fatal.includes(id)]);
			}
		},
	);

	it('is no attempt of those that come after it, and makes nobody wait for longer', async () => {
		const clock = new VirtualClock();
		const fatal = ids(20).filter((_, index) => index % 2 === 0);
		const outcomes = await go(targets(...ids(20)), sequential, mortal(fatal), { clock });
		expect(outcomes[0]).toMatchObject({ outcome: 'unknown', attempts: 5 });
		expect(outcomes[18]).toMatchObject({ outcome: 'unknown', attempts: 14 });
		expect(outcomes[19]).toMatchObject({ outcome: 'terminated', attempts: 11 });
		// Each of the ten waits up to 1.5 times 1, 2, 4 and 8 s, the first of these with the others.
		expect(clock.elapsed()).toBeLessThan(10 * 24_000);
	});

	it('is not looked for where the vendor says that it is busy', async () => {
		const transport = scripted(['busy', 'busy'], ['terminated', 'terminated']);
		await go(targets('a', 'b'), sequential, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '["a","b"]']);
	});

	it('stops at a vendor that is down', async () => {
		const transport = scripted(...times(100, fault()));
		const outcomes = await go(targets(...ids(50)), sequential, transport);
		expect(outcomes.at(-1)).toMatchObject({ outcome: 'unknown', attempts: 2 });
		expect(transport.sent.length).toBeLessThan(50);
	});
});

describe('a request that is refused for one of its targets', () => {
	const wide: Contract<Settings> = { ...contract, ...WIDE };

	/** A vendor that refuses each request with one of these in it, and names none. */
	function strict(culprits: readonly string[]) {
		const transport = scripted();
		const wanted = new Set(culprits);
		return {
			...transport,
			send: async (...given: Parameters<typeof transport.send>) => {
				await transport.send(...given);
				const asked = JSON.parse(given[0].body ?? '[]') as string[];
				const isRefused = asked.some((id) => wanted.has(id));
				const text = JSON.stringify(isRefused ? ['someOfThem'] : asked.map(() => 'terminated'));
				return { kind: 'response', response: { status: 200, headers: {}, text } } as const;
			},
		};
	}

	it.each([
		[10_000, 1, 28],
		[10_000, 10, 240],
		[16, 1, 9],
		[3, 1, 4],
	])('of %d with %d culprits takes at most %d requests', async (count, culprits, atMost) => {
		const every = count / culprits;
		const bad = Array.from({ length: culprits }, (_, index) => `t${Math.floor(index * every + every / 3)}`);
		const vendor = strict(bad);
		const outcomes = await go(targets(...ids(count)), wide, vendor);
		expect(outcomes.filter(({ outcome }) => outcome !== 'terminated').map(({ id }) => id)).toEqual(bad);
		expect(vendor.sent.length).toBeLessThanOrEqual(atMost);
	});

	it('does not halve where nearly all are at fault', async () => {
		const vendor = strict(ids(1_000));
		const outcomes = await go(targets(...ids(1_000)), wide, vendor);
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['failed']));
		expect(vendor.sent.length).toBeLessThan(1_030);
	});

	it('says into how many parts it is split', async () => {
		const splits: Array<[number, number]> = [];
		await go(targets(...ids(16)), wide, strict(['t0']), {
			onSplit: (count, atMost) => splits.push([count, atMost]),
		});
		expect(splits).toEqual([
			[16, 8],
			[8, 4],
			[4, 1],
		]);
	});
});

describe('PartSizes', () => {
	it.each([
		[0, 0, 10_000, 5_000],
		[0, 0, 5, 3],
		[0, 0, 4, 1],
		[0, 0, 2, 1],
		[1, 999, 1_000, 500],
		[1, 1, 1_000, 1],
		[1, 0, 1_000, 1],
	])('with %d of %d more refused parts %d into %d', (refused, good, count, size) => {
		const sizes = new PartSizes();
		for (let index = 0; index < refused; index += 1) sizes.noteRefusedAlone('g');
		sizes.noteJudged('g', good);
		expect(sizes.next('g', count)).toBe(size);
		expect(sizes.next('another', count)).toBe(new PartSizes().next('another', count));
	});
});

describe('a request that takes too long', () => {
	const slow = fault({ code: 'ETIMEDOUT', timedOut: true });

	it('goes again in halves, and so does what follows', async () => {
		const patient: Contract<Settings> = { ...contract, targetsPerRequest: 4, splitsOnTimeout: true };
		const transport = scripted(slow, ['terminated', 'terminated']);
		const outcomes = await go(targets(...ids(8)), patient, transport);
		expect(bodies(transport)).toEqual([
			'["t0","t1","t2","t3"]',
			'["t0","t1"]',
			'["t2","t3"]',
			'["t4","t5"]',
			'["t6","t7"]',
		]);
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['terminated']));
	});

	it.each<[string, Partial<Contract<Settings>>, Step]>([
		['that does not split', {}, slow],
		['of which the connection broke', { splitsOnTimeout: true }, fault()],
	])('of a vendor %s goes again as it is', async (_, more, step) => {
		const transport = scripted(step);
		await go(targets('a', 'b'), { ...contract, ...more }, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '["a","b"]']);
	});
});

describe('the size of requests', () => {
	it.each([
		[2, 2],
		[99, 3],
	])('is at most %d as the user wants, and what the vendor takes', async (targetsPerRequest, size) => {
		const transport = scripted();
		await go(targets('a', 'b', 'c', 'd'), contract, transport, { targetsPerRequest });
		expect(JSON.parse(transport.sent[0]?.body ?? '')).toHaveLength(size);
	});
});
