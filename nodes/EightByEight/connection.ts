import { normaliseBaseUrl } from '../core/connection/baseUrl';
import type { Connection } from '../core/connection/connection';
import { CredentialError } from '../core/connection/credentialError';
import { asText } from '../core/util/json';
import { encodeForUrl } from '../core/util/url';

/** The only host that 8x8 documents for the Automation API (its OpenAPI document, `servers`). */
export const DEFAULT_BASE_URL = 'https://automation.8x8.com';

/** How 8x8 Automation is reached. An API key has no session, so there is nothing to renew. */
export const connection: Connection = {
	credentialType: 'eightByEightAutomationApi',
	baseUrl: (credentials) => {
		const accountId = asText(credentials['accountId']);
		if (accountId === undefined || accountId === '.' || accountId === '..') {
			throw new CredentialError(
				"The 'Account ID' in the credential is empty",
				'Enter the account ID that 8x8 Connect shows next to the API keys.',
			);
		}
		const host = normaliseBaseUrl(asText(credentials['baseUrl']) ?? DEFAULT_BASE_URL, {
			displayName: 'Base URL',
			allowPath: false,
			allowHttp: false,
		});
		return `${host}/api/v1/accounts/${encodeForUrl(accountId)}`;
	},
	secrets: (credentials) => [asText(credentials['apiKey']) ?? ''],
	refreshStatuses: [],
};
