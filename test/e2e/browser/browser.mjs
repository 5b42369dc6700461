import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, selectors } from 'playwright-core';

import { OWNER } from '../../../demo/n8n.mjs';
import { requirePrograms } from '../../../demo/system.mjs';

// The attribute that getByTestId() reads in n8n's pages.
selectors.setTestIdAttribute('data-test-id');

/** n8n's editor is large, and test machines are slow. */
const WAIT_MS = 60_000;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Schemes that cannot reach another host. */
const LOCAL = new Set(['data:', 'blob:', 'about:']);

const FLAGS = [
	'--disable-gpu',
	'--disable-quic',
	'--disable-dev-shm-usage',
	'--no-first-run',
	'--no-proxy-server',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * A browser with one page.
 *
 * @typedef {object} Session
 * @property {import('playwright-core').Page} page
 * @property {import('playwright-core').BrowserContext} browser the context, which opens further pages
 * @property {string[]} blocked requests to other hosts; none of them was sent
 * @property {string[]} scriptErrors the errors that the pages' scripts threw
 * @property {(name: string, options?: object) => Promise<string>} screenshot saves a picture in the world's
 * `screenshots/` and returns its path
 * @property {() => Promise<void>} close
 */

/**
 * Starts the installed Chromium with an empty profile.
 *
 * @param {{ state: string }} world
 * @param {{ colorScheme?: 'light' | 'dark', viewport?: { width: number, height: number }, scale?: number }} [options]
 * `scale`: device pixels for each pixel of the page; n8n follows
 * `colorScheme` unless a theme was chosen
 * @returns {Promise<Session>}
 */
export async function launch(
	world,
	{ colorScheme = 'light', viewport = { width: 1440, height: 1000 }, scale = 1 } = {},
) {
	const [executablePath] = await requirePrograms([
		{ package: 'chromium', commands: ['chromium', 'chromium-browser', 'google-chrome'] },
	]);
	const profile = mkdtempSync(join(world.state, 'profile-'));
	const browser = await chromium.launchPersistentContext(profile, {
		executablePath,
		headless: true,
		chromiumSandbox: process.getuid?.() !== 0,
		args: FLAGS,
		colorScheme,
		viewport,
		deviceScaleFactor: scale,
		locale: 'en-US',
		timeout: WAIT_MS,
	});
	const blocked = [];
	const scriptErrors = [];
	await browser.route(
		(url) => !LOCAL.has(url.protocol) && !LOOPBACK.has(url.hostname),
		async (route) => {
			blocked.push(route.request().url());
			await route.abort('blockedbyclient');
		},
	);
	browser.on('weberror', (error) => scriptErrors.push(String(error.error())));
	browser.setDefaultTimeout(WAIT_MS);
	const page = browser.pages()[0] ?? (await browser.newPage());
	return {
		page,
		browser,
		blocked,
		scriptErrors,
		screenshot: async (name, options = {}) => await screenshot(options.page ?? page, world, name, options),
		close: async () => {
			await browser.close();
			rmSync(profile, { recursive: true, force: true });
		},
	};
}

async function screenshot(page, world, name, { page: _, ...options }) {
	const folder = join(world.state, 'screenshots');
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name.replace(/[^a-zA-Z0-9.-]+/g, '-')}.png`);
	await page.screenshot({ ...options, path });
	return path;
}

/**
 * Signs in to n8n through its pages: creates the owner of a fresh n8n, or logs in to one that has an owner.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ n8n: { url: string } }} world its n8n has to be running
 */
export async function signIn(page, { n8n }) {
	await page.goto(n8n.url);
	await page.waitForURL(({ pathname }) => pathname !== '/');
	if (page.url().includes('/setup')) await setUpOwner(page);
	else if (page.url().includes('/signin')) await logIn(page);
	// The page after the login depends on what n8n currently advertises.
	await page.waitForURL(({ pathname }) => !/^\/(setup|signin)?$/.test(pathname));
}

async function setUpOwner(page) {
	await page.getByLabel('Email').fill(OWNER.email);
	await page.getByLabel('First Name').fill(OWNER.firstName);
	await page.getByLabel('Last Name').fill(OWNER.lastName);
	await page.getByLabel('Password').fill(OWNER.password);
	await page.getByRole('button', { name: 'Next' }).click();
}

async function logIn(page) {
	await page.getByLabel('Email').fill(OWNER.email);
	await page.getByLabel('Password').fill(OWNER.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

/**
 * For `afterEach`: if the test has failed, saves a picture of the page and prints its path.
 *
 * @param {import('node:test').TestContext} test
 * @param {Session | undefined} session
 * @param {{ log: string }} world
 */
export async function keepPicture(test, session, world) {
	if (test.passed || session === undefined) return;
	const pages = session.browser.pages();
	for (const [index, page] of pages.entries()) {
		const path = await session.screenshot(`failed ${test.name} ${index}`, { page }).catch(String);
		test.diagnostic(`The page ${page.url()} at the time: ${path}`);
	}
	test.diagnostic(`n8n's log: ${world.log}`);
}
