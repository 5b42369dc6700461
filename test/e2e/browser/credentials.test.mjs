import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { openWorld } from '../../../demo/world.mjs';
import { keepPicture, launch, signIn } from './browser.mjs';
import { TYPES } from './credentialsCases.mjs';
import { CredentialDialog } from './credentialsDialog.mjs';

/** n8n puts this below the fields of every credential that makes requests. */
const DOMAINS = 'Allowed HTTP Request Domains';

const OAUTH2 = {
	search: 'Bitrix24',
	type: 'Bitrix24 Bizproc OAuth2 API',
	shown: ['Client ID *', 'Client Secret *', 'Portal URL *', 'Token Server', 'Ignore SSL Issues (Insecure)'],
};

const SECRETS = ['password', 'accessToken', 'appKey', 'appSecret', 'apiKey'];

describe('The credentials in the editor', () => {
	/** @type {import('../../../demo/world.mjs').World} */
	let world;
	/** @type {import('./browser.mjs').Session} */
	let session;
	let control;

	before(async () => {
		world = await openWorld({ name: 'browser-credentials', command: 'npm run e2e:browser' });
		({ control } = world.sandbox);
		await world.n8n.start();
		session = await launch(world, { viewport: { width: 1440, height: 1400 } });
		await signIn(session.page, world);
	});

	after(async () => {
		await session?.close();
		await world?.close();
	});

	// Runs for subtests as well, as every hook does.
	afterEach(async (test) => {
		await keepPicture(test, session, world);
	});

	/** Opens the list of credentials, with the systems in their initial state. */
	async function startAfresh() {
		await control.reset();
		await session.page.goto(`${world.n8n.url}/home/credentials`);
	}

	const open = async (type) => await CredentialDialog.create(session.page, world.n8n.url, type);
	const variantsOf = async (vendor) => (await control.vendors())[vendor].credentials;
	const shownIn = async (dialog) => (await dialog.labels()).filter((label) => label !== DOMAINS);

	/** Fills in every visible field; fields without data are left empty. */
	async function fill(dialog, { labels }, data) {
		const shown = (await dialog.labels()).map((label) => label.replace(' *', ''));
		const fields = Object.entries(labels).filter(([, label]) => shown.includes(label));
		await dialog.fill(Object.fromEntries(fields.map(([name, label]) => [label, data[name] ?? ''])));
	}

	for (const type of TYPES) {
		it(`${type.type}: found as ${type.search}, filled in, saved and tested`, async (test) => {
			await startAfresh();
			const variants = await variantsOf(type.vendor);
			const dialog = await open(type);
			for (const way of type.ways) {
				await test.test(way.option ?? 'its fields', async () => {
					if (way.option) await dialog.choose('Authentication', way.option);
					assert.deepEqual(await shownIn(dialog), way.shown);
				});
				for (const variant of way.variants) {
					await test.test(`${way.option ?? 'with'} ${variant}`, async () => {
						await control.forgetRequests(type.vendor);
						await fill(dialog, type, variants[variant]);
						assert.deepEqual(await dialog.save(), { ok: true, text: 'Connection tested successfully' });
						const requests = await control.requests(type.vendor);
						assert.notEqual(requests.length, 0, 'n8n said so without asking the vendor');
					});
				}
			}
		});

		it(`${type.type}: what is wrong is said so that a user can mend it`, async (test) => {
			await startAfresh();
			const variants = await variantsOf(type.vendor);
			const dialog = await open(type);
			for (const { what, variant, option, change, switches, says } of type.refusals) {
				await test.test(what, async () => {
					if (switches) await control.configure(type.vendor, switches);
					if (option) await dialog.choose('Authentication', option);
					const data = { ...variants[variant], ...change?.(variants[variant]) };
					await fill(dialog, type, data);
					const { ok, text } = await dialog.save();
					assert.equal(ok, false, text);
					assert.match(text, says);
					for (const secret of secretsIn(data)) {
						assert.ok(!text.includes(secret), `the sentence holds a secret: ${text}`);
					}
				});
			}
		});
	}

	for (const colorScheme of ['light', 'dark']) {
		it(`look right in the ${colorScheme} theme`, async (test) => {
			await startAfresh();
			await session.page.emulateMedia({ colorScheme });
			for (const { search, type, shown } of [...TYPES, OAUTH2]) {
				await test.test(type, async () => {
					const dialog = await open({ search, type });
					if (shown) assert.deepEqual(await shownIn(dialog), shown);
					assert.deepEqual(await dialog.cutOff(), [], 'labels are cut off');
					const icon = await dialog.icon();
					assert.ok(icon.drawn, `${icon.address} is not drawn`);
					assert.equal(/\.dark\.svg$/.test(icon.address), colorScheme === 'dark', icon.address);
					assert.match(
						await dialog.documentation(),
						/^https:\/\/github\.com\/.+\/docs\/[\w-]+\.md[^#]*#credential/,
					);
					await session.screenshot(`${type} ${colorScheme}`);
					await dialog.close();
				});
			}
		});
	}
});

/** Values that must not appear anywhere; for a webhook, the last part of its path. */
function secretsIn(data) {
	const code = data.webhookUrl && new URL(data.webhookUrl).pathname.split('/').filter(Boolean)[2];
	return [...SECRETS.map((name) => data[name]), code].filter(Boolean);
}
