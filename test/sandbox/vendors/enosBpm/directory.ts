/** An account of the application portal. */
export interface User {
	id: string;
	name: string;
	account: string;
	password: string;
	email: string;
	orgIds: readonly string[];
	/** Whether the BPM service lets this user terminate (otherwise 33403). */
	mayTerminate: boolean;
}

/** The organizations that exist; their IDs have the vendor's shape. */
export const ORGANIZATIONS: ReadonlyMap<string, string> = new Map([
	['o10000000000001', 'Sandbox Organization One'],
	['o10000000000002', 'Sandbox Organization Two'],
]);

const user = (number: number, orgIds: readonly string[], mayTerminate: boolean): User => ({
	id: `u1000000000000000${number}`,
	name: `Sandbox User ${number}`,
	account: `sandbox-account-${number}`,
	password: `sandbox-password-${number}`,
	email: `sandbox-user-${number}@sandbox.example`,
	orgIds,
	mayTerminate,
});

/** One organization; two organizations; no right to terminate. */
export const USERS: readonly User[] = [
	user(1, ['o10000000000001'], true),
	user(2, ['o10000000000001', 'o10000000000002'], true),
	user(3, ['o10000000000001'], false),
];

/** Registered applications: access key and secret key. */
export const APPLICATIONS: ReadonlyMap<string, string> = new Map([
	['sandbox-app-key-1', 'sandbox-app-secret-1'],
]);

/** Secrets that are wrong on purpose, for the credential variants. */
export const WRONG = {
	password: 'sandbox-password-wrong',
	appKey: 'sandbox-app-key-unknown',
	appSecret: 'sandbox-app-secret-wrong',
	expiredToken: 'sandbox-user-token-expired',
} as const;

/** User tokens that exist from the start, as a user would paste them. */
export const ISSUED = {
	valid: 'sandbox-user-token-valid',
	withoutOrganization: 'sandbox-user-token-without-organization',
	withoutRight: 'sandbox-user-token-without-right',
} as const;

/** The user with an ID. */
export function userById(id: string): User {
	const found = USERS.find((one) => one.id === id);
	if (!found) throw new Error(`EnOS BPM sandbox has no user ${id}`);
	return found;
}

/** Organizations of a user as Log In lists them. */
export function organizationsOf(of: User): Array<{ id: string; name: string }> {
	return of.orgIds.map((id) => ({ id, name: ORGANIZATIONS.get(id) ?? '' }));
}
