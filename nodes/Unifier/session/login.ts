import type { CredentialData } from '../../core/connection/connection';
import { CredentialError } from '../../core/connection/credentialError';
import { quoter } from '../../core/connection/redaction';
import type { Session } from '../../core/connection/sessions';
import { isSuccess } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import { textOf } from '../../core/n8n/transport/helperResponse';
import type { LoginClient, LoginRequest } from '../../core/n8n/transport/login';
import { asObject, asText, readObject } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { companyUrl } from './baseUrl';
import { loginError, loginFault } from './loginErrors';

/**
 * The services that issue tokens, by the credential's choice ("V1 Get Token REST Service for Basic Authentication", "V2
 * Get Token REST Service", "V1 Get Token REST Service for OAuth Authentication").
 */
const SERVICES: ReadonlyMap<unknown, LoginService> = new Map([
	['v1Login', { path: '/ws/rest/service/v1/login', label: 'V1 Login' }],
	['v2Token', { path: '/ws/rest/service/v2/auth/token', label: 'V2 Token' }],
	['v1OAuth', { path: '/ws/rest/service/v1/oauth/token', label: 'V1 OAuth Token' }],
]);

interface LoginService {
	path: string;
	/** As the credential shows it. */
	label: string;
}

/** A token is renewed this long before it expires, so that it does not expire in transit. */
const MARGIN_S = 60;

/**
 * Logs in once and returns the session. A login makes the previous token of that user invalid (page "REST Web Services
 * V1"), so callers share one. Rejects with CredentialError when there is no token; a second try would not help, except
 * after LoginTrouble.
 */
export async function logIn(credentials: CredentialData, client: LoginClient): Promise<Session> {
	const service = serviceOf(credentials);
	const basic = basicCredentials(credentials);
	const options: LoginRequest = {
		method: 'GET',
		url: companyUrl(credentials) + service.path,
		headers: { accept: 'application/json', authorization: `Basic ${basic}` },
	};
	const quote = quoter([basic, textOf(credentials['password'])]);
	return await client.ask(
		() => options,
		(result) => {
			if (result.kind === 'fault') throw loginFault(result.fault);
			const session = readSession(result.response, Date.now());
			if (!session) throw loginError(result.response, { service: service.label, quote });
			return session;
		},
	);
}

function serviceOf(credentials: CredentialData): LoginService {
	const service = SERVICES.get(credentials['authentication']);
	if (service) return service;
	throw new CredentialError(
		"The 'Authentication' in the credential is not one of the available options",
		'Open the credential, choose how to authenticate, and save it.',
	);
}

/**
 * User name and password as UTF-8 in base64.
 *
 * @throws CredentialError when one of them is empty
 */
export function basicCredentials(credentials: CredentialData): string {
	const username = asText(credentials['username']);
	const password = credentials['password'];
	if (username === undefined || typeof password !== 'string' || password === '') {
		throw new CredentialError(
			"The 'User Name' or the 'Password' in the credential is empty",
			'Enter the user name and the password of a Unifier integration user.',
		);
	}
	return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

/** The session that a response gives; undefined for anything but a success with a token. */
function readSession(response: ApiResponse, now: number): Session | undefined {
	const body = isSuccess(response.status) ? readObject(response.text) : undefined;
	const isAccepted = ['', '200'].includes(textOf(body?.['status']).trim());
	if (!body || !isAccepted) return undefined;
	const data = asObject(body['data']) ?? {};
	const token = [body['token'], body['access_token'], data['access_token']].map(asText).find(isHeaderText);
	if (token === undefined) return undefined;
	const lifetime = lifetimeOf(data['expires_in'] ?? body['expires_in']);
	return {
		token,
		extra: tenantHeaders(asObject(data['request_headers'])),
		obtainedAt: now,
		...(lifetime !== undefined && { expiresAt: now + lifetime * 1000 }),
	};
}

/** Only the headers that Unifier uses for tenants; others that an answer lists are not sent. */
function tenantHeaders(given: JsonRecord = {}): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(given)) {
		const text = asText(value);
		if (/^x-unifier-[a-z-]+$/i.test(name) && isHeaderText(text)) headers[name.toLowerCase()] = text;
	}
	return headers;
}

/** Seconds, as text by the pages' types and as a number in their samples. The V1 login returns dates in the user's format. */
function lifetimeOf(value: unknown): number | undefined {
	const seconds = typeof value === 'string' ? Number(value) : value;
	if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return undefined;
	return Math.max(seconds - MARGIN_S, seconds / 2);
}

function isHeaderText(text: string | undefined): text is string {
	return text !== undefined && /^[\x21-\x7e]+$/.test(text);
}
