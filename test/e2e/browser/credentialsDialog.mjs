/** How long n8n may take to save a credential and to test it against the sandbox. */
const TEST_MS = 60_000;

/**
 * The result that a user sees after n8n has saved and tested a credential.
 *
 * @typedef {object} TestResult
 * @property {boolean} ok
 * @property {string} text everything that is shown, including "More details"
 */

/** n8n's dialog of one credential, used through its visible parts: labels, buttons and messages. */
export class CredentialDialog {
	/** @param {import('playwright-core').Page} page */
	constructor(page) {
		this.page = page;
		this.root = page.getByTestId('editCredential-modal');
	}

	/**
	 * Creates a credential of the type with this name, found with this search text.
	 *
	 * @param {import('playwright-core').Page} page signed in
	 * @param {string} url n8n's address
	 * @param {{ search: string, type: string }} wanted
	 */
	static async create(page, url, { search, type }) {
		// The list stays open below a dialog, and loading the editor again would take long.
		if (!page.url().endsWith('/credentials')) await page.goto(`${url}/home/credentials`);
		await page.getByRole('button', { name: 'Create credential' }).last().click();
		await page.getByRole('combobox', { name: 'Search for app...' }).fill(search);
		await page.getByRole('option', { name: type, exact: true }).click();
		await page.getByRole('button', { name: 'Continue' }).click();
		const dialog = new CredentialDialog(page);
		await dialog.fields().first().waitFor();
		// Meanwhile n8n fetches a name for it, and without a name it refuses to save a credential.
		await dialog.name().waitFor();
		return dialog;
	}

	/** The name of the credential in the header. */
	name() {
		return this.root.getByTestId('credential-name');
	}

	/** All visible fields. */
	fields() {
		return this.root.getByTestId('credential-connection-parameter');
	}

	/** The field under a label. @param {string} label */
	field(label) {
		const text = new RegExp(`^\\s*${label.replace(/[()]/g, '\\$&')}\\s*\\*?\\s*$`);
		return this.fields().filter({ has: this.page.locator('label').getByText(text) });
	}

	/** The labels of all visible fields, in order; a star marks the required ones. */
	async labels() {
		const texts = await this.fields().locator('label .n8n-text').allInnerTexts();
		return texts.map((text) => text.trim()).filter((text) => text !== '*' && text !== '');
	}

	/** Fills in fields in this order. @param {Record<string, string>} values by label */
	async fill(values) {
		for (const [label, value] of Object.entries(values)) {
			await this.field(label).getByRole('textbox').fill(value);
		}
	}

	/** Chooses from a list. @param {string} label @param {string} option */
	async choose(label, option) {
		await this.field(label).getByRole('combobox').click();
		await this.page.getByRole('option', { name: option }).and(this.page.locator(':visible')).first().click();
	}

	/** Saves, and returns the result of n8n's test. @returns {Promise<TestResult>} */
	async save() {
		return await this.#tested(async () => {
			await this.root.getByRole('button', { name: 'Save', exact: true }).click();
		});
	}

	/** Tests the saved credential again. @returns {Promise<TestResult>} */
	async retry() {
		return await this.#tested(async () => {
			await this.root.getByRole('button', { name: 'Retry' }).click();
		});
	}

	/** Waits for the end of a test; until then the banner of the test before it stays. */
	async #tested(start) {
		const answer = this.page.waitForResponse(
			(response) => response.url().endsWith('/rest/credentials/test'),
			{
				timeout: TEST_MS,
			},
		);
		await start();
		const { data } = await (await answer).json();
		const passed = this.root.getByTestId('credentials-config-container-test-success');
		// The other banners of the dialog are in the page as well, but hidden.
		const banner = data.status === 'OK' ? passed : this.root.locator('.el-tag--danger:visible');
		await banner.waitFor();
		const more = banner.getByText('More details');
		if (await more.isVisible()) await more.click();
		const text = (await banner.innerText())
			.replace(/\s*\bRetry\b\s*/, ' ')
			.replace(/\s+/g, ' ')
			.trim();
		return { ok: data.status === 'OK', text };
	}

	/** The labels that are cut off. */
	async cutOff() {
		const labels = await this.fields().locator('label .n8n-text').all();
		const cut = await Promise.all(
			labels.map(async (label) => await label.evaluate((node) => node.scrollWidth > node.clientWidth + 1)),
		);
		const texts = await Promise.all(labels.map(async (label) => await label.innerText()));
		return texts.filter((_, index) => cut[index]);
	}

	/** The picture next to the name. @returns {Promise<{ address: string, drawn: boolean }>} */
	async icon() {
		const image = this.root.locator('header img').first();
		await image.waitFor();
		return await image.evaluate(async (node) => {
			await node.decode().catch(() => undefined);
			return { address: node.src, drawn: node.naturalWidth > 0 };
		});
	}

	/** The address of the dialog's link to the documentation. */
	async documentation() {
		return await this.root.getByRole('link', { name: /^(docs|Read our docs)$/ }).getAttribute('href');
	}

	/** Closes the dialog without saving; n8n asks for confirmation if an account can be connected. */
	async close() {
		const unconnected = await this.root.getByTestId('copy-input').isVisible();
		await this.root.getByRole('button', { name: 'Close this dialog' }).click();
		if (unconnected) await this.page.getByRole('button', { name: 'Close', exact: true }).click();
		await this.root.waitFor({ state: 'hidden' });
	}
}
