import type { CredentialData, HttpRequest } from '../../termination/command';
import { restoreSession, Sessions, storeSession, STRAGGLER_MS } from '../../termination/sessions';
import type { Session } from '../../termination/sessions';
import { ALIVE, inspect, openSession, renewApplication } from './login';
import { deadToken } from './refusals';
import { readSettings } from './settings';
import type { Settings } from './settings';

const sessions = new Sessions();

/** Questions under way, by session: many refused requests ask the same at once. */
const inspections = new Map<string, Promise<number | undefined>>();

/** Codes that concern the application's token at the gateway, not the user's ("Invoking API with Access Token"). */
const APPLICATION_CODES = [1203, 1204, 4011, 4012];

/**
 * The session that requests carry: the newest of this process, or the one that n8n has stored. Undefined when there is
 * none for exactly these settings, as after an edit of the credential.
 */
export function currentSession(settings: Settings, stored: unknown): Session | undefined {
	const known = sessions.newest(settings.key) ?? restoreSession(settings.key, stored);
	if (known) return known;
	const { user, application } = settings;
	return 'accessToken' in user && !application
		? { token: user.accessToken, extra: {}, obtainedAt: 0 }
		: undefined;
}

/**
 * The session as n8n stores it in the credential. n8n asks for it when it has none, after HTTP 401 and when the
 * credential is tested. Rejects with CredentialRefusal.
 */
export async function sessionToStore(credentials: CredentialData, request: HttpRequest): Promise<string> {
	const settings = readSettings(credentials);
	const stored = credentials['sessionToken'];
	const session =
		stored === '' || stored === undefined
			? await sessions.obtain(settings.key, '', async () => await openSession(settings, request))
			: await renewSession(settings, stored, request);
	return storeSession(settings.key, session);
}

/**
 * Gets a session in place of one that was refused. Which one a refused request carried is not known here, so EnOS is
 * asked about the current one first: where a newer session is at hand already, nobody logs in again.
 * Rejects with CredentialRefusal.
 */
export async function renewSession(
	settings: Settings,
	stored: unknown,
	request: HttpRequest,
): Promise<Session> {
	const { key, user } = settings;
	const current = currentSession(settings, stored);
	if (!current) {
		return await sessions.obtain(key, '', async () => await openSession(settings, request));
	}
	const code = await inspectOnce(settings, current, request);
	if (code === ALIVE && ('accessToken' in user || isRecent(current))) return current;
	return await sessions.obtain(
		key,
		current.token,
		async () => await replace(settings, current, code, request),
	);
}

async function replace(
	settings: Settings,
	session: Session,
	refusal: number | undefined,
	request: HttpRequest,
): Promise<Session> {
	let code = refusal;
	if (settings.application && code !== undefined && APPLICATION_CODES.includes(code)) {
		const renewed = await renewApplication(settings, session, request);
		code = await inspect(settings, renewed, request);
		if (code === ALIVE) return renewed;
	}
	if ('accessToken' in settings.user) return await Promise.reject(deadToken(code));
	return await openSession(settings, request);
}

async function inspectOnce(
	settings: Settings,
	session: Session,
	request: HttpRequest,
): Promise<number | undefined> {
	const key = JSON.stringify([settings.key, session.token, session.extra['appToken'] ?? '']);
	const underWay = inspections.get(key);
	if (underWay) return await underWay;
	const inspection = inspect(settings, session, request);
	inspections.set(key, inspection);
	try {
		return await inspection;
	} finally {
		inspections.delete(key);
	}
}

function isRecent({ obtainedAt }: Session): boolean {
	return Date.now() - obtainedAt < STRAGGLER_MS;
}
