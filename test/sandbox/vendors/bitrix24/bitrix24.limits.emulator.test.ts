import { get } from 'node:http';

import { ask } from '../../support.ts';
import { LeakyBucket } from './limits.ts';
import { SWITCHES } from './switches.ts';
import { startPortal } from './testPortal.ts';
import type { TestPortal } from './testPortal.ts';

const TERMINATE = 'bizproc.workflow.terminate';
const INSTANCES = 'bizproc.workflow.instances';

describe('Bitrix24 emulator: limits, switches, state', () => {
	let portal: TestPortal;

	beforeAll(async () => {
		portal = await startPortal();
	});
	afterAll(async () => await portal.app.close());
	beforeEach(() => portal.fresh());

	it.each([
		['standard', 50, 2],
		['enterprise', 250, 5],
	])('rejects above the %s rate before anything runs', async (rateLimit, threshold, drain) => {
		portal.emulator.reset();
		portal.emulator.configure({ rateLimit });
		const statuses: number[] = [];
		// A few may drain while they are sent.
		const burst = threshold + drain * 5;
		for (let number = 0; number < burst; number += 10) {
			const answers = await Promise.all(Array.from({ length: 10 }, async () => await portal.call('profile')));
			statuses.push(...answers.map(({ status }) => status));
		}
		expect(statuses.slice(0, threshold)).toEqual(Array.from({ length: threshold }, () => 200));
		expect(statuses).toContain(503);
		portal.emulator.configure({ clockOffsetMs: 60_000 });
		expect((await portal.call('profile')).status).toBe(200);
		expect(Number(portal.counter('rateLimited'))).toBeGreaterThan(0);
	});

	it('answers the rate limit as documented and without a side effect', async () => {
		portal.emulator.reset();
		const [id = ''] = portal.emulator.seed(1, {});
		await Promise.all(Array.from({ length: 70 }, async () => await portal.call('profile')));
		const answer = await portal.call(TERMINATE, { ID: id });
		expect([answer.status, answer.text]).toEqual([
			503,
			'{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}',
		]);
		expect(portal.instance(id).state).toBe('running');
		portal.emulator.configure({ clockOffsetMs: 2000 });
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
		portal.emulator.configure({ operatingCostSeconds: 300 });
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
		portal.emulator.configure({ clockOffsetMs: wait });
		expect((await portal.call(INSTANCES)).json.time.operating).toBe(300);
		expect(portal.counter('operatingBlocked')).toBe(1);
	});

	it('keeps baskets of a minute', async () => {
		portal.emulator.configure({ operatingCostSeconds: 10 });
		await portal.call(INSTANCES);
		portal.emulator.configure({ clockOffsetMs: 120_000 });
		await portal.call(INSTANCES);
		portal.emulator.configure({ clockOffsetMs: 601_000 });
		const answer = await portal.call(INSTANCES);
		expect(answer.json.time.operating).toBe(20);
		expect(answer.json.time.operating_reset_at - answer.json.time.start).toBeLessThan(130);
	});

	it('does not record short calls', async () => {
		portal.emulator.configure({ operatingCostSeconds: 0.1, operatingLimitSeconds: 0 });
		await portal.call(INSTANCES);
		expect((await portal.call(INSTANCES)).json.time.operating).toBe(0);
	});

	it('counts no operating time on a self-hosted portal unless it is switched on', async () => {
		portal.emulator.configure({ edition: 'selfHosted', operatingCostSeconds: 421 });
		for (let number = 0; number < 3; number += 1) {
			const { status, json } = await portal.call(INSTANCES);
			expect([status, 'operating' in json.time, 'operating_reset_at' in json.time]).toEqual([
				200,
				false,
				false,
			]);
		}
		portal.emulator.configure({ operating: 'on' });
		expect((await portal.call(INSTANCES)).json.time.operating).toBe(421);
		expect((await portal.call(INSTANCES)).status).toBe(429);
	});

	it.each([
		['full', true, true],
		['noResetAt', true, false],
		['bare', false, false],
	])('writes the time block in the form %s', async (timeForm, operating, resetAt) => {
		portal.emulator.configure({ timeForm });
		const { time } = (await portal.call('profile')).json;
		expect(['operating' in time, 'operating_reset_at' in time]).toEqual([operating, resetAt]);
	});

	it('refuses unknown switches and values, and changes nothing then', () => {
		const { emulator } = portal;
		emulator.reset();
		expect(emulator.switches()).toEqual(SWITCHES.initial());
		expect(emulator.switches()).toMatchObject({ rateLimit: 'standard', generation: 'new', lang: 'en' });
		expect(() => emulator.configure({ lang: 'ru', nothing: 1 })).toThrow('no switch named nothing');
		expect(() => emulator.configure({ lang: 'ru', toString: 1 })).toThrow('no switch named toString');
		expect(() => emulator.configure({ lang: 'de' })).toThrow('switch lang cannot be "de"');
		expect(() => emulator.configure({ lang: 'ru', clockOffsetMs: '1' })).toThrow('clockOffsetMs');
		expect(() => emulator.configure({ redirectUri: 'nowhere' })).toThrow('redirectUri');
		expect(emulator.switches()).toEqual(SWITCHES.initial());
	});

	it('refuses unknown seed options, values and repeated IDs', () => {
		const { emulator } = portal;
		expect(() => emulator.seed(1, { nothing: 1 })).toThrow('no seed option named nothing');
		expect(() => emulator.seed(1, { state: 'paused' })).toThrow('seed option state cannot be "paused"');
		expect(() => emulator.seed(1, { ids: [1] })).toThrow('ids');
		expect(() => emulator.seed(1, { startedAt: 'soon' })).toThrow('startedAt');
		emulator.seed(1, { ids: ['a'] });
		expect(() => emulator.seed(1, { ids: ['a'] })).toThrow('already has a workflow a');
	});

	it('forgets everything on reset', async () => {
		const [id = ''] = portal.emulator.seed(1, { tasks: 1 });
		await portal.call(TERMINATE, { ID: id });
		portal.emulator.reset();
		expect(portal.emulator.state()['instances']).toEqual({});
		expect(new Set(Object.values(portal.emulator.state()['counters'] as object))).toEqual(new Set([0]));
	});

	it('groups seeded workflows by template and document', async () => {
		const made = portal.emulator.seed(2, { templateId: 27, documentId: '777' });
		portal.emulator.seed(1, {});
		const answer = await portal.call(INSTANCES, {
			SELECT: ['ID', 'ENTITY', 'MODULE_ID'],
			FILTER: { TEMPLATE_ID: 27, DOCUMENT_ID: '777' },
			ORDER: { ID: 'ASC' },
		});
		expect(answer.json.result).toEqual(
			[...made].sort().map((ID) => ({ ENTITY: 'BizprocDocument', ID, MODULE_ID: 'lists' })),
		);
	});

	it('keeps every secret out of the journal', async () => {
		const { access_token: token, refresh_token } = portal.tokens();
		const client = portal.emulator.credentials(portal.origin)['bitrix24BizprocOAuth2Api'];
		const secret = String(client?.['clientSecret']);
		await portal.call('profile');
		await portal.call('profile', {}, 'webhookWrongCode');
		await ask(`${portal.origin}/rest/profile?auth=${token}`, { headers: { 'x-echo': `Bearer ${token}` } });
		await ask(`${portal.origin}/oauth/token/`, {
			method: 'POST',
			body: new URLSearchParams({ client_secret: secret, refresh_token }),
		});
		const journal = JSON.stringify(portal.journal.list());
		for (const known of ['sandboxcode1', 'sandboxwrongcode', token, refresh_token, secret]) {
			expect(journal).not.toContain(known);
		}
		expect(portal.journal.list()[0]?.url).toBe('/rest/1/***/profile');
		const basic = Buffer.from(`${String(client?.['clientId'])}:${secret}`).toString('base64');
		expect(portal.emulator.mask(`Basic ${basic}`)).toBe('Basic ***');
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

	it('acts before a fault that strikes afterwards', async () => {
		const [first = '', second = ''] = portal.emulator.seed(2, {});
		portal.faults.arm([
			{ kind: 'reset', when: 'before' },
			{ kind: 'reset', when: 'after' },
		]);
		await expect(portal.call(TERMINATE, { ID: first })).rejects.toThrow();
		await expect(portal.call(TERMINATE, { ID: second })).rejects.toThrow();
		expect([portal.instance(first).state, portal.instance(second).state]).toEqual(['running', 'terminated']);
	});
});
