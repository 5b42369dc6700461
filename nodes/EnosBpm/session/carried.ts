import type { Session } from '../../core/connection/sessions';
import { MAX_SESSIONS } from '../../core/http/limits';

/**
 * The session that the requests of this process carried last, by settings, and whether an answer has refused it since. n8n
 * sees no refusal but HTTP 401, and EnOS may refuse a session inside HTTP 200.
 */
const carried = new Map<string, { session: Session; isRefused: boolean }>();

/** Notes the session of a request that is about to leave. */
export function noteCarried(key: string, session: Session): void {
	if (isSame(session, carried.get(key)?.session)) return;
	const oldest = carried.keys().next();
	if (carried.size >= MAX_SESSIONS && !oldest.done) carried.delete(oldest.value);
	carried.set(key, { session, isRefused: false });
}

/** Notes that a request came back refused. Which session it carried is not known any more, so the last one is suspected. */
export function noteRefusal(key: string): void {
	const last = carried.get(key);
	if (last) last.isRefused = true;
}

/** Forgets a refusal, once it has been looked into. */
export function forgetRefusal(key: string): void {
	carried.delete(key);
}

/** Whether a request with this session has been refused, and nobody has looked into that yet. */
export function isRefused(key: string, session: Session): boolean {
	const last = carried.get(key);
	return last?.isRefused === true && isSame(session, last.session);
}

/** The session that was sent last, even if another process obtained it. */
export function lastCarried(key: string): Session | undefined {
	return carried.get(key)?.session;
}

function isSame(one: Session, other: Session | undefined): boolean {
	return one.token === other?.token && one.extra['appToken'] === other.extra['appToken'];
}
