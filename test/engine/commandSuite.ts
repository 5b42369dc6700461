import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Emulator, JsonObject } from '../sandbox/core/emulator.ts';
import { startAlone } from '../sandbox/support.ts';
import { PATHS } from './bench';
import { runNode, startNode } from './engine';
import type { NodeResult, NodeRun, Path } from './engine';
import { credentialsOf, requestsTo, stateOf, useVendor } from './sandboxes';

/** What a vendor tells the suite about itself. Everything else is the same for all commands. */
export interface CommandUnderTest {
	/** The node's name in the package. */
	node: string;
	createEmulator: () => Emulator;
	/** Credential type, which is also the key of working credentials in the emulator. */
	credentialType: string;
	/** Parameters of the node; the ID parameter reads `$json.id`. */
	parameters: IDataObject;
	/** Name and label of the ID parameter. */
	identifier: { name: string; displayName: string };
	/** Seed options for instances with which the command works. */
	seed?: JsonObject;
	/** Seed options for an instance that has ended before. */
	ended: { seed: JsonObject; outcome: 'alreadyEnded' | 'notRunning' | 'terminated' };
	/** What a second run makes of those with which the first has worked. Default: as of one that had ended. */
	again?: { outcome: string; alreadyInState: true };
	/** An ID that the vendor never gave out, and what the node makes of it. */
	unknown: { id: string; outcome: 'notFound' | 'notRunning'; code?: string };
	/** What a dry run gives as the current state of a running, an ended and an unknown one. */
	states: [string, string, string];
	/** The state that an instance has in the emulator once the command has worked. */
	endedState: string;
	words: { plural: string; participle: string };
	/** Method and path of the command's request, for counting and for faults; and what its body names where others look alike. */
	command: { method: string; path: string; body?: string };
	/** How many targets the vendor takes in one request. */
	targetsPerRequest: number;
	/** Parameters that let each item's `group` travel in a request of its own, and what its instances are seeded with. */
	grouped: { parameters: IDataObject; seed?: (group: string) => JsonObject };
	/** Parameters with which items that name the same target differ in everything else. */
	wishes: IDataObject;
	/** Other parameters that hold a text. */
	texts: string[];
	/** Keys of credentials in the emulator that may end nothing, and cannot read either. */
	powerless: string[];
	/** Switches of the emulator that hold in all tests. */
	switches?: JsonObject;
	/** Extra fields that every output item carries. */
	extra: IDataObject;
}

/** n8n's On Error settings. */
export const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

/** Runs the suite on n8n's ways, with the expression engine of the file; that all ways give the same is tested too. */
export function describeCommand(subject: CommandUnderTest, paths: readonly Path[] = PATHS): void {
	const vendor = useVendor(subject.createEmulator, subject.switches);

	it('gives the same outcomes with the whole input as item by item', async () => {
		const told: unknown[] = [];
		for (const path of ['wholeInput', 'routing'] as const) {
			vendor.emulator.reset();
			vendor.emulator.configure(subject.switches ?? {});
			const running = vendor.emulator.seed(3, subject.seed ?? {});
			const ended = vendor.emulator.seed(1, { ...subject.seed, ...subject.ended.seed });
			const ids = [...running, ...ended, subject.unknown.id];
			const result = await runNode({
				node: subject.node,
				path,
				parameters: { ...subject.parameters, [subject.identifier.name]: '={{ $json.id }}' },
				credentials: { [subject.credentialType]: credentialsOf(vendor, subject.credentialType) },
				items: [
					{ id: ids.slice(0, 2) },
					{ id: '..' },
					{ id: ids[3] },
					{ id: ids[4] },
					{ id: [ids[2], ids[0]] },
				],
				onError: 'continueErrorOutput',
			});
			// IDs differ from seed to seed, and with fewer requests some targets share their vendor's audit ID.
			const text = ids.reduce(
				(all, id, index) => all.split(id).join(`<${index}>`),
				JSON.stringify([result.success, result.errors]),
			);
			told.push((JSON.parse(text) as INodeExecutionData[][]).map((items) => items.map(essence)));
		}
		const [whole, byItem] = told;
		// On the routing path an ID that two items name is sent for each of them.
		expect(whole).toHaveLength(2);
		expect(withoutRepeats(whole, subject.words.participle)).toEqual(
			withoutRepeats(byItem, subject.words.participle),
		);
	});

	describe.each(paths)('%s', (path) => {
		const { identifier, command } = subject;
		const request = (change: Partial<NodeRun> = {}): NodeRun => ({
			node: subject.node,
			path,
			parameters: { ...subject.parameters, [identifier.name]: '={{ $json.id }}' },
			credentials: { [subject.credentialType]: credentialsOf(vendor, subject.credentialType) },
			...change,
		});
		const withOptions = (options: IDataObject, change: Partial<NodeRun> = {}): NodeRun =>
			request({
				...change,
				parameters: { ...subject.parameters, [identifier.name]: '={{ $json.id }}', options },
			});
		const seed = (count: number, options: JsonObject = {}): string[] =>
			vendor.emulator.seed(count, { ...subject.seed, ...options });
		const sent = () =>
			requestsTo(vendor, command.method, command.path).filter(
				({ url, body }) => command.body === undefined || (url + body).includes(command.body),
			);
		const checkSent = (count: number): void => {
			if (sent().length !== count)
				throw new Error(`Expected ${count} requests, saw ${JSON.stringify(sent(), null, 2)}`);
		};
		/** How many requests carry so many items with so many targets each. */
		const requestsFor = (items: number, targets: number): number =>
			path === 'wholeInput'
				? Math.ceil((items * targets) / subject.targetsPerRequest)
				: items * Math.ceil(targets / subject.targetsPerRequest);
		const outcomes = (items: INodeExecutionData[]): unknown[] => items.map(({ json }) => json['outcome']);
		const noSecrets = (result: NodeResult): void => {
			const told = JSON.stringify([result.success, result.errors, result.error, result.run]);
			const masked = vendor.emulator.mask(told);
			// Whatever the emulator would mask is a secret that came out.
			if (masked !== told) throw new Error(`A secret came out: ${masked}`);
		};

		describe('outcomes', () => {
			it('does it to one', async () => {
				const [id] = seed(1);
				const result = await runNode(request({ items: [{ id, keep: 'me' }] }));
				expect(result.error).toBeUndefined();
				expect(result.success).toEqual([
					{
						json: expect.objectContaining({
							id,
							outcome: subject.words.participle,
							message: expect.stringContaining(`${id} was ${subject.words.participle}`),
							attempts: 1,
							...subject.extra,
						}),
						pairedItem: { item: 0 },
					},
				]);
				expect(result.success[0]?.json).not.toHaveProperty('error');
				expect(stateOf(vendor, id!)).toBe(subject.endedState);
				checkSent(1);
				noSecrets(result);
			});

			it('does it to several of one item, named by an array, by commas or by lines', async () => {
				const ids = seed(9);
				const result = await runNode(
					request({
						items: [
							{ id: ids.slice(0, 3) },
							{ id: ids.slice(3, 6).join(', ') },
							{ id: `${ids.slice(6).join('\n')}\n` },
						],
					}),
				);
				expect(result.error).toBeUndefined();
				expect(result.success.map(({ json }) => json['id'])).toEqual(ids);
				expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(
					[0, 0, 0, 1, 1, 1, 2, 2, 2].map((item) => ({ item })),
				);
				expect(outcomes(result.success)).toEqual(ids.map(() => subject.words.participle));
				checkSent(requestsFor(3, 3));
			});

			it('sends a repeated ID once and answers it each time', async () => {
				const [id, other] = seed(2);
				const result = await runNode(request({ items: [{ id: [id, other, ` ${id} `] }] }));
				expect(result.success.map(({ json }) => json['id'])).toEqual([id, other, id]);
				expect(outcomes(result.success)).toEqual(Array(3).fill(subject.words.participle));
				const bodies = sent().map(({ url, body }) => decodeURIComponent(url) + decodeURIComponent(body));
				expect(bodies.join(' ').split(id!).length - 1).toBe(1);
			});

			it('tells of one that had ended, and counts it as success unless told otherwise', async () => {
				const [id] = seed(1, subject.ended.seed);
				const result = await runNode(request({ items: [{ id }] }));
				expect(result.error).toBeUndefined();
				expect(outcomes(result.success)).toEqual([subject.ended.outcome]);
				if (subject.ended.outcome === 'terminated') return;
				const strict = await runNode(withOptions({ failIfAlreadyEnded: true }, { items: [{ id }] }));
				expect(strict.error?.message).toContain(id);
				expect(strict.success).toEqual([]);
			});

			it('may be run again', async () => {
				const ids = seed(3);
				await runNode(request({ items: ids.map((id) => ({ id })) }));
				const again = await runNode(request({ items: ids.map((id) => ({ id })) }));
				expect(again.error).toBeUndefined();
				const expected = subject.again ?? { outcome: subject.ended.outcome };
				expect(again.success.map(({ json }) => json)).toEqual(
					ids.map(() => expect.objectContaining(expected)),
				);
				expect(ids.map((id) => stateOf(vendor, id))).toEqual(ids.map(() => subject.endedState));
			});

			it('tells of one that the vendor does not know', async () => {
				const { id, outcome, code } = subject.unknown;
				const [item] =
					outcome === 'notFound'
						? (await runNode(request({ items: [{ id }], onError: 'continueErrorOutput' }))).errors
						: (await runNode(request({ items: [{ id }] }))).success;
				const told = outcome === 'notFound' ? item?.json['details'] : item?.json;
				expect(told).toMatchObject({ id, outcome, ...(code !== undefined && { code }) });
				if (outcome === 'notFound') {
					const lenient = await runNode(withOptions({ ignoreNotFound: true }, { items: [{ id }] }));
					expect(outcomes(lenient.success)).toEqual(['notFound']);
				}
			});

			it('sends nothing in a dry run', async () => {
				const ids = seed(2);
				const result = await runNode(withOptions({ dryRun: true }, { items: [{ id: ids }] }));
				expect(outcomes(result.success)).toEqual(['dryRun', 'dryRun']);
				for (const [index, { json }] of result.success.entries()) {
					expect(json['request']).toMatchObject({ method: command.method });
					expect(Object.keys(json).at(-1)).toBe('request');
					const request = decodeURIComponent(JSON.stringify(json['request']));
					expect(ids.filter((id) => request.includes(id))).toEqual([ids[index]]);
				}
				expect(ids.map((id) => stateOf(vendor, id))).not.toContain(subject.endedState);
				checkSent(0);
				noSecrets(result);
			});
		});

		describe('options', () => {
			it('a dry run tells what the run would make of each target', async () => {
				const [running] = seed(1);
				const [ended] = seed(1, subject.ended.seed);
				const items = [running, ended, subject.unknown.id].map((id) => ({ id }));
				const preview = async (options: IDataObject) => {
					const change = { items, onError: 'continueErrorOutput' } as const;
					const result = await runNode(withOptions({ dryRun: true, ...options }, change));
					const failed = result.errors.map(({ json }) => json['details'] as IDataObject);
					return [result.success.map(({ json }) => json), failed].map((rows) =>
						rows.map(({ id, outcome, currentState, request }) => [
							id,
							outcome,
							currentState,
							request !== undefined,
						]),
					);
				};
				const row = (index: number, outcome: string): unknown[] => [
					items[index]?.id,
					outcome,
					subject.states[index],
					['running', 'unknown'].includes(subject.states[index]!),
				];
				const isMissed = subject.unknown.outcome === 'notFound';
				expect(await preview({})).toEqual([
					[row(0, 'dryRun'), row(1, 'dryRun'), ...(isMissed ? [] : [row(2, 'dryRun')])],
					isMissed ? [row(2, 'notFound')] : [],
				]);
				const { outcome } = subject.ended;
				expect(await preview({ failIfAlreadyEnded: true, ignoreNotFound: true })).toEqual([
					[row(0, 'dryRun'), ...(isMissed ? [row(2, 'notFound')] : [])],
					[row(1, outcome), ...(isMissed ? [] : [row(2, outcome)])],
				]);
				checkSent(0);
			});

			it.each(subject.powerless)(
				'a dry run fails with a credential that may end nothing: %s',
				async (key) => {
					const ids = seed(60);
					const credentials = { [subject.credentialType]: credentialsOf(vendor, key) };
					const result = await runNode(
						withOptions(
							{ dryRun: true },
							{ items: [{ id: ids }], credentials, onError: 'continueErrorOutput' },
						),
					);
					expect(result.success).toEqual([]);
					expect(result.errors).toHaveLength(ids.length);
					const details = result.errors.map(({ json }) => json['details'] as IDataObject);
					for (const { outcome, hint } of details) {
						expect(['failed', 'notSent']).toContain(outcome);
						expect(hint).toEqual(expect.any(String));
					}
					expect(JSON.stringify(result.errors[0]?.json['message'])).not.toContain('could not be read');
					checkSent(0);
					noSecrets(result);
				},
			);

			it.each([
				['dryRun', 'true'],
				['dryRun', '={{ undefined }}'],
				['dryRun', '={{ $json.missing }}'],
				['maxTargets', '={{ $json.missing }}'],
				['maxTargets', 0],
				['requestsPerSecond', -1],
				['verify', '={{ $json.missing }}'],
				['failIfAlreadyEnded', 'no'],
			])('%s with the value %s is refused, and nothing is sent', async (name, value) => {
				const [id] = seed(1);
				const result = await runNode(
					withOptions({ [name]: value }, { items: [{ id }], onError: 'continueErrorOutput' }),
				);
				expect(result.success).toEqual([]);
				expect(result.errors[0]?.json['details']).toMatchObject({ outcome: 'notSent' });
				expect(vendor.journal.list()).toEqual([]);
			});

			it('an item may wish for a dry run of its own', async () => {
				const ids = seed(3);
				const items = ids.map((id, item) => ({ id, dry: item === 1 }));
				const result = await runNode(withOptions({ dryRun: '={{ $json.dry }}' }, { items }));
				expect(outcomes(result.success)).toEqual([
					subject.words.participle,
					'dryRun',
					subject.words.participle,
				]);
				expect(result.success.map(({ json }) => json['id'])).toEqual(ids);
				expect(stateOf(vendor, ids[1]!)).not.toBe(subject.endedState);
			});

			it('an item may have a policy of its own', async () => {
				const [first] = seed(1, subject.ended.seed);
				const [second] = seed(1, subject.ended.seed);
				const result = await runNode(
					withOptions(
						{ failIfAlreadyEnded: '={{ $json.strict }}' },
						{
							items: [
								{ id: first, strict: true },
								{ id: second, strict: false },
							],
							onError: 'continueErrorOutput',
						},
					),
				);
				expect(result.errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
				expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			});

			it('more targets than allowed are refused before the first request', async () => {
				const ids = seed(3);
				const result = await runNode(withOptions({ maxTargets: 2 }, { items: [{ id: ids }, { id: '..' }] }));
				// The routing engine runs each item by itself, and throws the failure of the first.
				expect(result.error?.message).toMatch(path === 'routing' ? /^3 of 3 / : /^4 of 4 /);
				expect(result.error?.description).toContain("'Maximum Targets' allows only 2");
				expect(vendor.journal.list()).toEqual([]);
			});

			it('failed targets are items like all others where that is wanted, and nothing makes the node fail', async () => {
				const ids = seed(2);
				const options = { failedTargets: 'return', failIfAlreadyEnded: true };
				const items = [{ id: ids[0] }, { id: '..' }, { id: [ids[1], subject.unknown.id] }];
				const result = await runNode(withOptions(options, { items }));
				expect(result.error).toBeUndefined();
				const rows = result.success.map(({ json }) => json);
				expect(rows.map(({ id, ok, outcome }) => [id, ok, outcome])).toEqual([
					[ids[0], true, subject.words.participle],
					['', false, 'notSent'],
					[ids[1], true, subject.words.participle],
					[subject.unknown.id, false, subject.unknown.outcome],
				]);
				expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(
					[0, 1, 2, 2].map((item) => ({ item })),
				);
				for (const row of rows) expect(row).not.toHaveProperty('error');
				expect(rows[1]).toMatchObject({
					message: expect.stringContaining('[item 1]'),
					hint: expect.any(String),
				});
				expect(rows[3]).toMatchObject({ retryable: false });

				const gone = await startAlone(subject.createEmulator());
				const credentials = { [subject.credentialType]: credentialsOf(gone, subject.credentialType) };
				await gone.app.close();
				const unreachable = await runNode(withOptions(options, { items: [{ id: ids }], credentials }));
				expect(unreachable.error).toBeUndefined();
				expect(unreachable.success.map(({ json }) => [json['ok'], json['outcome']])).toEqual(
					ids.map(() => [false, 'notSent']),
				);
			});

			it.each([
				['one more', 2],
				['one fewer', 4],
				['none', 0],
				['what is no number', '3'],
				['an expression that gives nothing', '={{ $json.missing }}'],
			])('nothing is sent where %s was expected', async (_name, expectedTargets) => {
				const ids = seed(3);
				const items = [{ id: [...ids, ids[0]] }];
				const result = await runNode(
					withOptions({ expectedTargets }, { items, onError: 'continueErrorOutput' }),
				);
				expect(result.success).toEqual([]);
				expect(result.errors.length).toBeGreaterThan(0);
				for (const { json } of result.errors) {
					const message = String(json['message']);
					expect(message).toContain("'Expected Targets'");
					if (typeof expectedTargets === 'number') expect(message).toMatch(/contains 3 .* is set to [024]/);
					expect(json['details']).toMatchObject({ ok: false, outcome: 'notSent' });
				}
				expect(vendor.journal.list()).toEqual([]);
			});

			it('exactly what was expected is done, and the number may come from an expression', async () => {
				const ids = seed(3);
				const expectedTargets = path === 'wholeInput' ? '={{ $input.all().length }}' : 1;
				const result = await runNode(withOptions({ expectedTargets }, { items: ids.map((id) => ({ id })) }));
				expect(result.error).toBeUndefined();
				expect(outcomes(result.success)).toEqual(ids.map(() => subject.words.participle));
				expect(result.success.map(({ json }) => json['ok'])).toEqual([true, true, true]);
			});

			it('equal targets count once for the maximum', async () => {
				const ids = seed(2);
				const result = await runNode(withOptions({ maxTargets: 2 }, { items: [{ id: [...ids, ...ids] }] }));
				expect(result.error).toBeUndefined();
				expect(result.success).toHaveLength(4);
			});

			it('verifies what it says', async () => {
				const ids = seed(2);
				const result = await runNode(withOptions({ verify: true }, { items: ids.map((id) => ({ id })) }));
				expect(result.error).toBeUndefined();
				expect(result.success.map(({ json }) => [json['outcome'], json['verified']])).toEqual(
					ids.map(() => [subject.words.participle, true]),
				);
			});

			it('keeps to the requests per second that the user wants', async () => {
				const ids = seed(3);
				const started = Date.now();
				// The package's time runs a hundred times faster here, so this is ten requests in a real second.
				await runNode(withOptions({ requestsPerSecond: 0.1 }, { items: ids.map((id) => ({ id })) }));
				const requests = vendor.journal.list().length;
				expect(Date.now() - started).toBeGreaterThanOrEqual((requests - 1) * 100 - 20);
			});
		});

		if (path === 'wholeInput') {
			describe('the whole input', () => {
				it('counts all items for the maximum', async () => {
					const ids = seed(3);
					const result = await runNode(
						withOptions(
							{ maxTargets: 2 },
							{ items: ids.map((id) => ({ id })), onError: 'continueErrorOutput' },
						),
					);
					expect(result.success).toEqual([]);
					expect(result.errors.map(({ json }) => (json['details'] as IDataObject)['outcome'])).toEqual(
						ids.map(() => 'notSent'),
					);
					expect(vendor.journal.list()).toEqual([]);
				});

				it('sends nothing where a number is expected and an item cannot be read', async () => {
					const ids = seed(2);
					const result = await runNode(
						withOptions(
							{ expectedTargets: 2, failedTargets: 'return' },
							{ items: [{ id: ids[0] }, { id: '..' }, { id: ids[1] }] },
						),
					);
					expect(outcomes(result.success)).toEqual(['notSent', 'notSent', 'notSent']);
					expect(result.success[0]?.json['message']).toContain('1 item that could not be read');
					expect(vendor.journal.list()).toEqual([]);
				});

				it('reads what belongs to the node once, beside options that differ from item to item', async () => {
					const ids = seed(3);
					const result = await runNode(
						withOptions(
							{
								expectedTargets: '={{ $input.all().length }}',
								failedTargets: '={{ $itemIndex === 0 ? "return" : "fail" }}',
								dryRun: '={{ $json.dry }}',
							},
							{ items: ids.map((id, item) => ({ id, dry: item === 1 })) },
						),
					);
					expect(outcomes(result.success)).toEqual([
						subject.words.participle,
						'dryRun',
						subject.words.participle,
					]);
				});

				it('sums up what was done on the output panel', async () => {
					const ids = seed(2);
					const result = await runNode(request({ items: [...ids, ids[0]].map((id) => ({ id })) }));
					const hints = result.run.data.resultData.runData['Node']?.at(-1)?.hints ?? [];
					expect(hints.map(({ message, type }) => [message, type])).toEqual([
						[`2 ${subject.words.plural}: 2 ${subject.words.participle}`, 'info'],
					]);
				});

				if (subject.targetsPerRequest === 1 && subject.ended.outcome === 'alreadyEnded')
					it('sends nothing more after so many failures', async () => {
						const ids = seed(80, subject.ended.seed);
						const result = await runNode(
							withOptions(
								{ stopAfterFailures: 3, failIfAlreadyEnded: true, failedTargets: 'return' },
								{ items: [{ id: ids }] },
							),
						);
						const left = result.success.filter(({ json }) => json['outcome'] === 'notSent');
						expect(left.length).toBeGreaterThan(40);
						expect(left.length).toBeLessThanOrEqual(77);
						expect(left[0]?.json['message']).toContain("'Stop After Failures' is set to 3");
						expect(sent().length).toBeLessThanOrEqual(80 - left.length);
					});

				it('sends the same target of several items once and answers each', async () => {
					const [id, other] = seed(2);
					const items = [id, other, id, id].map((one) => ({ id: one }));
					const result = await runNode(request({ items }));
					expect(outcomes(result.success)).toEqual(items.map(() => subject.words.participle));
					expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(
						items.map((_, item) => ({ item })),
					);
					checkSent(requestsFor(2, 1));
				});

				it('takes one process for one target, whatever its items want besides', async () => {
					const [id, other] = seed(2);
					const result = await runNode(
						request({
							items: [id, other, id, id].map((one, item) => ({ id: one, verify: item === 3 })),
							parameters: {
								...subject.parameters,
								...subject.wishes,
								[identifier.name]: '={{ $json.id }}',
								options: { failIfAlreadyEnded: true, maxTargets: 2, verify: '={{ $json.verify }}' },
							},
						}),
					);
					expect(result.error).toBeUndefined();
					const { participle } = subject.words;
					expect(outcomes(result.success)).toEqual([participle, participle, participle, participle]);
					expect(result.success.map(({ json }) => [json['attempts'], json['verified']])).toEqual([
						[1, true],
						[1, undefined],
						[1, true],
						[1, true],
					]);
					expect(sent().length).toBeLessThanOrEqual(2);
				});

				it('a dry run of a target neither causes nor prevents its end', async () => {
					const [id, other] = seed(2);
					const items = [
						{ id, dry: false },
						{ id, dry: true },
						{ id: other, dry: true },
					];
					const result = await runNode(withOptions({ dryRun: '={{ $json.dry }}' }, { items }));
					expect(outcomes(result.success)).toEqual([subject.words.participle, 'dryRun', 'dryRun']);
					expect(result.success.map(({ json }) => json['currentState']).slice(1)).toEqual([
						subject.states[0],
						subject.states[0],
					]);
					expect(stateOf(vendor, id!)).toBe(subject.endedState);
					expect(stateOf(vendor, other!)).not.toBe(subject.endedState);
					checkSent(1);
				});

				it('honours the batching of the Request Options', async () => {
					const ids = seed(4);
					const started = Date.now();
					await runNode(
						request({
							parameters: {
								...subject.parameters,
								...subject.grouped.parameters,
								[identifier.name]: '={{ $json.id }}',
								// A hundred times faster: 60 ms between requests.
								requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 6_000 } } },
							},
							items: ids.map((id, item) => ({ id, group: `PRJ-${item}` })),
						}),
					);
					expect(Date.now() - started).toBeGreaterThanOrEqual((vendor.journal.list().length - 1) * 60 - 20);
				});
			});
		}

		describe('On Error', () => {
			it('attempts all before it stops, and then reports each', async () => {
				const ids = seed(2);
				const result = await runNode(
					request({ items: [{ id: ids[0] }, { id: '..' }, { id: ids[1] }, { id: undefined }] }),
				);
				if (path === 'routing') {
					// The routing engine runs each item by itself, and throws the failure of the first.
					expect(result.error?.message).toContain(`'${identifier.displayName}'`);
					expect(result.error?.message).toContain('[item 1]');
					expect(result.error?.context['data']).toMatchObject({
						outcomes: [{ outcome: 'notSent', item: 1 }],
						counts: { notSent: 1 },
					});
				} else {
					expect(result.error?.message).toBe(
						`2 of 4 ${subject.words.plural} were not ${subject.words.participle}`,
					);
					expect(result.error?.description).toContain(`'${identifier.displayName}'`);
					expect(result.error?.description?.split('\n')).toHaveLength(2);
					expect(result.error?.context['data']).toMatchObject({
						outcomes: [
							{ id: ids[0], outcome: subject.words.participle, item: 0 },
							{ outcome: 'notSent', item: 1 },
							{ id: ids[1], outcome: subject.words.participle, item: 2 },
							{ outcome: 'notSent', item: 3 },
						],
						counts: { [subject.words.participle]: 2, notSent: 2 },
					});
				}
				expect(ids.map((id) => stateOf(vendor, id))).toEqual([subject.endedState, subject.endedState]);
				noSecrets(result);
			});

			it('waits for no item that n8n leaves out', async () => {
				const ids = seed(2);
				const items = ids.map((id) => ({ id }));
				const result = await runNode(request({ items, executeOnce: true }));
				expect(result.error).toBeUndefined();
				expect(result.success.map(({ json }) => json['id'])).toEqual([ids[0]]);
				expect(stateOf(vendor, ids[1]!)).not.toBe(subject.endedState);
			});

			it('names the one target and the reason in the message itself', async () => {
				vendor.faults.arm([
					{ kind: 'html', status: 502, method: command.method, path: command.path, times: 100 },
				]);
				const [id] = seed(1);
				const result = await runNode(request({ items: [{ id }] }));
				expect(result.error?.message).toContain(id);
				expect(result.error?.message).toMatch(/not known whether/);
			});

			it('keeps the input fields and the pairing on the error branch', async () => {
				const ids = seed(2);
				const result = await runNode(
					request({
						items: [
							{ id: ids[0], keep: 'a' },
							{ id: '..', keep: 'b' },
							{ id: ids[1], keep: 'c' },
						],
						onError: 'continueErrorOutput',
					}),
				);
				expect(result.success.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
					[ids[0], { item: 0 }],
					[ids[1], { item: 2 }],
				]);
				expect(result.errors).toEqual([
					{
						json: {
							id: '..',
							keep: 'b',
							error: expect.stringContaining('[item 1]'),
							message: expect.stringContaining(identifier.displayName),
							details: expect.objectContaining({ outcome: 'notSent', hint: expect.any(String) }),
						},
						pairedItem: { item: 1 },
					},
				]);
				noSecrets(result);
			});

			it('keeps success and failure items in order on the one output', async () => {
				const ids = seed(2);
				const result = await runNode(
					request({
						items: [{ id: ids[0] }, { id: '..' }, { id: ids[1] }],
						onError: 'continueRegularOutput',
					}),
				);
				expect(result.success.map(({ json }) => json['outcome'] ?? 'error')).toEqual([
					subject.words.participle,
					'error',
					subject.words.participle,
				]);
				expect(Object.keys(result.success[1]?.json ?? {}).sort()).toEqual(['details', 'error', 'message']);
				expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([
					{ item: 0 },
					{ item: 1 },
					{ item: 2 },
				]);
			});
		});

		describe('what is refused before anything is sent', () => {
			it.each([
				['nothing', undefined],
				['an empty text', ''],
				['blanks', '   '],
				['only separators', ' , \n,'],
				['a dot', '.'],
				['two dots', ' .. '],
				['a control character', 'a\u0007b'],
				['a number', 12345678901234567890],
				['zero', 0],
				['a boolean', true],
				['an object', { id: 1 }],
				['an empty list', []],
				['a list with a hole', ['x', null]],
				['half a surrogate pair', 'a\ud800b'],
				['quotation marks', '"a1"'],
				['an invisible character', 'a1\u200b'],
				['the text of a list with a number in it', '["a1", 5]'],
			])('%s', async (_name, value) => {
				const result = await runNode(request({ items: [{ id: value }], onError: 'continueErrorOutput' }));
				expect(result.success).toEqual([]);
				expect(result.errors).toHaveLength(1);
				expect(result.errors[0]?.json['message']).toContain(`'${identifier.displayName}'`);
				expect(vendor.journal.list()).toEqual([]);
			});

			it('nothing else: the text of a list is the list, and what is wrong with one item is no matter to others', async () => {
				const ids = seed(3);
				const sparse = '={{ $json.sparse ? [$json.id, , "x"] : $json.id }}';
				const result = await runNode(
					request({
						parameters: { ...subject.parameters, [identifier.name]: sparse },
						items: [{ id: JSON.stringify(ids.slice(0, 2)) }, { id: 'x', sparse: true }, { id: ids[2] }],
						onError: 'continueErrorOutput',
					}),
				);
				expect(result.success.map(({ json }) => [json['id'], json['outcome']])).toEqual(
					ids.map((id) => [id, subject.words.participle]),
				);
				expect(result.errors.map(({ json }) => (json['details'] as IDataObject)['outcome'])).toEqual([
					'notSent',
				]);
				expect(JSON.stringify(vendor.journal.list())).not.toContain('undefined');
			});

			for (const name of subject.texts)
				it(`half a character in ${name}, for that item alone`, async () => {
					const [id, other] = seed(2);
					const normal = subject.parameters[name];
					const locator = typeof normal === 'object' ? (normal as IDataObject) : undefined;
					const value = `={{ $json.bad ? 'PRJ-\\ud83d' : ${JSON.stringify(locator?.['value'] ?? normal ?? '')} }}`;
					const result = await runNode(
						request({
							parameters: {
								...subject.parameters,
								[identifier.name]: '={{ $json.id }}',
								[name]: locator ? { ...locator, value } : value,
								options: { verify: true },
							},
							items: [{ id, bad: true }, { id: other }],
							onError: 'continueErrorOutput',
						}),
					);
					expect(result.success.map(({ json }) => [json['id'], json['outcome']])).toEqual([
						[other, subject.words.participle],
					]);
					expect(result.errors).toHaveLength(1);
					expect(result.errors[0]?.json['message']).toMatch(/broken character|an invalid character/);
					expect(stateOf(vendor, id!)).not.toBe(subject.endedState);
				});

			it('an expression that throws', async () => {
				const result = await runNode(
					request({
						parameters: { ...subject.parameters, [identifier.name]: '={{ $json.a.b.c.trim() }}' },
						items: [{ id: 'x' }],
						onError: 'continueErrorOutput',
					}),
				);
				expect(result.success).toEqual([]);
				expect(result.errors).toHaveLength(1);
				expect(vendor.journal.list()).toEqual([]);
			});

			it('an expression that refers to a node which did not run, and names the parameter', async () => {
				const result = await runNode(
					request({
						parameters: {
							...subject.parameters,
							[identifier.name]: "={{ $('Find Them').item.json.id }}",
						},
						items: [{ id: 'x' }],
						onError: 'continueErrorOutput',
					}),
				);
				expect(result.success).toEqual([]);
				// Item by item n8n itself resolves the expression first, and says so in its own words.
				if (path === 'wholeInput') {
					expect(result.errors[0]?.json['message']).toBe(
						`The expression in '${identifier.name}' could not be resolved [item 0]`,
					);
					expect(result.errors[0]?.json['details']).toMatchObject({
						hint: expect.stringContaining('node') as never,
					});
				}
				expect(vendor.journal.list()).toEqual([]);
			});
		});

		describe.each([...MODES])('transport with On Error at %s', (onError) => {
			it('a redirect is not followed, and nothing more is sent', async () => {
				const [id] = seed(1);
				vendor.faults.arm([
					{
						kind: 'redirect',
						status: 307,
						location: `${vendor.origin}/stolen`,
						method: command.method,
						times: 9,
					},
				]);
				const result = await runNode(request({ items: [{ id }], onError }));
				const told = result.error?.message ?? [...result.success, ...result.errors][0]?.json['message'];
				expect(told).toMatch(/redirected/);
				expect(requestsTo(vendor, command.method, '/stolen')).toEqual([]);
				noSecrets(result);
			});

			it('an unreachable host is told apart from a refusal, and the rest is not sent', async () => {
				const gone = await startAlone(subject.createEmulator());
				const credentials = { [subject.credentialType]: credentialsOf(gone, subject.credentialType) };
				await gone.app.close();
				const result = await runNode(request({ items: [{ id: ['a1', 'a2', 'a3'] }], credentials, onError }));
				const all =
					onError === 'stopWorkflow'
						? (result.error?.context['data'] as { outcomes: IDataObject[] }).outcomes
						: [...result.success, ...result.errors].map(({ json }) => json['details'] as IDataObject);
				expect(all.map(({ outcome }) => outcome)).toEqual(['notSent', 'notSent', 'notSent']);
				// n8n's own word for the cause.
				const failure = { cause: 'temporarily-unavailable' };
				if (onError === 'stopWorkflow') expect(result.error).toMatchObject({ failure });
				noSecrets(result);
			});
		});

		it('honours the timeout of the Request Options', async () => {
			const [id] = seed(1);
			// The vendor acts at once and answers late: whatever it did later would reach the next test.
			vendor.faults.arm([
				{
					kind: 'delay',
					delayMs: 4000,
					when: 'after',
					method: command.method,
					path: command.path,
					times: 100,
				},
			]);
			const result = await runNode(
				request({
					parameters: {
						...subject.parameters,
						[identifier.name]: '={{ $json.id }}',
						requestOptions: { timeout: 60 },
					},
					items: [{ id }],
				}),
			);
			const told = result.error ?? result.success[0]?.json;
			expect(told?.message).toMatch(/no response arrived in time/);
			expect(stateOf(vendor, id!)).toBe(subject.endedState);
		});

		it('ends a request whose answer drips, and gives its slot back', async () => {
			const [id, other] = seed(2);
			vendor.faults.arm([
				{
					kind: 'drip',
					delayMs: 20,
					when: 'after',
					method: command.method,
					path: command.path,
					times: 100,
				},
			]);
			const parameters = {
				...subject.parameters,
				[identifier.name]: '={{ $json.id }}',
				requestOptions: { timeout: 150 },
			};
			const result = await runNode(request({ parameters, items: [{ id }] }));
			const told = result.error ?? result.success[0]?.json;
			expect(told?.message).toMatch(/no response arrived in time/);
			expect(stateOf(vendor, id!)).toBe(subject.endedState);
			vendor.faults.clear();
			const next = await runNode(request({ parameters, items: [{ id: other }] }));
			expect(outcomes(next.success)).toEqual([subject.words.participle]);
		});

		it('stops sending when the execution is cancelled', async () => {
			const ids = seed(40);
			vendor.faults.arm([
				{ kind: 'delay', delayMs: 150, method: command.method, path: command.path, times: 1000 },
			]);
			const running = startNode(request({ items: [{ id: ids }], onError: 'continueErrorOutput' }));
			while (sent().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
			// Those that have left together arrive together.
			await new Promise((resolve) => setTimeout(resolve, 50));
			const atCancel = sent().length;
			running.cancel();
			await running.finished.catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, 350));
			expect(sent().length).toBe(atCancel);
		});

		it('does not fail the second try for what the first one has ended', async () => {
			const ids = seed(3);
			const [late] = seed(1, subject.ended.seed);
			const isEnded = subject.ended.outcome !== 'terminated' && subject.again === undefined;
			const skip = requestsFor(3, 1) > 1 ? 1 : 0;
			const run = async (all: Array<string | undefined>): Promise<NodeResult> => {
				vendor.faults.arm([{ kind: 'redirect', method: command.method, path: command.path, skip }]);
				return await runNode(
					withOptions(
						{ failIfAlreadyEnded: true },
						{ items: all.map((id) => ({ id })), retryOnFail: { maxTries: 3 } },
					),
				);
			};
			const result = await run(ids);
			expect(result.error).toBeUndefined();
			expect(ids.map((id) => stateOf(vendor, id))).toEqual(ids.map(() => subject.endedState));
			// What had ended before the first try fails as before.
			if (isEnded) expect((await run([late])).error).toBeDefined();
		});

		it('does it to all when n8n retries a node that failed half way', async () => {
			const ids = seed(3);
			// A redirect stops a run, whatever the vendor is.
			const skip = requestsFor(3, 1) > 1 ? 1 : 0;
			vendor.faults.arm([{ kind: 'redirect', method: command.method, path: command.path, skip }]);
			const result = await runNode(
				request({ items: ids.map((id) => ({ id })), retryOnFail: { maxTries: 3 } }),
			);
			expect(result.error).toBeUndefined();
			expect(ids.map((id) => stateOf(vendor, id))).toEqual(ids.map(() => subject.endedState));
			expect(result.success.map(({ json }) => json['id'])).toEqual(ids);
			for (const outcome of outcomes(result.success)) {
				const again = subject.again?.outcome ?? subject.ended.outcome;
				expect([subject.words.participle, again]).toContain(outcome);
			}
		});
	});
}

/** What must be the same on both paths. */
function essence({ json, pairedItem }: INodeExecutionData): unknown {
	const { id, outcome, message, code, error, details } = json as IDataObject & { details?: IDataObject };
	return {
		id,
		outcome,
		message,
		code,
		error,
		...(details && {
			details: { outcome: details['outcome'], code: details['code'], hint: details['hint'] },
		}),
		pairedItem,
	};
}

/**
 * The outputs with one entry for the ID that two items name. Item by item it is sent for both of them at once, and which of
 * them the vendor confirms is chance: that one stays, in the place of the first.
 */
function withoutRepeats(outputs: unknown, confirmed: string): unknown {
	return (outputs as Array<Array<{ id: unknown; message: unknown }>>).map((items) => {
		const repeats = items.filter(({ id }) => id === '<0>');
		const [kept] = [
			...repeats.filter(({ message }) => String(message).endsWith(` was ${confirmed}`)),
			...repeats,
		];
		const others = items.filter(({ id }) => id !== '<0>');
		return kept ? [{ ...kept, pairedItem: { item: 0 } }, ...others] : others;
	});
}
