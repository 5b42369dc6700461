import { restoreSession, storeSession } from '../../../../nodes/core/connection/sessions';
import { startNode } from '../../../engine/engine';
import { credentialsOf, requestsTo } from '../../../engine/sandboxes';
import type { JsonObject } from '../../../sandbox/core/emulator.ts';
import type { Fault } from '../../../sandbox/core/faults.ts';
import { all, answering, COMMAND, EnosBpmBench, outcomesOf, PATHS, QUESTION, TYPE } from '../harness';

const INFO = '/session/info';

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

describe.each(PATHS)('EnOS BPM sessions (%s)', (path) => {
	const enos = new EnosBpmBench(path);

	/** The session of a process that is gone, as n8n has kept it. */
	const deadSession = (key: string): string =>
		storeSession(enos.settingsKey(key), { token: 'dead-token-of-yesterday', extra: {}, obtainedAt: 0 });

	describe('a session that expires', () => {
		const SIGNALS: JsonObject[] = [31401, 33401, 'http401', 1203].flatMap((expiredUserToken) => [
			{ expiredUserToken },
			{ expiredUserToken, errorHttpStatus: 'mapped' },
		]);

		it.each(SIGNALS)('in the middle of a run is renewed once: %j', async (switches) => {
			enos.configure(switches);
			const ids = enos.seed(30);
			enos.arm({ kind: 'delay', delayMs: 30, ...COMMAND, times: 1000 });
			const { finished } = startNode(enos.prepared(ids));
			while (enos.counters()['terminated']! < 7) await new Promise((resolve) => setTimeout(resolve, 2));
			enos.configure({ expireNow: 'userTokens' });
			expect(outcomesOf(enos.checked(await finished))).toEqual(all(30));
			expect(enos.counters()).toMatchObject({ logins: 2, sessionSets: 2, terminated: 30 });
		});

		it.each(SIGNALS)('between two runs is renewed once for 20 items: %j', async (switches) => {
			enos.configure(switches);
			const first = await enos.terminate(enos.seed(1)[0]);
			const { sessionToken } = first.credentials.stored(TYPE);
			enos.configure({ expireNow: 'userTokens' });
			const result = await enos.terminateItems(enos.seed(20), { credential: { sessionToken: sessionToken } });
			expect(outcomesOf(result)).toEqual(all(20));
			expect(enos.counters()).toMatchObject({ logins: 2, terminated: 21 });
		});

		it.each(SIGNALS)('is renewed once by a process that has only the stored token: %j', async (switches) => {
			enos.configure(switches);
			const sessionToken = deadSession(TYPE);
			const result = await enos.terminateItems(enos.seed(20), { credential: { sessionToken } });
			expect(outcomesOf(result)).toEqual(all(20));
			expect(enos.counters()).toMatchObject({ logins: 1, terminated: 20 });
			expect(JSON.stringify(result.run)).not.toContain('dead-token-of-yesterday');
			// Those that were on their way; the others wait for the new session.
			expect(enos.commands().length).toBeLessThanOrEqual(25);
		});

		it.each([
			['503', { kind: 'status', status: 503 }],
			['429 with Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
			['a reset', { kind: 'reset' }],
		] as Array<[string, Fault]>)(
			'in the middle of a run is renewed though the login meets %s, and nothing is left',
			async (_name, fault) => {
				const ids = enos.seed(20);
				enos.arm({ kind: 'delay', delayMs: 30, ...COMMAND, times: 1000 });
				const { finished } = startNode(enos.prepared(ids));
				while (enos.counters()['terminated']! < 7) await pause(2);
				enos.configure({ expireNow: 'userTokens' });
				enos.arm({ ...fault, path: '/login', times: 2 });
				expect(outcomesOf(enos.checked(await finished))).toEqual(all(20));
				expect(enos.counters()).toMatchObject({ logins: 2, terminated: 20 });
				expect(requestsTo(enos.vendor, 'POST', '/login')).toHaveLength(4);
			},
		);

		it('in the middle of a run is not renewed any more when the execution is cancelled', async () => {
			const ids = enos.seed(20);
			enos.arm({ kind: 'delay', delayMs: 30, ...COMMAND, times: 1000 });
			const { finished, cancel } = startNode(enos.prepared(ids));
			while (enos.counters()['terminated']! < 7) await pause(2);
			enos.arm({
				kind: 'status',
				status: 503,
				headers: { 'retry-after': '60' },
				path: '/login',
				times: 1000,
			});
			enos.configure({ expireNow: 'userTokens' });
			const logins = (): number => requestsTo(enos.vendor, 'POST', '/login').length;
			while (logins() < 2) await pause(2);
			cancel();
			await finished.catch(() => undefined);
			// The wait of a minute takes 600 ms here.
			await pause(900);
			expect(logins()).toBe(2);
		});

		it('of another shape counts as none', async () => {
			const key = enos.settingsKey(TYPE);
			for (const shape of [
				{ token: 'dead', obtainedAt: 1 },
				{ token: 'dead', extra: [], obtainedAt: 'x' },
			]) {
				const sessionToken = JSON.stringify({ key, ...shape });
				const result = await enos.terminate(enos.seed(2), { credential: { sessionToken } });
				expect(outcomesOf(result)).toEqual(all(2));
			}
			expect(enos.counters()['logins']).toBe(1);
		});

		it('is renewed and kept by n8n after HTTP 401', async () => {
			enos.configure({ expiredUserToken: 'http401' });
			const sessionToken = storeSession(enos.settingsKey(TYPE), {
				token: 'dead-token',
				extra: {},
				obtainedAt: 0,
			});
			const result = await enos.terminate(enos.seed(1)[0], { credential: { sessionToken } });
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 2 });
			expect(result.credentials.saved).toBe(1);
		});

		it.each([31401, 33401, 1203])(
			'and is refused inside HTTP 200 is replaced in the credential that n8n keeps: %j',
			async (expiredUserToken) => {
				enos.configure({ expiredUserToken });
				const change = { credential: { sessionToken: deadSession(TYPE) } };
				const result = await enos.terminateItems(enos.seed(20), change);
				expect(outcomesOf(result)).toEqual(all(20));
				const kept = restoreSession(enos.settingsKey(TYPE), result.credentials.stored(TYPE)['sessionToken']);
				expect(kept?.token).toMatch(/^APP_PORTAL_S_/);
				expect(enos.counters()).toMatchObject({ logins: 1, terminateCalls: 20 });
			},
		);

		it('and is replaced by a single request is kept as well', async () => {
			const change = { credential: { sessionToken: deadSession(TYPE) } };
			const result = await enos.terminate(enos.seed(1)[0], change);
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 2 });
			expect(result.credentials.saved).toBe(1);
			expect(enos.counters()).toMatchObject({ logins: 1 });
		});

		it('is not repeated for ever when EnOS keeps refusing', async () => {
			enos.arm({ kind: 'status', status: 200, body: '{"code":33401,"msg":"no"}', ...COMMAND, times: 999 });
			const ids = enos.seed(30);
			const result = await enos.terminate(ids);
			expect(new Set(outcomesOf(result))).toEqual(new Set(['failed', 'notSent']));
			expect(result.error?.description).toContain('the session expired and could not be renewed');
			// The five that are under way, each with the session and three times after a wait for another one.
			expect(requestsTo(enos.vendor, 'POST', 'action=delete').length).toBeLessThanOrEqual(20);
			expect(enos.counters()['logins']).toBeLessThanOrEqual(2);
		});

		it('stops the run when the account is locked by then', async () => {
			const sessionToken = storeSession(enos.settingsKey('wrongPassword'), {
				token: 'dead-token',
				extra: {},
				obtainedAt: 0,
			});
			const result = await enos.terminate(enos.seed(30), {
				key: 'wrongPassword',
				credential: { sessionToken },
			});
			expect(outcomesOf(result)).toEqual(all(30, 'notSent'));
			expect(result.error?.description).toContain('is wrong');
			expect(enos.counters()).toMatchObject({ failedLogins: 1 });
		});

		it('is chosen an organization for when that got lost', async () => {
			enos.arm({
				kind: 'status',
				status: 200,
				body: '{"code":31512,"message":"Organization unselected"}',
				path: 'action=delete',
			});
			expect(outcomesOf(await enos.terminate(enos.seed(1)[0]))).toEqual(all(1));
		});
	});

	describe('an edited credential', () => {
		it('never uses the session of the settings before', async () => {
			const [id] = enos.seed(1, { orgId: 'o10000000000002' });
			const first = await enos.terminate(enos.seed(1)[0]);
			const { sessionToken } = first.credentials.stored(TYPE);
			const result = await enos.terminateItems([id!], {
				key: 'secondOrganization',
				credential: { sessionToken: sessionToken },
			});
			expect(outcomesOf(result)).toEqual(all(1));
			expect(enos.counters()).toMatchObject({ logins: 2, terminateCalls: 2 });
		});

		it('logs in with a wrong new password, though the session before would still do', async () => {
			const first = await enos.terminate(enos.seed(1)[0]);
			const { sessionToken } = first.credentials.stored(TYPE);
			const result = await enos.terminate(enos.seed(1)[0], {
				key: 'wrongPassword',
				credential: { sessionToken: sessionToken },
			});
			expect(outcomesOf(result)).toEqual(['notSent']);
			expect(enos.counters()).toMatchObject({ terminateCalls: 1 });
		});
	});

	describe('100 items whose session expires in the middle', () => {
		/** Expires all sessions once so many instances have ended. */
		const expireAfter = async (count: number): Promise<void> => {
			while ((enos.counters()['terminated'] ?? 0) < count) await pause(1);
			enos.configure({ expireNow: 'userTokens' });
		};

		it.each([31401, 'http401', 1203])('log in once more, all of them together: %j', async (signal) => {
			enos.configure({ expiredUserToken: signal });
			enos.vendor.latency.ms = 10;
			const ids = enos.seed(100);
			const { finished } = startNode(enos.preparedItems(ids));
			await expireAfter(30);
			expect(outcomesOf(enos.checked(await finished))).toEqual(all(100));
			expect(enos.counters()).toMatchObject({
				logins: 2,
				sessionSets: 2,
				terminateCalls: 100,
				terminated: 100,
				gets: 0,
			});
			// Only those that were on their way with the expired session were sent again.
			expect(enos.commands().length).toBeGreaterThan(100);
			const open = Math.max(...enos.commands().map(({ inFlight }) => inFlight));
			expect(enos.commands().length).toBeLessThanOrEqual(100 + open);
		});

		it('log in no more for a straggler that was refused meanwhile', async () => {
			enos.vendor.latency.ms = 2;
			enos.arm({ kind: 'delay', delayMs: 700, ...COMMAND, skip: 30 });
			const ids = enos.seed(100);
			const { finished } = startNode(enos.preparedItems(ids));
			await expireAfter(30);
			expect(outcomesOf(enos.checked(await finished))).toEqual(all(100));
			const delayed = enos.commands().filter(({ fault }) => fault === 'delay');
			expect(delayed).toHaveLength(1);
			const lastLogin = requestsTo(enos.vendor, 'POST', '/login').at(-1);
			// It left before the second login, and took longer.
			expect(delayed[0]?.at).toBeLessThan(lastLogin?.at ?? 0);
			expect(enos.counters()).toMatchObject({ logins: 2, terminateCalls: 100, terminated: 100 });
			// EnOS was asked for those that were refused first, and for the straggler.
			expect(requestsTo(enos.vendor, 'GET', INFO)).toHaveLength(2);
		});
	});

	describe('a renewal', () => {
		it.each([31401, 'http401'])('asks nothing where the answer changes nothing: %j', async (signal) => {
			enos.configure({ expiredUserToken: signal });
			const result = await enos.terminate(enos.seed(1), { credential: { sessionToken: deadSession(TYPE) } });
			expect(outcomesOf(result)).toEqual(all(1));
			expect(requestsTo(enos.vendor, 'GET', INFO)).toEqual([]);
			expect(enos.counters()).toMatchObject({ logins: 1 });
		});

		it('asks where the session is a pasted token, which may be good after all', async () => {
			enos.arm(answering({ code: 33401 }));
			const token = String(credentialsOf(enos.vendor, 'accessToken')['accessToken']);
			const sessionToken = storeSession(enos.settingsKey('accessToken'), { token, extra: {}, obtainedAt: 0 });
			const result = await enos.terminate(enos.seed(1), { key: 'accessToken', credential: { sessionToken } });
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 2 });
			expect(requestsTo(enos.vendor, 'GET', INFO)).toHaveLength(1);
		});

		it('asks where it may be only the token of the application that has expired', async () => {
			enos.configure({ signature: 'required' });
			const token = String(credentialsOf(enos.vendor, 'accessToken')['accessToken']);
			const extra = { appToken: 'dead-token-of-yesterday' };
			const sessionToken = storeSession(enos.settingsKey('signed'), { token, extra, obtainedAt: 0 });
			const result = await enos.terminate(enos.seed(1), { key: 'signed', credential: { sessionToken } });
			expect(outcomesOf(result)).toEqual(all(1));
			expect(enos.counters()).toMatchObject({ tokenGets: 1, logins: 0 });
		});

		it('holds back what has not left yet, and a refusal of it ends the run', async () => {
			enos.vendor.latency.ms = 20;
			const result = await enos.terminateItems(enos.seed(100), {
				key: 'wrongPassword',
				credential: { sessionToken: deadSession('wrongPassword') },
			});
			// On the routing path each item fails by itself, and n8n reports the first.
			expect(outcomesOf(result)).toEqual(all(path === 'routing' ? 1 : 100, 'notSent'));
			expect(enos.counters()).toMatchObject({ failedLogins: 1 });
			if (path === 'wholeInput') expect(enos.commands().length).toBeLessThanOrEqual(5);
		});

		it('is due as well when it is the question that is refused', async () => {
			enos.arm({ kind: 'reset', when: 'after', ...COMMAND }, answering({ code: 33401 }, QUESTION));
			const result = await enos.terminate(enos.seed(1));
			expect(result.success[0]?.json).toMatchObject({ outcome: 'alreadyEnded', vendorState: 'terminated' });
			expect(enos.counters()).toMatchObject({ terminateCalls: 1, gets: 1 });
			expect(enos.questions()).toHaveLength(2);
		});
	});
});
