import type { Switches } from './switches.ts';
import type { User } from './users.ts';
import { ISSUED_BEFORE } from './users.ts';

interface Token {
	username: string;
	kind: User['kind'];
	expiresAt: number;
}

const YEAR_MS = 365 * 86_400_000;

/** The bearer tokens of one tenant. */
export class Tokens {
	/** Every token ever issued, over resets too: masking has to know them all. */
	readonly everIssued = new Set<string>();

	private live = new Map<string, Token>();

	// Runs on over resets: a token that a client cached before a reset must not come alive again.
	private serial = 0;

	reset(now: number): void {
		const before = { username: 'n8n-issued', kind: 'basic' } as const;
		this.live = new Map([
			[ISSUED_BEFORE.valid, { ...before, expiresAt: now + YEAR_MS }],
			[ISSUED_BEFORE.expired, { ...before, expiresAt: now - 1 }],
		]);
		for (const value of this.live.keys()) this.everIssued.add(value);
	}

	/** A new token. By the V1 page a login makes the user's previous token invalid. */
	issue(user: User, lifeSeconds: number, now: number, invalidates: Switches['loginInvalidates']): string {
		if (invalidates === 'all' || (invalidates === 'basic' && user.kind === 'basic')) {
			for (const [value, token] of this.live) if (token.username === user.username) this.live.delete(value);
		}
		this.serial += 1;
		const value = `sandbox-token-${user.kind}-${String(this.serial).padStart(4, '0')}`;
		this.everIssued.add(value);
		this.live.set(value, { username: user.username, kind: user.kind, expiresAt: now + lifeSeconds * 1000 });
		return value;
	}

	ownerOf(value: string, now: number): string | undefined {
		const token = this.live.get(value);
		return token && token.expiresAt > now ? token.username : undefined;
	}

	revoke(value: string): void {
		this.live.delete(value);
	}
}
