import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSecureDoor } from '../../../core/tls.ts';
import type { SecureDoor } from '../../../core/tls.ts';
import { usePortal } from '../client.ts';
import type { Connection, Job, Told, Use } from './client.ts';

const INSTANCES = 'bizproc.workflow.instances';
const TEMPLATES = 'bizproc.workflow.template.list';
const TERMINATE = 'bizproc.workflow.terminate';
const HOUR_MS = 3_600_000;

/**
 * The vendor's own client for JavaScript against the emulator, over TLS and with its certificate checked: a client that
 * nobody here wrote. It takes an empty error code for a success, so it is shown successes only.
 */
describe('Bitrix24 emulator: the official SDK', () => {
	const portal = usePortal();
	let folder: string;
	let door: SecureDoor;
	/** The process that uses the SDK, and what is to be told once it has ended. */
	let client: ChildProcess;
	let ended: Promise<[Told]>;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'bitrix24-sdk-'));
		door = await openSecureDoor(portal.app);
		const trusted = join(folder, 'trusted.pem');
		writeFileSync(trusted, door.cert);
		client = fork(join(__dirname, 'client.ts'), {
			execArgv: [],
			env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted },
		});
		ended = once(client, 'exit').then(([code]) => [{ error: `The process has ended with ${code}` }]);
	});
	afterAll(async () => {
		client.kill();
		await door.close();
		rmSync(folder, { recursive: true });
	});

	/** What the SDK makes of each use, in a process of its own that trusts the certificate. */
	async function using(connection: Connection, ...uses: Use[]): Promise<any[]> {
		const job: Job = { connection, uses };
		client.send(job);
		const [told] = await Promise.race([once(client, 'message') as Promise<[Told]>, ended]);
		if ('error' in told) throw new Error(told.error);
		return told.results;
	}

	const webhook = (key?: string): Connection => ({
		webhookUrl: portal.webhookUrl(key).replace(portal.origin, door.origin),
	});

	const application = (key: string, expiresInMs: number): Connection => {
		const { clientId = '', clientSecret = '' } = portal.credential(key);
		const { access_token: accessToken, refresh_token: refreshToken } = portal.tokens(key);
		return {
			application: { clientId, clientSecret },
			grant: {
				accessToken,
				refreshToken,
				domain: door.origin,
				clientEndpoint: `${door.origin}/rest/`,
				serverEndpoint: `${door.origin}/rest/`,
				expires: Math.floor((Date.now() + expiresInMs) / 1000),
				expiresIn: 3600,
			},
		};
	};

	const idsOf = (rows: Array<{ ID: string }>): string[] => rows.map(({ ID }) => ID);

	it('learns who calls, and starts, finds and ends a workflow', async () => {
		const [id] = portal.seed(1, { templateId: 212, documentId: 'DEAL_7' });
		const [profile, started, found, ended, left] = await using(
			webhook(),
			{ call: 'profile' },
			{
				call: 'bizproc.workflow.start',
				params: { TEMPLATE_ID: 1, DOCUMENT_ID: ['crm', 'CCrmDocumentLead', 'LEAD_777'] },
			},
			{
				call: INSTANCES,
				params: { SELECT: ['ID', 'DOCUMENT_ID'], FILTER: { DOCUMENT_ID: 'DEAL_7' }, ORDER: { ID: 'ASC' } },
			},
			{ call: TERMINATE, params: { ID: id, STATUS: 'Terminated by rest app.' } },
			{ call: INSTANCES, params: { SELECT: ['ID'] } },
		);
		expect(profile.result).toMatchObject({ ID: '1', ADMIN: true });
		expect(portal.instance(started.result)).toMatchObject({ state: 'running', documentId: 'LEAD_777' });
		expect(found).toMatchObject({ result: [{ ID: id, DOCUMENT_ID: 'DEAL_7' }], total: 1, isMore: false });
		expect(ended.result).toBe(true);
		expect(ended.time).toMatchObject({ operating: 0, date_start: expect.stringMatching(/^\d{4}-/) });
		expect(idsOf(left.result)).toEqual([started.result]);
		expect(portal.instance(id!)).toMatchObject({ state: 'terminated', title: 'Terminated by rest app.' });
	});

	it('kills a workflow', async () => {
		const [id] = portal.seed(1, { tasks: 2 });
		const [killed] = await using(webhook(), { call: 'bizproc.workflow.kill', params: { ID: id } });
		expect(killed.result).toBe(true);
		expect(portal.instance(id!)).toMatchObject({ state: 'killed', openTasks: 0 });
	});

	it('turns the pages of a list', async () => {
		const ids = portal.seed(120, { intervalMs: 1000 });
		const [pages, first] = await using(
			webhook(),
			{ pages: INSTANCES, params: { SELECT: ['ID'], ORDER: { ID: 'ASC' } } },
			{ call: INSTANCES, params: { SELECT: ['ID'], start: 0 } },
		);
		expect(pages.map((page: unknown[]) => page.length)).toEqual([50, 50, 20]);
		expect(idsOf(pages.flat()).sort()).toEqual([...ids].sort());
		expect(first).toMatchObject({ total: 120, isMore: true });
	});

	it('reads a list by its own cursor, without counting', async () => {
		portal.seed(0, { templates: Array.from({ length: 60 }, (_, index) => ({ id: 1000 + index })) });
		const all = await portal.ids(TEMPLATES, {});
		const more = (await portal.call(TEMPLATES, { ORDER: { ID: 'ASC' }, start: 50 })).json.result;
		const expected = [...all, ...idsOf(more)].map(Number).sort((a, b) => a - b);
		const [list, chunks] = await using(
			webhook(),
			{ callList: TEMPLATES, params: { select: ['ID', 'NAME'] } },
			{ fetchList: TEMPLATES, params: { select: ['ID'], filter: { '<ID': 1000 } } },
		);
		expect(idsOf(list).map(Number)).toEqual(expected);
		expect(idsOf(chunks.flat()).map(Number)).toEqual(expected.filter((id) => id < 1000));
	});

	it('lists tasks and users', async () => {
		portal.seed(2, { tasks: 1, taskUserId: 1 });
		const [tasks, users] = await using(
			webhook('webhookWithUsers'),
			{
				call: 'bizproc.task.list',
				params: { SELECT: ['ID', 'WORKFLOW_ID'], FILTER: { STATUS: 0, USER_ID: 1 }, ORDER: { ID: 'ASC' } },
			},
			{ call: 'user.get', params: { FILTER: { ACTIVE: false } } },
		);
		expect(tasks.total).toBe(2);
		expect(tasks.result[0]).toEqual({ ID: expect.any(String), WORKFLOW_ID: expect.stringMatching(/^6/) });
		expect(idsOf(users.result)).toEqual(['4']);
	});

	it('sends batches, with names, by number, and more than fit', async () => {
		const ids = portal.seed(125, {});
		const terminate = (id: string, STATUS: string) => ({ method: TERMINATE, params: { ID: id, STATUS } });
		const [named, numbered, chunks] = await using(
			webhook(),
			{
				batch: {
					first: terminate(ids[0]!, 'a&b#c+d %41 "ü" 🙂'),
					rows: { method: INSTANCES, params: { SELECT: ['ID'], FILTER: { ID: ids[1] } } },
				},
			},
			{
				batch: [
					[TERMINATE, { ID: ids[1] }],
					['profile', {}],
				],
				isHaltOnError: false,
			},
			{ batchByChunk: ids.slice(2).map((id) => terminate(id, 'By the SDK')) },
		);
		expect(named).toEqual({ first: true, rows: [{ ID: ids[1] }] });
		expect(numbered).toEqual([true, expect.objectContaining({ ID: '1' })]);
		expect(chunks).toEqual(ids.slice(2).map(() => true));
		expect(portal.instance(ids[0]!).title).toBe('a&b#c+d %41 "ü" 🙂');
		expect(portal.instance(ids[124]!)).toMatchObject({ state: 'terminated', title: 'By the SDK' });
		expect(portal.counters()).toMatchObject({ batches: 5, batchCommands: 127, terminates: 125 });
	});

	it('acts as an application', async () => {
		const [id] = portal.seed(1, {});
		const [isAdmin, ended] = await using(
			application('bitrix24BizprocOAuth2Api', HOUR_MS),
			{ isAdmin: true },
			{ call: TERMINATE, params: { ID: id } },
		);
		expect([isAdmin, ended.result]).toEqual([true, true]);
		expect(portal.instance(id!).state).toBe('terminated');
		expect(portal.counter('refreshes')).toBe(0);
	});

	it.each([
		['that has expired by its own clock', -1000],
		['that Bitrix24 calls expired', HOUR_MS],
	])('renews an access token %s, once for all calls', async (_name, expiresInMs) => {
		const [id, other] = portal.seed(2, {});
		const results = await using(
			application('oAuth2Expired', expiresInMs),
			{ call: TERMINATE, params: { ID: id } },
			{ call: TERMINATE, params: { ID: other } },
		);
		expect(results.map(({ result }) => result)).toEqual([true, true]);
		expect(portal.counters()).toMatchObject({ refreshes: 1, tokenErrors: 0, terminates: 2 });
	});
});
