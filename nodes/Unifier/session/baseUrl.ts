import { normaliseBaseUrl } from '../../core/connection/baseUrl';
import type { CredentialData } from '../../core/connection/connection';

const SERVICES = '/ws/rest/service';

/**
 * The company's address, below which all services are ("Accessing REST Services V1 and V2"). What users paste is
 * often longer: the address of a service, or of Unifier's start page. On premises plain HTTP is documented.
 *
 * @throws CredentialError when the credential's address is not a URL, or has a query
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
