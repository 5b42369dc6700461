import type { IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import type { CredentialData, HttpRequest } from '../../connection/connection';

/** The field of a credential that switches the check of certificates off; name, label and text are n8n's own. */
export const ignoreCertificates: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

/** The same field for a credential that extends n8n's OAuth2, which reads it under this name for its token server. */
export const ignoreCertificatesOfOAuth2: INodeProperties = { ...ignoreCertificates, name: 'ignoreSSLIssues' };

/** How the test request of a credential has the field, as an expression of n8n. */
export const IGNORE_CERTIFICATES = `={{ $credentials.${ignoreCertificates.name} }}`;

/** What a request needs where the credential switches the check of certificates off. */
export function certificateOptions(
	credentials: CredentialData,
): Pick<IHttpRequestOptions, 'skipSslCertificateValidation'> {
	const isIgnored = [ignoreCertificates, ignoreCertificatesOfOAuth2].some(
		({ name }) => credentials[name] === true,
	);
	return isIgnored ? { skipSslCertificateValidation: true } : {};
}

/** n8n's plain HTTP helper, as the logins of a credential use it. */
export function loginRequest(
	helpers: { httpRequest: HttpRequest },
	credentials: CredentialData,
): HttpRequest {
	return async (options) => await helpers.httpRequest({ ...options, ...certificateOptions(credentials) });
}

const SELF_SIGNED = 'the server has a self-signed certificate';
const UNVERIFIABLE = "the server's certificate cannot be verified";

/** Codes of a certificate that was not accepted, and what they mean (Node.js, "TLS (SSL)", X509 certificate error codes). */
export const CERTIFICATE_CODES: Readonly<Record<string, string>> = {
	CERT_HAS_EXPIRED: "the server's certificate has expired",
	CERT_NOT_YET_VALID: "the server's certificate is not valid yet",
	CERT_UNTRUSTED: UNVERIFIABLE,
	DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
	SELF_SIGNED_CERT_IN_CHAIN: SELF_SIGNED,
	UNABLE_TO_GET_ISSUER_CERT: UNVERIFIABLE,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNVERIFIABLE,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNVERIFIABLE,
	ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another host",
};

const HINT = `Install a certificate that n8n trusts on the server. If you are sure that this is the right server, turn on '${ignoreCertificates.displayName}' in the credential.`;

/** How to get unstuck after a fault with this code; undefined where it has nothing to do with a certificate. */
export function certificateHint(code: string | undefined): string | undefined {
	return code !== undefined && Object.hasOwn(CERTIFICATE_CODES, code) ? HINT : undefined;
}
