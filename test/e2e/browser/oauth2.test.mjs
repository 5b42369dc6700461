import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { openWorld } from '../../../demo/world.mjs';
import { keepPicture, launch, signIn } from './browser.mjs';
import { fieldsOf, OAuth2Dialog, tokensOf } from './oauth2Connection.mjs';
import { newestCredential, terminating } from './oauth2Workflow.mjs';

const TYPE = 'bitrix24BizprocOAuth2Api';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** n8n's callback page requests a font; no other request may go to another host. */
const FONTS = /^https:\/\/fonts\.googleapis\.com\//;

describe('Bitrix24 OAuth2 in the editor', () => {
	/** @type {import('../../../demo/world.mjs').World} */
	let world;
	/** @type {import('./browser.mjs').Session} */
	let session;
	let control;
	/** The sandbox's application, by the labels of the dialog. */
	let fields;
	/** How far the vendor's clock is ahead. */
	let ahead;

	before(async () => {
		world = await openWorld({ name: 'browser-oauth2', command: 'npm run e2e:browser' });
		({ control } = world.sandbox);
		await world.n8n.start();
		session = await launch(world);
		await signIn(session.page, world);
		await world.n8n.signIn();
		fields = fieldsOf((await control.vendors()).bitrix24.credentials[TYPE]);
	});

	after(async () => {
		await session?.close();
		await world?.close();
	});

	beforeEach(async () => {
		await control.reset();
		ahead = 0;
		await session.page.goto(`${world.n8n.url}/home/credentials`);
	});

	afterEach(async (test) => {
		await keepPicture(test, session, world);
	});

	/** Opens the dialog, and registers n8n with the vendor under the address in the dialog. */
	async function open(changes = {}) {
		const dialog = await OAuth2Dialog.open(session.page, world.n8n.url, { ...fields, ...changes });
		await control.configure('bitrix24', { redirectUri: await dialog.redirectUrl() });
		return dialog;
	}

	async function connected() {
		const dialog = await open();
		const connection = await dialog.connect();
		assert.deepEqual(connection, { connected: true });
		return await newestCredential(world.n8n, TYPE);
	}

	async function seeded(count) {
		const { ids } = await control.seed('bitrix24', count, {});
		return ids;
	}

	async function terminate(credential, ids) {
		const workflow = await terminating(world.n8n, credential, ids);
		return (await world.n8n.run(workflow))('Terminate');
	}

	/** Message and description of the error that stops a run, as the editor shows them. */
	async function whyNotTerminated(credential, ids) {
		const workflow = await terminating(world.n8n, credential, ids);
		const { error } = (await world.n8n.ended(await world.n8n.launch(workflow))).resultData;
		assert.ok(error, 'the workflow did not stop with an error');
		return `${error.message}\n${error.description}`;
	}

	/** Moves the vendor's clock, so that n8n's tokens are older for the vendor than for n8n. */
	async function pass(ms) {
		ahead += ms;
		await control.configure('bitrix24', { clockOffsetMs: ahead });
	}

	async function refreshes() {
		const requests = await control.requests('bitrix24');
		return requests.filter(({ url, body }) => url.startsWith('/oauth/token') && /refresh_token/.test(body));
	}

	async function stateOf(ids) {
		const instances = await control.instances('bitrix24');
		return ids.map((id) => instances[id].state);
	}

	/** Requests new tokens from the authorization server, as an application would. */
	async function refreshWith(refreshToken) {
		const response = await fetch(fields['Token Server URL'], {
			method: 'POST',
			body: new URLSearchParams({
				grant_type: 'refresh_token',
				refresh_token: refreshToken,
				client_id: fields['Client ID'],
				client_secret: fields['Client Secret'],
			}),
		});
		return { status: response.status, answer: await response.json() };
	}

	it('connects, and a workflow with the credential ends its target', async () => {
		const credential = await connected();
		const [id, bystander] = await seeded(2);

		const [item] = await terminate(credential, [id]);

		assert.equal(item.outcome, 'terminated');
		assert.deepEqual(await stateOf([id, bystander]), ['terminated', 'running']);
		const foreign = session.blocked.filter((url) => !FONTS.test(url));
		assert.deepEqual(foreign, [], 'the editor wanted something of other hosts');
	});

	it('connects with a portal that was copied out of the browser, path and all', async () => {
		const dialog = await open({ 'Portal URL': `${fields['Portal URL']}/company/personal/user/1/?tab=a` });
		assert.deepEqual(await dialog.connect(), { connected: true });
		const [id] = await seeded(1);
		const [item] = await terminate(await newestCredential(world.n8n, TYPE), [id]);
		assert.equal(item.outcome, 'terminated');
	});

	it('says before the user leaves that a portal without https does not do', async () => {
		const dialog = await open({ 'Portal URL': 'http://portal.example' });
		assert.match(await dialog.refusedConnection(), /portal-url-is-not-an-https-address/);
	});

	it('refreshes an expired access token, and keeps the refresh token that took the place of the old one', async () => {
		const credential = await connected();
		const [first, second] = await seeded(2);
		const before = await tokensOf(world, credential.id);

		await pass(2 * HOUR_MS);
		const [one] = await terminate(credential, [first]);
		const after = await tokensOf(world, credential.id);
		await pass(2 * HOUR_MS);
		const [two] = await terminate(credential, [second]);

		assert.deepEqual([one.outcome, two.outcome], ['terminated', 'terminated']);
		assert.deepEqual(await stateOf([first, second]), ['terminated', 'terminated']);
		assert.equal((await refreshes()).length, 2);
		assert.notEqual(after.refresh_token, before.refresh_token);
		const refused = await refreshWith(before.refresh_token);
		assert.equal(refused.answer.error, 'invalid_grant', 'the old refresh token is still good');
	});

	it('loses no refresh token when several executions meet an expired access token at once', async () => {
		const credential = await connected();
		const ids = await seeded(6);
		const [last, ...others] = ids;
		const workflows = await Promise.all(
			others.map(async (id) => await terminating(world.n8n, credential, [id])),
		);

		await pass(2 * HOUR_MS);
		const runs = await Promise.all(workflows.map(async (workflow) => await world.n8n.run(workflow)));
		const outcomes = runs.flatMap((itemsOf) => itemsOf('Terminate')).map(({ outcome }) => outcome);
		await pass(2 * HOUR_MS);
		const [item] = await terminate(credential, [last]);

		assert.deepEqual(outcomes, Array(others.length).fill('terminated'));
		assert.equal(item.outcome, 'terminated');
		assert.deepEqual(new Set(await stateOf(ids)), new Set(['terminated']));
		const statuses = (await refreshes()).map(({ status }) => status);
		assert.deepEqual(new Set(statuses), new Set([200]), 'a refresh was refused');
	});

	it('asks to reconnect when the refresh token has expired too, and works again after that', async () => {
		const credential = await connected();
		const [id] = await seeded(1);

		await pass(181 * DAY_MS);
		assert.match(await whyNotTerminated(credential, [id]), /reconnect/i);
		assert.deepEqual(await stateOf([id]), ['running']);

		const dialog = new OAuth2Dialog(session.page);
		assert.deepEqual(await dialog.connect({ button: 'Switch account' }), { connected: true });
		const [item] = await terminate(credential, [id]);
		assert.equal(item.outcome, 'terminated');
	});

	it('says that nobody but an administrator may end workflows when an employee has connected', async () => {
		const dialog = await open();
		await control.configure('bitrix24', { oauthUser: 'employee' });
		await dialog.connect();
		const credential = await newestCredential(world.n8n, TYPE);
		const [id] = await seeded(1);

		assert.match(await whyNotTerminated(credential, [id]), /administrator/i);
		assert.deepEqual(await stateOf([id]), ['running']);
	});

	it('stays unconnected when consent is refused, and connects afterwards', async () => {
		const dialog = await open();
		await control.configure('bitrix24', { authorization: 'refuse' });

		const refused = await dialog.connect();
		assert.equal(refused.connected, false);
		assert.match(refused.page, /Authorization was refused/);

		await control.configure('bitrix24', { authorization: 'grant' });
		assert.deepEqual(await dialog.connect(), { connected: true });
	});

	it('stays unconnected for an unknown application', async () => {
		const dialog = await open({ 'Client ID': 'local.unknown' });
		const { connected: is, page } = await dialog.connect();
		assert.equal(is, false);
		assert.match(page, /Authorization was refused/);
	});

	it('says at the first run that there is no access, where n8n took a refusal for a connection', async () => {
		const dialog = await open();
		// Bitrix24 refuses a foreign application with 200, which n8n's callback does not notice.
		await control.configure('bitrix24', { tokenServer: 'wrongClient' });
		await dialog.connect();
		const credential = await newestCredential(world.n8n, TYPE);
		const [id] = await seeded(1);

		assert.match(await whyNotTerminated(credential, [id]), /reconnect/i);
		assert.deepEqual(await stateOf([id]), ['running']);
	});

	const TOKEN_SERVER = [
		['a wrong client secret', { fields: { 'Client Secret': 'wrong-client-secret' } }, /invalid.client/i],
		['an ended subscription', { switches: { tokenServer: 'paymentRequired' } }, /payment.required/i],
	];
	for (const [what, change, reason] of TOKEN_SERVER) {
		it(`stays unconnected for ${what}, and n8n's page says why`, async () => {
			const dialog = await open(change.fields);
			if (change.switches) await control.configure('bitrix24', change.switches);
			const { connected: is, page } = await dialog.connect();
			assert.equal(is, false);
			assert.match(page, reason);
			assert.doesNotMatch(page, /client-secret/);
		});
	}
});
