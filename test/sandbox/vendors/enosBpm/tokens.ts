import { ISSUED, USERS, WRONG } from './directory.ts';
import type { Switches } from './switches.ts';

/** A user's access or refresh token. */
export interface UserToken {
	token: string;
	userId: string;
	orgId: string | null;
	issuedAt: number;
	ended: boolean;
}

interface AppToken {
	token: string;
	appKey: string;
	issuedAt: number;
	ended: boolean;
}

/** Every token that this sandbox issues, also those from before a reset. */
export const ISSUED_TOKEN = /APP_PORTAL_S_[0-9A-Za-z]{32}|sandbox-(?:refresh|app)-token-\d+/g;

/** All tokens since the last reset, valid or not. */
export class Tokens {
	private access = new Map<string, UserToken>();

	private refresh = new Map<string, UserToken>();

	private app = new Map<string, AppToken>();

	/** Goes on over a reset, so that a token from before it can never become valid again. */
	private issued = 0;

	private readonly now: () => number;

	private readonly switches: () => Switches;

	constructor(now: () => number, switches: () => Switches) {
		this.now = now;
		this.switches = switches;
	}

	reset(): void {
		this.access = new Map();
		this.refresh = new Map();
		this.app = new Map();
		const [first, second, third] = USERS;
		if (!first || !second || !third) throw new Error('EnOS BPM sandbox needs its three users');
		this.addAccess(ISSUED.valid, first.id, first.orgIds[0] ?? null);
		this.addAccess(ISSUED.withoutOrganization, second.id, null);
		this.addAccess(ISSUED.withoutRight, third.id, third.orgIds[0] ?? null);
		this.addAccess(WRONG.expiredToken, first.id, first.orgIds[0] ?? null).ended = true;
	}

	issueAccess(userId: string, orgId: string | null): UserToken {
		return this.addAccess(`APP_PORTAL_S_${this.serial('sandbox', 32)}`, userId, orgId);
	}

	issueRefresh(userId: string, orgId: string | null): UserToken {
		const token: UserToken = {
			token: this.serial('sandbox-refresh-token-', 32),
			userId,
			orgId,
			issuedAt: this.now(),
			ended: false,
		};
		this.refresh.set(token.token, token);
		return token;
	}

	refreshExpiry(token: UserToken): number {
		return token.issuedAt + this.switches().refreshTokenLifetimeMs;
	}

	validAccess(text: string): UserToken | undefined {
		return this.ifAlive(this.access.get(text), this.switches().userTokenLifetimeMs);
	}

	validRefresh(text: string): UserToken | undefined {
		return this.ifAlive(this.refresh.get(text), this.switches().refreshTokenLifetimeMs);
	}

	endAccessOf(userId: string): void {
		for (const token of this.access.values()) if (token.userId === userId) token.ended = true;
	}

	/** The one token of an application: the same until it expires, then a new one. */
	appToken(appKey: string): AppToken {
		for (const token of this.app.values()) {
			if (token.appKey === appKey && this.validApp(token.token)) return token;
		}
		return this.newAppToken(appKey);
	}

	newAppToken(appKey: string): AppToken {
		for (const token of this.app.values()) if (token.appKey === appKey) token.ended = true;
		const token = {
			token: this.serial('sandbox-app-token-', 32),
			appKey,
			issuedAt: this.now(),
			ended: false,
		};
		this.app.set(token.token, token);
		return token;
	}

	validApp(text: string): AppToken | undefined {
		return this.ifAlive(this.app.get(text), this.switches().appTokenLifetimeMs);
	}

	/** Whole seconds that an application token has left. */
	secondsLeft(token: AppToken): number {
		return Math.floor((token.issuedAt + this.switches().appTokenLifetimeMs - this.now()) / 1000);
	}

	expireNow(what: Switches['expireNow']): void {
		const kinds = { userTokens: this.access, refreshTokens: this.refresh, appTokens: this.app };
		for (const [kind, tokens] of Object.entries(kinds)) {
			if (what !== kind && what !== 'all') continue;
			for (const token of tokens.values()) token.ended = true;
		}
	}

	/** How many tokens of each kind are valid now. */
	count(): { userTokens: number; refreshTokens: number; appTokens: number } {
		return {
			userTokens: [...this.access.keys()].filter((text) => this.validAccess(text)).length,
			refreshTokens: [...this.refresh.keys()].filter((text) => this.validRefresh(text)).length,
			appTokens: [...this.app.keys()].filter((text) => this.validApp(text)).length,
		};
	}

	private addAccess(token: string, userId: string, orgId: string | null): UserToken {
		const added: UserToken = { token, userId, orgId, issuedAt: this.now(), ended: false };
		this.access.set(token, added);
		return added;
	}

	private ifAlive<T extends { issuedAt: number; ended: boolean }>(
		token: T | undefined,
		lifetimeMs: number,
	): T | undefined {
		if (!token || token.ended || this.now() >= token.issuedAt + lifetimeMs) return undefined;
		return token;
	}

	private serial(prefix: string, length: number): string {
		this.issued += 1;
		return prefix + String(this.issued).padStart(length - prefix.length, '0');
	}
}
