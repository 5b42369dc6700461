import { get } from 'node:http';

import { LeakyBucket } from './limits.ts';
import { usePortal } from './client.ts';

const TERMINATE = 'bizproc.workflow.terminate';
const INSTANCES = 'bizproc.workflow.instances';

describe('Bitrix24 emulator: limits, switches, state', () => {
	const portal = usePortal();

	/** Nothing drains meanwhile, however slow the machine is. */
	const stopClock = (): void => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
	};
	afterEach(() => jest.restoreAllMocks());

	it.each([
		['standard', 50],
		['enterprise', 250],
	])('rejects above the %s rate before anything runs', async (rateLimit, threshold) => {
		portal.emulator.reset();
		portal.configure({ rateLimit });
		stopClock();
		const statuses: number[] = [];
		for (let number = 0; number < threshold + 10; number += 10) {
			const answers = await Promise.all(Array.from({ length: 10 }, async () => await portal.call('profile')));
			statuses.push(...answers.map(({ status }) => status));
		}
		expect(statuses).toEqual([...Array<number>(threshold).fill(200), ...Array<number>(10).fill(503)]);
		portal.configure({ clockOffsetMs: 60_000 });
		expect((await portal.call('profile')).status).toBe(200);
		expect(Number(portal.counter('rateLimited'))).toBeGreaterThan(0);
	});

	it('answers the rate limit as documented and without a side effect', async () => {
		portal.emulator.reset();
		stopClock();
		const [id = ''] = portal.seed(1, {});
		await Promise.all(Array.from({ length: 70 }, async () => await portal.call('profile')));
		const answer = await portal.call(TERMINATE, { ID: id });
		expect([answer.status, answer.text]).toEqual([
			503,
			'{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}',
		]);
		expect(portal.instance(id).state).toBe('running');
		portal.configure({ clockOffsetMs: 2000 });
		expect((await portal.call(TERMINATE, { ID: id })).status).toBe(200);
	});

	it.each([
		['standard', 50, 500],
		['enterprise', 250, 200],
	] as const)('fills the %s bucket with %i and drains one in %i ms', (rate, threshold, drainMs) => {
		const bucket = new LeakyBucket();
		const now = 1_726_476_060_000;
		const admitted = Array.from({ length: threshold + 1 }, () => bucket.admit('a', now, rate));
		expect(admitted.filter(Boolean)).toHaveLength(threshold);
		expect(admitted.at(-1)).toBe(false);
		expect(bucket.admit('a', now + drainMs - 1, rate)).toBe(false);
		expect(bucket.admit('a', now + drainMs, rate)).toBe(true);
		expect(bucket.admit('a', now + drainMs, rate)).toBe(false);
		expect(bucket.admit('b', now, rate)).toBe(true);
	});

	it('has one bucket per source address', async () => {
		portal.emulator.reset();
		stopClock();
		await Promise.all(Array.from({ length: 70 }, async () => await portal.call('profile')));
		expect((await portal.call('profile')).status).toBe(503);
		const status = await new Promise((resolve, reject) => {
			get(`${portal.webhookUrl()}profile`, { localAddress: '127.0.0.2' }, (response) => {
				response.resume();
				resolve(response.statusCode);
			}).on('error', reject);
		});
		expect(status).toBe(200);
	});

	it('blocks a method over its operating time, until the oldest basket drops out', async () => {
		portal.configure({ operatingCostSeconds: 300 });
		const first = await portal.call(INSTANCES);
		expect(first.json.time.operating).toBe(300);
		const second = await portal.call(INSTANCES);
		expect([second.status, second.json.time.operating]).toEqual([200, 600]);
		const third = await portal.call(INSTANCES);
		expect([third.status, third.text]).toEqual([
			429,
			'{"error":"OPERATION_TIME_LIMIT","error_description":"Method is blocked due to operation time limit."}',
		]);
		expect((await portal.call('bizproc.workflow.template.list')).status).toBe(200);
		expect((await portal.call(INSTANCES, {}, 'webhookSecond')).status).toBe(200);
		const wait = second.json.time.operating_reset_at * 1000 - Date.now();
		portal.configure({ clockOffsetMs: wait });
		expect((await portal.call(INSTANCES)).json.time.operating).toBe(300);
		expect(portal.counter('operatingBlocked')).toBe(1);
	});

	it('keeps baskets of a minute', async () => {
		portal.configure({ operatingCostSeconds: 10 });
		await portal.call(INSTANCES);
		portal.configure({ clockOffsetMs: 120_000 });
		await portal.call(INSTANCES);
		portal.configure({ clockOffsetMs: 601_000 });
		const answer = await portal.call(INSTANCES);
		expect(answer.json.time.operating).toBe(20);
		expect(answer.json.time.operating_reset_at - answer.json.time.start).toBeLessThan(130);
	});

	it('does not record short calls', async () => {
		portal.configure({ operatingCostSeconds: 0.1, operatingLimitSeconds: 0 });
		await portal.call(INSTANCES);
		expect((await portal.call(INSTANCES)).json.time.operating).toBe(0);
	});

	it('counts no operating time on a self-hosted portal unless it is switched on', async () => {
		portal.configure({ edition: 'selfHosted', operatingCostSeconds: 421 });
		for (let number = 0; number < 3; number += 1) {
			const { status, json } = await portal.call(INSTANCES);
			expect([status, 'operating' in json.time, 'operating_reset_at' in json.time]).toEqual([
				200,
				false,
				false,
			]);
		}
		portal.configure({ operating: 'on' });
		expect((await portal.call(INSTANCES)).json.time.operating).toBe(421);
		expect((await portal.call(INSTANCES)).status).toBe(429);
	});

	it.each([
		['full', true, true],
		['noResetAt', true, false],
		['bare', false, false],
	])('writes the time block in the form %s', async (timeForm, operating, resetAt) => {
		portal.configure({ timeForm });
		const { time } = (await portal.call('profile')).json;
		expect(['operating' in time, 'operating_reset_at' in time]).toEqual([operating, resetAt]);
	});

	it('groups seeded workflows by template and document', async () => {
		const made = portal.seed(2, { templateId: 27, documentId: '777' });
		portal.seed(1, {});
		const answer = await portal.call(INSTANCES, {
			SELECT: ['ID', 'ENTITY', 'MODULE_ID'],
			FILTER: { TEMPLATE_ID: 27, DOCUMENT_ID: '777' },
			ORDER: { ID: 'ASC' },
		});
		expect(answer.json.result).toEqual(
			[...made].sort().map((ID) => ({ ENTITY: 'BizprocDocument', ID, MODULE_ID: 'lists' })),
		);
	});

	it('works with every credential that it hands out as working', async () => {
		const all = portal.emulator.credentials(portal.origin);
		expect(all['bitrix24BizprocWebhookApi']).toEqual({ webhookUrl: `${portal.origin}/rest/1/sandboxcode1/` });
		expect(all['bitrix24BizprocOAuth2Api']).toMatchObject({
			portalUrl: portal.origin,
			authUrl: `${portal.origin}/oauth/authorize/`,
			accessTokenUrl: `${portal.origin}/oauth/token/`,
		});
		const probe = { SELECT: ['ID'], FILTER: { ID: '0' } };
		expect((await portal.call(INSTANCES, probe)).status).toBe(200);
		const answer = await portal.post(`${portal.origin}/rest/${INSTANCES}`, {
			...probe,
			auth: portal.tokens().access_token,
		});
		expect(answer.status).toBe(200);
	});
});
