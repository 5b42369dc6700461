import { parseUrl } from '../util/url';
import { CredentialError } from './credentialError';

/** What a vendor accepts as base URL. */
export interface BaseUrlRule {
	/** The field's label in the credential, for messages. */
	displayName: string;
	/** Whether a path may follow the host, as a company name does. */
	allowPath: boolean;
	/** Plain HTTP to any host; otherwise only to this machine. */
	allowHttp: boolean;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base URL as requests use it: no blanks around it, no trailing slash.
 *
 * @throws CredentialError when it is no URL, has a user name, a query or a fragment, or breaks the rule
 */
export function normaliseBaseUrl(value: unknown, { displayName, allowPath, allowHttp }: BaseUrlRule): string {
	const url = parseUrl(typeof value === 'string' ? value.trim() : '');
	if (!url) {
		throw new CredentialError(
			`The '${displayName}' in the credential is not a complete URL, such as https://host.example`,
			'Include the scheme, which is usually https.',
		);
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw new CredentialError(
			`The '${displayName}' in the credential contains a user name, a query or a fragment`,
			'Remove the user name and password, and everything from the first question mark or hash sign on.',
		);
	}
	if (
		url.protocol !== 'https:' &&
		!(url.protocol === 'http:' && (allowHttp || LOOPBACK.test(url.hostname)))
	) {
		throw new CredentialError(
			`The '${displayName}' in the credential does not start with https://`,
			'Each request carries secrets, so the connection must be encrypted.',
		);
	}
	const path = url.pathname.replace(/\/+$/, '');
	if (path !== '' && !allowPath) {
		throw new CredentialError(
			`The '${displayName}' in the credential has a path after the host name`,
			'Enter only the scheme and the host name, such as https://host.example.',
		);
	}
	return url.origin + path;
}
