import { createHash } from 'crypto';

import { MAX_SESSIONS, REFUSED_LOGIN_MS, STRAGGLER_MS } from '../http/limits';
import { asObject } from '../util/json';
import { SingleFlight } from '../util/singleFlight';
import type { IsWanted } from '../util/singleFlight';
import { CredentialError, LoginTrouble } from './credentialError';

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
	/** `at`: when it was got, by the clock for durations. */
	newest?: { session: Session; at: number };
	/** Why the last login came to nothing, and when, by the clock for durations. */
	failed?: { reason: CredentialError; at: number };
}

/** The two clocks of sessions. */
export interface SessionClock {
	/** Epoch milliseconds, which the expiry of tokens is given in. */
	wallTime(): number;
	/** Milliseconds of a clock that never goes back, for durations. */
	now(): number;
}

const MACHINE: SessionClock = { wallTime: () => Date.now(), now: () => performance.now() };

/**
 * Sessions by credential, shared by all requests of this process. n8n logs in once for each item that
 * sees an empty or expired token; here concurrent needs share one login, because a new login may void
 * the token of the last one and too many of them lock an account.
 */
export class Sessions {
	private readonly slots = new Map<string, Slot>();

	private readonly logins = new SingleFlight<Session>();

	constructor(private readonly clock: SessionClock = MACHINE) {}

	/**
	 * A session for these settings, other than the refused one. Logs in only if nobody else is doing it
	 * and no newer session is at hand. `login` is given a function that says whether anybody still waits. Rejects with
	 * what `login` rejects with, also with what it rejected with a moment ago: a refusal for all, passing trouble for runs
	 * that had begun before it.
	 */
	async obtain(
		key: string,
		refusedToken: string,
		login: (isWanted: IsWanted) => Promise<Session>,
		{ isWanted, since = Infinity }: { isWanted?: IsWanted; since?: number | undefined } = {},
	): Promise<Session> {
		const slot = this.slot(key);
		const { newest, failed } = slot;
		if (!this.logins.pending(key)) {
			if (newest && newest.session.token !== refusedToken && this.isFresh(newest, refusedToken)) {
				return newest.session;
			}
			if (failed && this.clock.now() - failed.at < REFUSED_LOGIN_MS) {
				// Items in line for a login share its failure; what begins later may try again.
				const isOver = failed.reason instanceof LoginTrouble && since > failed.at;
				if (!isOver) return await Promise.reject(failed.reason);
			}
		}
		return await this.logins.run(key, async (wanted) => await this.logIn(slot, login, wanted), isWanted);
	}

	/** The newest session that this process got for these settings, unless its time is over. */
	newest(key: string): Session | undefined {
		const session = this.slots.get(key)?.newest?.session;
		return session && this.isAlive(session) ? session : undefined;
	}

	/** Whether requests with the session before this one may still be under way. */
	isRecent(key: string, session: Session): boolean {
		const newest = this.slots.get(key)?.newest;
		// For a session of another process only the time of day is known.
		const age =
			newest?.session.token === session.token
				? this.clock.now() - newest.at
				: this.clock.wallTime() - session.obtainedAt;
		return age >= 0 && age < STRAGGLER_MS;
	}

	/**
	 * The session that requests carry: the one that n8n has stored, which another process may have renewed, unless it has
	 * expired or this process has obtained a newer one. Undefined where there is none for these settings.
	 */
	current(key: string, stored: unknown): Session | undefined {
		const restored = restoreSession(key, stored);
		const kept = restored && this.isAlive(restored) ? restored : undefined;
		const own = this.newest(key);
		return kept && own ? (isNewer(own, kept) ? own : kept) : (kept ?? own);
	}

	private async logIn(
		slot: Slot,
		login: (isWanted: IsWanted) => Promise<Session>,
		isWanted: IsWanted,
	): Promise<Session> {
		try {
			const session = await login(isWanted);
			slot.newest = { session, at: this.clock.now() };
			delete slot.failed;
			return session;
		} catch (reason) {
			delete slot.newest;
			if (reason instanceof CredentialError) slot.failed = { reason, at: this.clock.now() };
			return await Promise.reject(reason);
		}
	}

	private isAlive({ expiresAt }: Session): boolean {
		return expiresAt === undefined || this.clock.wallTime() < expiresAt;
	}

	private isFresh({ session, at }: NonNullable<Slot['newest']>, refusedToken: string): boolean {
		if (!this.isAlive(session)) return false;
		// Without a refused token nobody has said anything against the newest one.
		return refusedToken === '' || this.clock.now() - at < STRAGGLER_MS;
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

/** Whether one session was got after another one. */
export function isNewer(one: Session, other: Session): boolean {
	return one.obtainedAt > other.obtainedAt;
}

/** A session that takes the place of a refused one comes after it, even if the clocks of two processes differ. */
export function succeeding(refused: Session | undefined, session: Session): Session {
	const least = refused ? refused.obtainedAt + 1 : 0;
	return { ...session, obtainedAt: Math.max(session.obtainedAt, least) };
}

/** A key for settings that holds no secret in the clear. Equal settings, equal key. */
export function sessionKey(settings: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(settings)).digest('hex');
}

/** The session as the text that n8n keeps, encrypted, in the credential; bound to the settings it was made for. */
export function storeSession(key: string, session: Session): string {
	return JSON.stringify({ key, ...session });
}

/** The stored session, if it was made for exactly these settings and has the shape of one. */
export function restoreSession(key: string, stored: unknown): Session | undefined {
	if (typeof stored !== 'string' || stored === '') return undefined;
	let fields: unknown;
	try {
		fields = JSON.parse(stored);
	} catch {
		return undefined;
	}
	const { key: madeFor, token, extra, obtainedAt, expiresAt } = asObject(fields) ?? {};
	if (madeFor !== key || !isHeaderText(token) || !isTime(obtainedAt)) return undefined;
	if (expiresAt !== undefined && !isTime(expiresAt)) return undefined;
	const texts = asObject(extra);
	if (!texts || !Object.entries(texts).every(([name, text]) => isName(name) && isHeaderText(text)))
		return undefined;
	return {
		token,
		extra: texts as Record<string, string>,
		obtainedAt,
		...(expiresAt !== undefined && { expiresAt }),
	};
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

function isName(text: string): boolean {
	return /^[a-z][\w-]*$/i.test(text);
}

/** Tokens and tenants travel in headers. */
function isHeaderText(value: unknown): value is string {
	return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
