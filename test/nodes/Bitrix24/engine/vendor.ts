import type { IDataObject } from 'n8n-workflow';

import type { NodeResult } from '../../../engine/engine';
import { credentialsOf, requestsTo, stateOf } from '../../../engine/sandboxes';
import { CHANGED_TEXTS, KEPT_TEXTS } from '../../../sandbox/vendors/bitrix24/substitutionTexts.ts';
import { OAUTH2, outcomesOf, PATHS, Portal, toldOf, WEBHOOK } from '../harness';
import type { Options } from '../harness';
import { NOT_FOUND_DE, batchAnswer } from '../samples';

/** What only Bitrix24 does. */
export function describeVendor(): void {
	const portal = new Portal();
	const { vendor } = portal;

	const terminate = async (workflowId: unknown, options: Options = {}): Promise<NodeResult> =>
		await portal.terminate(workflowId, options);

	describe('a workflow that brings the server down', () => {
		it.each(['terminate', 'kill'] as const)('keeps no other from ending: %s', async (command) => {
			const [first = ''] = portal.seed(1, { activityGone: true });
			const healthy = portal.seed(148, {});
			const [second = ''] = portal.seed(1, { activityGone: true });
			const ids = [first, ...healthy.slice(0, 70), second, ...healthy.slice(70)];
			const parameters = command === 'kill' ? { confirmDeletion: true } : {};
			const result = await portal[command](ids, { parameters });
			const told = toldOf(result);
			for (const { id, outcome, message } of told) {
				const isBroken = id === first || id === second;
				expect([id, outcome === 'unknown']).toEqual([id, isBroken]);
				if (isBroken) expect(message).toMatch(/HTTP 500.*still running/);
			}
			expect(healthy.map((id) => portal.instance(id)['state'])).not.toContain('running');
			expect([first, second].map((id) => portal.instance(id)['state'])).toEqual(['running', 'running']);
			// Three batches, and for each broken one: a question, four times alone with a question each, the others.
			expect(portal.calls().filter((call) => !call.includes('instances')).length).toBeLessThanOrEqual(14);
		});
	});

	describe('on the wire', () => {
		it('sends the documented request, its secret in the path only', async () => {
			const [id] = portal.seed(1, { tasks: 2 });
			const result = await terminate(id, { parameters: { statusText: 'Beendet – von n8n' } });
			expect(result.success).toEqual([
				{
					json: {
						id,
						ok: true,
						outcome: 'terminated',
						message: `Workflow ${id} was terminated`,
						attempts: 1,
					},
					pairedItem: { item: 0 },
				},
			]);
			const [request, ...others] = vendor.journal.list();
			expect(others).toEqual([]);
			expect(request).toMatchObject({
				method: 'POST',
				url: '/rest/1/***/bizproc.workflow.terminate',
				body: JSON.stringify({ ID: id, STATUS: 'Beendet – von n8n' }),
			});
			expect(request?.headers['content-type']).toBe('application/json');
			expect(request?.headers['accept']).toBe('application/json');
			expect(request?.headers['authorization']).toBeUndefined();
			const { instances } = vendor.emulator.state() as { instances: Record<string, IDataObject> };
			expect(instances[id!]).toMatchObject({
				state: 'terminated',
				title: 'Beendet – von n8n',
				openTasks: 0,
			});
		});

		it('names workflow and execution in the status unless told otherwise, read once for all items', async () => {
			const [byDefault, empty] = portal.seed(2, {});
			const ids = portal.seed(120, {});
			await terminate(byDefault);
			await terminate(empty, { parameters: { statusText: '' } });
			expect(portal.title(byDefault!)).toMatch(/^Terminated by n8n workflow ".*", execution 1$/);
			const many = { items: ids.map((id) => ({ id })) };
			expect(outcomesOf(await terminate('={{ $json.id }}', many))).toEqual(Array(120).fill('terminated'));
			expect(portal.calls().slice(-3)).toEqual(
				[50, 50, 20].map((count) => `${count} × bizproc.workflow.terminate`),
			);
			expect(ids.map((id) => portal.title(id))).toEqual(Array(120).fill(portal.title(byDefault!)));
			expect(portal.title(empty!)).toBe('Execution interrupted.');
			expect(requestsTo(vendor, 'POST')[1]?.body).toBe(JSON.stringify({ ID: empty }));
		});

		it.each(PATHS)('keeps the execution in a status text that is too long (%s)', async (path) => {
			const [id] = portal.seed(1, {});
			const statusText = `=Terminated by n8n workflow "${'🙂'.repeat(150)}", execution {{ $execution.id }}`;
			await terminate(id, { path, parameters: { statusText } });
			expect(portal.title(id!)).toMatch(/^Terminated by n8n workflow "🙂+…🙂+", execution 1$/u);
		});

		it.each(PATHS)('goes on with a saved workflow that has Ignore Not Found (%s)', async (path) => {
			for (const ignoreNotFound of [true, '={{ $json.missing }}']) {
				const [running = ''] = portal.seed(1, {});
				const [ended = ''] = portal.seed(1, { state: 'completed' });
				const result = await terminate([running, ended], {
					path,
					parameters: { options: { ignoreNotFound } },
				});
				expect(outcomesOf(result)).toEqual(['terminated', 'notRunning']);
			}
		});

		it('takes a number as a status text', async () => {
			for (const path of PATHS) {
				const items = portal.seed(2, {}).map((id, index) => ({ id, ticket: 4711 + index }));
				await terminate('={{ $json.id }}', {
					items,
					path,
					parameters: { statusText: '={{ $json.ticket }}' },
				});
				expect(items.map(({ id }) => portal.title(id))).toEqual(['4711', '4712']);
			}
		});

		it('puts 50 into a request', async () => {
			const ids = portal.seed(120, {});
			const result = await terminate(ids, { parameters: { statusText: 'a&b#c+d %41 "ü" 🙂' } });
			expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
			expect(vendor.journal.list().map(({ url }) => url)).toEqual(
				ids.slice(0, 3).map(() => '/rest/1/***/batch'),
			);
			expect(portal.counters()).toMatchObject({ terminates: 120, batchCommands: 120 });
			for (const id of ids) expect(portal.title(id)).toBe('a&b#c+d %41 "ü" 🙂');
		});

		it('sends one by one what a batch would change', async () => {
			const ids = portal.seed(3, {});
			const statusText = 'by $result[w0] and $TIME[w0][start]';
			await terminate(ids, { parameters: { statusText } });
			expect(requestsTo(vendor, 'POST', '/batch')).toEqual([]);
			const { instances } = vendor.emulator.state() as { instances: Record<string, IDataObject> };
			for (const id of ids) expect(instances[id]).toMatchObject({ state: 'terminated', title: statusText });
		});

		it('leaves no text to a batch that would change it', async () => {
			const texts = [...CHANGED_TEXTS.map(({ text }) => text), ...KEPT_TEXTS];
			const items = portal.seed(texts.length, {}).map((id, index) => ({ id, text: texts[index]! }));
			const result = await terminate('={{ $json.id }}', {
				items,
				parameters: { statusText: '={{ $json.text }}' },
			});
			expect(outcomesOf(result)).toEqual(texts.map(() => 'terminated'));
			expect(items.map(({ id }) => portal.title(id))).toEqual(texts);
			const alone = CHANGED_TEXTS.map(() => 'bizproc.workflow.terminate');
			expect(portal.calls().sort()).toEqual([`${KEPT_TEXTS.length} × bizproc.workflow.terminate`, ...alone]);
		});

		it('keeps IDs of digits only as text', async () => {
			const id = '66412345678901.12345678';
			portal.seed(1, { ids: [id] });
			const result = await terminate(id);
			expect(result.success[0]?.json).toMatchObject({ id, outcome: 'terminated' });
			const other = await terminate(Number(id));
			expect(other.error?.message).toContain("'Workflow ID' received a number");
		});

		it('refuses a broken status text before anything is sent', async () => {
			const [id] = portal.seed(1, {});
			const result = await terminate(id, { parameters: { statusText: 'cut \ud83d' } });
			expect(result.error?.message).toContain("'Status Text'");
			expect(vendor.journal.list()).toEqual([]);
		});

		it('ends nothing but what was asked for', async () => {
			const [one, other] = portal.seed(2, {});
			await terminate(one);
			expect([stateOf(vendor, one!), stateOf(vendor, other!)]).toEqual(['terminated', 'running']);
		});
	});

	describe('with a webhook', () => {
		it.each(['', '/', 'profile', 'bizproc.workflow.terminate.json', 'profile/', 'user.get.json?ID=42'])(
			'works with %p behind the code',
			async (end) => {
				const [id] = portal.seed(1, {});
				const webhookUrl = String(credentialsOf(vendor, WEBHOOK)['webhookUrl']).replace(/\/$/, '');
				const behind = end === '' || end === '/' ? end : `/${end}`;
				const result = await terminate(id, { credential: { webhookUrl: webhookUrl + behind } });
				expect(outcomesOf(result)).toEqual(['terminated']);
			},
		);

		it.each(['https://portal.example/', 'http://portal.example/rest/1/code1/', 'not an address', ''])(
			'refuses %p before anything is sent',
			async (webhookUrl) => {
				const result = await terminate(['1', '2'], { credential: { webhookUrl } });
				expect(outcomesOf(result)).toEqual(['notSent', 'notSent']);
				expect(result.error?.description).toContain("'Webhook URL' in the credential");
			},
		);
	});

	describe('with OAuth2', () => {
		const EXPIRED = { oAuth2: true, key: 'oAuth2Expired' };

		it('signs with the token of the application', async () => {
			const [id] = portal.seed(1, {});
			const result = await terminate(id, { oAuth2: true });
			expect(outcomesOf(result)).toEqual(['terminated']);
			const [request] = vendor.journal.list();
			expect(request?.url).toBe('/rest/bizproc.workflow.terminate');
			expect(request?.headers['authorization']).toBe('Bearer ***');
			expect(portal.counters()['refreshes']).toBe(0);
		});

		it.each(['', '/', '/company/personal/user/1/?tab=a#b'])(
			'takes the portal with %p behind it',
			async (end) => {
				const [id] = portal.seed(1, {});
				const result = await terminate(id, { oAuth2: true, credential: { portalUrl: vendor.origin + end } });
				expect(outcomesOf(result)).toEqual(['terminated']);
			},
		);

		it('renews an expired token once, keeps the new pair, and goes on', async () => {
			const before = credentialsOf(vendor, 'oAuth2Expired')['oauthTokenData'] as IDataObject;
			const ids = portal.seed(60, {});
			const result = await terminate(ids, EXPIRED);
			expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
			expect(portal.counters()).toMatchObject({ refreshes: 1, tokenErrors: 0, terminates: 60 });
			const after = result.credentials.stored(OAUTH2)['oauthTokenData'] as IDataObject;
			expect(after['access_token']).not.toBe(before['access_token']);
			expect(after['refresh_token']).not.toBe(before['refresh_token']);
			expect(result.credentials.saved).toBe(1);
			const [token] = requestsTo(vendor, 'POST', '/oauth/token/');
			expect(token?.body).toContain('client_secret=***');
			expect(token?.headers['authorization']).toBeUndefined();
		});

		it.each(['wholeInput', 'routing'] as const)('renews once for 50 items (%s)', async (path) => {
			const ids = portal.seed(50, {});
			const items = ids.map((id) => ({ id }));
			const result = await terminate('={{ $json.id }}', { ...EXPIRED, items, path });
			expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
			expect(portal.counters()).toMatchObject({ refreshes: 1, tokenErrors: 0, terminates: 50 });
		});

		it('renews in the middle of a run', async () => {
			const ids = portal.seed(120, {});
			const expired = {
				error: 'expired_token',
				error_description: 'The access token provided has expired',
			};
			portal.arm({
				kind: 'status',
				status: 401,
				body: JSON.stringify(expired),
				path: '/rest/batch',
				skip: 1,
			});
			const result = await terminate(ids, { oAuth2: true });
			expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
			expect(portal.counters()).toMatchObject({ refreshes: 1, terminates: 120, batches: 3 });
		});

		it('stops, and sends nothing more, when the refresh token is dead', async () => {
			const ids = portal.seed(120, {});
			const result = await terminate(ids, { oAuth2: true, key: 'oAuth2RefreshExpired' });
			expect(new Set(outcomesOf(result))).toEqual(new Set(['notSent']));
			expect(result.error?.description).toMatch(/credential/);
			expect(requestsTo(vendor, 'POST', '/rest/')).toHaveLength(1);
			expect(portal.counters()).toMatchObject({ refreshes: 0, tokenErrors: 1, terminates: 0 });
		});

		it.each([
			['wrongClient', 'WRONG_CLIENT, Wrong client', "'Client Secret'"],
			['paymentRequiredAsSuccess', 'PAYMENT_REQUIRED, Payment required', 'does not help'],
		])(
			'tells a refusal of the token server that looks like a success: %s',
			async (tokenServer, said, hint) => {
				portal.configure({ tokenServer });
				const ids = portal.seed(120, {});
				const result = await terminate(ids, EXPIRED);
				expect(outcomesOf(result)).toEqual(ids.map(() => 'notSent'));
				expect(result.error?.description).toMatch(/the token server \S+ refused to renew the access/);
				expect(result.error?.description).toContain(said);
				expect(result.error?.description).toContain(hint);
				expect(requestsTo(vendor, 'POST', '/oauth/token/')).toHaveLength(1);
			},
		);

		it('does not take an earlier refusal for the reason why Bitrix24 refuses a good token', async () => {
			portal.configure({ authStatus: 'code' });
			const oauthTokenData = {
				...(credentialsOf(vendor, 'oAuth2NoScope')['oauthTokenData'] as IDataObject),
				error: 'WRONG_CLIENT',
			};
			const result = await terminate(portal.seed(1, {}), {
				oAuth2: true,
				key: 'oAuth2NoScope',
				credential: { oauthTokenData },
			});
			expect(result.error?.message).toMatch(/bizproc/);
			expect(portal.counters()['refreshes']).toBe(1);
		});

		it.each(['paymentRequired', 'wrongClient'])(
			'asks a token server that refuses once, also where n8n runs item by item: %s',
			async (tokenServer) => {
				portal.configure({ tokenServer });
				const items = portal.seed(50, {}).map((id) => ({ id }));
				const result = await terminate('={{ $json.id }}', {
					...EXPIRED,
					items,
					path: 'routing',
					onError: 'continueErrorOutput',
				});
				expect(outcomesOf(result)).toEqual(items.map(() => 'notSent'));
				expect(requestsTo(vendor, 'POST', '/oauth/token/')).toHaveLength(1);
			},
		);

		it.each([
			['', /the token server could not be reached for a new access token: the URL is not valid/],
			[
				'http://127.0.0.1:9/oauth/token/',
				/the token server 127\.0\.0\.1:9 could not be reached for a new access token/,
			],
		])('tells the token server at %p from the portal', async (accessTokenUrl, message) => {
			const result = await terminate(portal.seed(2, {}), { ...EXPIRED, credential: { accessTokenUrl } });
			expect(outcomesOf(result)).toEqual(['notSent', 'notSent']);
			expect(result.error?.message).toMatch(message);
			expect(result.error?.message).not.toContain(new URL(vendor.origin).host);
			expect(requestsTo(vendor, 'POST', '/rest/').length).toBeLessThanOrEqual(2);
		});

		it('renews at most twice for a list as well, and blames the token server', async () => {
			portal.arm({ kind: 'status', status: 503, path: '/oauth/token/', times: 1000 });
			const result = await portal.list({ ...EXPIRED, parameters: { returnAll: true } });
			expect(result.error?.message).toMatch(/the token server \S+ could not renew the access/);
			expect(requestsTo(vendor, 'POST', '/oauth/token/')).toHaveLength(2);
		});

		it.each([
			['oAuth2WrongSecret', 'normal'],
			['oAuth2Expired', 'paymentRequired'],
		])('claims no success when the renewal is refused: %s, %s', async (key, tokenServer) => {
			portal.configure({ tokenServer });
			const ids = portal.seed(60, {});
			const outcomes = outcomesOf(await terminate(ids, { oAuth2: true, key }));
			expect(outcomes).toHaveLength(60);
			expect(new Set(outcomes)).toEqual(new Set(['notSent']));
			expect(portal.counters()).toMatchObject({ refreshes: 0, terminates: 0 });
		});

		it('says what the token server said, and what helps', async () => {
			portal.configure({ tokenServer: 'paymentRequired' });
			const result = await terminate(portal.seed(1, {}), EXPIRED);
			expect(result.error?.message).toContain('PAYMENT_REQUIRED, Payment required');
			expect(result.error?.message).toContain('the token server ');
			expect(result.error?.description).toContain('reconnecting the credential does not help');
		});

		it.each(['wholeInput', 'routing'] as const)(
			'renews at most twice when the token server stays at 503, and blames it, not the portal (%s)',
			async (path) => {
				portal.arm({ kind: 'status', status: 503, path: '/oauth/token/', times: 1000 });
				const items = portal.seed(120, {}).map((id) => ({ id }));
				const result = await terminate('={{ $json.id }}', {
					...EXPIRED,
					items,
					path,
					onError: 'continueErrorOutput',
				});
				expect(outcomesOf(result)).toEqual(items.map(() => 'notSent'));
				expect(requestsTo(vendor, 'POST', '/oauth/token/')).toHaveLength(2);
				expect(result.errors[0]?.json['message']).toMatch(
					/the token server \S+ could not renew the access token of the credential \(HTTP 503\)/,
				);
			},
		);

		it('renews a token that Bitrix24 does not know', async () => {
			const [id] = portal.seed(1, {});
			expect(outcomesOf(await terminate(id, { oAuth2: true, key: 'oAuth2WrongToken' }))).toEqual([
				'terminated',
			]);
			expect(portal.counters()['refreshes']).toBe(1);
		});

		it('stops when the renewed token is refused as well', async () => {
			const ids = portal.seed(120, {});
			const refused = {
				error: 'expired_token',
				error_description: 'The access token provided has expired',
			};
			portal.arm({ kind: 'status', status: 401, body: JSON.stringify(refused), path: '/rest/', times: 99 });
			const result = await terminate(ids, { oAuth2: true });
			expect(outcomesOf(result).slice(0, 51)).toEqual([...ids.slice(0, 50).map(() => 'failed'), 'notSent']);
			expect(result.error?.description).toContain('Reconnect the credential.');
			expect(requestsTo(vendor, 'POST', '/rest/')).toHaveLength(2);
		});

		it('stops when an expired token shows inside a batch', async () => {
			const ids = portal.seed(60, {});
			const expired = { error: 'expired_token', error_description: '' };
			const result_error = Object.fromEntries(ids.slice(0, 50).map((_, index) => [`w${index}`, expired]));
			portal.arm({ kind: 'status', status: 200, body: JSON.stringify(batchAnswer({ result_error })) });
			const result = await terminate(ids, { oAuth2: true });
			expect(outcomesOf(result).slice(49, 51)).toEqual(['failed', 'notSent']);
			expect(result.error?.description).toContain('Reconnect the credential.');
			expect(vendor.journal.list()).toHaveLength(1);
		});

		it.each([
			['oAuth2NotAdmin', /administrator/],
			['oAuth2NoScope', /bizproc/],
		])('tells what is wrong with %s', async (key, message) => {
			const [id] = portal.seed(1, {});
			const result = await terminate(id, { oAuth2: true, key });
			expect(result.error?.message).toMatch(message);
			expect(stateOf(vendor, id!)).toBe('running');
		});

		it('tells the same when Bitrix24 answers rights with 401, after one renewal', async () => {
			portal.configure({ authStatus: 'code' });
			const [id] = portal.seed(1, {});
			const result = await terminate(id, { oAuth2: true, key: 'oAuth2NoScope' });
			expect(result.error?.message).toMatch(/bizproc/);
			expect(result.error?.httpCode).toBe('401');
			expect(portal.counters()['refreshes']).toBe(1);
		});

		it('says so when no application was connected', async () => {
			const result = await terminate(['1', '2'], { oAuth2: true, credential: { oauthTokenData: undefined } });
			expect(outcomesOf(result)).toEqual(['notSent', 'notSent']);
			expect(vendor.journal.list()).toEqual([]);
		});

		it('says what the token server said where n8n took its refusal for a connection', async () => {
			const oauthTokenData = { error: 'WRONG_CLIENT', error_description: 'Wrong client' };
			const result = await terminate('1', { oAuth2: true, credential: { oauthTokenData } });
			expect(outcomesOf(result)).toEqual(['notSent']);
			expect(result.error?.message).toMatch(
				/not connected .* the token server \S+ returned WRONG_CLIENT, Wrong client/,
			);
			expect(result.error?.description).toMatch(/'Client Secret'.* reconnect/);
		});

		it.each(['http://portal.example', 'https://user:pass@portal.example', ''])(
			'refuses the portal %p before anything is sent',
			async (portalUrl) => {
				const result = await terminate('1', { oAuth2: true, credential: { portalUrl } });
				expect(outcomesOf(result)).toEqual(['notSent']);
				expect(result.error?.message).toContain("'Portal URL' in the credential");
			},
		);
	});

	describe('what would fare alike', () => {
		it.each([
			['webhookNotAdmin', {}, /administrator/],
			['webhookInactiveUser', {}, /did not accept the user|blocked or dismissed/],
			['webhookNoScope', {}, /bizproc/],
			['webhookWrongCode', {}, /did not accept the credential/],
			['webhookWrongCode', { webhookAuthError: 'NO_AUTH_FOUND' }, /did not accept the credential/],
			['webhookWrongCode', { authStatus: 'code' }, /did not accept the credential/],
			['webhookRevoked', {}, /did not accept the credential/],
			['webhookExpired', {}, /did not accept the credential/],
			['webhookHeld', {}, /overload/],
			['webhookHeld', { authStatus: 'code' }, /overload/],
			[WEBHOOK, { requireHttps: true }, /HTTPS only/],
			[WEBHOOK, { plan: 'noBizproc' }, /not available on this portal/],
			[WEBHOOK, { plan: 'noRest' }, /plan of this portal/],
			[WEBHOOK, { plan: 'noRest', authStatus: 'code' }, /plan of this portal/],
			[WEBHOOK, { plan: 'noRest', authStatus: 'code', generation: 'old' }, /plan of this portal/],
			[WEBHOOK, { deny: 'notAdmin' }, /administrator/],
			[WEBHOOK, { deny: 'noScope' }, /bizproc/],
			[WEBHOOK, { deny: 'invalidCredentials' }, /did not accept the credential/],
			[WEBHOOK, { deny: 'overload' }, /overload/],
			[WEBHOOK, { deny: 'paymentRequired' }, /subscription/],
			[WEBHOOK, { deny: 'portalDeleted' }, /closed/],
		])('stops the run: %s, %p', async (key, switches, message) => {
			portal.configure(switches);
			const ids = portal.seed(60, {});
			const result = await terminate(ids, { key });
			expect(outcomesOf(result)).toEqual(ids.map((_, index) => (index < 50 ? 'failed' : 'notSent')));
			expect(result.error?.description).toMatch(message);
			expect(vendor.journal.list()).toHaveLength(1);
			expect(portal.counters()['terminates']).toBe(0);
		});

		it.each(['wholeInput', 'routing'] as const)(
			'is refused with a code that nobody knows: one request, and its words (%s)',
			async (path) => {
				const error = 'ERROR_OF_TOMORROW';
				const body = JSON.stringify({ error, error_description: 'Not on a Friday.' });
				portal.arm({ kind: 'status', status: 403, body, times: 1000 });
				const ids = portal.seed(500, {});
				const result = await terminate(ids, { path });
				expect(outcomesOf(result)).toEqual(ids.map((_, index) => (index < 50 ? 'failed' : 'notSent')));
				expect(vendor.journal.list()).toHaveLength(1);
				const { message, description } = result.error ?? {};
				expect(`${message} ${description}`).toContain(
					'Bitrix24 refused the request (code ERROR_OF_TOMORROW: "Not on a Friday.")',
				);
				expect(`${message} ${description}`).not.toContain('Open the workflow');
			},
		);

		describe('the running time of the method', () => {
			// A basket of the portal's budget drops out ten minutes after its first call.
			const resetTimes = (from: number): string[] =>
				[from, Date.now()].map((ms) =>
					new Date(Math.ceil((Math.floor(ms / 1000) + 600) / 60) * 60_000)
						.toISOString()
						.slice(0, 16)
						.replace('T', ' '),
				);

			it.each([
				['in the middle of a batch', 30, 31],
				['between two batches', 49, 50],
			])('is used up %s: stops, keeps what was done, and says when to go on', async (_name, limit, done) => {
				portal.configure({ operatingLimitSeconds: limit, operatingCostSeconds: 1 });
				const ids = portal.seed(120, {});
				const started = Date.now();
				const result = await terminate(ids);
				const outcomes = outcomesOf(result);
				const sent = vendor.journal.list().length * 50;
				expect(outcomes).toEqual(
					ids.map((_, index) => (index < done ? 'terminated' : index < sent ? 'failed' : 'notSent')),
				);
				expect(sent).toBe(done < 50 ? 50 : 100);
				expect(portal.counters()['terminates']).toBe(done);
				const hints = toldOf(result).filter(({ outcome }) => outcome !== 'terminated');
				for (const { hint } of hints) {
					const [, time] = /shortly after (.*) UTC, or use a separate webhook/.exec(String(hint)) ?? [];
					expect(resetTimes(started)).toContain(time);
				}
			});

			it('is used up from the start, or the portal says no time', async () => {
				portal.configure({
					operating: 'on',
					timeForm: 'bare',
					operatingLimitSeconds: 0,
					operatingCostSeconds: 1,
				});
				const ids = portal.seed(2, {});
				const result = await terminate(ids);
				expect(outcomesOf(result)).toEqual(['terminated', 'failed']);
				expect(result.error?.description).toContain('about ten minutes');
				const alone = await terminate(ids[1]);
				expect(toldOf(alone)[0]).toMatchObject({
					outcome: 'failed',
					code: 'OPERATION_TIME_LIMIT',
					attempts: 1,
					hint: expect.stringContaining('about ten minutes'),
				});
			});
		});
	});

	describe('what was not run', () => {
		const refusal = (error: string) => ({ error, error_description: '' });
		const answerWith = (status: number, body: unknown, more: object = {}): void =>
			portal.arm({ kind: 'status', status, body: JSON.stringify(body), ...more });

		it.each([
			['QUERY_LIMIT_EXCEEDED', 503],
			['CONNECTION_ERROR', 401],
		])('is sent again, without a question: %s', async (code, status) => {
			const ids = portal.seed(3, {});
			answerWith(status, refusal(code), { times: 2 });
			const result = await terminate(ids);
			expect(toldOf(result).map(({ outcome, attempts }) => [outcome, attempts])).toEqual(
				ids.map(() => ['terminated', 3]),
			);
			expect(portal.calls()).toEqual(Array(3).fill('3 × bizproc.workflow.terminate'));
			expect(portal.counters()['terminates']).toBe(3);
		});

		it.each([
			['QUERY_LIMIT_EXCEEDED', 503, 5],
			['CONNECTION_ERROR', 401, 3],
		])('is told when sending again does not help: %s', async (code, status, attempts) => {
			const [id] = portal.seed(1, {});
			answerWith(status, refusal(code), { times: 99 });
			const result = await terminate(id);
			expect(toldOf(result)[0]).toMatchObject({ outcome: 'failed', code, attempts });
			expect(stateOf(vendor, id!)).toBe('running');
		});

		it.each(['QUERY_LIMIT_EXCEEDED', 'ERROR_BATCH_LENGTH_EXCEEDED'])(
			'of a batch is sent again without the rest of it: %s',
			async (code) => {
				const ids = portal.seed(5, {});
				// What the emulator answers to the first batch: two commands ran.
				await terminate(ids.slice(0, 2));
				vendor.journal.clear();
				const left = Object.fromEntries([2, 3, 4].map((index) => [`w${index}`, refusal(code)]));
				answerWith(200, batchAnswer({ result: { w0: true, w1: true }, result_error: left }));
				const result = await terminate(ids);
				expect(toldOf(result).map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
					...Array<unknown>(2).fill(['terminated', 1]),
					...Array<unknown>(3).fill(['terminated', 2]),
				]);
				expect(portal.calls()).toEqual(['5 × bizproc.workflow.terminate', '3 × bizproc.workflow.terminate']);
			},
		);

		it('of a batch, because the server left it out, is sent again', async () => {
			const ids = portal.seed(4, {});
			await terminate(ids[0]);
			vendor.journal.clear();
			answerWith(200, batchAnswer({ result: { w0: true } }));
			const result = await terminate(ids);
			expect(toldOf(result).map(({ attempts }) => attempts)).toEqual([1, 2, 2, 2]);
			expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
			expect(portal.calls()).toEqual(['4 × bizproc.workflow.terminate', '3 × bizproc.workflow.terminate']);
		});

		it.each([
			['ERROR_BATCH_METHOD_NOT_ALLOWED', 405],
			['ERROR_BATCH_LENGTH_EXCEEDED', 400],
		])('because batches are refused, is sent one by one: %s', async (code, status) => {
			const ids = portal.seed(60, {});
			answerWith(status, refusal(code));
			const result = await terminate(ids);
			expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
			expect(portal.calls()).toEqual([
				'50 × bizproc.workflow.terminate',
				...ids.map(() => 'bizproc.workflow.terminate'),
			]);
			expect(portal.counters()['terminates']).toBe(60);
		});
	});

	describe('what no longer runs', () => {
		it.each([
			[{ lang: 'en' }],
			[{ lang: 'ru' }],
			[{ generation: 'old' }],
			[{ generation: 'docs2026' }],
			[{ edition: 'selfHosted' }],
			[{ timeForm: 'bare' }],
			[{ timeForm: 'noResetAt' }],
		])('is told by %p at once', async (switches) => {
			portal.configure(switches);
			const [running] = portal.seed(1, {});
			const [ended] = portal.seed(1, { state: 'completed' });
			for (const ids of [ended, [running, ended, '0000000000000.00000000']]) {
				const result = await terminate(ids);
				expect(result.error).toBeUndefined();
				expect(outcomesOf(result)).toEqual(
					Array.isArray(ids) ? ['terminated', 'notRunning', 'notRunning'] : ['notRunning'],
				);
			}
			expect(portal.counters()['instanceLists']).toBe(0);
		});

		it('may be ended again', async () => {
			const ids = portal.seed(3, {});
			expect(outcomesOf(await terminate(ids))).toEqual(['terminated', 'terminated', 'terminated']);
			expect(outcomesOf(await terminate(ids))).toEqual(['notRunning', 'notRunning', 'notRunning']);
		});

		it.each(['212', 'DEAL_1633', '66412345100024.7267743'])(
			'is doubted where the ID is like %s',
			async (id) => {
				for (const options of [{}, { verify: true }]) {
					const { success } = await terminate(id, { parameters: { options } });
					expect(success[0]?.json).toMatchObject({
						outcome: 'notRunning',
						message: expect.stringMatching(
							/^\S+ does not look like a workflow ID such as 65e5a449e8f135\.21284909\. No running workflow /,
						) as never,
					});
					expect(success[0]?.json['verified']).not.toBe(true);
				}
			},
		);

		it('refuses an ID whose point has become a comma', async () => {
			const result = await terminate('66412345100024,72677434');
			expect(result.error?.message).toContain('a comma instead of a decimal point');
			expect(vendor.journal.list()).toEqual([]);
		});

		it('ends locked and stuck ones like others', async () => {
			const ids = [...portal.seed(1, { state: 'locked' }), ...portal.seed(1, { state: 'stuck' })];
			expect(outcomesOf(await terminate(ids))).toEqual(['terminated', 'terminated']);
		});

		it.each(['old', 'new', 'docs2026'])('is asked about in other languages (%s)', async (generation) => {
			portal.configure({ generation });
			portal.seed(70, {});
			const gone = '65e5a449e8f135.21284909';
			portal.arm({ kind: 'status', status: 400, body: JSON.stringify(NOT_FOUND_DE), path: 'terminate' });
			const result = await terminate(gone);
			expect(result.success[0]?.json).toMatchObject({
				id: gone,
				outcome: 'notRunning',
				vendorMessage: NOT_FOUND_DE.error_description,
			});
			expect(requestsTo(vendor, 'POST').map(({ body }) => body)[1]).toBe(
				`{"SELECT":["ID"],"FILTER":{"ID":"${gone}"}}`,
			);
		});

		it('is told apart from what Bitrix24 objects to, in one question for all', async () => {
			const bad = portal.seed(2, { error: 'Aktivität fehlgeschlagen' });
			const gone = ['65e5a449e8f135.21284909', '65e5a449e8f136.21284909'];
			const ids = [bad[0], gone[0], bad[1], gone[1]];
			const refusals = Object.fromEntries(ids.map((_, index) => [`w${index}`, NOT_FOUND_DE]));
			portal.arm({
				kind: 'status',
				status: 200,
				body: JSON.stringify(batchAnswer({ result_error: refusals })),
			});
			const result = await terminate(ids);
			expect(outcomesOf(result)).toEqual(['failed', 'notRunning', 'failed', 'notRunning']);
			expect(result.error?.description).toContain('refused to end it');
			expect(vendor.journal.list().map(({ url }) => url)).toEqual(['/rest/1/***/batch', '/rest/1/***/batch']);
		});

		it('stays a failure when the engine objects and the workflow runs on', async () => {
			const [id] = portal.seed(1, { error: 'Activity <b>A</b> cannot be cancelled' });
			const result = await terminate(id);
			expect(result.error?.message).toBe(
				`Workflow ${id} was not terminated: Bitrix24 refused to end it ("Activity A cannot be cancelled")`,
			);
			expect(toldOf(result)[0]).toMatchObject({
				outcome: 'failed',
				vendorMessage: 'Activity A cannot be cancelled',
			});
			expect(portal.counters()['instanceLists']).toBe(1);
			expect(stateOf(vendor, id!)).toBe('running');
		});

		it('stays a failure when the question is not answered', async () => {
			const [id] = portal.seed(1, { error: 'Nein' });
			portal.arm({ kind: 'reset', path: 'instances' });
			const result = await terminate(id);
			expect(toldOf(result)[0]).toMatchObject({ outcome: 'failed', vendorMessage: 'Nein' });
		});
	});

	describe('an answer that is no use', () => {
		it.each(['html', 'cut', 'empty', 'reset'] as const)(
			'is cleared up by a question after %s',
			async (kind) => {
				const ids = portal.seed(2, {});
				portal.arm({ kind, when: 'after', path: 'batch' });
				const result = await terminate(ids);
				expect(result.success.map(({ json }) => json)).toEqual(
					ids.map((id) =>
						expect.objectContaining({ id, outcome: 'notRunning', maybeByThisRun: true, attempts: 1 }),
					),
				);
				expect(result.success[0]?.json['message']).toContain('a later check did not find it running');
				expect(ids.map((id) => stateOf(vendor, id))).toEqual(['terminated', 'terminated']);
				expect(portal.calls()).toEqual(['2 × bizproc.workflow.terminate', '2 × bizproc.workflow.instances']);
			},
		);

		it('sends only that again which still runs', async () => {
			const done = portal.seed(30, {});
			const open = portal.seed(20, {});
			const ids = open.flatMap((id, index) => [id, ...done.slice(index * 2, index * 2 + 2)]).slice(0, 50);
			// As after a batch that was cut off half way: some commands ran, and the answer is lost.
			await terminate(done);
			vendor.journal.clear();
			portal.arm({ kind: 'html', status: 504, path: 'batch' });
			const result = await terminate(ids);
			expect(result.success.map(({ json }) => json['id'])).toEqual(ids);
			expect(result.success.map(({ json }) => [json['outcome'], json['attempts']])).toEqual(
				ids.map((id) => (done.includes(id) ? ['notRunning', 1] : ['terminated', 2])),
			);
			expect(portal.calls()).toEqual([
				'50 × bizproc.workflow.terminate',
				'50 × bizproc.workflow.instances',
				// The first that still runs may be what the server died of.
				'bizproc.workflow.terminate',
				'19 × bizproc.workflow.terminate',
			]);
			expect(portal.counters()).toMatchObject({ terminates: 50, notFound: 0 });
		});

		it('asks, and sends nothing twice, when a batch takes longer than anybody waits', async () => {
			const ids = portal.seed(3, {});
			portal.arm({ kind: 'delay', delayMs: 600, when: 'after', path: 'batch' });
			const result = await terminate(ids, { parameters: { requestOptions: { timeout: 200 } } });
			expect(outcomesOf(result)).toEqual(ids.map(() => 'notRunning'));
			expect(result.success[0]?.json['message']).toContain('no response arrived in time');
			expect(portal.calls()).toEqual(['3 × bizproc.workflow.terminate', '3 × bizproc.workflow.instances']);
			expect(portal.counters()).toMatchObject({ terminates: 3, notFound: 0 });
		});

		it('stays unknown while the workflow runs on, however often it is sent', async () => {
			const [id] = portal.seed(1, {});
			portal.arm({ kind: 'html', status: 503, path: 'terminate', times: 99 });
			const result = await terminate(id);
			expect(toldOf(result)[0]).toMatchObject({ outcome: 'unknown', httpStatus: 503, attempts: 5 });
			expect(result.error?.message).toContain('a later check found it still running');
			expect(stateOf(vendor, id!)).toBe('running');
		});

		it('stops the run when a web site answers', async () => {
			portal.arm({ kind: 'html', status: 404, times: 9 });
			const ids = portal.seed(60, {});
			const result = await terminate(ids);
			expect(outcomesOf(result).slice(49, 51)).toEqual(['failed', 'notSent']);
			expect(vendor.journal.list()).toHaveLength(1);
		});

		it('is not shown with the secret that it echoes', async () => {
			const { webhookUrl } = credentialsOf(vendor, WEBHOOK);
			const [, code] = /\/rest\/1\/(\w+)/.exec(String(webhookUrl)) ?? [];
			const [id] = portal.seed(1, {});
			const error_description = `No: ${String(webhookUrl)} /rest/1/${code}/x 1/${code} ${code}`;
			portal.arm({ kind: 'status', status: 400, body: JSON.stringify({ error: '', error_description }) });
			const result = await terminate(id);
			expect(toldOf(result)[0]?.['vendorMessage']).toMatch(/^No: \*\*\*/);
		});

		it('does not follow a redirect with its secret', async () => {
			const ids = portal.seed(60, {});
			portal.arm({ kind: 'redirect', location: `${vendor.origin}/rest/1/sandboxcode1/elsewhere`, times: 9 });
			const result = await terminate(ids);
			expect(outcomesOf(result).slice(49, 51)).toEqual(['failed', 'notSent']);
			expect(vendor.journal.list()).toHaveLength(1);
		});
	});
}
