import { normaliseBaseUrl } from '../core/connection/baseUrl';

/** Matches before a text that does not begin with a scheme. */
const NO_SCHEME = /^(?![a-z][a-z\d+.-]*:\/\/)/i;

/** Scheme, host and port, where no user name stands before the host. */
const ORIGIN = /^https?:\/\/[^\s/?#@]+(?=[/?#]|$)/i;

/** The same with a scheme that secrets may travel by: https, and http to this machine. */
const SAFE_ORIGIN =
	/^(https:\/\/|http:\/\/(?=(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?([/?#]|$)))[^\s/?#@]+(?=[/?#]|$)/i;

/** Scheme and host, and whatever follows them. */
const BEHIND_HOST = /^([^/]+:\/\/[^/?#]*).*$/s;

/**
 * The address of a portal, from what a user copies out of the browser or types: the scheme may be missing, and a path, a
 * query and a fragment are dropped, because the REST API and the consent page of a portal are always at its root.
 *
 * @throws CredentialError when there is no such address in it, or one that secrets may not travel to
 */
export function portalAddress(portalUrl: unknown): string {
	const address =
		typeof portalUrl === 'string' ? withScheme(portalUrl).replace(BEHIND_HOST, '$1') : portalUrl;
	return normaliseBaseUrl(address, {
		displayName: 'Portal URL',
		allowPath: false,
		allowHttp: false,
	});
}

function withScheme(portalUrl: string): string {
	return portalUrl.trim().replace(NO_SCHEME, 'https://');
}

/** The first part of n8n's expressions: a text of the credential with a scheme, as `withScheme` makes it. */
const complete = (text: string): string => `(${text} || "").trim().replace(${NO_SCHEME}, "https://")`;

/**
 * Where the REST API is, as n8n's routing engine sees it, for both credential types: scheme and host of the
 * portal. The secret part of a webhook URL is not in it; the credential adds it to each request.
 */
export const REST_ADDRESS = `={{ (${complete('($credentials.portalUrl || $credentials.webhookUrl)')}.match(${ORIGIN}) || [""])[0] + "/rest" }}`;

/**
 * Where n8n sends the user for the consent. An expression cannot throw an error with a message of its own. But n8n
 * refuses an address with an unknown scheme before the user leaves, and names the scheme.
 */
export const CONSENT_ADDRESS = `={{ (${complete('$self["portalUrl"]')}.match(${SAFE_ORIGIN}) || ["portal-url-is-not-an-https-address:"])[0] + "/oauth/authorize/" }}`;

/** The token server that the user has chosen or entered. */
export const TOKEN_ADDRESS = `={{ $self["authorizationServer"] === "other" ? ${complete('$self["authorizationServerUrl"]')} : $self["authorizationServer"] }}`;
