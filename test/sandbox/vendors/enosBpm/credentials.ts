import type { JsonObject } from '../../core/emulator.ts';
import { APPLICATIONS, ISSUED, USERS, WRONG } from './directory.ts';
import type { User } from './directory.ts';

/** Ready-made credential data: the one that works under the credential's name, then telling variants. */
export function credentialsFor(baseUrl: string): Record<string, JsonObject> {
	const [single, several, powerless] = USERS;
	if (!single || !several || !powerless) throw new Error('EnOS BPM sandbox needs its three users');
	const [appKey, appSecret] = [...APPLICATIONS][0] ?? ['', ''];
	const login = (user: User, orgId: string): JsonObject => ({
		baseUrl,
		authentication: 'login',
		account: user.account,
		password: user.password,
		orgId,
	});
	const pasted = (accessToken: string): JsonObject => ({
		baseUrl,
		authentication: 'accessToken',
		accessToken,
	});
	const orgId = single.orgIds[0] ?? '';
	const main = login(single, orgId);
	return {
		enosBpmApi: main,
		accessToken: pasted(ISSUED.valid),
		signed: { ...main, appKey, appSecret },
		signedAccessToken: { ...pasted(ISSUED.valid), appKey, appSecret },
		secondOrganization: login(several, several.orgIds[1] ?? ''),
		singleOrganization: login(single, ''),
		noOrganization: login(several, ''),
		unknownOrganization: login(single, 'o19999999999999'),
		wrongPassword: { ...main, password: WRONG.password },
		withoutRight: login(powerless, orgId),
		accessTokenWithoutRight: pasted(ISSUED.withoutRight),
		accessTokenWithoutOrganization: pasted(ISSUED.withoutOrganization),
		expiredAccessToken: pasted(WRONG.expiredToken),
		unknownAppKey: { ...main, appKey: WRONG.appKey, appSecret },
		wrongAppSecret: { ...main, appKey, appSecret: WRONG.appSecret },
	};
}
