import type { Json, JsonObject } from './core/emulator.ts';
import type { Fault } from './core/faults.ts';
import type { Answer } from './support.ts';
import type { TestEmulator } from './useEmulator.ts';

/** One vendor's calls, as far as all vendors have them. */
export interface EmulatorClient {
	emulator: TestEmulator;
	/** Ends one instance, with the working credential or another. */
	terminate: (id: string, credential?: string) => Promise<Answer>;
	/** Asks for the running instances, with the working credential or another. */
	ask: (credential?: string) => Promise<Answer>;
	/** The IDs on a page of a list. Page 0 is the first; without a page it is what the vendor lists by default. */
	list: (query: JsonObject, page?: number) => Promise<string[]>;
	/** Sends secrets. Returns them in every form, and what the journal shows in their places. */
	spend: () => Promise<{ secrets: string[]; shown: string[] }>;
}

/** How a vendor plays that instances end while a client pages. */
interface Ending {
	/** Seed options of the instances. */
	seed: JsonObject;
	query: JsonObject;
	pageSize: number;
	/** How many end after each page. */
	ended: number;
	/** Each switches it on. */
	ways: JsonObject[];
	newestFirst?: boolean;
	/** Seed options of an instance that the query does not find, and of those that it does. */
	unasked?: { other: JsonObject; asked: JsonObject; query: JsonObject };
}

/** What the suite has to know of one vendor. */
export interface EmulatorSubject {
	/** Called where the tests are defined. */
	start: () => EmulatorClient;
	/** The request that ends an instance, for a fault. */
	command: Pick<Fault, 'method' | 'path'>;
	/** Counts these requests, as far as the vendor saw them. */
	commandCounter: string;
	/** Some switches after a reset. */
	defaults: JsonObject;
	/** A change of switches with nothing wrong, which leaves the calls above working. */
	change: JsonObject;
	/** Changes that are refused, with a part of the reason. */
	wrongSwitches: Array<[JsonObject, string]>;
	/** Seed options that are refused, with a part of the reason. */
	wrongSeeds: Array<[JsonObject, string]>;
	/** An ID that a test may seed, and the reason that it cannot be seeded twice. */
	taken: [string, string];
	/** Credentials that may not list or not end, with a part of the answers. */
	strangers: Array<[credential: string, answers: { list?: object; command?: object }]>;
	overlooked: {
		/** Each fills the emulator for the cases below. */
		seeds: JsonObject[];
		/** The names in `dropFilters`, a query, what it lists with them off and on, and further switches. */
		cases: Array<[string[], JsonObject, string[], string[], JsonObject?]>;
		/** A second page while all filters are overlooked. */
		secondPage?: { query: JsonObject; expected: string[] };
	};
	/** Where the vendor plays that instances end while a client pages. */
	ending?: Ending;
}

/** What is no list of filters. */
const NO_FILTERS: Json[] = ['status', [1], [''], null];

/** A fault, the state of the instance after it, and the status that the client sees; null: the connection drops. */
const STRIKES: Array<[Fault, string, number | null]> = [
	[{ kind: 'reset' }, 'running', null],
	[{ kind: 'status', status: 503 }, 'running', 503],
	[{ kind: 'html' }, 'running', 502],
	[{ kind: 'reset', when: 'after' }, 'terminated', null],
	[{ kind: 'status', status: 504, when: 'after' }, 'terminated', 504],
];

/** Checks of the sandbox that hold for every emulator. What is peculiar to one vendor is tested beside it. */
export function emulatorSuite(name: string, subject: EmulatorSubject): void {
	describe(`the emulator of ${name}`, () => {
		const client = subject.start();
		const { configure, seed, one, instance, counters } = client.emulator;
		const reset = (): void => client.emulator.emulator.reset();
		const switches = (): JsonObject => client.emulator.emulator.switches();
		const state = (): JsonObject => client.emulator.emulator.state();

		describe('switches', () => {
			it.each<[JsonObject, string]>([
				[{ nonsense: 1 }, 'has no switch named nonsense'],
				[{ toString: 1 }, 'has no switch named toString'],
				[{ clockOffsetMs: '1' }, 'switch clockOffsetMs cannot be "1": it takes a whole number'],
				[{ clockOffsetMs: 1.5 }, 'switch clockOffsetMs cannot be 1.5'],
				...NO_FILTERS.map((dropFilters): [JsonObject, string] => [
					{ dropFilters },
					'switch dropFilters cannot be',
				]),
				...subject.wrongSwitches,
			])('refuse %j and change nothing', (wrong, reason) => {
				const before = switches();
				expect(() => configure({ ...subject.change, ...wrong })).toThrow(reason);
				expect(switches()).toEqual(before);
			});

			it('take a change, and dropFilters with names or for all', () => {
				const names = subject.overlooked.cases.flatMap(([dropped]) => dropped);
				for (const dropFilters of [[...new Set(names)], ['*']]) {
					configure({ ...subject.change, dropFilters });
					expect(switches()).toMatchObject({ ...subject.change, dropFilters });
				}
			});
		});

		describe('seeding', () => {
			it.each<[JsonObject, string]>([
				[{ nonsense: 1 }, 'has no seed option named nonsense'],
				[{ toString: 1 }, 'has no seed option named toString'],
				[{ state: 'paused' }, 'seed option state cannot be "paused"'],
				[{ ids: [1] }, 'seed option ids cannot be [1]'],
				...subject.wrongSeeds,
			])('refuses %j and adds nothing', (options, reason) => {
				expect(() => one(options)).toThrow(reason);
				expect(state()['instances']).toEqual({});
			});

			it('refuses an ID that is taken', () => {
				const [id, reason] = subject.taken;
				one({ ids: [id] });
				expect(() => one({ ids: [id] })).toThrow(reason);
			});
		});

		it('goes back to the first state', async () => {
			reset();
			const [firstSwitches, firstState] = [switches(), state()];
			expect(firstSwitches).toMatchObject({ ...subject.defaults, dropFilters: [] });
			expect(firstState['instances']).toEqual({});
			expect(Object.values(counters()).filter((count) => count !== 0)).toEqual([]);
			const [ended = ''] = seed(2);
			configure({ ...subject.change, dropFilters: ['*'] });
			await client.terminate(ended);
			await client.spend();
			expect(switches()).not.toEqual(firstSwitches);
			expect(state()).not.toEqual(firstState);
			reset();
			expect(switches()).toEqual(firstSwitches);
			expect(state()).toEqual(firstState);
		});

		it.each(STRIKES)('meets the fault %j on the command', async (fault, after, status) => {
			const id = one();
			client.emulator.faults.arm([{ ...fault, ...subject.command }]);
			if (status === null) await expect(client.terminate(id)).rejects.toThrow();
			else expect((await client.terminate(id)).status).toBe(status);
			expect(instance(id).state).toBe(after);
			expect(counters()[subject.commandCounter]).toBe(after === 'running' ? 0 : 1);
		});

		it.each(subject.strangers)('does not let %s list or end', async (credential, answers) => {
			const id = one();
			if (answers.list) expect(await client.ask(credential)).toMatchObject(answers.list);
			if (answers.command) expect(await client.terminate(id, credential)).toMatchObject(answers.command);
			expect(instance(id).state).toBe('running');
		});

		it('masks its secrets, and keeps them out of the journal', async () => {
			const { secrets, shown } = await client.spend();
			const journal = JSON.stringify(client.emulator.journal.list());
			for (const secret of secrets) {
				expect(journal).not.toContain(secret);
				expect(client.emulator.emulator.mask(`<${secret}>`)).toBe('<***>');
			}
			for (const part of shown) expect(journal).toContain(part);
			client.emulator.fresh();
			for (const secret of secrets) expect(client.emulator.emulator.mask(secret)).toBe('***');
			const harmless = '[PL-0759] terminated successfully.';
			expect(client.emulator.emulator.mask(harmless)).toBe(harmless);
		});

		describe('overlooked filters', () => {
			const { seeds, cases, secondPage } = subject.overlooked;

			beforeEach(() => {
				for (const options of seeds) one(options);
			});

			it.each(cases)('%j of %j', async (dropFilters, query, obeyed, overlooked, more = {}) => {
				configure(more);
				expect(await client.list(query)).toEqual(obeyed);
				configure({ dropFilters });
				expect(await client.list(query)).toEqual(overlooked);
			});

			if (!secondPage) return;
			it('leave the pages as they are asked for', async () => {
				configure({ dropFilters: ['*'] });
				expect(await client.list(secondPage.query, 1)).toEqual(secondPage.expected);
			});
		});

		if (subject.ending) endingSuite(client, subject.ending);
	});
}

function endingSuite(client: EmulatorClient, ending: Ending): void {
	const { configure, seed, one, instance } = client.emulator;
	const { query, pageSize, ended, ways, newestFirst, unasked } = ending;

	describe('instances that end while a client pages', () => {
		it.each(ways)('make the next page skip some: %j', async (way) => {
			const oldestFirst = seed(pageSize * 2 + ended, ending.seed);
			const listed = newestFirst ? oldestFirst.toReversed() : oldestFirst;
			configure(way);
			expect(await client.list(query, 0)).toEqual(listed.slice(0, pageSize));
			const skipped = pageSize + ended;
			expect(await client.list(query, 1)).toEqual(listed.slice(skipped, skipped + pageSize));
			const running = listed.filter((id) => instance(id).state === 'running');
			expect(running).toEqual(listed.slice(2 * ended));
		});

		if (!unasked) return;
		it.each(ways)('are only those that were asked for: %j', async (way) => {
			const other = one(unasked.other);
			seed(2, unasked.asked);
			configure(way);
			await client.list(unasked.query);
			expect(await client.list(query)).toEqual([other]);
		});
	});
}
