import { basicPair, maskAll } from '../../core/masking.ts';
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
		secrets.add(basicPair(username, password));
	}
	secrets.add(basicPair('n8n-basic', 'sandbox-wrong-password'));
	for (const secret of [...secrets]) {
		secrets.add(encodeURIComponent(secret));
		secrets.add(JSON.stringify(secret).slice(1, -1));
	}
	return maskAll(text, secrets);
}
