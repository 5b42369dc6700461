import { normaliseBaseUrl } from '../../core/connection/baseUrl';
import type { CredentialData } from '../../core/connection/connection';
import { CredentialError } from '../../core/connection/credentialError';
import { sessionKey } from '../../core/connection/sessions';
import { asText } from '../../core/util/json';

/** The credential's fields, checked and cleaned. */
export interface Settings {
	baseUrl: string;
	/** Who the user is: an account that logs in, or a token that somebody pasted. */
	user: { account: string; password: string; orgId: string } | { accessToken: string };
	/** The application's identity at the gateway, when it is filled in. */
	application?: { key: string; secret: string };
	/** Equal settings, equal key. Holds no secret in the clear. */
	key: string;
}

/**
 * Reads the credential.
 *
 * @throws CredentialError when a field is missing or cannot be what it should be
 */
export function readSettings(credentials: CredentialData): Settings {
	const baseUrl = normaliseBaseUrl(credentials['baseUrl'], {
		displayName: 'Base URL',
		allowPath: false,
		// EnOS Edge answers on plain HTTP ("Get Access Token").
		allowHttp: true,
	});
	const user = credentials['authentication'] === 'accessToken' ? pasted(credentials) : login(credentials);
	const application = applicationOf(credentials);
	return {
		baseUrl,
		user,
		...(application && { application }),
		key: sessionKey([baseUrl, user, application ?? null]),
	};
}

/** A pasted token without the prefix that some of the vendor's pages show with it. */
export function bareToken(value: unknown): string {
	return (asText(value) ?? '').replace(/^Bearer(\s+|$)/i, '');
}

function pasted(credentials: CredentialData): { accessToken: string } {
	const accessToken = bareToken(credentials['accessToken']);
	if (accessToken === '') {
		throw new CredentialError(
			"The 'Access Token' in the credential is empty",
			"Paste an access token, or choose 'Login' under 'Authentication'.",
		);
	}
	if (/[^\x21-\x7e]/.test(accessToken)) {
		throw new CredentialError(
			"The 'Access Token' in the credential contains characters that are not allowed in a token",
			'Copy it again, without line breaks or spaces.',
		);
	}
	return { accessToken };
}

function login(credentials: CredentialData): { account: string; password: string; orgId: string } {
	const account = asText(credentials['account']);
	const password = credentials['password'];
	if (account === undefined || typeof password !== 'string' || password === '') {
		throw new CredentialError(
			"The 'Account' or the 'Password' in the credential is empty",
			"Enter both, or choose 'Access Token' under 'Authentication'.",
		);
	}
	return { account, password, orgId: asText(credentials['orgId']) ?? '' };
}

function applicationOf(credentials: CredentialData): Settings['application'] {
	const key = asText(credentials['appKey']);
	const secret = asText(credentials['appSecret']);
	if (key === undefined && secret === undefined) return undefined;
	if (key === undefined || secret === undefined) {
		throw new CredentialError(
			"The 'App Key' or the 'App Secret' in the credential is empty",
			'Enter both, or neither.',
		);
	}
	return { key, secret };
}
