import { createHash } from 'crypto';

import { MAX_SESSIONS, REFUSED_LOGIN_MS, STRAGGLER_MS } from '../http/limits';
import { SingleFlight } from '../util/singleFlight';

/** What a login gave. */
export interface Session {
	/** The token that requests carry. */
	token: string;
	/** What else later requests need, such as tenant headers or a second token. */
	extra: Readonly<Record<string, string>>;
	/** Epoch milliseconds of the login, so that two sessions can be put in order. */
	obtainedAt: number;
	/** Epoch milliseconds after which the token is known to be dead. */
	expiresAt?: number;
}

interface Slot {
	newest?: Session;
	refused?: { reason: unknown; at: number };
}

/**
 * Sessions by credential, shared by all requests of this process. n8n logs in once for each item that
 * sees an empty or expired token; here concurrent needs share one login, because a new login may void
 * the token of the last one and too many of them lock an account.
 */
export class Sessions {
	private readonly slots = new Map<string, Slot>();

	private readonly logins = new SingleFlight<Session>();

	constructor(private readonly now: () => number = Date.now) {}

	/**
	 * A session for these settings, other than the refused one. Logs in only if nobody else is doing it
	 * and no newer session is at hand. Rejects with what `login` rejects with.
	 */
	async obtain(key: string, refusedToken: string, login: () => Promise<Session>): Promise<Session> {
		const underWay = this.logins.pending(key);
		if (underWay) return await underWay;
		const slot = this.slot(key);
		const { newest, refused } = slot;
		if (newest && newest.token !== refusedToken && this.isFresh(newest, refusedToken)) return newest;
		if (refused && this.now() - refused.at < REFUSED_LOGIN_MS) return await Promise.reject(refused.reason);
		return await this.logins.run(key, async () => await this.logIn(slot, login));
	}

	/** The newest session that this process got for these settings, unless its time is over. */
	newest(key: string): Session | undefined {
		const newest = this.slots.get(key)?.newest;
		return newest && this.isAlive(newest) ? newest : undefined;
	}

	private async logIn(slot: Slot, login: () => Promise<Session>): Promise<Session> {
		try {
			const session = await login();
			slot.newest = session;
			delete slot.refused;
			return session;
		} catch (reason) {
			slot.refused = { reason, at: this.now() };
			delete slot.newest;
			return await Promise.reject(reason);
		}
	}

	private isFresh(session: Session, refusedToken: string): boolean {
		if (!this.isAlive(session)) return false;
		// Without a refused token nobody has said anything against the newest one.
		return refusedToken === '' || this.now() - session.obtainedAt < STRAGGLER_MS;
	}

	private isAlive({ expiresAt }: Session): boolean {
		return expiresAt === undefined || this.now() < expiresAt;
	}

	private slot(key: string): Slot {
		let slot = this.slots.get(key);
		if (!slot) {
			const oldest = this.slots.keys().next();
			if (this.slots.size >= MAX_SESSIONS && !oldest.done) this.slots.delete(oldest.value);
			slot = {};
			this.slots.set(key, slot);
		}
		return slot;
	}
}

/** A key for settings that holds no secret in the clear. Equal settings, equal key. */
export function sessionKey(settings: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(settings)).digest('hex');
}

/** The session as the text that n8n keeps, encrypted, in the credential; bound to the settings it was made for. */
export function storeSession(key: string, session: Session): string {
	return JSON.stringify({ key, ...session });
}

/** The stored session, if it was made for exactly these settings. */
export function restoreSession(key: string, stored: unknown): Session | undefined {
	if (typeof stored !== 'string' || stored === '') return undefined;
	try {
		const { key: madeFor, ...session } = JSON.parse(stored) as Session & { key?: string };
		return madeFor === key && typeof session.token === 'string' ? session : undefined;
	} catch {
		return undefined;
	}
}
