import type { Connection, CredentialData } from '../core/connection/connection';
import type { ParameterReader } from '../core/n8n/parameters/reader';
import { asObject, asText } from '../core/util/json';
import { tokenErrorHint } from './api/tokenErrors';
import { portalAddress } from './portal';
import { readWebhookUrl } from './webhook';

/** An inbound webhook: the secret is part of its address, and there is no session. */
const webhook: Connection = {
	credentialType: 'bitrix24BizprocWebhookApi',
	baseUrl: ({ webhookUrl }) => `${readWebhookUrl(webhookUrl).origin}/rest`,
	secrets: ({ webhookUrl }) => [asText(webhookUrl) ?? '', ...secretsIn(webhookUrl)],
	refreshStatuses: [],
};

/** An application with OAuth 2.0; n8n itself renews its access token. */
const oAuth2: Connection = {
	credentialType: 'bitrix24BizprocOAuth2Api',
	baseUrl: ({ portalUrl }) => `${portalAddress(portalUrl)}/rest`,
	secrets: (credentials) => [asText(credentials['clientSecret']) ?? '', ...tokensIn(credentials)],
	refreshStatuses: [401],
	oAuth2: {
		tokenUrl: ({ accessTokenUrl }) => asText(accessTokenUrl) ?? '',
		identity: ({ clientId, oauthTokenData }) => [clientId, asObject(oauthTokenData)?.['refresh_token']],
		hintFor: tokenErrorHint,
	},
};

/** The connection for the authentication that the node is set to. */
export function connectionFor(read: ParameterReader): Connection {
	return read('authentication') === 'oAuth2' ? oAuth2 : webhook;
}

function secretsIn(webhookUrl: unknown): string[] {
	try {
		const { secretPath, code } = readWebhookUrl(webhookUrl);
		return [code, secretPath.replace('/rest/', '')];
	} catch {
		// Nothing is ever sent to a URL that is not a webhook's; its whole text stays a secret.
		return [];
	}
}

function tokensIn(credentials: CredentialData): string[] {
	const tokens = asObject(credentials['oauthTokenData']) ?? {};
	return [tokens['access_token'], tokens['refresh_token']].map((token) => asText(token) ?? '');
}
