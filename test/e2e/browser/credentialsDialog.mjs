/** How long n8n may take to save a credential and to test it against the sandbox. */
const TEST_MS = 60_000;

/**
 * What a user reads after a credential was saved and n8n has tested it.
 *
 * @typedef {object} Verdict
 * @property {boolean} ok
 * @property {string} text all that is shown, what is behind "More details" included
 */

/** n8n's dialog of one credential, used by what is seen of it: labels, buttons, sentences. */
export class CredentialDialog {
	/** @param {import('playwright-core').Page} page */
	constructor(page) {
		this.page = page;
		this.root = page.getByTestId('editCredential-modal');
	}

	/**
	 * Makes a new credential of the type with this name, found with these letters.
	 *
	 * @param {import('playwright-core').Page} page signed in
	 * @param {string} url n8n's address
	 * @param {{ search: string, type: string }} wanted
	 */
	static async create(page, url, { search, type }) {
		// The list stays open below a dialog; loading the editor again takes long.
		if (!page.url().endsWith('/credentials')) await page.goto(`${url}/home/credentials`);
		await page.getByRole('button', { name: 'Create credential' }).last().click();
		await page.getByRole('combobox', { name: 'Search for app...' }).fill(search);
		await page.getByRole('option', { name: type, exact: true }).click();
		await page.getByRole('button', { name: 'Continue' }).click();
		const dialog = new CredentialDialog(page);
		await dialog.fields().first().waitFor();
		// n8n fetches a name for it meanwhile, and refuses to save a credential without one.
		await dialog.name().waitFor();
		return dialog;
	}

	/** What the credential is called, in the header. */
	name() {
		return this.root.getByTestId('credential-name');
	}

	/** Every field that is shown. */
	fields() {
		return this.root.getByTestId('credential-connection-parameter');
	}

	/** The field under a label. @param {string} label */
	field(label) {
		const text = new RegExp(`^\\s*${label.replace(/[()]/g, '\\$&')}\\s*\\*?\\s*$`);
		return this.fields().filter({ has: this.page.locator('label').getByText(text) });
	}

	/** The labels of all fields that are shown, in order; a star marks what has to be filled in. */
	async labels() {
		const texts = await this.fields().locator('label .n8n-text').allInnerTexts();
		return texts.map((text) => text.trim()).filter((text) => text !== '*' && text !== '');
	}

	/** Fills fields in, in this order. @param {Record<string, string>} values by label */
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

	/** Saves, and gives what n8n's test says. @returns {Promise<Verdict>} */
	async save() {
		return await this.#tested(async () => {
			await this.root.getByRole('button', { name: 'Save', exact: true }).click();
		});
	}

	/** Tests again what was saved. @returns {Promise<Verdict>} */
	async retry() {
		return await this.#tested(async () => {
			await this.root.getByRole('button', { name: 'Retry' }).click();
		});
	}

	/** The banner of the last test stays until the next one has ended, so that is what is waited for. */
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
		// The other banners of the dialog are there as well, hidden.
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

	/** The labels that have more text than place. */
	async cutOff() {
		const labels = await this.fields().locator('label .n8n-text').all();
		const cut = await Promise.all(
			labels.map(async (label) => await label.evaluate((node) => node.scrollWidth > node.clientWidth + 1)),
		);
		const texts = await Promise.all(labels.map(async (label) => await label.innerText()));
		return texts.filter((_, index) => cut[index]);
	}

	/** The picture beside the name. @returns {Promise<{ address: string, drawn: boolean }>} */
	async icon() {
		const image = this.root.locator('header img').first();
		await image.waitFor();
		return await image.evaluate(async (node) => {
			await node.decode().catch(() => undefined);
			return { address: node.src, drawn: node.naturalWidth > 0 };
		});
	}

	/** Where the dialog's link to the documentation leads. */
	async documentation() {
		return await this.root.getByRole('link', { name: /^(docs|Read our docs)$/ }).getAttribute('href');
	}

	/** Closes the dialog without saving; n8n asks back where an account is to be connected. */
	async close() {
		const unconnected = await this.root.getByTestId('copy-input').isVisible();
		await this.root.getByRole('button', { name: 'Close this dialog' }).click();
		if (unconnected) await this.page.getByRole('button', { name: 'Close', exact: true }).click();
		await this.root.waitFor({ state: 'hidden' });
	}
}
