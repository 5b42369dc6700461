import { runNode } from '../../engine/engine';
import { credentialsOf, requestsTo, stateOf } from '../../engine/sandboxes';
import type { VendorListener } from '../../sandbox/core/listener.ts';
import { startAlone } from '../../sandbox/support.ts';
import { createEightByEight } from '../../sandbox/vendors/eightByEight/index.ts';

const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

describe('8x8 on the real engine', () => {
	let vendor: VendorListener;

	beforeAll(async () => {
		vendor = await startAlone(createEightByEight());
	});
	afterAll(async () => await vendor.app.close());
	afterEach(() => {
		vendor.emulator.reset();
		vendor.journal.clear();
		vendor.faults.clear();
	});

	const terminate = async (
		workflowId: unknown,
		{ key = 'eightByEightAutomationApi', change = {}, definition = DEFINITION } = {},
	) =>
		await runNode({
			node: 'eightByEight',
			parameters: {
				resource: 'workflow',
				operation: 'terminate',
				definitionId: { __rl: true, mode: 'id', value: definition },
				workflowId: workflowId as never,
			},
			credentials: { eightByEightAutomationApi: { ...credentialsOf(vendor, key), ...change } },
		});

	it.each(['empty200', 'empty204', 'json200'])('takes a success that looks like %s', async (success) => {
		vendor.emulator.configure({ success });
		const [id] = vendor.emulator.seed(1, {});
		const result = await terminate(id);
		expect(result.success[0]?.json).toMatchObject({ id, outcome: 'terminated' });
	});

	it.each([
		['empty400', /8x8 refused to terminate it/],
		['error400', /8x8 refused to terminate it/],
	])('tells of a refusal that looks like %s', async (refusal, message) => {
		vendor.emulator.configure({ refusal, terminateEnded: 'refuse' });
		const [id] = vendor.emulator.seed(1, { state: 'Terminated' });
		const result = await terminate(id);
		expect(result.error?.message).toMatch(message);
		expect(result.error?.httpCode).toBe('400');
	});

	it('sends the key as bearer and the account ID encoded', async () => {
		const [id] = vendor.emulator.seed(1, {});
		const result = await terminate(id, { change: { accountId: 'no such/account' } });
		expect(result.error?.message).toContain('no access to this account');
		const [request] = requestsTo(vendor, 'PATCH');
		expect(request?.url).toContain('/accounts/no%20such%2Faccount/definitions/');
		expect(request?.headers['authorization']).toBe('Bearer ***');
	});

	it.each([
		['wrongKey', /did not accept the API key/],
		['foreignAccount', /no access to this account/],
		['notEnabledAccount', /no access to this account/],
	])('stops the run with %s', async (key, message) => {
		const ids = vendor.emulator.seed(30, {});
		const result = await terminate(ids, { key });
		const { counts } = result.error?.context['data'] as { counts: Record<string, number> };
		expect(counts['notSent']).toBeGreaterThanOrEqual(20);
		expect(counts['failed']).toBeGreaterThanOrEqual(1);
		expect(result.error?.description).toMatch(message);
		expect(requestsTo(vendor, 'PATCH').length).toBeLessThanOrEqual(5);
		expect(ids.map((id) => stateOf(vendor, id))).not.toContain('terminated');
	});

	it('refuses a definition ID that is none before anything is sent', async () => {
		const result = await terminate('60dbe307fe55d99fc083db61', { definition: 'not-a-uuid' });
		expect(result.error?.message).toContain("'Definition'");
		expect(vendor.journal.list()).toEqual([]);
	});

	it.each([
		['', /'Account ID'/],
		['..', /'Account ID'/],
	])('refuses the account ID %p before anything is sent', async (accountId, message) => {
		const result = await terminate('60dbe307fe55d99fc083db61', { change: { accountId } });
		expect(result.error?.message).toMatch(message);
		expect(vendor.journal.list()).toEqual([]);
	});

	it('works with a trailing slash at the base URL, and without one', async () => {
		for (const baseUrl of [vendor.baseUrl, `${vendor.baseUrl}/`]) {
			const [id] = vendor.emulator.seed(1, {});
			const result = await terminate(id, { change: { baseUrl } });
			expect(result.success[0]?.json['outcome']).toBe('terminated');
		}
	});

	it('keeps at most five requests open', async () => {
		const ids = vendor.emulator.seed(20, {});
		vendor.faults.arm([{ kind: 'delay', delayMs: 30, times: 100 }]);
		await terminate(ids);
		const most = Math.max(...requestsTo(vendor, 'PATCH').map(({ inFlight }) => inFlight));
		expect(most).toBe(5);
	});

	it('ends nothing but what was asked for', async () => {
		const [one, other] = vendor.emulator.seed(2, {});
		await terminate(one);
		expect([stateOf(vendor, one!), stateOf(vendor, other!)]).toEqual(['terminated', 'running']);
	});
});
