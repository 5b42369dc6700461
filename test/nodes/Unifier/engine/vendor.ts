import type { IDataObject } from 'n8n-workflow';

import { UnifierApi } from '../../../../credentials/UnifierApi.credentials';
import { credentialsOf, requestsTo, stateOf } from '../../../engine/sandboxes';
import type { JsonObject } from '../../../sandbox/core/emulator.ts';
import { outcomes, PATHS, place, told, TYPE, Unifier } from '../harness';

describe.each(PATHS)('Unifier on the real engine: %s', (path) => {
	const unifier = new Unifier(path);

	/** A login of another process: its classes share nothing with those that the engine has loaded. */
	const logInElsewhere = async (credential: object): Promise<IDataObject> => {
		const httpRequest = async ({ url, headers }: { url: string; headers: Record<string, string> }) => {
			const response = await fetch(url, { headers });
			return { statusCode: response.status, headers: {}, body: await response.text() };
		};
		return await new UnifierApi().preAuthentication.call({ helpers: { httpRequest } }, credential as never);
	};

	describe('ways to log in', () => {
		it.each([
			['unifierApi', '/v2/auth/token'],
			['v1Login', '/v1/login'],
			['v1OAuth', '/v1/oauth/token'],
			['v2OAuth', '/v2/auth/token'],
			['withoutAdmin', '/v2/auth/token'],
			['dollarUser', '/v2/auth/token'],
		])('%s', async (key, service) => {
			const [id] = unifier.seed(1);
			const result = await unifier.runItems([id], { key });
			expect(outcomes(result)).toEqual([`${id} terminated 200`]);
			expect(requestsTo(unifier.vendor, 'GET', service)).toHaveLength(1);
			expect(unifier.counters()).toMatchObject({ logins: 1, unauthorized: 0 });
			expect(result.credentials.saved).toBe(1);
			expect(unifier.sent()[0]?.headers).not.toHaveProperty('x-unifier-obtainedat');
			expect(unifier.sent()[0]?.headers).not.toHaveProperty('obtainedat');
		});

		it.each([
			['accessToken', {}],
			['tenantAccessToken', { multiTenant: true }],
		])('%s: no login, nothing saved', async (key, switches) => {
			unifier.configure(switches);
			const ids = unifier.seed(3);
			const result = await unifier.runItems(ids, { key });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()['logins']).toBe(0);
			expect(result.credentials.saved).toBe(0);
		});

		it('sends the tenant headers of the login, and no other of its headers', async () => {
			unifier.configure({ multiTenant: true });
			const [id] = unifier.seed(1);
			expect(outcomes(await unifier.runItems([id]))).toEqual([`${id} terminated 200`]);
			const body =
				'{"status":200,"data":{"access_token":"x1","request_headers":{"x-unifier-tenant":"t","x-evil":"e","host":"h","x-unifier-tenant-code":"a\\nb"}}}';
			unifier.arm({ kind: 'status', status: 200, body, path: '/v1/login' });
			unifier.vendor.journal.clear();
			await unifier.runItems([id], { key: 'v1Login' });
			const [first] = unifier.sent();
			expect(first?.headers['x-unifier-tenant']).toBe('t');
			expect(first?.headers).not.toHaveProperty('x-evil');
			expect(first?.headers).not.toHaveProperty('x-unifier-tenant-code');
		});

		it.each(['basic', 'all', 'none'])('whether or not logins void tokens (%s)', async (loginInvalidates) => {
			unifier.configure({ loginInvalidates });
			const ids = unifier.seed(5);
			expect(outcomes(await unifier.runItems(ids))).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()).toMatchObject({ logins: 1, unauthorized: 0 });
		});
	});

	describe('one login for all', () => {
		it('50 items with an empty session', async () => {
			const ids = unifier.seed(50);
			const result = await unifier.runItems(ids);
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()).toMatchObject({ logins: 1, unauthorized: 0 });
		});

		it('50 items with a session that has expired', async () => {
			const first = await unifier.runItems(unifier.seed(1));
			unifier.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = unifier.seed(50);
			const result = await unifier.runItems(ids, { credential: first.credentials.stored(TYPE) });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()).toMatchObject({ logins: 2, unauthorized: 2 });
		});

		it('a session that n8n keeps and that is over by its own account is not sent any more', async () => {
			const first = await unifier.runItems(unifier.seed(1));
			const kept = JSON.parse(String(first.credentials.stored(TYPE)['sessionToken'])) as IDataObject;
			const later = Date.now() + 1000;
			const over = { ...kept, token: 'over', obtainedAt: later, expiresAt: Date.now() - 1 };
			const [id] = unifier.seed(1);
			const result = await unifier.runItems([id], {
				credential: { ...first.credentials.stored(TYPE), sessionToken: JSON.stringify(over) },
			});
			expect(outcomes(result)).toEqual([`${id} terminated 200`]);
			expect(unifier.counters()).toMatchObject({ logins: 1, unauthorized: 0 });
		});

		it('a second run takes the session that n8n keeps, or the one at hand', async () => {
			const ids = unifier.seed(3);
			const first = await unifier.runItems([ids[0]]);
			await unifier.runItems([ids[1]], { credential: first.credentials.stored(TYPE) });
			await unifier.runItems([ids[2]]);
			expect(unifier.counters()).toMatchObject({ logins: 1, unauthorized: 0, terminates: 3 });
		});

		it('a session that ran out by its own account is not used again', async () => {
			unifier.configure({ tokenLifeSeconds: 1, expiresIn: 'string' });
			await unifier.runItems(unifier.seed(1));
			await new Promise((resolve) => setTimeout(resolve, 600));
			await unifier.runItems(unifier.seed(1));
			// Half of the second is over, so the token still works, and no refusal was needed.
			expect(unifier.counters()).toMatchObject({ logins: 2, unauthorized: 0, terminates: 2 });
		});

		it('a token that expires in the middle of a run is renewed, and nothing is lost', async () => {
			const ids = unifier.seed(6, { bpName: 'Contracts' });
			unifier.arm({ kind: 'status', status: 401, body: 'Unauthorized', method: 'PUT', skip: 4, times: 2 });
			const result = await unifier.runItems([ids], { parameters: place('Contracts') });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()).toMatchObject({ logins: 2, terminates: 6 });
		});

		it('a token that was revoked is replaced', async () => {
			const first = await unifier.runItems(unifier.seed(1));
			unifier.configure({ refuseTokens: 'once' });
			const ids = unifier.seed(20);
			const result = await unifier.runItems(ids, { credential: first.credentials.stored(TYPE) });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()['logins']).toBe(2);
		});

		it('the session that another process has saved is used at once', async () => {
			const first = await unifier.runItems(unifier.seed(1));
			const saved = await logInElsewhere(first.credentials.stored(TYPE));
			const [id] = unifier.seed(1);
			const result = await unifier.runItems([id], { credential: saved });
			expect(outcomes(result)).toEqual([`${id} terminated 200`]);
			expect(unifier.counters()).toMatchObject({ logins: 2, unauthorized: 0 });
		});

		it('a refused session of another process is not replaced by an older one of our own', async () => {
			const first = await unifier.runItems(unifier.seed(1));
			const saved = await logInElsewhere(first.credentials.stored(TYPE));
			unifier.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = unifier.seed(10);
			const result = await unifier.runItems(ids, { credential: saved });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()['logins']).toBe(3);
		});

		it('a token is sent once more before anybody logs in: another process may have saved a new one', async () => {
			const [id] = unifier.seed(1);
			unifier.arm({ kind: 'status', status: 401, body: 'Unauthorized', method: 'PUT' });
			expect(outcomes(await unifier.runItems([id]))).toEqual([`${id} terminated 200`]);
			expect(unifier.counters()).toMatchObject({ logins: 1, terminates: 1 });
			expect(unifier.sent()).toHaveLength(2);
		});

		it('a token that another process voids right after the login: one more try, a little later', async () => {
			const [id] = unifier.seed(1);
			unifier.arm({ kind: 'status', status: 401, body: 'Unauthorized', method: 'PUT', times: 3 });
			expect(outcomes(await unifier.runItems([id]))).toEqual([`${id} terminated 200`]);
			expect(unifier.counters()).toMatchObject({ logins: 2, terminates: 1 });
			expect(unifier.sent()).toHaveLength(4);
		});

		it('our own session replaces an older one that n8n still hands out', async () => {
			const elsewhere = await logInElsewhere(credentialsOf(unifier.vendor, TYPE));
			await unifier.runItems(unifier.seed(1));
			const ids = unifier.seed(5);
			const result = await unifier.runItems(ids, { credential: elsewhere });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()).toMatchObject({ logins: 2, unauthorized: 0 });
		});

		it('a refusal counts for the session that was sent, not for the older one that n8n handed out', async () => {
			const elsewhere = await logInElsewhere(credentialsOf(unifier.vendor, TYPE));
			await unifier.runItems(unifier.seed(1));
			unifier.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = unifier.seed(5);
			const result = await unifier.runItems(ids, { credential: elsewhere });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()).toMatchObject({ logins: 3, unauthorized: 2 });
		});

		it('a clock that is ahead elsewhere does no harm', async () => {
			const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
			const ahead = await logInElsewhere(credentialsOf(unifier.vendor, TYPE));
			now.mockRestore();
			unifier.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = unifier.seed(20);
			const result = await unifier.runItems(ids, { credential: ahead });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()['logins']).toBe(2);
			const again = await unifier.runItems(unifier.seed(1), { credential: ahead });
			expect(again.errors).toEqual([]);
			expect(unifier.counters()).toMatchObject({ logins: 2, unauthorized: 2 });
		});

		it('an edited credential never uses the session of its former settings', async () => {
			const first = await unifier.runItems(unifier.seed(1));
			const { sessionToken } = first.credentials.stored(TYPE);
			unifier.vendor.journal.clear();
			const result = await unifier.runItems(unifier.seed(1), {
				key: 'wrongPassword',
				credential: { sessionToken },
			});
			expect(told(result)[0]).toMatchObject({ outcome: 'notSent' });
			const ids = unifier.seed(20);
			const other = await unifier.runItems(ids, { key: 'v1Login', credential: { sessionToken } });
			expect(outcomes(other)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(unifier.counters()).toMatchObject({ logins: 2, refusedLogins: 1 });
		});
	});

	describe('what concerns all records alike', () => {
		it.each(['wrongPassword', 'inactiveUser', 'noIntegrationUser'])(
			'%s: one try to log in, nothing sent',
			async (key) => {
				const result = await unifier.runItems(unifier.seed(30), { key });
				expect(told(result)).toHaveLength(30);
				for (const { outcome, hint } of told(result)) {
					expect([outcome, hint]).toEqual(['notSent', expect.stringContaining('integration user')]);
				}
				expect(result.errors[0]?.json['message']).toContain(': Unifier did not accept the login');
				expect(unifier.counters()['refusedLogins']).toBe(1);
				expect(unifier.sent()).toEqual([]);
			},
		);

		it('a login that breaks again and again: nothing sent, one loop of tries for all', async () => {
			unifier.arm({ kind: 'reset', path: '/auth/token', times: 9 });
			const result = await unifier.runItems(unifier.seed(5));
			expect(told(result).map(({ outcome }) => outcome)).toEqual(Array(5).fill('notSent'));
			expect(result.errors[0]?.json['message']).toContain('the login to Unifier received no response');
			expect(requestsTo(unifier.vendor, 'GET')).toHaveLength(5);
			expect(unifier.sent()).toEqual([]);
		});

		it('a token that is refused again after a login', async () => {
			unifier.configure({ refuseTokens: 'always' });
			const [id] = unifier.seed(1);
			const result = await unifier.runItems([[id, 'PL-X']]);
			expect(told(result)[0]).toMatchObject({
				outcome: 'failed',
				httpStatus: 401,
				hint: expect.stringContaining('give n8n its own'),
			});
			// Each login of ours might have been voided by that of another process: three rounds, two requests and a login each.
			expect(unifier.sent()).toHaveLength(7);
			expect(unifier.counters()['logins']).toBe(4);
		});

		it('a locked user: the words of Unifier are shown, and no second login', async () => {
			unifier.configure({ lockedUsers: ['n8n-basic'] });
			const result = await unifier.runItems(unifier.seed(3));
			for (const { json } of result.errors) {
				expect(json['message']).toContain(
					'the login to Unifier was refused (code 1330: "The user is locked. Contact your administrator.")',
				);
			}
			expect(told(result).map(({ outcome }) => outcome)).toEqual(Array(3).fill('notSent'));
			expect(unifier.counters()['refusedLogins']).toBe(1);
		});

		it('a token service that is not there: the choice of Authentication is named', async () => {
			unifier.arm({ kind: 'html', status: 404, path: '/oauth/token', times: 9 });
			const result = await unifier.runItems(unifier.seed(1), { key: 'v1OAuth', onError: 'stopWorkflow' });
			expect(result.error?.message).toContain(
				"'V1 OAuth Token' login does not seem to come from Unifier (HTTP 404): either the chosen 'Authentication'",
			);
			expect(result.error?.description).toContain("Choose another 'Authentication'");
			expect(requestsTo(unifier.vendor, 'GET', '/oauth/token')).toHaveLength(1);
		});

		it('a pasted token that has expired', async () => {
			const result = await unifier.runItems(unifier.seed(1), {
				key: 'expiredAccessToken',
				onError: 'stopWorkflow',
			});
			expect(result.error?.message).toMatch(
				/was not terminated: Unifier did not accept the access token that was pasted into the credential/,
			);
			expect(result.error?.description).toMatch(/expired.*Paste a new one/);
			expect(result.error?.description).not.toContain('logged in again');
			expect(unifier.sent().length).toBeLessThanOrEqual(2);
			expect(unifier.counters()['logins']).toBe(0);
		});

		it.each<[string, string, IDataObject, RegExp]>([
			['withoutRight', 'undefined', {}, /Update access for Business Process Services/],
			['unifierApi', '602', place('Punchlist', 'PRJ-INACTIVE'), /must be active/],
			['unifierApi', '602', place('Punchlist', 'NONE'), /must be active/],
			['unifierApi', '1245', place('Punchlist', 'PRJ-004,AP'), /one number/],
			['unifierApi', '603', place('punchlist'), /same letter case/],
			['unifierApi', '3006', place('Retired Forms'), /Activate/],
			['unifierApi', '12761', place('Reservations'), /cannot be ended through the API/],
			['unifierApi', '13001', place('Punchlist', ''), /'Project'/],
		])('%s: code %s is the answer for all after one request', async (key, code, parameters, hint) => {
			const result = await unifier.runItems([['PL-X1', 'PL-X2']], { key, parameters });
			expect(told(result)).toMatchObject(
				Array(2).fill({ outcome: 'failed', hint: expect.stringMatching(hint) }),
			);
			expect(told(result).map(({ code: said }) => String(said))).toEqual([code, code]);
			expect(unifier.sent()).toHaveLength(1);
		});

		it('what did not fit into the refused request is not sent any more', async () => {
			const recordNumbers = '={{ Array.from({ length: 10001 }, (_, i) => "PL-X" + i) }}';
			const result = await unifier.runItems([1], {
				parameters: { ...place('Punchlist', 'PRJ-INACTIVE'), recordNumbers },
			});
			const hint = expect.stringMatching(/must be active/) as unknown;
			expect(told(result)).toHaveLength(10_001);
			expect(told(result)[9_999]).toMatchObject({ outcome: 'failed', hint });
			expect(told(result)[10_000]).toMatchObject({ outcome: 'notSent', hint });
			expect(unifier.sent()).toHaveLength(1);
		});
	});

	describe('records', () => {
		it('10,000 of them are one request', async () => {
			const ids = unifier.seed(10_000);
			const result = await unifier.runItems([ids]);
			expect(new Set(told(result).map(({ outcome }) => outcome))).toEqual(new Set(['terminated']));
			expect(unifier.sent()).toHaveLength(1);
			expect(unifier.counters()['terminates']).toBe(10_000);
		});

		it('of all kinds in one request get an answer each', async () => {
			const ids = ['A-run', 'B end, ed', 'C-done', 'D [draft]', 'E-both', 'f-case'];
			unifier.seed(1, { ids: ['A-run'] });
			unifier.seed(1, { ids: ['B end, ed'], state: 'terminated' });
			unifier.seed(1, { ids: ['C-done'], state: 'terminal' });
			unifier.seed(1, { ids: ['D [draft]'], state: 'initiation' });
			unifier.seed(1, { ids: ['E-both'], state: 'terminated', inInitiation: true });
			const result = await unifier.runItems([ids], { onError: 'continueErrorOutput' });
			expect(new Set(outcomes(result))).toEqual(
				new Set([
					'A-run terminated 200',
					'B end, ed alreadyEnded 12759',
					'C-done alreadyEnded 12758',
					'D [draft] failed 12757',
					'E-both failed 12757',
					'f-case notFound 12756',
				]),
			);
			expect(told(result).find(({ id }) => id === 'E-both')).toMatchObject({
				conflict: true,
				vendorMessage: 'in initiation step. already terminated.',
				auditId: '2678',
				bpName: 'Punchlist',
				projectNumber: 'PRJ-004',
			});
			expect(unifier.sent()).toHaveLength(1);
			expect(unifier.sent()[0]?.body).toBe(
				JSON.stringify({
					options: { bpname: 'Punchlist', project_number: 'PRJ-004' },
					data: [{ record_no: ids, override_rule: 'No' }],
				}),
			);
		});

		it('of a cost process travel one by one', async () => {
			const ids = [
				...unifier.seed(2, { bpName: 'Contracts' }),
				...unifier.seed(1, { bpName: 'Contracts', ruleFails: true }),
				'CON-none',
			];
			const result = await unifier.runItems([ids], { parameters: place('Contracts') });
			expect(outcomes(result)).toEqual([
				`${ids[0]} terminated 200`,
				`${ids[1]} terminated 200`,
				`${ids[2]} failed 3000`,
				'CON-none notFound 12756',
			]);
			expect(unifier.sent()).toHaveLength(5);
			expect(Math.max(...unifier.sent().map(({ inFlight }) => inFlight))).toBe(1);
			expect(told(result).map(({ attempts }) => attempts)).toEqual([2, 2, 2, 2]);
		});

		it('that a rule protects are ended only when rules are ignored', async () => {
			const [id] = unifier.seed(1, { ruleFails: true });
			const kept = await unifier.runItems([id]);
			expect(outcomes(kept)).toEqual([`${id} failed 3000`]);
			expect(told(kept)[0]?.['hint']).toContain("'Apply BP Rules'");
			expect(stateOf(unifier.vendor, id!)).toBe('running');
			const ended = await unifier.runItems([id], { parameters: { applyRules: false } });
			expect(outcomes(ended)).toEqual([`${id} terminated 200`]);
			expect(unifier.sent().map(({ body }) => /"override_rule":"(\w+)"/.exec(body)?.[1])).toEqual([
				'No',
				'Yes',
			]);
		});

		it('of the company level and of projects with odd numbers', async () => {
			for (const [bpName, projectNumber] of [
				['Vendors', ''],
				['Punchlist', 'AM-CO630/620A'],
				['Punchlist', '2020#7'],
			] as const) {
				const [id] = unifier.seed(1, { bpName, projectNumber: projectNumber === '' ? null : projectNumber });
				const result = await unifier.runItems([id], { parameters: place(bpName, projectNumber) });
				expect(told(result)[0]).toMatchObject({ id, outcome: 'terminated', bpName, projectNumber });
			}
			expect(unifier.sent()[0]?.body).not.toContain('project_number');
		});

		it('are not touched when the parameters are no good', async () => {
			const [id] = unifier.seed(1);
			for (const parameters of [
				place(' '),
				{ applyRules: '={{ "false" }}' },
				{ projectNumber: { __rl: true, mode: 'number', value: '={{ 2020 }}' } },
				// Without this, a record of a project would be looked for in the company.
				{ projectNumber: { __rl: true, mode: 'number', value: '={{ $json.project.number }}' } },
			]) {
				expect(told(await unifier.runItems([id], { parameters }))[0]).toMatchObject({ outcome: 'notSent' });
			}
			expect(unifier.vendor.journal.list()).toEqual([]);
		});
	});

	describe('what tenants may do differently', () => {
		/** One ended now, one ended before, one unknown. */
		const mixed = async (switches: JsonObject): Promise<string[]> => {
			unifier.configure(switches);
			unifier.seed(1, { ids: ['PL-run'] });
			unifier.seed(1, { ids: ['PL-end'], state: 'terminated' });
			const all = outcomes(await unifier.runItems([['PL-run', 'PL-end', 'PL-none']]));
			expect(stateOf(unifier.vendor, 'PL-run')).toBe('terminated');
			return all;
		};
		const USUAL = ['PL-run terminated 200', 'PL-end alreadyEnded 12759', 'PL-none notFound 12756'];
		// Sent once more, and not understood any better; the statuses of the records tell.
		const ASKED = ['PL-run alreadyEnded 12755', 'PL-end alreadyEnded 12755', 'PL-none notFound 12755'];
		// Sent again alone, where the code decides.
		const ALONE = ['PL-run alreadyEnded 12759', ...USUAL.slice(1)];

		it.each<[JsonObject, string[], sent: number, asked: number]>([
			[{ wording: 'sample' }, USUAL, 1, 0],
			[{ wording: 'table' }, USUAL, 1, 0],
			[{ wording: 'translated' }, ALONE, 4, 0],
			[{ statusType: 'string' }, USUAL, 1, 0],
			[{ messageForm: 'array' }, USUAL, 1, 0],
			[{ messageForm: 'objects' }, USUAL, 1, 0],
			[{ messageForm: 'object' }, USUAL, 1, 0],
			[{ messageForm: 'string' }, USUAL, 1, 0],
			[{ messageForm: 'blank' }, ASKED, 2, 1],
			[{ messageForm: 'missing' }, ASKED, 2, 1],
			[{ messageForm: 'missing', statusType: 'string' }, ASKED, 2, 1],
			[{ joint: ' ' }, USUAL, 1, 0],
			[{ joint: '<br>' }, USUAL, 1, 0],
			[{ joint: ', ' }, USUAL, 1, 0],
			[{ joint: '' }, USUAL, 1, 0],
			[{ restAuditId: 'absent' }, USUAL, 1, 0],
			[{ overrideRuleAbsent: 'Yes' }, USUAL, 1, 0],
			[{ nameUnrequested: ['PL-0759'] }, USUAL, 1, 0],
			[{ omitFromMessages: ['PL-run'] }, ALONE, 2, 0],
		])('%p', async (switches, wanted, sent, asked) => {
			expect(await mixed(switches)).toEqual(wanted);
			expect(unifier.sent()).toHaveLength(sent);
			expect(unifier.asked()).toHaveLength(asked);
		});

		it('statuses with names of the customer leave open what no message names', async () => {
			const all = await mixed({ messageForm: 'missing', terminatedStatus: 'Beendet' });
			expect(all).toEqual(['PL-run unknown 12755', 'PL-end unknown 12755', 'PL-none notFound 12755']);
		});

		it('in another language one record of each kind is sent again, however many there are', async () => {
			unifier.configure({ wording: 'translated' });
			const running = unifier.seed(200);
			const ended = unifier.seed(200, { state: 'terminated' });
			const missing = Array.from({ length: 100 }, (_, index) => `X-${index}`);
			const result = await unifier.runItems([[...running, ...ended, ...missing]], {
				onError: 'continueErrorOutput',
			});
			const counts: Record<string, number> = {};
			for (const { outcome, code } of told(result)) {
				const key = `${outcome} ${String(code)}`;
				counts[key] = (counts[key] ?? 0) + 1;
			}
			expect(counts).toEqual({ 'alreadyEnded 12759': 400, 'notFound 12756': 100 });
			expect(told(result).filter(({ maybeByThisRun }) => maybeByThisRun)).toHaveLength(400);
			expect(unifier.sent()).toHaveLength(4);
		});

		it('numbers that differ by case only, where that makes them repeats, leave no other record running', async () => {
			unifier.configure({ recordNumbers: 'anyCase' });
			unifier.seed(2, { ids: ['A', 'B'] });
			const result = await unifier.runItems([['A', 'a', 'B']]);
			expect(outcomes(result)).toEqual(['A terminated 200', 'a alreadyEnded 12759', 'B terminated 200']);
			expect(unifier.sent()).toHaveLength(4);
		});

		it('a code that no page lists is no sign of a vendor that is down', async () => {
			unifier.seed(3, { bpName: 'Contracts', ids: ['C-1', 'C-2', 'C-3'] });
			unifier.seed(2, { bpName: 'Contracts', ids: ['L-1', 'L-2'], locked: true });
			const result = await unifier.runItems([['L-1', 'L-2', 'C-1', 'C-2', 'C-3']], {
				onError: 'continueErrorOutput',
				parameters: place('Contracts'),
			});
			expect(Object.fromEntries(told(result).map(({ id, outcome }) => [id, outcome]))).toEqual({
				'L-1': 'unknown',
				'L-2': 'unknown',
				'C-1': 'terminated',
				'C-2': 'terminated',
				'C-3': 'terminated',
			});
		});

		it('a proxy that takes no big requests gets smaller ones', async () => {
			unifier.configure({ proxyTakes: 1_000 });
			const ids = unifier.seed(3_000);
			const result = await unifier.runItems([ids]);
			expect(new Set(outcomes(result).map((text) => text.split(' ')[1]))).toEqual(new Set(['terminated']));
			expect(unifier.sent().map(({ status }) => status)).toEqual([413, 413, 200, 200, 200, 200]);
		});

		it('a gateway that gives up on big requests gets smaller ones', async () => {
			unifier.configure({ gatewayWaitsFor: 300 });
			const ids = unifier.seed(1_200);
			const result = await unifier.runItems([ids]);
			expect(new Set(told(result).map(({ outcome }) => outcome))).toEqual(new Set(['alreadyEnded']));
			expect(told(result)[0]).toMatchObject({ maybeByThisRun: true });
			expect(unifier.sent()).toHaveLength(6);
		});

		it('a request carries no more records than the user wants', async () => {
			const ids = unifier.seed(10);
			await unifier.runItems([ids], { parameters: { options: { recordsPerRequest: 4 } } });
			expect(unifier.numbersSent().map(({ length }) => length)).toEqual([4, 4, 2]);
		});

		it('names nobody asked for are shown', async () => {
			unifier.configure({ nameUnrequested: ['PL-0759'] });
			expect(told(await unifier.runItems(unifier.seed(1)))[0]).toMatchObject({ unrequested: ['PL-0759'] });
		});

		it.each([
			['running', 'terminated 200'],
			['terminated', 'alreadyEnded 12759'],
			['terminal', 'alreadyEnded 12758'],
			['initiation', 'failed 12757'],
		])('one %s record is understood in any language', async (state, wanted) => {
			unifier.configure({ wording: 'translated' });
			const [id] = unifier.seed(1, { state: state === 'running' ? 'active' : state });
			expect(outcomes(await unifier.runItems([id]))).toEqual([`${id} ${wanted}`]);
		});

		it.each(['partial', 'firstClass'])('the code when none was ended (%s)', async (noneEndedCode) => {
			unifier.configure({ noneEndedCode });
			unifier.seed(1, { ids: ['PL-end'], state: 'terminated' });
			const all = outcomes(await unifier.runItems([['PL-end', 'PL-none']]));
			expect(all).toEqual(['PL-end alreadyEnded 12759', 'PL-none notFound 12756']);
		});

		it.each([
			['record', 1],
			['record', 3],
			['request', 1],
			['request', 3],
		])(
			'a rule that stops some of several (%s, %i): each gets its own answer',
			async (ruleFailureInList, count) => {
				unifier.configure({ ruleFailureInList });
				const free = unifier.seed(3);
				const stopped = unifier.seed(count, { ruleFails: true });
				const result = await unifier.runItems([[free[0], ...stopped, ...free.slice(1)]]);
				expect(outcomes(result).sort()).toEqual(
					[...free.map((id) => `${id} terminated 200`), ...stopped.map((id) => `${id} failed 3000`)].sort(),
				);
				for (const { json } of result.errors) {
					expect(json['message']).toMatch(
						/was not terminated: a rule of the business process blocked it \(code 3000: ".*"\)$/,
					);
				}
				expect(unifier.asked()).toEqual([]);
			},
		);

		it('a rule that stops one of very many: each gets its own answer, in as few requests as that takes', async () => {
			unifier.configure({ ruleFailureInList: 'request' });
			const [stopped] = unifier.seed(1, { ruleFails: true });
			const free = unifier.seed(250);
			const result = await unifier.runItems([[...free.slice(0, 120), stopped, ...free.slice(120)]]);
			expect(outcomes(result).sort()).toEqual(
				[...free.map((id) => `${id} terminated 200`), `${stopped} failed 3000`].sort(),
			);
			// By halves, of 251 with one at fault: 2 log2(251) and the first.
			expect(unifier.sent().length).toBeLessThanOrEqual(18);
		});

		it('a number that Unifier does not take keeps the others from nothing', async () => {
			const body = JSON.stringify({ status: 657, message: ['Invalid record_no'], data: [] });
			unifier.arm({ kind: 'status', status: 200, body, method: 'PUT' });
			const ids = [...unifier.seed(3), 'PL-none'];
			const result = await unifier.runItems([ids]);
			expect(outcomes(result).sort()).toEqual(
				[...ids.slice(0, 3).map((id) => `${id} terminated 200`), 'PL-none notFound 12756'].sort(),
			);
			expect(unifier.sent()).toHaveLength(5);
		});
	});

	describe('secrets', () => {
		it.each(['basic', 'token', 'password', 'tenant'])(
			'%s that the vendor repeats stays here',
			async (kind) => {
				const first = await unifier.runItems(unifier.seed(1), { key: 'v1OAuth' });
				const { username, password } = credentialsOf(unifier.vendor, 'v1OAuth');
				const { sessionToken } = first.credentials.stored(TYPE);
				const tenantCode = 'sandbox-tenant-code-1';
				const echo = {
					basic: Buffer.from(`${String(username)}:${String(password)}`).toString('base64'),
					token: (JSON.parse(String(sessionToken)) as { token: string }).token,
					password: String(password),
					tenant: tenantCode,
				}[kind];
				const body = JSON.stringify({
					status: 12755,
					message: [`You sent ${echo}.`, `[PL-1] ${echo}`, `[${echo}] is not correct.`],
				});
				unifier.arm({ kind: 'status', status: 200, body, method: 'PUT', times: 9 });
				for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
					const result = await unifier.runItems([['PL-1', 'PL-2']], {
						key: 'v1OAuth',
						credential: { tenantCode, ...(kind === 'token' && { tenantCode: '' }) },
						onError,
					});
					expect(JSON.stringify([result.errors, result.error])).toContain('***');
				}
			},
		);
	});
});
