import type { ApiResponse } from '../../core/http/messages';
import type { LoginClient, LoginRequest } from '../../core/n8n/transport/login';
import { readEnvelope } from '../api/envelope';
import type { Envelope } from '../api/envelope';
import { DUPLICATE } from '../api/errors';
import { signedHeaders, timestamps } from '../api/signature';
import { passingTrouble, unreached } from './loginErrors';
import type { Settings } from './settings';

/** One call to the application portal or the token service. */
export interface Call {
	method: 'GET' | 'POST';
	path: string;
	/** Made again for a repetition, because it may contain a timestamp. */
	body?: () => Readonly<Record<string, unknown>>;
	/** The user's token. */
	token?: string;
	/** The application's token; the call is signed with it. */
	appToken?: string;
}

/** A response, and its envelope if it comes from EnOS. */
export interface Answer {
	response: ApiResponse;
	envelope: Envelope | undefined;
}

/**
 * Makes one call. It is repeated if there is no usable response, and once if the gateway treats it as a duplicate.
 * Rejects with LoginTrouble if that does not help.
 */
export async function ask(settings: Settings, client: LoginClient, call: Call): Promise<Answer> {
	const first = await askOnce(settings, client, call);
	return first.envelope?.code === DUPLICATE ? await askOnce(settings, client, call) : first;
}

async function askOnce(settings: Settings, client: LoginClient, call: Call): Promise<Answer> {
	return await client.ask(
		() => optionsOf(settings, call),
		(result) => {
			if (result.kind === 'fault') throw unreached(result.fault);
			const { response } = result;
			const answer = { response, envelope: readEnvelope(response.text) };
			const trouble = passingTrouble(answer.envelope, response);
			if (trouble) throw trouble;
			return answer;
		},
	);
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
	};
}
