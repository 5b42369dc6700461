import { basicPair } from '../../core/masking.ts';

/** A portal user. */
export interface User {
	id: number;
	name: string;
	lastName: string;
	admin: boolean;
	active: boolean;
	/** Whose tasks this user may list besides the own ones. */
	subordinates: number[];
}

/** An inbound webhook (page "Inbound webhooks"): acts as its owner within the ticked scopes. */
export interface Webhook {
	key: string;
	userId: number;
	code: string;
	scopes: string[];
	revoked: boolean;
	expiresAt: number | null;
	/** Blocked by hand by the vendor's support. */
	held: boolean;
}

/** One authorization of the app by a user, with its current token pair. */
export interface Grant {
	key: string;
	userId: number;
	scopes: string[];
	accessToken: string;
	accessExpiresAt: number;
	refreshToken: string;
	refreshExpiresAt: number;
}

const HOUR_MS = 3_600_000;
const REFRESH_MS = 180 * 24 * HOUR_MS;
/** A code of the authorize page lives this long. */
const CODE_MS = 30_000;

export const ADMINISTRATOR = 1;
export const EMPLOYEE = 2;
const INACTIVE = 4;
const TRAINEE = 5;

/** The app card: a local application with its client ID and secret. */
export const APP = { clientId: 'local.sandbox-client-1', clientSecret: 'sandbox-client-secret-1' } as const;
/** Secrets of credential variants that must fail. */
export const WRONG_CODE = 'sandboxwrongcode';
export const WRONG_SECRET = 'sandbox-client-secret-wrong';
export const WRONG_TOKEN = 'sandbox-access-token-wrong';

const BIZPROC = ['bizproc'];

/** Users, webhooks and tokens of the portal and its authorization server. */
export class Accounts {
	readonly users = new Map<number, User>();
	readonly webhooks: Webhook[] = [];
	readonly grants = new Map<string, Grant>();
	/** Access tokens that were replaced by a refresh stay good until they expire. */
	private readonly access = new Map<string, { grant: Grant; expiresAt: number }>();
	private readonly codes = new Map<string, { userId: number; expiresAt: number }>();
	private readonly issued: string[] = [];
	private serial = 0;

	constructor(now: number) {
		this.addUser(ADMINISTRATOR, 'Administrator', { admin: true });
		this.addUser(EMPLOYEE, 'Employee', { subordinates: [TRAINEE] });
		this.addUser(INACTIVE, 'Inactive', { active: false });
		this.addUser(TRAINEE, 'Trainee', {});
		this.addWebhook('main', ADMINISTRATOR, 'sandboxcode1', {});
		this.addWebhook('notAdmin', EMPLOYEE, 'sandboxcode2', {});
		this.addWebhook('noScope', ADMINISTRATOR, 'sandboxcode3', { scopes: ['crm'] });
		this.addWebhook('revoked', ADMINISTRATOR, 'sandboxcode4', { revoked: true });
		this.addWebhook('expired', ADMINISTRATOR, 'sandboxcode5', { expiresAt: now - 1000 });
		this.addWebhook('held', ADMINISTRATOR, 'sandboxcode6', { held: true });
		this.addWebhook('inactive', INACTIVE, 'sandboxcode7', {});
		this.addWebhook('second', ADMINISTRATOR, 'sandboxcode8', {});
		this.addWebhook('withUsers', ADMINISTRATOR, 'sandboxcode9', { scopes: [...BIZPROC, 'user_basic'] });
		this.addGrant('main', ADMINISTRATOR, BIZPROC, now);
		this.addGrant('expired', ADMINISTRATOR, BIZPROC, now - HOUR_MS - 1000);
		this.addGrant('refreshExpired', ADMINISTRATOR, BIZPROC, now - REFRESH_MS - 1000);
		this.addGrant('notAdmin', EMPLOYEE, BIZPROC, now);
		this.addGrant('noScope', ADMINISTRATOR, ['crm'], now);
	}

	user(id: number): User {
		const user = this.users.get(id);
		if (!user) throw new Error(`Bitrix24 has no user ${id}`);
		return user;
	}

	webhook(key: string): Webhook {
		const webhook = this.webhooks.find((entry) => entry.key === key);
		if (!webhook) throw new Error(`Bitrix24 has no webhook ${key}`);
		return webhook;
	}

	grant(key: string): Grant {
		const grant = this.grants.get(key);
		if (!grant) throw new Error(`Bitrix24 has no grant ${key}`);
		return grant;
	}

	byAccessToken(token: string): { grant: Grant; expiresAt: number } | undefined {
		return this.access.get(token);
	}

	/** A code for the redirect back to the app. */
	newCode(userId: number, now: number): string {
		this.serial += 1;
		const code = `sandbox-oauth-code-${this.serial}`;
		this.issued.push(code);
		this.codes.set(code, { userId, expiresAt: now + CODE_MS });
		return code;
	}

	/** Spends a code; undefined when it is unknown, spent or older than 30 seconds. */
	redeemCode(code: string, now: number): Grant | undefined {
		const entry = this.codes.get(code);
		this.codes.delete(code);
		if (!entry || entry.expiresAt <= now) return undefined;
		return this.addGrant(`code${this.serial}`, entry.userId, BIZPROC, now);
	}

	/** A new token pair for a refresh token; undefined when it is unknown, replaced or expired. */
	refresh(refreshToken: string, now: number): Grant | undefined {
		const grant = [...this.grants.values()].find((entry) => entry.refreshToken === refreshToken);
		if (!grant || grant.refreshExpiresAt <= now) return undefined;
		this.issueTokens(grant, now);
		return grant;
	}

	/** Every secret that exists or existed, the longest first so that no part of one is left over. */
	secrets(): string[] {
		const basic = [APP.clientSecret, WRONG_SECRET].map((secret) => basicPair(APP.clientId, secret));
		const codes = this.webhooks.map(({ code }) => code);
		return [...basic, ...codes, ...this.issued, APP.clientSecret, WRONG_CODE, WRONG_SECRET, WRONG_TOKEN];
	}

	/** Adds a user, or replaces the one with that ID. */
	addUser(id: number, lastName: string, more: Partial<User>): void {
		this.users.set(id, {
			id,
			name: 'Sandbox',
			lastName,
			admin: false,
			active: true,
			subordinates: [],
			...more,
		});
	}

	private addWebhook(key: string, userId: number, code: string, more: Partial<Webhook>): void {
		const base = { scopes: BIZPROC, revoked: false, expiresAt: null, held: false };
		this.webhooks.push({ key, userId, code, ...base, ...more });
	}

	private addGrant(key: string, userId: number, scopes: string[], now: number): Grant {
		const grant: Grant = {
			key,
			userId,
			scopes,
			accessToken: '',
			accessExpiresAt: 0,
			refreshToken: '',
			refreshExpiresAt: 0,
		};
		this.grants.set(key, grant);
		this.issueTokens(grant, now);
		return grant;
	}

	private issueTokens(grant: Grant, now: number): void {
		this.serial += 1;
		grant.accessToken = `sandbox-access-token-${this.serial}`;
		grant.accessExpiresAt = now + HOUR_MS;
		grant.refreshToken = `sandbox-refresh-token-${this.serial}`;
		grant.refreshExpiresAt = now + REFRESH_MS;
		this.access.set(grant.accessToken, { grant, expiresAt: grant.accessExpiresAt });
		this.issued.push(grant.accessToken, grant.refreshToken);
	}
}
