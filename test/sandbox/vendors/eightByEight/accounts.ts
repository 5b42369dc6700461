import type { JsonObject } from '../../core/emulator.ts';
import { basicPair, maskAll } from '../../core/masking.ts';

/** An account of 8x8 Connect and its API keys. */
interface Account {
	readonly id: string;
	readonly key: string;
	readonly disabledKey?: string;
	/** Early access: an account has to be enabled for the Automation API. */
	readonly enabled: boolean;
}

export const MAIN_ACCOUNT = 'test_account_id';
export const OTHER_ACCOUNT = '8x8_test_account';
const NOT_ENABLED_ACCOUNT = 'test_account_not_enabled';

const WRONG_KEY = 'sandbox-api-key-wrong';

const ACCOUNTS: readonly Account[] = [
	{ id: MAIN_ACCOUNT, key: 'sandbox-api-key-1', disabledKey: 'sandbox-api-key-disabled', enabled: true },
	{ id: OTHER_ACCOUNT, key: 'sandbox-api-key-2', enabled: true },
	{ id: NOT_ENABLED_ACCOUNT, key: 'sandbox-api-key-3', enabled: false },
];

export const ACCOUNT_IDS: readonly string[] = ACCOUNTS.map(({ id }) => id);

/** The account that a live key belongs to. A disabled key belongs to none. */
export function accountOfKey(key: string): Account | undefined {
	return ACCOUNTS.find((account) => account.key === key);
}

/** Credential data by purpose; the one that works is keyed by its credential type. */
export function credentialData(baseUrl: string): Record<string, JsonObject> {
	const data = (accountId: string, apiKey: string): JsonObject => ({ accountId, apiKey, baseUrl });
	const [main, other, notEnabled] = ACCOUNTS as [Account, Account, Account];
	return {
		eightByEightAutomationApi: data(main.id, main.key),
		wrongKey: data(main.id, WRONG_KEY),
		disabledKey: data(main.id, main.disabledKey ?? ''),
		foreignAccount: data(other.id, main.key),
		subAccountAsAccount: data(`${main.id}_hq`, main.key),
		notEnabledAccount: data(notEnabled.id, notEnabled.key),
		otherAccount: data(other.id, other.key),
	};
}

const SECRETS = [
	WRONG_KEY,
	...ACCOUNTS.flatMap(({ key, disabledKey }) => (disabledKey ? [key, disabledKey] : [key])),
]
	// An HTTP client that was set up for Basic would send the key in this form.
	.flatMap((secret) => [
		secret,
		Buffer.from(secret).toString('base64'),
		...ACCOUNT_IDS.map((id) => basicPair(id, secret)),
	]);

/** Replaces every key, plain or in Basic form. */
export function maskKeys(text: string): string {
	return maskAll(text, SECRETS);
}
