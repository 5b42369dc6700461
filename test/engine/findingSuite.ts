import type { IDataObject } from 'n8n-workflow';

import type { Emulator, JsonObject } from '../sandbox/core/emulator.ts';
import { runNode } from './engine';
import type { NodeResult, NodeRun } from './engine';
import { credentialsOf, stateOf, useVendor } from './sandboxes';

/** What a vendor tells the suite about its look-ups. Everything else is the same for all of them. */
export interface FindingUnderTest {
	/** The node's name in the package. */
	node: string;
	resource: string;
	createEmulator: () => Emulator;
	/** Credential type, which is also the key of working credentials in the emulator. */
	credentialType: string;
	/** Parameters that all operations of the node share, such as the definition. */
	parameters: IDataObject;
	/** The things in the plural, as sentences name them. */
	plural: string;
	/** Seed options for instances that run and are listed without a filter. */
	seed?: JsonObject;
	/** Terminate's other parameters: each taken from a listed row under its own name, as a user drags it there. */
	terminate: IDataObject;
	/** The state that a terminated instance has in the emulator. */
	endedState: string;
	/** Text in the address of the list's requests, for faults and for counting. */
	listPath: string;
	/** Text in the address or body of everything that changes something. */
	commands: string;
	/** Rows on a full page; and how many requests it takes to list 10,000. Left out where the vendor has no pages. */
	pages?: { size: number; requestsFor10000: number };
	/** The body of a page without rows that promises 5 more than there are on a full page. */
	emptyPage?: string;
	/** A filter that tells two kinds of instances apart. */
	filter: {
		filters: IDataObject;
		displayName: string;
		matching: JsonObject;
		others: JsonObject;
		/** Switches under which the vendor drops it. */
		dropped: JsonObject;
	};
	/** The name of a text filter, and its label. */
	textFilter: { name: string; displayName: string };
	/** The name of a filter for the latest start, where the vendor has one; and what seeds instances that start now. */
	beforeFilter?: { name: string; seed: () => JsonObject };
	/** What seeds an instance that started then, where the list has a Sort. */
	startedAt?: (time: Date) => JsonObject;
	/** Filters that do not say which ones are meant. */
	vagueFilters: IDataObject;
	/** The vendor says how many there are. */
	tellsTotal: boolean;
	/** Switches under which instances end by themselves after each page. */
	vanishing?: JsonObject;
	/** Credentials, or switches, that lack the right to list, and what the user reads then. */
	missingRight: { key?: string; switches?: JsonObject; message: RegExp };
	/** The vendor's own name of the ID, a field of simplified items, and one that only raw items have. */
	output: { id: string; simplified: string; raw: string };
	/** Where the node has a Get. */
	get?: { identifier: string; unknownId: string };
	/** Switches of the emulator that hold in all tests. */
	switches?: JsonObject;
}

/** Runs the suite on both paths. */
export function describeFinding(subject: FindingUnderTest): void {
	const vendor = useVendor(subject.createEmulator, subject.switches);

	describe.each(['wholeInput', 'routing'] as const)('finding, %s', (path) => {
		afterEach(() => {
			const changing = vendor.journal
				.list()
				.filter(({ url, body }) => decodeURIComponent(url + body).includes(subject.commands));
			// Except where a test ends what it found, nothing but reading may have been sent.
			if (!expect.getState().currentTestName?.includes('Terminate')) expect(changing).toEqual([]);
		});

		const seed = (count: number, options: JsonObject = {}): string[] =>
			vendor.emulator.seed(count, { ...subject.seed, ...options });
		const run = async (operation: string, parameters: IDataObject, change: Partial<NodeRun> = {}) =>
			await runNode({
				node: subject.node,
				path,
				parameters: { ...subject.parameters, resource: subject.resource, operation, ...parameters },
				credentials: { [subject.credentialType]: credentialsOf(vendor, subject.credentialType) },
				...change,
			});
		const list = async (parameters: IDataObject = { returnAll: true }, change: Partial<NodeRun> = {}) =>
			await run('getAll', parameters, change);
		const ids = ({ success }: NodeResult): unknown[] => success.map(({ json }) => json['id']);
		const pages = () => vendor.journal.list().filter(({ url }) => url.includes(subject.listPath));

		it('lists what runs, and Terminate takes it as it comes', async () => {
			const seeded = seed(3);
			const listed = await list();
			expect(listed.error).toBeUndefined();
			expect(ids(listed).sort()).toEqual([...seeded].sort());
			expect(listed.success.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
			const ended = await run('terminate', subject.terminate, {
				items: listed.success.map(({ json }) => json),
			});
			expect(ended.error).toBeUndefined();
			expect(ended.success.map(({ json }) => json['outcome'])).toEqual(Array(3).fill('terminated'));
			expect(seeded.map((id) => stateOf(vendor, id))).toEqual(Array(3).fill(subject.endedState));
		});

		it('gives what the vendor says, unsimplified, with what Terminate needs', async () => {
			const seeded = seed(2);
			const listed = await list({ returnAll: true, simplify: false });
			expect(listed.error).toBeUndefined();
			const ended = await run('terminate', subject.terminate, {
				items: listed.success.map(({ json }) => json),
			});
			expect(ended.error).toBeUndefined();
			expect(seeded.map((id) => stateOf(vendor, id))).toEqual(Array(2).fill(subject.endedState));
			for (const { json } of listed.success) expect(json).not.toHaveProperty('error');
		});

		it('gives no item where nothing is found, and that is no failure', async () => {
			const result = await list({ returnAll: true, filters: subject.filter.filters });
			expect(result.error).toBeUndefined();
			expect(result.success).toEqual([]);
			expect(result.errors).toEqual([]);
		});

		it('stops at the limit', async () => {
			seed(5);
			const result = await list({ limit: 2 });
			expect(result.error).toBeUndefined();
			expect(new Set(ids(result)).size).toBe(2);
			const cut = subject.tellsTotal
				? `Listed 2 of 5 ${subject.plural} because 'Limit' is 2.`
				: `Listed the first 2 ${subject.plural} because 'Limit' is 2. There may be more.`;
			expect(hintsOf(result)).toEqual(path === 'wholeInput' ? [cut] : []);
		});

		it('says nothing about a limit that has cut nothing', async () => {
			seed(2);
			expect(hintsOf(await list({ limit: 3 }))).toEqual([]);
			if (subject.tellsTotal) expect(hintsOf(await list({ limit: 2 }))).toEqual([]);
		});

		const { startedAt, pages: pageShape } = subject;
		if (startedAt && pageShape) {
			it.each(['oldestFirst', 'newestFirst'])('sorts by start, whatever the limit (%s)', async (sort) => {
				const count = pageShape.size + 7;
				const seeded = Array.from({ length: count }, (_, index) => {
					const minutes = (index * 37) % count;
					const [id = ''] = seed(1, startedAt(new Date(Date.now() - (minutes + 1) * 60_000)));
					return { id, minutes };
				});
				seeded.sort((a, b) => (sort === 'oldestFirst' ? b.minutes - a.minutes : a.minutes - b.minutes));
				const wanted = seeded.map(({ id }) => id);
				const options = { sort };
				expect(ids(await list({ limit: 5, options }))).toEqual(wanted.slice(0, 5));
				const more = pageShape.size + 2;
				expect(ids(await list({ limit: more, options }))).toEqual(wanted.slice(0, more));
				expect(ids(await list({ returnAll: true, options }))).toEqual(wanted);
			});
		}

		describe('Require a Filter', () => {
			const options = { requireFilter: true };

			it.each([{}, subject.vagueFilters])(
				'refuses a list that is not narrowed down (%j)',
				async (filters) => {
					seed(1);
					const result = await list({ returnAll: true, filters, options });
					expect(result.error?.message).toBe(
						`No filter narrows down the ${subject.plural}, but 'Require a Filter' is on [item 0]`,
					);
					expect(vendor.journal.list()).toEqual([]);
				},
			);

			it('takes one that is', async () => {
				const wanted = seed(1, subject.filter.matching);
				const beforeFilter = subject.beforeFilter && {
					[subject.beforeFilter.name]: '={{ $now.plus({ minutes: 1 }) }}',
				};
				const filters = beforeFilter ?? subject.filter.filters;
				const result = await list({ returnAll: true, filters, options });
				expect(result.error).toBeUndefined();
				expect(ids(result)).toEqual(wanted);
			});

			it('is off where it says so, and refuses what is neither', async () => {
				const wanted = seed(1);
				expect(ids(await list({ returnAll: true, options: { requireFilter: false } }))).toEqual(wanted);
				vendor.journal.clear();
				const unclear = await list({ returnAll: true, options: { requireFilter: '={{ $json.missing }}' } });
				expect(unclear.error?.message).toContain("The option 'Require a Filter' must be true or false");
				expect(vendor.journal.list()).toEqual([]);
			});
		});

		it.each([0, -1, 1.5, '={{ $json.missing }}', 'many'])('refuses the limit %s', async (limit) => {
			const result = await list({ limit });
			expect(result.error?.message).toContain(
				"The parameter 'Limit' must be a whole number greater than zero",
			);
			expect(vendor.journal.list()).toEqual([]);
		});

		it('gives each input item a list of its own', async () => {
			seed(2);
			const result = await list({ returnAll: true }, { items: [{ a: 1 }, { a: 2 }] });
			expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 0, 1, 1].map((item) => ({ item })),
			);
		});

		describe('filters', () => {
			const { filters, displayName, matching, others, dropped } = subject.filter;

			it('go to the vendor, and only what they admit comes back', async () => {
				const wanted = seed(2, matching);
				seed(3, others);
				const result = await list({ returnAll: true, filters });
				expect(result.error).toBeUndefined();
				expect(ids(result).sort()).toEqual([...wanted].sort());
				expect(hintsOf(result)).toEqual([]);
			});

			it('hold although the vendor drops them, and the user is told', async () => {
				const wanted = seed(2, matching);
				seed(3, others);
				vendor.emulator.configure(dropped);
				const result = await list({ returnAll: true, filters });
				expect(result.error).toBeUndefined();
				expect(ids(result).sort()).toEqual([...wanted].sort());
				// On the routing path n8n has no place for hints.
				const told = path === 'wholeInput' ? [expect.stringContaining(`'${displayName}'`)] : [];
				expect(hintsOf(result)).toEqual(told);
			});

			it.each(['={{ $json.missing }}', '', '   ', '={{ null }}'])(
				'that were added and come out empty (%s) are refused, named, and nothing is sent',
				async (value) => {
					seed(1);
					const empty = { returnAll: true, filters: { [subject.textFilter.name]: value } };
					const stopped = await list(empty);
					const message = `The filter '${subject.textFilter.displayName}' was added but has no value`;
					expect(stopped.error?.message).toContain(message);
					const items = [{ keep: 'me' }];
					const continued = await list(empty, { items, onError: 'continueErrorOutput' });
					expect(continued.success).toEqual([]);
					expect(continued.errors).toEqual([
						{
							json: expect.objectContaining({
								keep: 'me',
								error: expect.stringContaining(message),
								details: expect.objectContaining({ outcome: 'notSent' }),
							}),
							pairedItem: { item: 0 },
						},
					]);
					expect(vendor.journal.list()).toEqual([]);
				},
			);
		});

		const { beforeFilter } = subject;
		if (beforeFilter) {
			it.each([
				['={{ $now.plus({ minutes: 5 }) }}', 2],
				['={{ $now.minus({ days: 30 }) }}', 0],
				['={{ new Date(Date.now() - 86400000) }}', 0],
				['={{ $now.plus({ minutes: 5 }).toISO() }}', 2],
			])('takes the moment %s as users write it', async (moment, count) => {
				seed(2, beforeFilter.seed());
				const result = await list({ returnAll: true, filters: { [beforeFilter.name]: moment } });
				expect(result.error).toBeUndefined();
				expect(result.success).toHaveLength(count);
				expect(hintsOf(result)).toEqual([]);
			});
		}

		describe('faults', () => {
			it('asks again when the server was in trouble', async () => {
				const seeded = seed(2);
				vendor.faults.arm([{ kind: 'html', path: subject.listPath, times: 2 }]);
				const result = await list();
				expect(result.error).toBeUndefined();
				expect(ids(result).sort()).toEqual([...seeded].sort());
			});

			it('says so when it stays in trouble, on the error branch with the input fields', async () => {
				seed(2);
				vendor.faults.arm([{ kind: 'html', path: subject.listPath, times: 50 }]);
				const result = await list(
					{ returnAll: true },
					{ items: [{ keep: 1 }], onError: 'continueErrorOutput' },
				);
				expect(result.success).toEqual([]);
				expect(result.errors).toHaveLength(1);
				expect(result.errors[0]).toMatchObject({
					json: { keep: 1, details: { outcome: 'failed' } },
					pairedItem: { item: 0 },
				});
				expect(result.errors[0]?.json['error']).toMatch(
					new RegExp(`^The ${subject.plural} could not be listed: `),
				);
				expect(pages()).toHaveLength(5);
			});

			it("fails with n8n's own word for the cause", async () => {
				vendor.faults.arm([{ kind: 'html', path: subject.listPath, times: 50 }]);
				expect((await list()).error).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
				vendor.faults.clear();
				const limited = await list({ limit: 0 });
				expect(limited.error).toMatchObject({ failure: { cause: 'configuration-invalid' } });
			});

			it.each(['cut', 'empty', 'redirect', 'reset'] as const)(
				'never takes half a list for the whole (%s)',
				async (kind) => {
					seed(3);
					const fault = { kind, path: subject.listPath, times: 50, location: 'http://127.0.0.1:9/' };
					vendor.faults.arm([fault]);
					const result = await list();
					expect(result.success).toEqual([]);
					expect(result.error?.message).toMatch(/could not be listed/);
				},
			);

			it('says readably which right is missing', async () => {
				const { key = subject.credentialType, switches = {}, message } = subject.missingRight;
				vendor.emulator.configure(switches);
				const result = await list(
					{ returnAll: true },
					{ credentials: { [subject.credentialType]: credentialsOf(vendor, key) } },
				);
				expect(result.success).toEqual([]);
				expect(`${result.error?.message}\n${result.error?.description}`).toMatch(message);
			});
		});

		const { vanishing, pages: paging } = subject;
		if (vanishing && paging) {
			it('misses none that runs all along while others vanish between the pages', async () => {
				const seeded = seed(Math.ceil(paging.size * 3.5));
				vendor.emulator.configure(vanishing);
				const result = await list();
				expect(result.error).toBeUndefined();
				const listed = new Set(ids(result));
				expect(listed.size).toBe(result.success.length);
				const { instances } = vendor.emulator.state() as { instances: Record<string, { state: string }> };
				const running = instances[seeded.at(-1)!]?.state;
				const ended = new Set(seeded.filter((id) => instances[id]?.state !== running));
				expect(ended.size).toBeGreaterThan(0);
				expect(seeded.filter((id) => !ended.has(id) && !listed.has(id))).toEqual([]);
			});
		}
		const { emptyPage } = subject;
		if (paging && emptyPage !== undefined) {
			it.each([undefined, 5_000])('never passes half a list for a whole one (limit %p)', async (limit) => {
				const seeded = seed(paging.size + 5);
				const fault = {
					kind: 'status',
					status: 200,
					body: emptyPage,
					path: subject.listPath,
					skip: 1,
				} as const;
				vendor.faults.arm([{ ...fault, times: 100 }]);
				const broken = await list(limit === undefined ? { returnAll: true } : { returnAll: false, limit });
				expect(broken.error?.message).toContain(
					`reported ${paging.size + 5} ${subject.plural} but stopped listing after ${paging.size}`,
				);
				vendor.faults.clear();
				// An accident is asked for again.
				vendor.faults.arm([fault]);
				const whole = await list(limit === undefined ? { returnAll: true } : { returnAll: false, limit });
				expect(whole.error).toBeUndefined();
				expect(new Set(ids(whole))).toEqual(new Set(seeded));
			});
		}
		if (paging && path === 'wholeInput') {
			it('lists 10,000 in full pages, and lets n8n breathe', async () => {
				// A session of an earlier test may have to be renewed first.
				await list({ limit: 1 });
				vendor.journal.clear();
				const seeded = seed(10_000);
				const result = await list();
				expect(result.error).toBeUndefined();
				expect(new Set(ids(result)).size).toBe(seeded.length);
				expect(pages().length).toBeLessThanOrEqual(paging.requestsFor10000);
			});
		}

		describe('Output of a tool', () => {
			const { id, simplified, raw } = subject.output;
			const operations = subject.get ? ['getAll', 'get'] : ['getAll'];
			const tool = { asTool: true };
			/** What the operation needs to find the one thing that was seeded. */
			const parametersOf = (operation: string, seeded: string): IDataObject =>
				operation === 'get' ? { [subject.get!.identifier]: seeded } : { returnAll: true };
			const jsonOf = (result: NodeResult): IDataObject => {
				expect(result.error).toBeUndefined();
				expect(result.success).toHaveLength(1);
				return result.success[0]!.json;
			};
			/** The same thing as an ordinary node shows it. */
			const forms = async (operation: string, found: IDataObject) => ({
				short: jsonOf(await run(operation, { ...found, simplify: true })),
				full: jsonOf(await run(operation, { ...found, simplify: false })),
			});

			it.each(operations)('%s: is the ID and the selected fields, from both forms', async (operation) => {
				const found = parametersOf(operation, seed(1)[0]!);
				const { short, full } = await forms(operation, found);
				expect(short).not.toHaveProperty([raw]);
				const fields = `${raw}, nowhere, ${simplified}`;
				const result = await run(operation, { ...found, output: 'selectedFields', fields }, tool);
				expect(Object.entries(jsonOf(result))).toEqual([
					[id, short[id]],
					[raw, full[raw]],
					[simplified, short[simplified]],
				]);
				expect(short[simplified]).not.toBeNull();
				expect(hintsOf(result)).toEqual([]);
			});

			it.each(operations)('%s: names that nothing has are no failure', async (operation) => {
				const found = parametersOf(operation, seed(1)[0]!);
				const { short } = await forms(operation, found);
				const fields = ['nowhere', simplified.toUpperCase()].join(',');
				const result = await run(operation, { ...found, output: 'selectedFields', fields }, tool);
				expect(jsonOf(result)).toEqual({ [id]: short[id] });
				// On the routing path n8n has no place for hints.
				const told = `The ${subject.plural} have none of the selected fields (nowhere, ${simplified.toUpperCase()})`;
				expect(hintsOf(result)).toEqual(path === 'wholeInput' ? [expect.stringContaining(told)] : []);
			});

			it.each(operations)('%s: is for each item what the item says', async (operation) => {
				const found = parametersOf(operation, seed(1)[0]!);
				const items = [
					{ output: 'selectedFields', fields: simplified },
					{ output: 'raw', fields: '' },
					{ output: 'selectedFields', fields: [raw] },
					{ output: 'simplified', fields: null },
				];
				const byItem = { output: '={{ $json.output }}', fields: '={{ $json.fields }}' };
				const result = await run(operation, { ...found, ...byItem }, { ...tool, items });
				expect(result.error).toBeUndefined();
				const { short, full } = await forms(operation, found);
				expect(result.success.map(({ json }) => Object.keys(json))).toEqual([
					[id, simplified],
					Object.keys(full),
					[id, raw],
					Object.keys(short),
				]);
			});

			it.each(operations)('%s: a tool that was saved with Simplify keeps its items', async (operation) => {
				const found = parametersOf(operation, seed(1)[0]!);
				const { short, full } = await forms(operation, found);
				const keys = async (saved: IDataObject, items: IDataObject[] = [{}]) =>
					Object.keys(jsonOf(await run(operation, { ...found, ...saved }, { ...tool, items })));
				expect(await keys({})).toEqual(Object.keys(short));
				expect(await keys({ simplify: true })).toEqual(Object.keys(short));
				expect(await keys({ simplify: false })).toEqual(Object.keys(full));
				const byExpression = { simplify: '={{ $json.short }}' };
				expect(await keys(byExpression, [{ short: true }])).toEqual(Object.keys(short));
				expect(await keys(byExpression, [{ short: false }])).toEqual(Object.keys(full));
				expect(await keys({ simplify: false, output: 'simplified' })).toEqual(Object.keys(short));
			});

			it.each(operations)('%s: has no effect on an ordinary node', async (operation) => {
				const found = parametersOf(operation, seed(1)[0]!);
				const { short } = await forms(operation, found);
				const saved = { output: 'selectedFields', fields: simplified };
				expect(Object.keys(jsonOf(await run(operation, { ...found, ...saved })))).toEqual(Object.keys(short));
			});

			it.each(operations)('%s: is refused where it is none of the three', async (operation) => {
				const found = parametersOf(operation, subject.get?.unknownId ?? '');
				for (const output of ['all', '={{ $json.missing }}']) {
					const result = await run(operation, { ...found, output }, tool);
					expect(result.error?.message).toContain(
						"The parameter 'Output' must be 'simplified', 'raw' or 'selectedFields'",
					);
				}
				expect(vendor.journal.list()).toEqual([]);
			});
		});

		const { get } = subject;
		if (get) {
			it('gets one, or several, and tells of each that is not there', async () => {
				const [one, other] = seed(2);
				const wanted = [one, get.unknownId, other];
				const result = await run(
					'get',
					{ [get.identifier]: '={{ $json.wanted }}' },
					{ items: [{ wanted }, { wanted: other }], onError: 'continueErrorOutput' },
				);
				expect(ids(result)).toEqual([one, other, other]);
				expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(
					[0, 0, 1].map((item) => ({ item })),
				);
				expect(result.errors).toHaveLength(1);
				expect(result.errors[0]).toMatchObject({
					json: { wanted, details: { id: get.unknownId, outcome: 'notFound' } },
					pairedItem: { item: 0 },
				});
			});

			it('gives the same fields from Get as from Get Many', async () => {
				const [id] = seed(1);
				const [listed] = (await list()).success;
				const [got] = (await run('get', { [get.identifier]: id! })).success;
				expect(Object.keys(got?.json ?? {}).sort()).toEqual(Object.keys(listed?.json ?? {}).sort());
			});

			it.each(['..', 12, '={{ $json.missing }}', '={{ "" }}'])('refuses the ID %s', async (value) => {
				const result = await run('get', { [get.identifier]: value });
				expect(result.error?.message).toMatch(/^The parameter '.*\[item 0\]$/);
				expect(vendor.journal.list()).toEqual([]);
			});

			it('with one ID, the message of a failure itself says which and why', async () => {
				const result = await run('get', { [get.identifier]: get.unknownId });
				expect(result.error?.message).toContain(`${get.unknownId} was not found`);
			});
		}
	});
}

/** What the output panel shows above the items. */
function hintsOf({ run }: NodeResult): string[] {
	const hints = run.data.resultData.runData['Node']?.at(-1)?.hints ?? [];
	return hints.map(({ message }) => message);
}
