import { rmSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CredentialDialog } from './credentialsDialog.mjs';

const TYPE = { search: 'Bitrix24', type: 'Bitrix24 Bizproc OAuth2 API' };

/**
 * The result of Connect.
 *
 * @typedef {object} Connection
 * @property {boolean} connected whether the dialog says so
 * @property {string} [page] the text of the vendor's or n8n's page, if one stayed open
 */

/** The dialog of the Bitrix24 OAuth2 credential. */
export class OAuth2Dialog extends CredentialDialog {
	/** Creates a credential with these fields. */
	static async open(page, url, values) {
		const { root } = await CredentialDialog.create(page, url, TYPE);
		const dialog = new OAuth2Dialog(root.page());
		await dialog.choose('Token Server', 'Other');
		await dialog.fill(values);
		return dialog;
	}

	/** The address that the user has to register with the vendor. */
	async redirectUrl() {
		return (await this.root.getByTestId('copy-input').innerText()).trim();
	}

	/**
	 * Clicks on Connect and follows the window that opens until it closes itself or stays on a page.
	 *
	 * @param {{ button?: string }} [options]
	 * @returns {Promise<Connection>}
	 */
	async connect({ button = 'Connect' } = {}) {
		const opened = this.page.waitForEvent('popup');
		await this.root.getByRole('button', { name: button, exact: true }).click();
		const popup = await opened;
		const closed = new Promise((resolve) => popup.once('close', resolve)).then(() => undefined);
		const page = await Promise.race([closed, refusalIn(popup)]);
		if (page === undefined) await this.#banner().waitFor();
		else await popup.close();
		return { connected: await this.#banner().isVisible(), ...(page !== undefined && { page }) };
	}

	/**
	 * Clicks on Connect where n8n refuses to go to the vendor.
	 *
	 * @returns {Promise<string>} what n8n shows instead
	 */
	async refusedConnection() {
		await this.root.getByRole('button', { name: 'Connect', exact: true }).click();
		// n8n saves the credential first, and says so in the same place.
		const notice = this.page.locator('.el-notification:visible').filter({ hasText: /OAuth/ });
		await notice.waitFor();
		return (await notice.innerText()).replace(/\s+/g, ' ').trim();
	}

	#banner() {
		return this.root.getByText('Account connected');
	}
}

/** The text of the window if it does not lead back to a connected n8n: the vendor's page, or n8n's own. */
async function refusalIn(popup) {
	const body = popup.locator('body').filter({ hasText: /Authorization was refused|Failed to connect/ });
	try {
		await body.waitFor();
		const details = body.getByText('More details');
		if (await details.isVisible()) await details.click();
		return (await body.innerText()).replace(/\s+/g, ' ').trim();
	} catch (error) {
		// The window has led back and is closed.
		if (popup.isClosed()) return await new Promise(() => {});
		throw error;
	}
}

/** Values for the dialog, by label. @param {Record<string, string>} data of the sandbox's credential */
export function fieldsOf({ portalUrl, authorizationServerUrl, clientId, clientSecret }) {
	return {
		'Portal URL': portalUrl,
		'Token Server URL': authorizationServerUrl,
		'Client ID': clientId,
		'Client Secret': clientSecret,
	};
}

/**
 * The tokens that n8n keeps for a credential; no page and no answer shows them.
 *
 * @param {import('../../../demo/world.mjs').World} world
 * @param {string} id
 * @returns {Promise<{ access_token: string, refresh_token: string }>}
 */
export async function tokensOf({ n8n, state }, id) {
	const file = join(state, 'exported.json');
	await n8n.command('export:credentials', `--id=${id}`, '--decrypted', `--output=${file}`);
	const [credential] = JSON.parse(readFileSync(file, 'utf8'));
	rmSync(file);
	return credential.data.oauthTokenData;
}
