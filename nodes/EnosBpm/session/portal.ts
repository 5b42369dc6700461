import type { HttpRequest } from '../../core/connection/connection';
import type { ApiResponse } from '../../core/http/messages';
import { sendLogin } from '../../core/n8n/transport/login';
import type { LoginRequest } from '../../core/n8n/transport/login';
import { readEnvelope } from '../api/envelope';
import type { Envelope } from '../api/envelope';
import { DUPLICATE } from '../api/errors';
import { signedHeaders, timestamps } from '../api/signature';
import { unreached } from './loginErrors';
import type { Settings } from './settings';

/** Milliseconds for one call of a login. */
const TIMEOUT_MS = 30_000;

/** One call to the application portal or the token service. */
export interface Call {
	method: 'GET' | 'POST';
	path: string;
	/** Made anew for a repetition, because it may hold a timestamp. */
	body?: () => Readonly<Record<string, unknown>>;
	/** The user's token. */
	token?: string;
	/** The application's token; the call is signed with it. */
	appToken?: string;
}

/** An answer, and what it says where it is one of EnOS. */
export interface Answer {
	response: ApiResponse;
	envelope: Envelope | undefined;
}

/**
 * Makes one call. Repeated once where the gateway takes it for a copy of another one.
 * Rejects with CredentialError when no response comes.
 */
export async function ask(settings: Settings, request: HttpRequest, call: Call): Promise<Answer> {
	const first = await askOnce(settings, request, call);
	return first.envelope?.code === DUPLICATE ? await askOnce(settings, request, call) : first;
}

async function askOnce(settings: Settings, request: HttpRequest, call: Call): Promise<Answer> {
	const delivery = await sendLogin(request, optionsOf(settings, call));
	if (delivery.kind === 'response') return read(delivery.response);
	return await Promise.reject(unreached(delivery.fault.reason));
}

function read(response: ApiResponse): Answer {
	return { response, envelope: readEnvelope(response.text) };
}

function optionsOf(
	{ baseUrl, application }: Settings,
	{ method, path, body, token, appToken }: Call,
): LoginRequest {
	const text = body ? JSON.stringify(body()) : '';
	return {
		method,
		url: baseUrl + path,
		headers: {
			accept: 'application/json',
			...(body && { 'content-type': 'application/json;charset=UTF-8' }),
			...(token !== undefined && { Authorization: `Bearer ${token}` }),
			...(appToken !== undefined &&
				application && {
					...signedHeaders({
						accessToken: appToken,
						appSecret: application.secret,
						timestamp: timestamps.next(application.key),
						query: [],
						body: text,
					}),
				}),
		},
		...(body && { body: text }),
		timeout: TIMEOUT_MS,
	};
}
