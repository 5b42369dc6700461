import type { JsonObject } from '../../core/emulator.ts';
import { ADMINISTRATOR, APP, WRONG_CODE, WRONG_SECRET, WRONG_TOKEN } from './accounts.ts';
import { tokenReply } from './oauthRoutes.ts';
import type { Portal } from './portal.ts';

/** Credential data for n8n: the two that work, and variants that are refused for one reason each. */
export function credentials(portal: Portal, origin: string): Record<string, JsonObject> {
	const { accounts } = portal;
	const url = (userId: number, code: string): JsonObject => ({
		webhookUrl: `${origin}/rest/${userId}/${code}/`,
	});
	const webhook = (key: string): JsonObject => {
		const { userId, code } = accounts.webhook(key);
		return url(userId, code);
	};
	const oAuth2 = (key: string): JsonObject => ({
		portalUrl: origin,
		authorizationServer: 'other',
		authorizationServerUrl: `${origin}/oauth/token/`,
		// n8n works these out itself; they serve who has no n8n for it.
		authUrl: `${origin}/oauth/authorize/`,
		accessTokenUrl: `${origin}/oauth/token/`,
		clientId: APP.clientId,
		clientSecret: APP.clientSecret,
		oauthTokenData: tokenReply(accounts.grant(key), origin, false),
	});
	const expired = oAuth2('expired');
	return {
		bitrix24BizprocWebhookApi: webhook('main'),
		bitrix24BizprocOAuth2Api: oAuth2('main'),
		webhookSecond: webhook('second'),
		webhookWithUsers: webhook('withUsers'),
		webhookNotAdmin: webhook('notAdmin'),
		webhookNoScope: webhook('noScope'),
		webhookWrongCode: url(ADMINISTRATOR, WRONG_CODE),
		webhookRevoked: webhook('revoked'),
		webhookExpired: webhook('expired'),
		webhookHeld: webhook('held'),
		webhookInactiveUser: webhook('inactive'),
		oAuth2Expired: expired,
		oAuth2RefreshExpired: oAuth2('refreshExpired'),
		oAuth2WrongSecret: { ...expired, clientSecret: WRONG_SECRET },
		oAuth2WrongToken: {
			...expired,
			oauthTokenData: {
				...tokenReply(accounts.grant('expired'), origin, false),
				access_token: WRONG_TOKEN,
			},
		},
		oAuth2NotAdmin: oAuth2('notAdmin'),
		oAuth2NoScope: oAuth2('noScope'),
	};
}
