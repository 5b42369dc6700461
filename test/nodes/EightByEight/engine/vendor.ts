import type { IDataObject } from 'n8n-workflow';

import { EightByEightTest, PATHS } from '../harness';

const UNKNOWN = '60dbe307fe55d99fc083db61';

describe.each(PATHS)('8x8 on the real engine (%s)', (path) => {
	const test = new EightByEightTest();

	it.each(['empty200', 'empty204', 'json200'])('takes a success that looks like %s', async (success) => {
		test.configure({ success });
		const id = test.seedOne();
		const result = await test.terminate(id, { path });
		expect(result.success[0]?.json).toMatchObject({ id, outcome: 'terminated' });
		expect(test.instance(id)).toMatchObject({ status: 'Terminated' });
	});

	it.each(['empty400', 'error400'])('fails with a refusal that looks like %s', async (refusal) => {
		test.configure({ refusal });
		const result = await test.terminate(test.seedOne({ executingMs: 600_000 }), { path });
		expect(result.error?.message).toMatch(/8x8 refused to terminate it/);
		expect(result.error?.description).toContain(
			'Look up its state in 8x8: only a running or suspended workflow can be terminated.',
		);
		expect(result.error?.description).not.toMatch(/resumed|can be suspended/);
		expect(result.error?.httpCode).toBe('400');
	});

	it.each(['documented', 'reworded'])(
		'does not take a missing definition for a missing workflow (%s)',
		async (notFoundText) => {
			test.configure({ notFoundText });
			const options = { ignoreNotFound: true };
			const definition = '2aa9465e-dec7-4c3e-8fa6-bd168af9eaca';
			const [told] = await test.tell(test.seedOne(), { path, definition, options });
			expect(told).toMatchObject({
				outcome: 'failed',
				code: '1300',
				attempts: 0,
				message: expect.stringContaining('its definition does not exist in this account') as never,
			});
			expect(test.methods()).toEqual(['GET']);
		},
	);

	it('stops where 8x8 does not know the account, and does not call its workflows missing', async () => {
		test.configure({ notEnabled: 'account' });
		const told = await test.tell(test.seed(9), { path, options: { ignoreNotFound: true } });
		expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['failed', 'notSent']));
		expect(told[0]).toMatchObject({ outcome: 'failed', hint: expect.stringContaining('_hq') as never });
		expect(told[0]?.['message']).toContain('8x8 does not know this account');
		// The list, and what was asked alone at the same time after that.
		expect(test.methods().length).toBeLessThanOrEqual(1 + 5);
	});

	it("refuses the definition's own ID as that of a workflow", async () => {
		const result = await test.terminate('5870442F-3ddd-4657-b74c-6e17308f5230', { path });
		expect(result.error?.message).toContain("'Workflow ID' contains the ID of the definition");
		expect(test.methods()).toEqual([]);
	});

	it('sends the key as bearer and the account ID encoded', async () => {
		const id = test.seedOne();
		const result = await test.terminate(id, { path, credential: { accountId: 'no such/account' } });
		expect(result.error?.message).toContain('no access to this account');
		expect(test.methods()).toEqual(['GET']);
		for (const request of test.vendor.journal.list()) {
			expect(request.url).toContain('/accounts/no%20such%2Faccount/definitions/');
			expect(request.headers['authorization']).toBe('Bearer ***');
		}
	});

	it.each([
		['wrongKey', /did not accept the API key/],
		['foreignAccount', /no access to this account/],
		['notEnabledAccount', /no access to this account/],
	])('stops the run with %s', async (key, message) => {
		const ids = test.seed(30);
		const result = await test.terminate(ids, { path, key });
		const { counts, outcomes } = result.error?.context['data'] as {
			counts: Record<string, number>;
			outcomes: IDataObject[];
		};
		expect(counts['failed']).toBeGreaterThanOrEqual(1);
		expect(counts['notSent']).toBeGreaterThanOrEqual(25);
		expect(outcomes.every(({ attempts }) => Number(attempts) <= 1)).toBe(true);
		expect(result.error?.description).toMatch(message);
		// What was on its way when the first was refused.
		expect(test.patches().length).toBeLessThanOrEqual(5);
		expect(ids.map((id) => test.instance(id)['status'])).not.toContain('Terminated');
	});

	it('refuses a definition ID that is none before anything is sent', async () => {
		const result = await test.terminate(UNKNOWN, { path, definition: 'not-a-uuid' });
		expect(result.error?.message).toContain("'Definition'");
		expect(test.vendor.journal.list()).toEqual([]);
	});

	it.each([
		['', /'Account ID'/],
		['..', /'Account ID'/],
	])('refuses the account ID %p before anything is sent', async (accountId, message) => {
		const result = await test.terminate(UNKNOWN, { path, credential: { accountId } });
		expect(result.error?.message).toMatch(message);
		expect(test.vendor.journal.list()).toEqual([]);
	});

	it('works with a trailing slash at the base URL, and without one', async () => {
		for (const baseUrl of [test.vendor.baseUrl, `${test.vendor.baseUrl}/`]) {
			const result = await test.terminate(test.seedOne(), { path, credential: { baseUrl } });
			expect(result.success[0]?.json['outcome']).toBe('terminated');
		}
	});

	it('has five requests open at first and one more for each five answers, questions included', async () => {
		const ids = test.seed(20);
		test.arm({ kind: 'status', status: 400, path: '?limit=' }, { kind: 'delay', delayMs: 30, times: 100 });
		await test.terminate(ids, { path });
		const open = test.vendor.journal.list().map(({ inFlight }) => inFlight);
		// Without its list each of them is asked about alone.
		expect(open).toHaveLength(1 + 40);
		expect(open.filter((count, before) => count > 5 + before / 5)).toEqual([]);
		expect(Math.max(...open)).toBeGreaterThan(5);
	});

	it('ends nothing but what was asked for', async () => {
		const [one, other] = test.seed(2) as [string, string];
		await test.terminate(one, { path });
		expect([one, other].map((id) => test.instance(id)['status'])).toEqual(['Terminated', 'Runnable']);
	});
});
