import { APPLICATIONS, ISSUED, USERS, WRONG } from './directory.ts';
import { ISSUED_TOKEN } from './tokens.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Replaces passwords, secret keys and every token ever issued by `***`, also inside Basic headers. */
export function maskSecrets(text: string): string {
	const passwords = [...USERS.map(({ password }) => password), WRONG.password];
	const appSecrets = [...APPLICATIONS.values(), WRONG.appSecret];
	const appKeys = [...APPLICATIONS.keys(), WRONG.appKey];
	const basic = [
		...USERS.flatMap(({ account }) => passwords.map((password) => base64(`${account}:${password}`))),
		...appKeys.flatMap((appKey) => appSecrets.map((secret) => base64(`${appKey}:${secret}`))),
	];
	const secrets = [...passwords, ...appSecrets, ...basic, ...Object.values(ISSUED), WRONG.expiredToken];
	// The longest first, so that no secret leaves the tail of a longer one behind.
	return secrets
		.sort((a, b) => b.length - a.length)
		.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
		.replace(ISSUED_TOKEN, '***');
}
