import { normaliseBaseUrl } from '../../core/connection/baseUrl';
import type { CredentialData } from '../../core/connection/connection';

const SERVICES = '/ws/rest/service';

/**
 * The company's address, which all services lie below ("Accessing REST Services V1 and V2"). What people paste is often
 * longer: a service's own address, or the one of Unifier's start page. On premises plain HTTP is documented.
 *
 * @throws CredentialRefusal when the credential's address is none, or has a query
 */
export function companyUrl(credentials: CredentialData): string {
	const given = normaliseBaseUrl(credentials['baseUrl'], {
		displayName: 'Base URL',
		allowPath: true,
		allowHttp: true,
	});
	const { origin } = new URL(given);
	const [path = ''] = given.slice(origin.length).split(SERVICES);
	return origin + withoutSlashes(withoutSlashes(path).replace(/^(\/.+)\/unifier$/i, '$1'));
}

function withoutSlashes(path: string): string {
	return path.replace(/\/+$/, '');
}
