import { restoreSession } from '../../core/connection/sessions';
import type { Session } from '../../core/connection/sessions';
import { MAX_SESSIONS } from '../../core/http/limits';

/**
 * Sessions that n8n has not saved yet, by settings. n8n saves one only after it has seen HTTP 401, and EnOS may refuse the
 * one before inside HTTP 200.
 */
const unsaved = new Map<string, { session: Session; isOffered: boolean }>();

/** Notes a session that this process got without n8n. */
export function noteUnsaved(key: string, session: Session): void {
	const oldest = unsaved.keys().next();
	if (unsaved.size >= MAX_SESSIONS && !oldest.done) unsaved.delete(oldest.value);
	unsaved.set(key, { session, isOffered: false });
}

/** Whether n8n is to be made to ask for the session, because what it keeps is another one. True once for each session. */
export function isToBeOffered(key: string, stored: unknown): boolean {
	const noted = unsaved.get(key);
	if (!noted || noted.isOffered) return false;
	if (isSame(noted.session, restoreSession(key, stored))) {
		unsaved.delete(key);
		return false;
	}
	noted.isOffered = true;
	return true;
}

/** The session that n8n was made to ask for, once. */
export function takeOffered(key: string): Session | undefined {
	const noted = unsaved.get(key);
	if (!noted?.isOffered) return undefined;
	unsaved.delete(key);
	return noted.session;
}

function isSame(one: Session, other: Session | undefined): boolean {
	return one.token === other?.token && one.extra['appToken'] === other.extra['appToken'];
}
