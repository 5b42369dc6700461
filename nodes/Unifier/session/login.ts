import type { CredentialData } from '../../core/connection/connection';
import { CredentialError, LoginTrouble } from '../../core/connection/credentialError';
import type { Session } from '../../core/connection/sessions';
import { ONE_REPETITION } from '../../core/http/limits';
import { isRedirect, isSuccess, redirectHost } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import type { TransportResult } from '../../core/http/transport';
import { certificateHint } from '../../core/n8n/transport/certificates';
import { textOf } from '../../core/n8n/transport/helperResponse';
import { attemptsAfter, repetitionAfter } from '../../core/n8n/transport/login';
import type { LoginClient, LoginRequest } from '../../core/n8n/transport/login';
import { asObject, asText, readObject } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { BASE_URL_HINT } from '../api/errors';
import { companyUrl } from './baseUrl';

/**
 * The services that issue tokens, by the credential's choice ("V1 Get Token REST Service for Basic Authentication", "V2
 * Get Token REST Service", "V1 Get Token REST Service for OAuth Authentication").
 */
const LOGIN_PATHS: ReadonlyMap<unknown, string> = new Map([
	['v1Login', '/ws/rest/service/v1/login'],
	['v2Token', '/ws/rest/service/v2/auth/token'],
	['v1OAuth', '/ws/rest/service/v1/oauth/token'],
]);

/** The code for a fault of the server itself ("Response Error Codes"). */
const INTERNAL_ERROR = '500';

/** A token is renewed this long before it expires, so that it does not expire on its way. */
const MARGIN_S = 60;

/**
 * Logs in once and returns the session. A login makes the previous token of that user invalid (page "REST Web Services V1"),
 * so callers share one. Rejects with CredentialError when there is no token; a second try would not help, save after LoginTrouble.
 */
export async function logIn(credentials: CredentialData, client: LoginClient): Promise<Session> {
	const options = loginRequest(credentials);
	return await client.ask(
		() => options,
		(result) => readLogin(responseOf(result), Date.now()),
	);
}

function loginRequest(credentials: CredentialData): LoginRequest {
	const path = LOGIN_PATHS.get(credentials['authentication']);
	if (path === undefined) {
		throw new CredentialError(
			"The 'Authentication' in the credential is not one of the known kinds",
			'Open the credential, choose how to authenticate, and save it.',
		);
	}
	return {
		method: 'GET',
		url: companyUrl(credentials) + path,
		headers: { accept: 'application/json', authorization: `Basic ${basicCredentials(credentials)}` },
	};
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
			'Enter both, of a Unifier integration user.',
		);
	}
	return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

function responseOf(result: TransportResult): ApiResponse {
	if (result.kind === 'response') return result.response;
	throw new LoginTrouble(
		`The login to Unifier got no answer: ${result.fault.reason}`,
		certificateHint(result.fault.code) ??
			"Check the 'Base URL' in the credential, whether n8n can reach that host, and whether the credential's allowed domains include it.",
		{ attempts: attemptsAfter(result.fault) },
	);
}

function readLogin(response: ApiResponse, now: number): Session {
	const { status } = response;
	if (isRedirect(response)) {
		throw new LoginTrouble(
			`The login to Unifier was redirected to ${redirectHost(response)}, and redirects are not followed`,
			BASE_URL_HINT,
			{ attempts: 1 },
		);
	}
	if (status === 401 || status === 403) {
		throw new CredentialError(
			'The login to Unifier was not accepted: user name or password is wrong, or it is no active integration user',
			"Check user name and password. The user must be an active integration user, and of the kind (Basic or OAuth) that the chosen 'Authentication' serves.",
		);
	}
	if (status === 408 || status === 429 || status >= 500) throw unavailable(`HTTP ${status}`, response);
	const body = readObject(response.text);
	if (!body || !isSuccess(status)) {
		throw new LoginTrouble(
			"The address answered the login, but not as Unifier does: check the 'Base URL' in the credential",
			BASE_URL_HINT,
			// A success that cannot be read may be half an answer.
			{ attempts: isSuccess(status) ? ONE_REPETITION : 1 },
		);
	}
	const data = asObject(body['data']) ?? {};
	const token = [body['token'], body['access_token'], data['access_token']].map(asText).find(isHeaderText);
	const code = body['status'] === undefined ? '200' : textOf(body['status']).trim();
	if (code === INTERNAL_ERROR) throw unavailable(`code ${code}`, response);
	if (token === undefined || code !== '200') {
		throw new CredentialError(
			code === '200'
				? 'The answer to the login holds no token'
				: `The login to Unifier was refused (code ${code})`,
			"Try another kind of 'Authentication' in the credential; which one fits depends on the kind of user.",
		);
	}
	const lifetime = lifetimeOf(data['expires_in'] ?? body['expires_in']);
	return {
		token,
		extra: tenantHeaders(asObject(data['request_headers'])),
		obtainedAt: now,
		...(lifetime !== undefined && { expiresAt: now + lifetime * 1000 }),
	};
}

function unavailable(what: string, response: ApiResponse): LoginTrouble {
	return new LoginTrouble(
		`The login to Unifier is not possible just now (${what})`,
		'Try again a little later.',
		repetitionAfter(response),
	);
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
