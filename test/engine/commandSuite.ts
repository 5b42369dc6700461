import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Emulator, JsonObject } from '../sandbox/core/emulator.ts';
import type { Fault } from '../sandbox/core/faults.ts';
import type { VendorListener } from '../sandbox/core/listener.ts';
import { startAlone } from '../sandbox/support.ts';
import { runNode, startNode, useExpressionEngine } from './engine';
import type { NodeResult, NodeRun } from './engine';
import { credentialsOf, requestsTo, stateOf } from './sandboxes';

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
	/** Seed options for instances that the command ends. */
	seed?: JsonObject;
	/** Seed options for an instance that has ended before. */
	ended: { seed: JsonObject; outcome: 'alreadyEnded' | 'notRunning' | 'terminated' };
	/** An ID that the vendor never gave out, and what the node makes of it. */
	unknown: { id: string; outcome: 'notFound' | 'notRunning'; code?: string };
	/** The state that a terminated instance has in the emulator. */
	endedState: string;
	words: { plural: string; participle: string };
	/** Method and path of the command's request, for counting and for faults. */
	command: { method: string; path: string };
	/** How many requests carry three IDs of one item. */
	requestsForThree: number;
	/** Extra fields that every output item carries. */
	extra: IDataObject;
}

type Mode = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

const MODES: Mode[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

/** Faults after which the vendor may or may not have acted: never a success, never silence. */
const AMBIGUOUS: Array<[string, Fault]> = [
	['a connection reset before the vendor acted', { kind: 'reset' }],
	['a connection reset after the vendor acted', { kind: 'reset', when: 'after' }],
	['an HTML page with status 502', { kind: 'html', status: 502 }],
	['status 503 without a body', { kind: 'status', status: 503 }],
	['status 500 with broken JSON', { kind: 'status', status: 500, body: '{"code":' }],
	['an HTML page with status 200', { kind: 'html', status: 200 }],
	['truncated JSON with status 200', { kind: 'status', status: 200, body: '{"result":tr' }],
];

/** Runs the suite on both of n8n's expression engines. */
export function describeCommand(subject: CommandUnderTest): void {
	let vendor: VendorListener;
	beforeAll(async () => {
		vendor = await startAlone(subject.createEmulator());
	});
	afterAll(async () => await vendor.app.close());

	// The legacy engine comes first: a process cannot go back to it.
	describe.each(['legacy', 'vm'] as const)('%s expression engine', (engine) => {
		beforeAll(async () => await useExpressionEngine(engine));
		afterEach(() => {
			vendor.emulator.reset();
			vendor.journal.clear();
			vendor.faults.clear();
		});

		const { identifier, command } = subject;
		const request = (change: Partial<NodeRun> = {}): NodeRun => ({
			node: subject.node,
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
		const sent = () => requestsTo(vendor, command.method, command.path);
		const checkSent = (count: number): void => {
			if (sent().length !== count)
				throw new Error(`Expected ${count} requests, saw ${JSON.stringify(sent(), null, 2)}`);
		};
		const outcomes = (items: INodeExecutionData[]): unknown[] => items.map(({ json }) => json['outcome']);
		const noSecrets = (result: NodeResult): void => {
			const told = JSON.stringify([result.success, result.errors, result.error, result.run]);
			const masked = vendor.emulator.mask(told);
			// Whatever the emulator would mask is a secret that came out.
			if (masked !== told) throw new Error(`A secret came out: ${masked}`);
		};

		describe('outcomes', () => {
			it('ends one', async () => {
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

			it('ends several of one item, named by an array, by commas or by lines', async () => {
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
				checkSent(3 * subject.requestsForThree);
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
				expect(outcomes(again.success)).toEqual(ids.map(() => subject.ended.outcome));
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
				expect(result.success[0]?.json['request']).toMatchObject({ method: command.method });
				expect(ids.map((id) => stateOf(vendor, id))).not.toContain(subject.endedState);
				checkSent(0);
				noSecrets(result);
			});
		});

		describe('On Error', () => {
			it('attempts all before it stops, and then tells of each', async () => {
				const ids = seed(2);
				const result = await runNode(
					request({ items: [{ id: ids[0] }, { id: '..' }, { id: ids[1] }, { id: undefined }] }),
				);
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
					{ kind: 'html', status: 502, method: command.method, path: command.path, times: 10 },
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
			])('%s', async (_name, value) => {
				const result = await runNode(request({ items: [{ id: value }], onError: 'continueErrorOutput' }));
				expect(result.success).toEqual([]);
				expect(result.errors).toHaveLength(1);
				expect(result.errors[0]?.json['message']).toContain(`'${identifier.displayName}'`);
				expect(vendor.journal.list()).toEqual([]);
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
		});

		describe.each(MODES)('transport with On Error at %s', (onError) => {
			it.each(AMBIGUOUS)('%s is never a success', async (_name, fault) => {
				const [first, hit, last] = seed(3);
				vendor.faults.arm([{ ...fault, method: command.method, path: command.path, skip: 1, times: 1 }]);
				const result = await runNode(
					request({
						items: [
							{ id: first, keep: 0 },
							{ id: hit, keep: 1 },
							{ id: last, keep: 2 },
						],
						onError,
					}),
				);
				const all =
					onError === 'stopWorkflow'
						? (result.error?.context['data'] as { outcomes: IDataObject[] }).outcomes
						: [...result.success, ...result.errors].map(
								({ json }) => (json['details'] ?? json) as IDataObject,
							);
				const bad = all.filter(({ outcome }) => outcome !== subject.words.participle);
				expect(all).toHaveLength(3);
				expect(bad).toHaveLength(1);
				expect(bad[0]?.['outcome']).toMatch(/^(unknown|failed)$/);
				if (onError === 'continueErrorOutput') {
					const keep = result.errors[0]?.json['keep'];
					expect(result.errors).toEqual([
						expect.objectContaining({
							json: expect.objectContaining({ id: bad[0]?.['id'], keep }),
							pairedItem: { item: keep },
						}),
					]);
				}
				noSecrets(result);
			});

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
				noSecrets(result);
			});
		});

		it('honours the timeout of the Request Options', async () => {
			const [id] = seed(1);
			vendor.faults.arm([{ kind: 'delay', delayMs: 1500, method: command.method, path: command.path }]);
			const result = await runNode(
				request({
					parameters: {
						...subject.parameters,
						[identifier.name]: '={{ $json.id }}',
						requestOptions: { timeout: 200 },
					},
					items: [{ id }],
				}),
			);
			expect(result.error?.message).toMatch(/no answer came in time/);
		});

		it('stops sending when the execution is cancelled', async () => {
			const ids = seed(40);
			vendor.faults.arm([
				{ kind: 'delay', delayMs: 300, method: command.method, path: command.path, times: 1000 },
			]);
			const running = startNode(request({ items: [{ id: ids }], onError: 'continueErrorOutput' }));
			while (sent().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
			running.cancel();
			await running.finished.catch(() => undefined);
			const atCancel = sent().length;
			await new Promise((resolve) => setTimeout(resolve, 700));
			expect(sent().length).toBeLessThanOrEqual(atCancel + 1);
		});

		it('ends all when n8n retries a node that failed half way', async () => {
			const ids = seed(3);
			vendor.faults.arm([{ kind: 'reset', method: command.method, path: command.path, skip: 1, times: 1 }]);
			const result = await runNode(
				request({ items: ids.map((id) => ({ id })), retryOnFail: { maxTries: 3 } }),
			);
			expect(result.error).toBeUndefined();
			expect(ids.map((id) => stateOf(vendor, id))).toEqual(ids.map(() => subject.endedState));
			expect(result.success.map(({ json }) => json['id'])).toEqual(ids);
		});
	});
}
