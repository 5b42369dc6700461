import { basicPair, maskAll } from '../../core/masking.ts';
import { APPLICATIONS, ISSUED, USERS, WRONG } from './directory.ts';
import { ISSUED_TOKEN } from './tokens.ts';

const PASSWORDS = [...USERS.map(({ password }) => password), WRONG.password];
const APP_KEYS = [...APPLICATIONS.keys(), WRONG.appKey];
const APP_SECRETS = [...APPLICATIONS.values(), WRONG.appSecret];

const SECRETS = [
	...PASSWORDS,
	...APP_SECRETS,
	...USERS.flatMap(({ account }) => PASSWORDS.map((password) => basicPair(account, password))),
	...APP_KEYS.flatMap((appKey) => APP_SECRETS.map((secret) => basicPair(appKey, secret))),
	...Object.values(ISSUED),
	WRONG.expiredToken,
];

/** Replaces passwords, secret keys and every token ever issued by `***`, also inside Basic headers. */
export function maskSecrets(text: string): string {
	return maskAll(text, SECRETS).replace(ISSUED_TOKEN, '***');
}
