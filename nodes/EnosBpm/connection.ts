import type { Connection, CredentialData } from '../core/connection/connection';
import { restoreSession } from '../core/connection/sessions';
import type { Session } from '../core/connection/sessions';
import { lastCarried } from './session/carried';
import { awaitOtherLogin, currentSession, otherLoginAwaited } from './session/session';
import { bareToken, readSettings } from './session/settings';
import type { Settings } from './session/settings';

/** How EnOS BPM is reached: one host for all services, with a session that may have to be renewed. */
export const connection: Connection = {
	credentialType: 'enosBpmApi',
	baseUrl: (credentials) => readSettings(credentials).baseUrl,
	secrets: (credentials) => {
		const settings = settingsIn(credentials);
		const stored = credentials['sessionToken'];
		const known = settings
			? [currentSession(settings, stored), restoreSession(settings.key, stored), lastCarried(settings.key)]
			: [];
		return [
			textIn(credentials, 'password'),
			textIn(credentials, 'appSecret'),
			bareToken(credentials['accessToken']),
			...known.flatMap((session) => (session ? tokensOf(session) : [])),
		];
	},
	// HTTP 401 is only one of the ways in which EnOS refuses a session, and all are handled in the same way.
	refreshStatuses: [],
	renew: async (credentials, round) => await awaitOtherLogin(readSettings(credentials), round),
	untilRenewed: async (credentials) => await otherLoginAwaited(readSettings(credentials)),
};

function textIn(credentials: CredentialData, name: string): string {
	const value = credentials[name];
	return typeof value === 'string' ? value : '';
}

function tokensOf({ token, extra }: Session): string[] {
	return [token, extra['appToken'] ?? ''];
}

function settingsIn(credentials: CredentialData): Settings | undefined {
	try {
		return readSettings(credentials);
	} catch {
		return undefined;
	}
}
