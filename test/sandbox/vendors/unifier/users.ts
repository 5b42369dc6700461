import type { JsonObject } from '../../core/emulator.ts';

/** Module permissions of an integration user ("Creating Integration Users"). */
export type Module = 'Business Process Services' | 'Admin';

export type Permission = 'Full' | 'Create' | 'Update' | 'Get';

export interface User {
	username: string;
	password: string;
	kind: 'basic' | 'oauth';
	/** False for an ordinary user, who cannot use the services. */
	integration: boolean;
	active: boolean;
	permissions: Partial<Record<Module, Permission[]>>;
	/** As set on the user; the V1 page names 180 days as the default. */
	tokenLifeSeconds: number;
	dateOrder: 'dmy' | 'mdy';
	timezone: string;
	timezoneMinutes: number;
}

const DAY = 86_400;

const INDIA = {
	dateOrder: 'dmy',
	timezone: '(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi',
	timezoneMinutes: 330,
} as const;

const PACIFIC = {
	dateOrder: 'mdy',
	timezone: '(UTC-08:00) Pacific Time (US & Canada)',
	timezoneMinutes: -480,
} as const;

const basic = (username: string, password: string, changes: Partial<User> = {}): User => ({
	username,
	password,
	kind: 'basic',
	integration: true,
	active: true,
	permissions: { 'Business Process Services': ['Full'], Admin: ['Full'] },
	tokenLifeSeconds: 2 * DAY,
	...INDIA,
	...changes,
});

/** Tokens that were handed out before the sandbox started. */
export const ISSUED_BEFORE = { valid: 'sandbox-access-token-1', expired: 'sandbox-access-token-2' } as const;

export const TENANT = { tenant: 'sandbox-tenant', tenantCode: 'sandbox-tenant-code-1' } as const;

export const initialUsers = (): User[] => [
	basic('n8n-basic', 'sandbox-password-1'),
	basic('n8n-oauth@tenant.example', 'sandbox-password-2', { kind: 'oauth' }),
	// Not ASCII, so that a header that is not encoded as UTF-8 is refused.
	basic('$$n8n-dollar', 'sandbox-pässword-$$-3', { tokenLifeSeconds: 180 * DAY, ...PACIFIC }),
	basic('n8n-reader', 'sandbox-password-4', { permissions: { 'Business Process Services': ['Get'] } }),
	basic('n8n-no-admin', 'sandbox-password-5', {
		permissions: { 'Business Process Services': ['Update', 'Get'] },
	}),
	basic('n8n-no-get', 'sandbox-password-9', {
		permissions: { 'Business Process Services': ['Update'], Admin: ['Get'] },
	}),
	basic('n8n-inactive', 'sandbox-password-6', { active: false }),
	basic('n8n-person', 'sandbox-password-7', { integration: false }),
	// Owns the tokens issued before, so that no other user's login takes them away.
	basic('n8n-issued', 'sandbox-password-8'),
];

/** Whether a user has one permission of a module; Full stands for all of them. */
export function mayUse(user: User, module: Module, permission: Permission): boolean {
	const granted = user.permissions[module] ?? [];
	return granted.includes('Full') || granted.includes(permission);
}

/** Credential data for n8n, one entry per kind of sign-in and per way in which it can go wrong. */
export function credentialVariants(baseUrl: string, users: User[]): Record<string, JsonObject> {
	const login = (authentication: string, username: string, changes: JsonObject = {}): JsonObject => ({
		baseUrl,
		authentication,
		username,
		password: users.find((user) => user.username === username)?.password ?? '',
		accessToken: '',
		...changes,
	});
	const issued = (accessToken: string, changes: JsonObject = {}): JsonObject => ({
		baseUrl,
		authentication: 'accessToken',
		username: '',
		password: '',
		accessToken,
		...changes,
	});
	return {
		unifierApi: login('v2Token', 'n8n-basic'),
		v1Login: login('v1Login', 'n8n-basic'),
		v1OAuth: login('v1OAuth', 'n8n-oauth@tenant.example'),
		v2OAuth: login('v2Token', 'n8n-oauth@tenant.example'),
		accessToken: issued(ISSUED_BEFORE.valid),
		expiredAccessToken: issued(ISSUED_BEFORE.expired),
		tenantAccessToken: issued(ISSUED_BEFORE.valid, TENANT),
		wrongPassword: login('v2Token', 'n8n-basic', { password: 'sandbox-wrong-password' }),
		withoutRight: login('v2Token', 'n8n-reader'),
		withoutAdmin: login('v2Token', 'n8n-no-admin'),
		withoutGet: login('v2Token', 'n8n-no-get'),
		dollarUser: login('v2Token', '$$n8n-dollar'),
		inactiveUser: login('v2Token', 'n8n-inactive'),
		noIntegrationUser: login('v2Token', 'n8n-person'),
	};
}
