import type { JsonObject } from '../../core/emulator.ts';
import { ask } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { SERVICE, TERMINATE, useUnifier } from './client.ts';

const DAY_MS = 86_400_000;

const { unifier, url, basicHeader, logIn, tokenOf, issued, ...calls } = useUnifier();
const { send, read, terminateRaw, terminate, list, numbers } = calls;
const { seed, configure, counters, instance, credential } = unifier;

const encoded = (value: unknown): string => encodeURIComponent(JSON.stringify(value));

describe('the documented samples of terminate, byte for byte', () => {
	const F4 =
		'{"data":[],"message":["[PL-0800] Duplicate Record found.","[PL-0800666, PL-0800666] is not correct.",' +
		'"[PL-2125]in initiation step.","[PL-0796, PL-0799, PL-0800, PL-0801, PL-0802, PL-0806, PL-0808, PL-0809, ' +
		'PL-0819, PL-2125] already terminated.","[PL-0759] terminated successfully."],"status":12755,"rest_audit_id":2680}';
	const ended = ['0796', '0799', '0800', '0801', '0802', '0806', '0808', '0809', '0819'].map(
		(n) => `PL-${n}`,
	);

	it('answers the three sample requests in the order of their audit IDs', async () => {
		const contracts = { bpName: 'Contracts', projectNumber: 'PRJ-004' };
		seed(1, { ...contracts, ids: ['CON-99993'] });
		seed(1, { ...contracts, ids: ['CON-4911'], ruleFails: true });
		seed(9, { ids: ended, state: 'terminated' });
		seed(1, { ids: ['PL-2125'], state: 'terminated', inInitiation: true });
		seed(1, { ids: ['PL-0759'] });

		const success = await terminateRaw(
			'{"options":{"bpname":"Contracts","project_number":"PRJ-004"},"data":[{"record_no":["CON-99993"],"override_rule":"No"}]}',
		);
		expect(success.text).toBe(
			'{"data":[],"message":["[CON-99993] terminated successfully."],"status":200,"rest_audit_id":2678}',
		);
		await terminate(['PL-0796']);
		const mixed = await terminate([
			...ended,
			...['PL-0800', 'PL-2125', 'PL-0800666', 'PL-0800666', 'PL-0759'],
		]);
		expect(mixed.text).toBe(F4);
		const rule = await terminateRaw(
			'{"options":{"bpname":"Contracts","project_number":"PRJ-004"},"data":[{"record_no":["CON-4911"]}]}',
		);
		expect(rule.text).toBe(
			'{"data":[],"message":[],"errors":"Rule failed","status":3000,"rest_audit_id":2681}',
		);
		expect([success.status, mixed.status, rule.status]).toEqual([200, 200, 200]);
		expect(success.headers.get('content-type')).toContain('application/json');
	});

	it('answers a wrong shell with the documented reply', async () => {
		const answer = await read('/v1/admin/bps/NONE');
		expect(answer.text).toBe('{"data":[],"message":["Project/Shell Number is not correct."],"status":602}');
	});
});

describe('what terminate does to a record', () => {
	it('ends it once, writes the audit log and says so the second time', async () => {
		const [id = ''] = seed(1, {});
		expect(id).toMatch(/^PL-\d{4}$/);
		expect(instance(id)).toMatchObject({ state: 'running', status: 'Active' });
		expect((await terminate([id])).json).toMatchObject({
			status: 200,
			message: [`[${id}] terminated successfully.`],
		});
		expect(instance(id)).toMatchObject({ state: 'terminated', status: 'Terminated' });
		expect((await terminate([id])).json).toMatchObject({
			status: 12759,
			message: [`[${id}] already terminated.`],
		});
		expect(counters()).toMatchObject({ terminates: 1, terminateRequests: 2 });
		expect(unifier.emulator.state()['auditLog']).toEqual([
			expect.objectContaining({ recordNo: id, event: 'Terminated through REST', restAuditId: 2678 }),
		]);
	});

	it.each([
		['active', 200, '[R-1] terminated successfully.', 'terminated'],
		['initiation', 12757, '[R-1]in initiation step.', 'initiation'],
		['terminal', 12758, '[R-1] is/are in terminal status. This action', 'terminal'],
		['terminated', 12759, '[R-1] already terminated.', 'terminated'],
	])('answers a record that is %s with %i', async (state, status, start, after) => {
		seed(1, { ids: ['R-1'], state });
		const { json } = await terminate(['R-1']);
		expect(json.status).toBe(status);
		expect(json.message).toHaveLength(1);
		expect(json.message[0].startsWith(start)).toBe(true);
		expect(instance('R-1').state).toBe(after);
	});

	it('ends the good ones of a list and names them sorted', async () => {
		seed(3, { ids: ['B', 'A', 'C'] });
		const { json } = await terminate(['C', 'X', 'A', 'B']);
		expect(json).toMatchObject({
			status: 12755,
			message: ['[X] is not correct.', '[A, B, C] terminated successfully.'],
		});
	});

	it('handles a record once that is named twice', async () => {
		seed(1, { ids: ['A'] });
		expect((await terminate(['A', 'A'])).json).toMatchObject({
			status: 12755,
			message: ['[A] Duplicate Record found.', '[A] terminated successfully.'],
		});
		expect(counters()['terminates']).toBe(1);
	});

	it('does not find the record of another project', async () => {
		seed(1, { ids: ['A'], projectNumber: '2020#7' });
		expect((await terminate(['A'])).json.status).toBe(12756);
		expect((await terminate(['A'], { project_number: '2020#7' })).json.status).toBe(200);
	});

	it('works at company level without a project number', async () => {
		const [id = ''] = seed(1, { bpName: 'Vendors' });
		expect(id).toMatch(/^VEN-/);
		const answer = await terminateRaw({ options: { bpname: 'Vendors' }, data: [{ record_no: [id] }] });
		expect(answer.json.status).toBe(200);
	});

	it('takes a single string and 10,000 records', async () => {
		seed(1, { ids: ['A'] });
		expect((await terminate('A')).json.status).toBe(200);
		const ids = seed(10_000, {});
		expect((await terminate(ids)).json.status).toBe(200);
		expect(counters()['terminates']).toBe(10_001);
	});

	it('ignores or applies the rules as asked, and applies them when nothing was asked', async () => {
		seed(3, { ids: ['A', 'B', 'C'], ruleFails: true });
		expect((await terminate(['A'], {}, { override_rule: 'No' })).json.status).toBe(3000);
		expect((await terminate(['A'])).json).toMatchObject({ status: 3000, errors: 'Rule failed', message: [] });
		expect(instance('A').state).toBe('running');
		expect((await terminate(['A'], {}, { override_rule: 'Yes' })).json.status).toBe(200);
		configure({ overrideRuleAbsent: 'Yes' });
		expect((await terminate(['B'])).json.status).toBe(200);
	});

	it('reports a rule failure beside the records that it ended, or refuses them all', async () => {
		seed(1, { ids: ['BAD'], ruleFails: true });
		seed(2, { ids: ['A', 'B'] });
		expect((await terminate(['A', 'BAD'])).json).toMatchObject({
			status: 12755,
			errors: 'Rule failed',
			message: ['[A] terminated successfully.'],
		});
		configure({ ruleFailureInList: 'request' });
		expect((await terminate(['B', 'BAD'])).json).toMatchObject({ status: 3000, message: [] });
		expect(instance('B').state).toBe('running');
	});

	it('has two answers for a list of which nothing ended', async () => {
		seed(1, { ids: ['T'], state: 'terminated' });
		expect((await terminate(['T', 'X'])).json.status).toBe(12755);
		configure({ noneEndedCode: 'firstClass' });
		expect((await terminate(['T', 'X'])).json.status).toBe(12756);
		configure({ noneEndedCode: 'partial' });
		expect((await terminate(['Y', 'X'])).json.status).toBe(12756);
	});
});

describe('what terminate refuses', () => {
	const many = Array.from({ length: 10_001 }, (_, index) => `PL-${index}`);
	const options = { bpname: 'Punchlist', project_number: 'PRJ-004' };
	const data = [{ record_no: ['PL-1'] }];
	const NAME = 'Business Process Name is required.';
	const PROJECT = 'Project/Shell Number is not correct.';

	it.each<[string, unknown, number, string]>([
		['an empty body', '', 1101, 'Empty or Invalid JSON'],
		['broken JSON', '{"options":', 1101, 'Empty or Invalid JSON'],
		['no object', [], 3002, 'Invalid Input'],
		[
			'a boolean override_rule',
			{ options, data: [{ ...data[0], override_rule: true }] },
			3002,
			'Invalid Input',
		],
		[
			'another override_rule',
			{ options, data: [{ ...data[0], override_rule: 'yes' }] },
			3002,
			'Invalid Input',
		],
		[
			'override_rule in options',
			{ options: { ...options, override_rule: 'No' }, data },
			3002,
			'Invalid Input',
		],
		['numbers as record_no', { options, data: [{ record_no: [1] }] }, 3002, 'Invalid Input'],
		['two objects in data', { options, data: [data[0], data[0]] }, 3002, 'Invalid Input'],
		['data as an object', { options, data: data[0] }, 3002, 'Invalid Input'],
		['a null project', { options: { bpname: 'Vendors', project_number: null }, data }, 3002, 'Invalid Input'],
		['no options', { data }, 603, NAME],
		['a blank name', { options: { ...options, bpname: ' ' }, data }, 603, NAME],
		['an unknown name', { options: { ...options, bpname: 'punchlist' }, data }, 603, NAME],
		['a company-level name in a project', { options: { ...options, bpname: 'Vendors' }, data }, 603, NAME],
		[
			'a project-level name without project',
			{ options: { bpname: 'Punchlist' }, data },
			13001,
			'Project/Shell number is mandatory and is missing in the input request',
		],
		[
			'a list of projects',
			{ options: { ...options, project_number: ['PRJ-004', 'AP'] }, data },
			1245,
			PROJECT,
		],
		['projects with a comma', { options: { ...options, project_number: 'PRJ-004,AP' }, data }, 1245, PROJECT],
		['an unknown project', { options: { ...options, project_number: 'PRJ-4' }, data }, 602, PROJECT],
		['a blank project', { options: { ...options, project_number: '' }, data }, 602, PROJECT],
		['an inactive project', { options: { ...options, project_number: 'PRJ-INACTIVE' }, data }, 602, PROJECT],
		[
			'an inactive business process',
			{ options: { ...options, bpname: 'Retired Forms' }, data },
			3006,
			'Business Process is not Active.',
		],
		[
			'a reservation',
			{ options: { ...options, bpname: 'Reservations' }, data },
			12761,
			'Selected Business Processes do not support termination of record.',
		],
		['no data', { options }, 17004, 'Record number is required.'],
		['empty data', { options, data: [] }, 17004, 'Record number is required.'],
		['no record_no', { options, data: [{}] }, 17004, 'Record number is required.'],
		['an empty record_no', { options, data: [{ record_no: [] }] }, 17004, 'Record number is required.'],
		[
			'a blank record number',
			{ options, data: [{ record_no: ['PL-1', ' '] }] },
			17004,
			'Record number is required.',
		],
		[
			'10,001 records',
			{ options, data: [{ record_no: many }] },
			12753,
			'You can terminate a maximum of 10,000 records at a time.',
		],
		[
			'two records of a Cost BP',
			{ options: { ...options, bpname: 'Contracts' }, data: [{ record_no: ['C-1', 'C-2'] }] },
			12754,
			'You cannot terminate multiple records simultaneously for Cost Type Business Process.',
		],
	])('refuses %s', async (_case, body, status, message) => {
		seed(1, { ids: ['PL-1'] });
		const answer = await terminateRaw(body);
		expect(answer.status).toBe(200);
		expect(answer.json).toEqual({ data: [], message: [message], status, rest_audit_id: 2678 });
		expect(instance('PL-1').state).toBe('running');
	});

	it('checks in the documented order', async () => {
		const limited = await tokenOf('withoutRight');
		const steps: Array<[string, Promise<Answer>, number]> = [
			['token before permission', terminateRaw('{', 'none'), 401],
			['permission before body', terminateRaw('{', limited), 403],
			['body before name', terminateRaw('{'), 1101],
			['name before project', terminateRaw({ options: { bpname: 'No', project_number: 'No' } }), 603],
			['missing project', terminateRaw({ options: { bpname: 'Retired Forms' } }), 13001],
			['several projects before wrong', terminate(many, { project_number: 'No,No' }), 1245],
			['project before inactive', terminate(many, { bpname: 'Retired Forms', project_number: 'No' }), 602],
			['inactive before records', terminate([], { bpname: 'Retired Forms' }), 3006],
			['kind before records', terminate([], { bpname: 'Reservations' }), 12761],
			['limit before Cost', terminate(many, { bpname: 'Contracts' }), 12753],
		];
		for (const [step, pending, code] of steps) {
			const answer = await pending;
			expect([step, answer.json?.status ?? answer.status]).toEqual([step, code]);
		}
	});

	it('refuses another content type', async () => {
		const answer = await ask(url(TERMINATE), {
			method: 'PUT',
			headers: { authorization: `Bearer ${issued()}` },
			body: '{}',
		});
		expect(answer.status).toBe(415);
		expect(answer.json).toBeUndefined();
	});

	it.each([
		['POST', '/acme/ws/rest/service/v2/bp/record/terminate', 405],
		['GET', '/acme/ws/rest/service/v2/bp/record/terminate', 405],
		['GET', '/acme/ws/rest/service/v1/bp/records/PRJ-004', 405],
		['POST', '/acme/ws/rest/service/v2/auth/token', 405],
		['HEAD', '/acme/ws/rest/service/v1/login', 405],
		['PUT', '/acme/ws/rest/service/v1/bp/record/terminate/x', 404],
		['PUT', '/acme/ws/rest/service/v2/bp/record/terminate/', 404],
		['PUT', '/ws/rest/service/v2/bp/record/terminate', 404],
		['PUT', '/other/ws/rest/service/v2/bp/record/terminate', 404],
		['GET', '/acme', 404],
	])('answers %s %s with HTML', async (method, path, status) => {
		const answer = await ask(unifier.origin + path, { method });
		expect(answer.status).toBe(status);
		expect(answer.headers.get('content-type')).toContain('text/html');
		expect(answer.headers.has('allow')).toBe(status === 405);
	});

	it('serves the environments of the company too', async () => {
		const path = `${unifier.origin}/acme/stage${SERVICE}/v1/login`;
		expect((await ask(path, { headers: { authorization: basicHeader('unifierApi') } })).status).toBe(200);
	});
});

describe('the token services', () => {
	it('answers V1 login as documented, the dates in the format of the user', async () => {
		const expiry = Date.UTC(2021, 4, 18, 19, 44, 30);
		configure({ clockOffsetMs: expiry - 180 * DAY_MS - Date.now() });
		const { json, text } = await logIn('dollarUser', '/v1/login');
		expect(text.replace(json.token, 'TOKEN-V1')).toBe(
			'{"expiryDate":"05/18/2021","Timezone":"(UTC-08:00) Pacific Time (US & Canada)",' +
				'"expiryTime":"05/18/2021 11:44 AM","status":200,"token":"TOKEN-V1"}',
		);
	});

	it('answers V2 for a Basic user as documented', async () => {
		const expiry = Date.UTC(2023, 8, 30, 14, 50, 30);
		configure({ clockOffsetMs: expiry - 172_800_000 - Date.now() });
		const { json, text } = await logIn();
		expect(text.replace(json.data.access_token, 'TOKEN-V2')).toBe(
			'{"data":{"expiryDate":"30/09/2023","Timezone":"(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi",' +
				'"access_token":"TOKEN-V2","auth_type":"Basic","expiryTime":"30/09/2023 08:20 PM","expires_in":172800},' +
				'"message":[],"status":200}',
		);
	});

	it('answers an OAuth user with endpoint and tenant headers on V2, and flat on V1', async () => {
		const v2 = await logIn('v2OAuth');
		expect(v2.json).toEqual({
			data: {
				endpoint: 'rest1',
				access_token: expect.stringMatching(/^sandbox-token-oauth-/),
				expires_in: 3600,
				request_headers: {
					'x-unifier-tenant-code': 'sandbox-tenant-code-1',
					'x-unifier-tenant': 'sandbox-tenant',
				},
			},
			message: [],
			status: 200,
		});
		const v1 = await logIn('v1OAuth', '/v1/oauth/token?expiry=60');
		expect(v1.text.replace(v1.json.access_token, 'T')).toBe(
			'{"access_token":"T","token_type":"Bearer","expires_in":60,"status":200}',
		);
	});

	it('refuses an expiry that is no number of seconds, and can give texts for numbers', async () => {
		expect((await logIn('v1OAuth', '/v1/oauth/token?expiry=soon')).json.status).toBe(3002);
		configure({ expiresIn: 'string', statusType: 'string' });
		expect((await logIn('v1OAuth', '/v1/oauth/token')).json).toMatchObject({
			expires_in: '3600',
			status: '200',
		});
	});

	it.each([
		['wrongPassword', '/v2/auth/token'],
		['inactiveUser', '/v2/auth/token'],
		['noIntegrationUser', '/v1/login'],
		['v1OAuth', '/v1/login'],
		['unifierApi', '/v1/oauth/token'],
	])('refuses %s on %s in plain text', async (name, path) => {
		const answer = await logIn(name, path);
		expect([answer.status, answer.text]).toEqual([401, 'Unauthorized']);
		expect(answer.headers.get('content-type')).toContain('text/plain');
		expect(counters()).toMatchObject({ logins: 0, refusedLogins: 1 });
	});

	it.each([
		undefined,
		'Basic',
		'Basic !!!',
		`Basic ${Buffer.from('n8n-basic').toString('base64')}`,
		'Bearer x',
	])('refuses the header %s', async (authorization) => {
		const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
		expect((await ask(url('/v2/auth/token'), { headers })).status).toBe(401);
	});

	it('reads names with $$ and passwords in UTF-8, and nothing else', async () => {
		expect((await logIn('dollarUser')).status).toBe(200);
		const { username = '', password = '' } = credential('dollarUser');
		const latin = Buffer.from(`${username}:${password}`, 'latin1').toString('base64');
		const oneDollar = Buffer.from(`${username.slice(1)}:${password}`).toString('base64');
		for (const header of [latin, oneDollar]) {
			const answer = await ask(url('/v2/auth/token'), { headers: { authorization: `Basic ${header}` } });
			expect(answer.status).toBe(401);
		}
	});

	it('makes the earlier Basic token of the same user invalid, not those of others', async () => {
		const first = await tokenOf();
		const other = await tokenOf('dollarUser');
		const second = String((await logIn('unifierApi', '/v1/login')).json.token);
		expect((await read('/v1/admin/bps', first)).status).toBe(401);
		expect((await read('/v1/admin/bps', second)).status).toBe(200);
		expect((await read('/v1/admin/bps', other)).status).toBe(200);
		expect(unifier.emulator.state()['loginsByUser']).toEqual({ 'n8n-basic': 2, '$$n8n-dollar': 1 });
	});

	it('lets OAuth tokens live side by side unless told otherwise', async () => {
		const first = await tokenOf('v2OAuth');
		await tokenOf('v2OAuth');
		expect((await read('/v1/admin/bps', first)).status).toBe(200);
		configure({ loginInvalidates: 'all' });
		await tokenOf('v2OAuth');
		expect((await read('/v1/admin/bps', first)).status).toBe(401);
		configure({ loginInvalidates: 'none' });
		const basic = await tokenOf();
		await tokenOf();
		expect((await read('/v1/admin/bps', basic)).status).toBe(200);
	});

	it('ends a token when its time is over', async () => {
		configure({ tokenLifeSeconds: 60 });
		const token = await tokenOf();
		configure({ clockOffsetMs: 55_000 });
		expect((await read('/v1/admin/bps', token)).status).toBe(200);
		configure({ clockOffsetMs: 61_000 });
		expect((await read('/v1/admin/bps', token)).status).toBe(401);
	});

	it('does not revive a token by a reset', async () => {
		const token = await tokenOf();
		unifier.emulator.reset();
		const fresh = await tokenOf();
		expect(fresh).not.toBe(token);
		expect((await read('/v1/admin/bps', token)).status).toBe(401);
	});

	it('takes only a live Bearer token', async () => {
		const expired = credential('expiredAccessToken')['accessToken'] ?? '';
		expect((await read('/v1/admin/bps', issued())).status).toBe(200);
		for (const authorization of [`Basic ${issued()}`, issued(), `Bearer ${expired}`, 'Bearer ']) {
			const answer = await ask(url('/v1/admin/bps'), { headers: { authorization } });
			expect([authorization, answer.status, answer.text]).toEqual([authorization, 401, 'Unauthorized']);
		}
		expect((await ask(url('/v1/admin/bps'))).status).toBe(401);
		expect(counters()['unauthorized']).toBe(5);
	});

	it('refuses tokens once or always on demand', async () => {
		const token = await tokenOf();
		configure({ refuseTokens: 'once' });
		expect((await read('/v1/admin/bps', token)).status).toBe(401);
		expect((await read('/v1/admin/bps', token)).status).toBe(401);
		expect((await read('/v1/admin/bps', await tokenOf())).status).toBe(200);
		configure({ refuseTokens: 'always' });
		expect((await read('/v1/admin/bps', await tokenOf())).status).toBe(401);
	});

	it('wants both tenant headers in multi-tenant mode', async () => {
		configure({ multiTenant: true });
		const { data } = (await logIn()).json;
		expect(data).toMatchObject({ endpoint: 'rest1', auth_type: 'Basic', expires_in: 172_800 });
		const token = String(data.access_token);
		const tenant = { 'x-unifier-tenant': 'sandbox-tenant' };
		expect((await read('/v1/admin/bps', token)).status).toBe(401);
		expect((await read('/v1/admin/bps', token, tenant)).status).toBe(401);
		expect((await read('/v1/admin/bps', token, data.request_headers)).status).toBe(200);
		expect(credential('tenantAccessToken')).toMatchObject({
			tenant: data.request_headers['x-unifier-tenant'],
			tenantCode: data.request_headers['x-unifier-tenant-code'],
		});
	});
});

describe('permissions', () => {
	it('lets a reader read records but neither terminate nor administrate', async () => {
		const token = await tokenOf('withoutRight');
		seed(1, { ids: ['A'] });
		const body = { bpname: 'Punchlist' };
		expect((await send('POST', '/v1/bp/records/PRJ-004', body, token)).json.data).toHaveLength(1);
		const refused = await terminateRaw({ options: body, data: [] }, token);
		expect([refused.status, refused.json]).toEqual([403, undefined]);
		expect((await read('/v1/admin/bps', token)).status).toBe(403);
		expect((await read('/v1/admin/projectshell', token)).status).toBe(403);
		expect(counters()['forbidden']).toBe(3);
	});

	it('lets a user without Admin terminate', async () => {
		const token = await tokenOf('withoutAdmin');
		seed(1, { ids: ['A'] });
		const options = { bpname: 'Punchlist', project_number: 'PRJ-004' };
		expect((await terminateRaw({ options, data: [{ record_no: ['A'] }] }, token)).json.status).toBe(200);
		expect((await read('/v1/admin/bps', token)).status).toBe(403);
	});

	it('denies single calls on demand', async () => {
		configure({ deny: ['terminate', 'shells'] });
		expect((await terminate(['A'])).status).toBe(403);
		expect((await read('/v1/admin/projectshell')).status).toBe(403);
		expect((await read('/v1/admin/bps')).status).toBe(200);
	});
});

describe('the record list', () => {
	const by = (field: string, value: string, condition_type: string, value2?: string): object => ({
		filter_criteria: {
			filter: [{ field, value, condition_type, ...(value2 === undefined ? {} : { value2 }) }],
		},
	});

	beforeEach(() => {
		seed(1, { ids: ['PL-1'], fields: { title: 'Door frame', size: 5 } });
		seed(1, { ids: ['PL-2'], status: 'On Hold', fields: { title: 'Paint', size: 20 } });
		seed(1, { ids: ['XX-3'], state: 'terminated', fields: { title: 'Paint door', size: 100 } });
	});

	it('answers the shape of the documented envelope', async () => {
		expect((await list({ filter_condition: 'record_no=PL-1' })).text).toBe(
			'{"data":[{"record_no":"PL-1","status":"Active"}],"message":["success"],"status":200}',
		);
	});

	it('adds line items by default, and all fields when none are named', async () => {
		const { json } = await send('POST', '/v1/bp/records/PRJ-004', { bpname: 'Punchlist' });
		expect(json.data[1]).toMatchObject({ record_no: 'PL-2', title: 'Paint', status: 'On Hold' });
		expect(json.data[1]._bp_lineitems).toEqual([{ title: 'Line 1', uuu_tab_id: 'Line Items' }]);
		const chosen = await list({
			lineitem: 'yes',
			lineitem_fields: ' uuu_tab_id',
			record_fields: 'title; none',
		});
		expect(chosen.json.data[0]).toEqual({
			record_no: 'PL-1',
			title: 'Door frame',
			_bp_lineitems: [{ uuu_tab_id: 'Line Items' }],
		});
	});

	it('lists ended records with their status, or hides them', async () => {
		expect(await numbers({ filter_condition: 'status=Terminated' })).toEqual(['XX-3']);
		await terminate(['PL-1']);
		expect(await numbers({ filter_condition: 'status=Active' })).toEqual([]);
		configure({ terminatedStatus: 'Ended', endedRecords: 'listed' });
		expect(await numbers(by('status', 'Ended', 'eq'))).toEqual(['PL-1', 'XX-3']);
		configure({ endedRecords: 'hidden' });
		expect(await numbers({})).toEqual(['PL-2']);
	});

	it('filters by criteria', async () => {
		expect(await numbers(by('title', 'Paint', 'eq'))).toEqual(['PL-2']);
		expect(await numbers(by('record_no', 'PL', 'like'))).toEqual(['PL-1', 'PL-2']);
		expect(await numbers(by('title', '%oor%', 'like'))).toEqual(['PL-1', 'XX-3']);
		expect(await numbers(by('record_no', 'PL-_', 'like'))).toEqual(['PL-1', 'PL-2']);
		expect(await numbers(by('record_no', 'P.', 'like'))).toEqual([]);
		expect(await numbers(by('size', '5', 'range', '20'))).toEqual(['PL-1', 'PL-2']);
	});

	it('joins criteria and simple filter', async () => {
		const filter = [
			{ field: 'title', value: 'Paint', condition_type: 'like' },
			{ field: 'record_no', value: 'PL', condition_type: 'like' },
		];
		expect(await numbers({ filter_criteria: { filter } })).toEqual(['PL-2']);
		expect(await numbers({ filter_criteria: { join: 'or', filter } })).toHaveLength(3);
		expect(
			await numbers({ filter_criteria: { join: 'OR', filter }, filter_condition: 'status=Active' }),
		).toEqual(['PL-1']);
	});

	it('reads dates in the order of the user', async () => {
		seed(1, { ids: ['D'], fields: { uuu_record_last_update_date: '2017/07/12 08:00' } });
		const range = by('uuu_record_last_update_date', '12-07-2017 07:54:00', 'range', '20-07-2017');
		expect(await numbers(range)).toEqual(['D']);
		const early = by('uuu_record_last_update_date', '12-07-2017 08:01:00', 'range', '20-07-2017');
		expect(await numbers(early)).toEqual([]);
	});

	it.each([
		['no equals sign', { filter_condition: 'status' }, 3],
		['another field', { filter_condition: 'title=Paint' }, 3],
		['an unknown field', by('nothing', 'x', 'eq'), 0],
		['an unknown condition', by('title', 'Paint', 'ne'), 0],
		['a range with one end', by('size', '5', 'range'), 0],
		['an unknown join', { filter_criteria: { join: 'XOR', filter: [] } }, 0],
	])('answers a faulty filter with all or nothing: %s', async (_case, filter, count) => {
		expect(await numbers(filter)).toHaveLength(count);
		configure({ faultySimpleFilter: 'refuse', faultyCriteria: 'refuse' });
		expect((await list(filter)).json).toEqual({
			data: [],
			message: ['Invalid Filter Condition'],
			status: 811,
		});
	});

	it('takes project numbers that need encoding, and the company level with or without slash', async () => {
		for (const project of ['AM-CO630/620A', '2020#7']) {
			seed(1, { projectNumber: project, ids: [`IN ${project}`] });
			expect(await numbers({}, `/v1/bp/records/${encodeURIComponent(project)}`)).toEqual([`IN ${project}`]);
		}
		seed(1, { bpName: 'Vendors', ids: ['VEN-0023'] });
		for (const path of ['/v1/bp/records', '/v1/bp/records/']) {
			expect(await numbers({ bpname: 'Vendors' }, path)).toEqual(['VEN-0023']);
		}
	});

	it.each<[string, object, string, number]>([
		['no name', { bpname: '' }, '/v1/bp/records/PRJ-004', 603],
		['an unknown project', {}, '/v1/bp/records/NONE', 602],
		['a missing project', {}, '/v1/bp/records', 13001],
		['a wrong lineitem', { lineitem: true }, '/v1/bp/records/PRJ-004', 3002],
		['an unknown key', { limit: 5 }, '/v1/bp/records/PRJ-004', 3002],
	])('refuses %s', async (_case, body, path, status) => {
		const { json } = await list(body, path);
		expect(json).toEqual({ data: [], message: [expect.any(String)], status });
	});
});

describe('one record', () => {
	const get = async (input: unknown, project = ''): Promise<Answer> =>
		await read(`/v1/bp/record${project}?input=${encoded(input)}`);

	it('answers with status and line items', async () => {
		seed(1, { bpName: 'Vendors', ids: ['VEN-0023'], fields: { uveCOIAmoutCA: 0 } });
		const { json } = await get({ bpname: 'Vendors', record_no: 'VEN-0023', lineitem: 'yes' });
		expect(json).toMatchObject({ message: ['success'], status: 200 });
		expect(json.data).toHaveLength(1);
		expect(json.data[0]).toMatchObject({ record_no: 'VEN-0023', status: 'Active', uveCOIAmoutCA: 0 });
		expect(json.data[0]._bp_lineitems).toHaveLength(1);
		const bare = await get({ bpname: 'Vendors', record_no: 'VEN-0023', lineitem: 'no' });
		expect(bare.json.data[0]).not.toHaveProperty('_bp_lineitems');
	});

	it.each<[string, unknown, string, number]>([
		['an unknown record', { bpname: 'Vendors', record_no: 'VEN-9' }, '', 657],
		['no record', { bpname: 'Vendors' }, '', 17004],
		['no name', { record_no: 'VEN-9' }, '', 603],
		['a wrong project', { bpname: 'Punchlist', record_no: 'PL-1' }, '/NONE', 602],
		['a number for a name', { bpname: 5, record_no: 'PL-1' }, '', 3002],
	])('refuses %s', async (_case, input, project, status) => {
		expect((await get(input, project)).json.status).toBe(status);
	});

	it('refuses input that is missing or no JSON', async () => {
		expect((await read('/v1/bp/record')).json.status).toBe(1101);
		expect((await read('/v1/bp/record?input=%7B')).json.status).toBe(1101);
	});
});

describe('business processes and shells', () => {
	it('lists the business processes of the company and of a project', async () => {
		expect((await read('/v1/admin/bps')).text).toBe(
			'{"data":[{"bp_model_name":"uven","bp_name":"Vendors","studio_source":"simple","studio_type":null,' +
				'"no_workflow":true}],"message":[""],"status":200}',
		);
		const { json } = await read('/v1/admin/bps/PRJ-004');
		const kinds = json.data.map((row: JsonObject) => [row['bp_name'], row['studio_source']]);
		expect(Object.fromEntries(kinds)).toMatchObject({ Punchlist: 'lineitem', Contracts: 'cost' });
		expect((await read('/v1/admin/bps/PRJ-INACTIVE')).json.status).toBe(602);
		expect((await read('/v1/admin/bps/AM-CO630%2F620A')).json.data).toHaveLength(1);
	});

	const shells = async (options: unknown): Promise<string[]> =>
		(await read(`/v1/admin/projectshell?options=${encoded(options)}`)).json.data.map(
			(row: { projectnumber: string }) => row.projectnumber,
		);

	it('filters shells by options only', async () => {
		const all = await read('/v1/admin/projectshell?Status=Inactive');
		expect(all.json).toMatchObject({ message: ['Success'], status: 200 });
		expect(all.json.data[0]).toEqual({
			projectname: 'All Projects',
			projectnumber: 'AP',
			status: 'Active',
			type: 'wbs_shell',
		});
		expect(all.json.data).toHaveLength(6);
		expect(await shells({ status: 'Inactive' })).toEqual(['PRJ-INACTIVE']);
		expect(await shells({ type: 'generic_shell' })).toEqual(['SHELL-01']);
		expect(await shells({ filter_condition: 'projectname=All Projects' })).toEqual(['AP']);
		expect(await shells({ filter_condition: 'projectnumber=NONE' })).toEqual([]);
	});

	it('refuses options that it does not know', async () => {
		const status = async (options: unknown): Promise<number> =>
			(await read(`/v1/admin/projectshell?options=${encoded(options)}`)).json.status;
		expect(await status({ status: 'Open' })).toBe(3002);
		expect(await status({ filter_condition: 'type=x' })).toBe(811);
		expect((await read('/v1/admin/projectshell?options=x')).json.status).toBe(1101);
	});
});

describe('switches', () => {
	beforeEach(() => {
		seed(4, { ids: ['A', 'B', 'C', 'D'] });
		seed(1, { ids: ['I'], state: 'initiation' });
		seed(1, { ids: ['T'], state: 'terminated' });
		seed(1, { ids: ['Z'], state: 'terminal' });
	});

	it('speaks the wording of the table', async () => {
		configure({ wording: 'table' });
		expect((await terminate(['A', 'A', 'X', 'I', 'T', 'Z'])).json.message).toEqual([
			'[A ] are duplicate values in the request.',
			'[X] do not exist.',
			'[I] is/are in the initiation step.',
			'[ Z ] is/are in terminal status. This action can only be performed on records that are not terminated or are not in the terminal step.',
			'[ T ] is/are already terminated.',
			'[A ] terminated successfully.',
		]);
	});

	it('speaks another language', async () => {
		configure({ wording: 'translated' });
		expect((await terminate(['A', 'T'])).json.message).toEqual([
			'[T] bereits beendet.',
			'[A] erfolgreich beendet.',
		]);
	});

	it.each([
		['array', ['[A] terminated successfully.']],
		['objects', [{ message: '[A] terminated successfully.' }]],
		['object', { message_1: '[A] terminated successfully.' }],
		['string', '[A] terminated successfully.'],
		['blank', ['']],
		['missing', undefined],
	])('gives the message as %s', async (messageForm, message) => {
		configure({ messageForm });
		expect((await terminate(['A'])).json.message).toEqual(message);
	});

	it('gives the status as text and no audit ID', async () => {
		configure({ statusType: 'string', restAuditId: 'absent' });
		expect((await terminate(['A'])).text).toBe(
			'{"data":[],"message":["[A] terminated successfully."],"status":"200"}',
		);
	});

	it('leaves a record out and names one that nobody asked for', async () => {
		configure({ omitFromMessages: ['A'], nameUnrequested: ['OTHER'] });
		expect((await terminate(['A', 'B'])).json).toMatchObject({
			status: 200,
			message: ['[OTHER] already terminated.', '[B] terminated successfully.'],
		});
		expect(instance('A').state).toBe('terminated');
	});
});

describe('seeding', () => {
	it('adds what a record needs around it', async () => {
		const ids = seed(2, { bpName: 'Daily Reports', projectNumber: 'NEW-1' });
		expect(ids.every((id) => id.startsWith('DAI-'))).toBe(true);
		const answer = await terminate(ids, { bpname: 'Daily Reports', project_number: 'NEW-1' });
		expect(answer.json.status).toBe(200);
		expect(counters()['seeded']).toBe(2);
	});

	it('gives out no number that is taken', () => {
		seed(1, { ids: ['PL-0001', 'PL-0002'] });
		expect(seed(2, {})).toEqual(['PL-0003', 'PL-0004']);
	});

	it('keeps equal numbers of two groups apart', () => {
		seed(1, { ids: ['A'] });
		seed(1, { ids: ['A'], bpName: 'Vendors' });
		expect(instance('A').bpName).toBe('Punchlist');
		expect(instance('A@Vendors/').bpName).toBe('Vendors');
	});
});
