import type { Tenant } from './tenant.ts';
import { ISSUED_BEFORE, TENANT } from './users.ts';

/** Replaces passwords, tokens, the tenant code and Basic headers, also in their encoded forms. */
export function maskSecrets(tenant: Tenant, text: string): string {
	const secrets = new Set<string>([
		TENANT.tenantCode,
		...Object.values(ISSUED_BEFORE),
		...tenant.tokens.everIssued,
		'sandbox-wrong-password',
	]);
	for (const { username, password } of tenant.users) {
		secrets.add(password);
		secrets.add(Buffer.from(`${username}:${password}`).toString('base64'));
	}
	secrets.add(Buffer.from('n8n-basic:sandbox-wrong-password').toString('base64'));
	for (const secret of [...secrets]) {
		secrets.add(encodeURIComponent(secret));
		secrets.add(JSON.stringify(secret).slice(1, -1));
	}
	// The longest first: one secret may begin with another.
	const ordered = [...secrets].sort((a, b) => b.length - a.length);
	return ordered.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
