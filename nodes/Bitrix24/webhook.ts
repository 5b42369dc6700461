import { normaliseBaseUrl } from '../core/connection/baseUrl';
import { CredentialError } from '../core/connection/credentialError';
import type { HelperOptions } from '../core/n8n/transport/requestOptions';
import { parseUrl } from '../core/util/url';

/** An inbound webhook, taken from its URL (page "Inbound webhooks"). */
export interface Webhook {
	/** Scheme, host and port. */
	origin: string;
	/** `/rest/<user>/<code>`: secret, because it is all that a caller of the portal needs. */
	secretPath: string;
	code: string;
}

/** The vendor's own SDK takes the address for REST 3.0, which has `api` in it, for the same webhook. */
const WEBHOOK_PATH = /^\/rest\/(?:api\/)?(\d+)\/([\w-]+)(?:\/[\w.-]*)?$/;

/**
 * Parses a webhook URL, whichever version of the REST API it is for. A method name behind it, with or without `.json`,
 * and a query are dropped: Bitrix24 prints it with both.
 *
 * @throws CredentialError when it is not of the form `https://<portal>/rest/<user>/<code>/`
 */
export function readWebhookUrl(value: unknown): Webhook {
	const address = normaliseBaseUrl(typeof value === 'string' ? value.replace(/[?#].*$/s, '') : value, {
		displayName: 'Webhook URL',
		allowPath: true,
		allowHttp: false,
	});
	const { origin, pathname } = new URL(address);
	const [, userId, code] = WEBHOOK_PATH.exec(pathname) ?? [];
	if (userId === undefined || code === undefined) {
		throw new CredentialError(
			"The 'Webhook URL' in the credential is not the URL of an inbound webhook",
			'Copy it from Bitrix24. It looks like https://portal.bitrix24.com/rest/1/code/.',
		);
	}
	return { origin, secretPath: `/rest/${userId}/${code}`, code };
}

/**
 * Puts the secret part of the webhook into a request to `<origin>/rest/...`. A request to another host or
 * another path, or one that already has the secret, is left as it is.
 *
 * @throws CredentialError as `readWebhookUrl` does
 */
export function addWebhookSecret(webhookUrl: unknown, options: HelperOptions): HelperOptions {
	const { origin, secretPath } = readWebhookUrl(webhookUrl);
	const { baseURL, ...rest } = options;
	const name = options.uri === undefined ? 'url' : 'uri';
	const address = parseUrl(join(baseURL, options[name] ?? ''));
	if (!address) return options;
	const { origin: requested, pathname, search } = address;
	if (requested !== origin || !isBelow(pathname, '/rest') || isBelow(pathname, secretPath)) return options;
	return { ...rest, [name]: origin + secretPath + pathname.slice('/rest'.length) + search };
}

function join(baseURL: string | undefined, url: string): string {
	if (!baseURL || /^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url;
	return `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

function isBelow(path: string, parent: string): boolean {
	return path === parent || path.startsWith(`${parent}/`);
}
