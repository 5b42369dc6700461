import type { IDataObject } from 'n8n-workflow';

import { UnifierApi } from '../../../credentials/UnifierApi.credentials';
import { runNode } from '../../engine/engine';
import type { NodeResult } from '../../engine/engine';
import { credentialsOf, requestsTo, stateOf } from '../../engine/sandboxes';
import type { JsonObject } from '../../sandbox/core/emulator.ts';
import type { VendorListener } from '../../sandbox/core/listener.ts';
import { startAlone } from '../../sandbox/support.ts';
import { createUnifier } from '../../sandbox/vendors/unifier/index.ts';

const TYPE = 'unifierApi';

interface Change {
	key?: string;
	credential?: object;
	parameters?: IDataObject;
	onError?: 'continueErrorOutput' | 'stopWorkflow';
}

describe('Unifier on the real engine', () => {
	let vendor: VendorListener;

	// A listener of its own for each test: sessions are kept for as long as the process lives.
	beforeEach(async () => {
		vendor = await startAlone(createUnifier());
	});
	afterEach(async () => await vendor.app.close());

	const seed = (count: number, options: JsonObject = {}): string[] => vendor.emulator.seed(count, options);
	const sent = () => requestsTo(vendor, 'PUT');
	const counters = () => vendor.emulator.state()['counters'] as Record<string, number>;

	/** Every secret that the emulator knows or has handed out would be masked. */
	const noSecrets = (result: NodeResult): void => {
		const told = JSON.stringify([result.success, result.errors, result.error, result.run]);
		expect(vendor.emulator.mask(told)).toBe(told);
	};

	const runItems = async (
		items: unknown[],
		{ key = TYPE, credential = {}, parameters = {}, onError = 'continueErrorOutput' }: Change = {},
	): Promise<NodeResult> => {
		const result = await runNode({
			node: 'unifier',
			parameters: {
				resource: 'bpRecord',
				operation: 'terminate',
				bpName: { __rl: true, mode: 'name', value: 'Punchlist' },
				projectNumber: { __rl: true, mode: 'number', value: 'PRJ-004' },
				recordNumbers: '={{ $json.id }}',
				...parameters,
			},
			items: items.map((id) => ({ id }) as IDataObject),
			credentials: { [TYPE]: { ...credentialsOf(vendor, key), ...credential } },
			onError,
		});
		noSecrets(result);
		return result;
	};

	/** One record after another: what became of each. */
	const told = ({ success, errors }: NodeResult): IDataObject[] =>
		[...success, ...errors].map(({ json }) => (json['details'] ?? json) as IDataObject);

	const outcomes = (result: NodeResult): string[] =>
		told(result).map(({ id, outcome, code }) => `${String(id)} ${String(outcome)} ${String(code)}`);

	const process = (bpName: string, projectNumber = 'PRJ-004'): IDataObject => ({
		bpName: { __rl: true, mode: 'name', value: bpName },
		projectNumber: { __rl: true, mode: 'number', value: projectNumber },
	});

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
		])('%s', async (key, path) => {
			const [id] = seed(1);
			const result = await runItems([id], { key });
			expect(outcomes(result)).toEqual([`${id} terminated 200`]);
			expect(requestsTo(vendor, 'GET', path)).toHaveLength(1);
			expect(counters()).toMatchObject({ logins: 1, unauthorized: 0 });
			expect(result.credentials.saved).toBe(1);
			expect(sent()[0]?.headers).not.toHaveProperty('x-unifier-obtainedat');
			expect(sent()[0]?.headers).not.toHaveProperty('obtainedat');
		});

		it.each([
			['accessToken', {}],
			['tenantAccessToken', { multiTenant: true }],
		])('%s: no login, nothing saved', async (key, switches) => {
			vendor.emulator.configure(switches);
			const ids = seed(3);
			const result = await runItems(ids, { key });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()['logins']).toBe(0);
			expect(result.credentials.saved).toBe(0);
		});

		it('sends the tenant headers of the login, and no other of its headers', async () => {
			vendor.emulator.configure({ multiTenant: true });
			const [id] = seed(1);
			expect(outcomes(await runItems([id]))).toEqual([`${id} terminated 200`]);
			const body =
				'{"status":200,"data":{"access_token":"x1","request_headers":{"x-unifier-tenant":"t","x-evil":"e","host":"h","x-unifier-tenant-code":"a\\nb"}}}';
			vendor.faults.arm([{ kind: 'status', status: 200, body, path: '/v1/login' }]);
			vendor.journal.clear();
			await runItems([id], { key: 'v1Login' });
			const [first] = sent();
			expect(first?.headers['x-unifier-tenant']).toBe('t');
			expect(first?.headers).not.toHaveProperty('x-evil');
			expect(first?.headers).not.toHaveProperty('x-unifier-tenant-code');
		});

		it.each(['basic', 'all', 'none'])('whether or not logins void tokens (%s)', async (loginInvalidates) => {
			vendor.emulator.configure({ loginInvalidates });
			const ids = seed(5);
			expect(outcomes(await runItems(ids))).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()).toMatchObject({ logins: 1, unauthorized: 0 });
		});
	});

	describe('one login for all', () => {
		it('50 items with an empty session', async () => {
			const ids = seed(50);
			const result = await runItems(ids);
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()).toMatchObject({ logins: 1, unauthorized: 0 });
		});

		it('50 items with a session that has expired', async () => {
			const first = await runItems(seed(1));
			vendor.emulator.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = seed(50);
			const result = await runItems(ids, { credential: first.credentials.stored(TYPE) });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()).toMatchObject({ logins: 2, unauthorized: 50 });
		});

		it('a second run takes the session that n8n keeps, or the one at hand', async () => {
			const ids = seed(3);
			const first = await runItems([ids[0]]);
			await runItems([ids[1]], { credential: first.credentials.stored(TYPE) });
			await runItems([ids[2]]);
			expect(counters()).toMatchObject({ logins: 1, unauthorized: 0, terminates: 3 });
		});

		it('a session that ran out by its own account is not used again', async () => {
			vendor.emulator.configure({ tokenLifeSeconds: 1, expiresIn: 'string' });
			await runItems(seed(1));
			await new Promise((resolve) => setTimeout(resolve, 600));
			await runItems(seed(1));
			// Half of the second is over, so the token still works, and no refusal was needed.
			expect(counters()).toMatchObject({ logins: 2, unauthorized: 0, terminates: 2 });
		});

		it('a token that expires in the middle of a run is renewed, and nothing is lost', async () => {
			const ids = seed(6, { bpName: 'Contracts' });
			vendor.faults.arm([
				{ kind: 'status', status: 401, body: 'Unauthorized', method: 'PUT', skip: 4, times: 1 },
			]);
			const result = await runItems([ids], { parameters: process('Contracts') });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()).toMatchObject({ logins: 2, terminates: 6 });
		});

		it('a token that was revoked is replaced', async () => {
			const first = await runItems(seed(1));
			vendor.emulator.configure({ refuseTokens: 'once' });
			const ids = seed(20);
			const result = await runItems(ids, { credential: first.credentials.stored(TYPE) });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()['logins']).toBe(2);
		});

		it('the session that another process has saved is used at once', async () => {
			const first = await runItems(seed(1));
			const saved = await logInElsewhere(first.credentials.stored(TYPE));
			const [id] = seed(1);
			const result = await runItems([id], { credential: saved });
			expect(outcomes(result)).toEqual([`${id} terminated 200`]);
			expect(counters()).toMatchObject({ logins: 2, unauthorized: 0 });
		});

		it('a refused session of another process is not replaced by an older one of our own', async () => {
			const first = await runItems(seed(1));
			const saved = await logInElsewhere(first.credentials.stored(TYPE));
			vendor.emulator.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = seed(10);
			const result = await runItems(ids, { credential: saved });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()['logins']).toBe(3);
		});

		it('our own session replaces an older one that n8n still hands out', async () => {
			const elsewhere = await logInElsewhere(credentialsOf(vendor, TYPE));
			await runItems(seed(1));
			const ids = seed(5);
			const result = await runItems(ids, { credential: elsewhere });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()).toMatchObject({ logins: 2, unauthorized: 0 });
		});

		it('a refusal counts for the session that was sent, not for the older one that n8n handed out', async () => {
			const elsewhere = await logInElsewhere(credentialsOf(vendor, TYPE));
			await runItems(seed(1));
			vendor.emulator.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = seed(5);
			const result = await runItems(ids, { credential: elsewhere });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()).toMatchObject({ logins: 3, unauthorized: 5 });
		});

		it('a clock that is ahead elsewhere does no harm', async () => {
			const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
			const ahead = await logInElsewhere(credentialsOf(vendor, TYPE));
			now.mockRestore();
			vendor.emulator.configure({ clockOffsetMs: 3 * 86_400_000 });
			const ids = seed(20);
			const result = await runItems(ids, { credential: ahead });
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()['logins']).toBe(2);
			const again = await runItems(seed(1), { credential: ahead });
			expect(again.errors).toEqual([]);
			expect(counters()).toMatchObject({ logins: 2, unauthorized: 20 });
		});

		it('an edited credential never uses the session of its former settings', async () => {
			const first = await runItems(seed(1));
			const { sessionToken } = first.credentials.stored(TYPE);
			vendor.journal.clear();
			const result = await runItems(seed(1), { key: 'wrongPassword', credential: { sessionToken } });
			expect(told(result)[0]).toMatchObject({ outcome: 'notSent' });
			const ids = seed(20);
			const other = await runItems(ids, { key: 'v1Login', credential: { sessionToken } });
			expect(outcomes(other)).toEqual(ids.map((id) => `${id} terminated 200`));
			expect(counters()).toMatchObject({ logins: 2, refusedLogins: 1 });
		});
	});

	describe('what concerns all records alike', () => {
		it.each(['wrongPassword', 'inactiveUser', 'noIntegrationUser'])(
			'%s: one try to log in, nothing sent',
			async (key) => {
				const result = await runItems(seed(30), { key });
				expect(told(result)).toHaveLength(30);
				for (const { outcome, hint } of told(result)) {
					expect([outcome, hint]).toEqual(['notSent', expect.stringContaining('integration user')]);
				}
				expect(result.errors[0]?.json['message']).toContain(': the login to Unifier was not accepted');
				expect(counters()['refusedLogins']).toBe(1);
				expect(sent()).toEqual([]);
			},
		);

		it('a login that breaks: nothing sent, no second try', async () => {
			vendor.faults.arm([{ kind: 'reset', path: '/auth/token', times: 9 }]);
			const result = await runItems(seed(5));
			expect(told(result).map(({ outcome }) => outcome)).toEqual(Array(5).fill('notSent'));
			expect(result.errors[0]?.json['message']).toContain('the login to Unifier got no answer');
			expect(requestsTo(vendor, 'GET')).toHaveLength(1);
			expect(sent()).toEqual([]);
		});

		it('a token that is refused again after a login', async () => {
			vendor.emulator.configure({ refuseTokens: 'always' });
			const [id] = seed(1);
			const result = await runItems([[id, 'PL-X']]);
			expect(told(result)[0]).toMatchObject({
				outcome: 'failed',
				httpStatus: 401,
				hint: expect.stringContaining('give n8n its own user'),
			});
			expect(sent()).toHaveLength(2);
			expect(counters()['logins']).toBe(2);
		});

		it('a pasted token that has expired', async () => {
			const result = await runItems(seed(1), { key: 'expiredAccessToken', onError: 'stopWorkflow' });
			expect(result.error?.message).toMatch(/was not terminated: Unifier did not accept the token/);
			expect(result.error?.description).toContain('has to be replaced');
			expect(counters()['logins']).toBe(0);
		});

		const many = '={{ Array.from({ length: 10001 }, (_, i) => "PL-X" + i) }}';

		it.each<[string, string, IDataObject, RegExp]>([
			['withoutRight', 'undefined', {}, /Update access for Business Process Services/],
			['unifierApi', '602', process('Punchlist', 'PRJ-INACTIVE'), /must be active/],
			['unifierApi', '602', process('Punchlist', 'NONE'), /must be active/],
			['unifierApi', '1245', process('Punchlist', 'PRJ-004,AP'), /one number/],
			['unifierApi', '603', process('punchlist'), /same spelling/],
			['unifierApi', '3006', process('Retired Forms'), /Activate/],
			['unifierApi', '12761', process('Reservations'), /cannot be ended through the API/],
			['unifierApi', '13001', process('Punchlist', ''), /'Project'/],
		])('%s: code %s ends the run after one request', async (key, code, parameters, hint) => {
			const result = await runItems([1], { key, parameters: { ...parameters, recordNumbers: many } });
			const all = told(result);
			expect(all).toHaveLength(10_001);
			expect(all[0]).toMatchObject({ outcome: 'failed', hint: expect.stringMatching(hint) });
			expect(String(all[0]?.['code'])).toBe(code);
			expect(all[9_999]).toMatchObject({ outcome: 'failed' });
			expect(all[10_000]).toMatchObject({ outcome: 'notSent', hint: expect.stringMatching(hint) });
			expect(sent()).toHaveLength(1);
		});
	});

	describe('records', () => {
		it('10,000 of them are one request', async () => {
			const ids = seed(10_000);
			const result = await runItems([ids]);
			expect(new Set(told(result).map(({ outcome }) => outcome))).toEqual(new Set(['terminated']));
			expect(sent()).toHaveLength(1);
			expect(counters()['terminates']).toBe(10_000);
		});

		it('of all kinds in one request get an answer each', async () => {
			const ids = ['A-run', 'B end, ed', 'C-done', 'D [draft]', 'E-both', 'f-case'];
			seed(1, { ids: ['A-run'] });
			seed(1, { ids: ['B end, ed'], state: 'terminated' });
			seed(1, { ids: ['C-done'], state: 'terminal' });
			seed(1, { ids: ['D [draft]'], state: 'initiation' });
			seed(1, { ids: ['E-both'], state: 'terminated', inInitiation: true });
			const result = await runItems([ids], { onError: 'continueErrorOutput' });
			expect(new Set(outcomes(result))).toEqual(
				new Set([
					'A-run terminated 12755',
					'B end, ed alreadyEnded 12759',
					'C-done alreadyEnded 12758',
					'D [draft] failed 12757',
					'E-both failed 12757',
					'f-case notFound 12756',
				]),
			);
			expect(told(result).find(({ id }) => id === 'E-both')).toMatchObject({
				conflict: true,
				messages: ['in initiation step.', 'already terminated.'],
				auditId: '2678',
				bpName: 'Punchlist',
				projectNumber: 'PRJ-004',
			});
			expect(sent()).toHaveLength(1);
			expect(sent()[0]?.body).toBe(
				JSON.stringify({
					options: { bpname: 'Punchlist', project_number: 'PRJ-004' },
					data: [{ record_no: ids, override_rule: 'No' }],
				}),
			);
		});

		it('of a cost process travel one by one', async () => {
			const ids = [
				...seed(2, { bpName: 'Contracts' }),
				...seed(1, { bpName: 'Contracts', ruleFails: true }),
				'CON-none',
			];
			const result = await runItems([ids], { parameters: process('Contracts') });
			expect(outcomes(result)).toEqual([
				`${ids[0]} terminated 200`,
				`${ids[1]} terminated 200`,
				`${ids[2]} failed 3000`,
				'CON-none notFound 12756',
			]);
			expect(sent()).toHaveLength(5);
			expect(Math.max(...sent().map(({ inFlight }) => inFlight))).toBe(1);
			expect(told(result).map(({ attempts }) => attempts)).toEqual([2, 2, 2, 2]);
		});

		it('that a rule protects are ended only when rules are ignored', async () => {
			const [id] = seed(1, { ruleFails: true });
			const kept = await runItems([id]);
			expect(outcomes(kept)).toEqual([`${id} failed 3000`]);
			expect(told(kept)[0]?.['hint']).toContain("'Apply BP Rules'");
			expect(stateOf(vendor, id!)).toBe('running');
			const ended = await runItems([id], { parameters: { applyRules: false } });
			expect(outcomes(ended)).toEqual([`${id} terminated 200`]);
			expect(sent().map(({ body }) => /"override_rule":"(\w+)"/.exec(body)?.[1])).toEqual(['No', 'Yes']);
		});

		it('of the company level and of projects with odd numbers', async () => {
			for (const [bpName, projectNumber] of [
				['Vendors', ''],
				['Punchlist', 'AM-CO630/620A'],
				['Punchlist', '2020#7'],
			] as const) {
				const [id] = seed(1, { bpName, projectNumber: projectNumber === '' ? null : projectNumber });
				const result = await runItems([id], { parameters: process(bpName, projectNumber) });
				expect(told(result)[0]).toMatchObject({ id, outcome: 'terminated', bpName, projectNumber });
			}
			expect(sent()[0]?.body).not.toContain('project_number');
		});

		it('are not touched when the parameters are no good', async () => {
			const [id] = seed(1);
			for (const parameters of [
				process(' '),
				{ applyRules: '={{ "false" }}' },
				{ projectNumber: { __rl: true, mode: 'number', value: '={{ 2020 }}' } },
				// Without this, a record of a project would be looked for in the company.
				{ projectNumber: { __rl: true, mode: 'number', value: '={{ $json.project.number }}' } },
			]) {
				expect(told(await runItems([id], { parameters }))[0]).toMatchObject({ outcome: 'notSent' });
			}
			expect(vendor.journal.list()).toEqual([]);
		});
	});

	describe('what tenants may do differently', () => {
		/** One ended now, one ended before, one unknown. */
		const mixed = async (switches: JsonObject): Promise<string[]> => {
			vendor.emulator.configure(switches);
			seed(1, { ids: ['PL-run'] });
			seed(1, { ids: ['PL-end'], state: 'terminated' });
			const all = outcomes(await runItems([['PL-run', 'PL-end', 'PL-none']]));
			expect(stateOf(vendor, 'PL-run')).toBe('terminated');
			return all;
		};
		const USUAL = ['PL-run terminated 12755', 'PL-end alreadyEnded 12759', 'PL-none notFound 12756'];
		const NOBODY_KNOWS = ['PL-run', 'PL-end', 'PL-none'].map((id) => `${id} unknown 12755`);

		it.each<[JsonObject, string[]]>([
			[{ wording: 'sample' }, USUAL],
			[{ wording: 'table' }, USUAL],
			[{ wording: 'translated' }, NOBODY_KNOWS],
			[{ statusType: 'string' }, USUAL],
			[{ messageForm: 'array' }, USUAL],
			[{ messageForm: 'objects' }, USUAL],
			[{ messageForm: 'object' }, USUAL],
			[{ messageForm: 'string' }, USUAL],
			[{ messageForm: 'blank' }, NOBODY_KNOWS],
			[{ messageForm: 'missing' }, NOBODY_KNOWS],
			[{ restAuditId: 'absent' }, USUAL],
			[{ overrideRuleAbsent: 'Yes' }, USUAL],
			[{ nameUnrequested: ['PL-0759'] }, USUAL],
			[{ omitFromMessages: ['PL-run'] }, ['PL-end alreadyEnded 12759', 'PL-run unknown 12755', USUAL[2]!]],
		])('%p', async (switches, wanted) => {
			const all = await mixed(switches);
			expect(all.sort()).toEqual([...wanted].sort());
		});

		it('names nobody asked for are shown', async () => {
			vendor.emulator.configure({ nameUnrequested: ['PL-0759'] });
			expect(told(await runItems(seed(1)))[0]).toMatchObject({ unrequested: ['PL-0759'] });
		});

		it.each([
			['running', 'terminated 200'],
			['terminated', 'alreadyEnded 12759'],
			['terminal', 'alreadyEnded 12758'],
			['initiation', 'failed 12757'],
		])('one %s record is understood in any language', async (state, wanted) => {
			vendor.emulator.configure({ wording: 'translated' });
			const [id] = seed(1, { state: state === 'running' ? 'active' : state });
			expect(outcomes(await runItems([id]))).toEqual([`${id} ${wanted}`]);
		});

		it.each(['partial', 'firstClass'])('the code when none was ended (%s)', async (noneEndedCode) => {
			vendor.emulator.configure({ noneEndedCode });
			seed(1, { ids: ['PL-end'], state: 'terminated' });
			const all = outcomes(await runItems([['PL-end', 'PL-none']]));
			expect(all).toEqual(['PL-end alreadyEnded 12759', 'PL-none notFound 12756']);
		});

		it.each(['record', 'request'])('a rule that stops one of several (%s)', async (ruleFailureInList) => {
			vendor.emulator.configure({ ruleFailureInList });
			const [free] = seed(1);
			const [protectedOne] = seed(1, { ruleFails: true });
			const result = await runItems([[free, protectedOne]]);
			const [first, second] = told(result);
			expect(first?.['outcome']).toBe(ruleFailureInList === 'record' ? 'terminated' : 'unknown');
			expect(second).toMatchObject({ id: protectedOne, outcome: 'unknown' });
			expect(result.errors[0]?.json['message']).toContain('a rule of the business process stopped');
		});
	});

	describe('secrets', () => {
		it.each(['basic', 'token', 'password', 'tenant'])(
			'%s that the vendor repeats stays here',
			async (kind) => {
				const first = await runItems(seed(1), { key: 'v1OAuth' });
				const { username, password } = credentialsOf(vendor, 'v1OAuth');
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
				vendor.faults.arm([{ kind: 'status', status: 200, body, method: 'PUT', times: 9 }]);
				for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
					const result = await runItems([['PL-1', 'PL-2']], {
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
