import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../sandbox/core/faults.ts';
import { PATHS, outcomesOf } from './bench';
import type { CommandUnderTest } from './commandSuite';
import { loadPackage, runNode, startNode } from './engine';
import type { NodeResult, NodeRun } from './engine';
import { credentialsOf, requestsTo, useVendor } from './sandboxes';

/** How a node gets its session. */
export interface LoginUnderTest {
	/** An emulator whose credentials have to log in. */
	createEmulator: CommandUnderTest['createEmulator'];
	/** Part of the path of the login's first call. */
	path: string;
	/** The credential data of a credential that has to log in. Default: that of the command's tests. */
	credential?: { type: string; key: string; parameters: IDataObject };
	/** How many calls of a login that stays in trouble one run makes. */
	attempts: { busy: number; unreadable: number };
}

/** What a login server may do that says nothing about the account. */
const FAULTS: Array<{ name: string; fault: Fault; unreadable?: true }> = [
	{ name: '503', fault: { kind: 'status', status: 503 } },
	{ name: '500', fault: { kind: 'status', status: 500 } },
	{ name: '408', fault: { kind: 'status', status: 408 } },
	{ name: '429 with Retry-After', fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } },
	{ name: 'a page with 502', fault: { kind: 'html', status: 502 } },
	{ name: 'a reset', fault: { kind: 'reset' } },
	{ name: 'a page with 200', fault: { kind: 'html', status: 200 }, unreadable: true },
	{ name: 'no body', fault: { kind: 'status', status: 200, body: '' }, unreadable: true },
	{ name: 'half a body', fault: { kind: 'status', status: 200, body: '{"code":0,"da' }, unreadable: true },
];

/** A login server in trouble, on both of n8n's ways: one loop of attempts, and every target accounted for. */
export function describeLoginFaults(subject: CommandUnderTest, login: LoginUnderTest): void {
	const vendor = useVendor(login.createEmulator, subject.switches);
	let combinations = 0;
	beforeAll(async () => {
		await loadPackage();
	});
	afterAll(() => process.stderr.write(`Login faults of ${subject.node}: ${combinations} combinations\n`));

	const { type, key, parameters } = login.credential ?? {
		type: subject.credentialType,
		key: subject.credentialType,
		parameters: {},
	};
	const prepared = (count: number, change: Partial<NodeRun> = {}): NodeRun => ({
		node: subject.node,
		parameters: { ...subject.parameters, ...parameters, [subject.identifier.name]: '={{ $json.id }}' },
		credentials: { [type]: credentialsOf(vendor, key) },
		items: vendor.emulator.seed(count, subject.seed ?? {}).map((id) => ({ id })),
		onError: 'continueErrorOutput',
		...change,
	});
	const logins = (): number => vendor.journal.list().filter(({ url }) => url.includes(login.path)).length;
	const commands = (): number =>
		requestsTo(vendor, subject.command.method).filter(({ url }) => url.includes(subject.command.path)).length;

	describe.each(PATHS)('a login server in trouble (%s)', (path) => {
		it.each(FAULTS.map(({ name, ...rest }) => [name, rest] as const))(
			'is waited out: %s',
			async (_name, { fault }) => {
				combinations += 1;
				vendor.faults.arm([{ ...fault, path: login.path }]);
				const result = await runNode(prepared(12, { path }));
				expect(result.errors).toEqual([]);
				expect(outcomesOf(result)).toEqual(Array(12).fill(subject.words.participle));
				expect(logins()).toBe(2);
			},
		);

		it.each(FAULTS.map(({ name, ...rest }) => [name, rest] as const))(
			'for good leaves every target unsent: %s',
			async (_name, { fault, unreadable }) => {
				combinations += 1;
				vendor.faults.arm([{ ...fault, path: login.path, times: 1000 }]);
				const result = await runNode(prepared(12, { path }));
				expect(outcomesOf(result)).toEqual(Array(12).fill('notSent'));
				expect(logins()).toBe(unreadable ? login.attempts.unreadable : login.attempts.busy);
				const text = JSON.stringify([result.success, result.errors, result.error, result.run]);
				expect(vendor.emulator.mask(text)).toBe(text);
			},
		);
	});

	it('is asked anew by each try of Retry On Fail', async () => {
		vendor.faults.arm([{ kind: 'status', status: 503, path: login.path, times: login.attempts.busy + 1 }]);
		const result = await runNode(prepared(3, { onError: 'stopWorkflow', retryOnFail: { maxTries: 2 } }));
		expect(result.error).toBeUndefined();
		expect(outcomesOf(result)).toEqual(Array(3).fill(subject.words.participle));
		expect(logins()).toBe(login.attempts.busy + 2);
	});

	it('is left alone when the execution is cancelled', async () => {
		vendor.faults.arm([
			{ kind: 'status', status: 503, headers: { 'retry-after': '60' }, path: login.path, times: 1000 },
		]);
		const { finished, cancel } = startNode(prepared(3));
		while (logins() === 0) await pause(2);
		await pause(20);
		cancel();
		const result = await finished.catch((): NodeResult | undefined => undefined);
		// Where n8n passes on what a cancelled execution gave, nothing is called sent that never was.
		for (const outcome of result ? outcomesOf(result) : []) expect(outcome).toBe('notSent');
		const asked = logins();
		// The wait of a minute takes 600 ms here.
		await pause(900);
		expect([logins(), asked]).toEqual([1, 1]);
		expect(commands()).toBeLessThanOrEqual(1);
	});
}

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));
