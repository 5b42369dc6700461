import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { JsonObject } from '../../core/emulator.ts';
import { ADMINISTRATOR, APP, EMPLOYEE } from './accounts.ts';
import type { Grant } from './accounts.ts';
import { queryOf, readForm } from './input.ts';
import { parseStr, strval } from './php.ts';
import type { Portal } from './portal.ts';

const MEMBER_ID = '00000000000000000000000000000000';
const SERVER = 'oauth.bitrix.info';

/** An error of the authorization server. */
interface TokenError {
	status: number;
	error: string;
	description: string;
}

const ERRORS = {
	invalidRequest: { status: 400, error: 'invalid_request', description: 'Invalid request' },
	invalidClient: { status: 401, error: 'invalid_client', description: 'Invalid client' },
	invalidGrant: { status: 400, error: 'invalid_grant', description: 'Invalid grant' },
	paymentRequired: { status: 400, error: 'PAYMENT_REQUIRED', description: 'Payment required' },
	paymentRequiredAsSuccess: { status: 200, error: 'PAYMENT_REQUIRED', description: 'Payment required' },
	wrongClient: { status: 200, error: 'WRONG_CLIENT', description: 'Wrong client' },
} satisfies Record<string, TokenError>;

/** The token reply of page "OAuth 2.0"; it names no token type. */
export function tokenReply(grant: Grant, origin: string, refreshed: boolean): JsonObject {
	return {
		access_token: grant.accessToken,
		client_endpoint: `${origin}/rest/`,
		domain: SERVER,
		...(refreshed ? { expires: Math.floor(grant.accessExpiresAt / 1000) } : {}),
		expires_in: 3600,
		member_id: MEMBER_ID,
		refresh_token: grant.refreshToken,
		scope: grant.scopes.join(','),
		server_endpoint: `https://${SERVER}/rest/`,
		status: 'F',
		...(refreshed ? { user_id: grant.userId } : {}),
	};
}

function issue(portal: Portal, form: JsonObject, origin: string): JsonObject | TokenError {
	const grantType = strval(form['grant_type']);
	if (portal.switches.tokenServer !== 'normal') return ERRORS[portal.switches.tokenServer];
	if (grantType !== 'authorization_code' && grantType !== 'refresh_token') return ERRORS.invalidRequest;
	if (form['client_id'] !== APP.clientId || form['client_secret'] !== APP.clientSecret) {
		return ERRORS.invalidClient;
	}
	const secret = strval(form[grantType === 'refresh_token' ? 'refresh_token' : 'code']);
	if (secret === '') return ERRORS.invalidRequest;
	const refreshed = grantType === 'refresh_token';
	const { accounts } = portal;
	const grant = refreshed
		? accounts.refresh(secret, portal.now())
		: accounts.redeemCode(secret, portal.now());
	if (!grant) return ERRORS.invalidGrant;
	if (refreshed) portal.counters.refreshes += 1;
	else portal.counters.codeExchanges += 1;
	return tokenReply(grant, origin, refreshed);
}

async function token(portal: Portal, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const answer = issue(portal, readForm(request), `${request.protocol}://${request.headers.host ?? ''}`);
	reply.type('application/json; charset=utf-8');
	if (!('error' in answer)) return await reply.send(JSON.stringify(answer));
	portal.counters.tokenErrors += 1;
	const { status, error, description } = answer as TokenError;
	return await reply.code(status).send(JSON.stringify({ error, error_description: description }));
}

/** A refused authorization is shown on the vendor's page; the app hears nothing. */
async function refuse(reply: FastifyReply): Promise<FastifyReply> {
	return await reply
		.type('text/html; charset=utf-8')
		.send('<!DOCTYPE html><html><body><h1>Authorization was refused</h1></body></html>');
}

async function authorize(
	portal: Portal,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const query = parseStr(queryOf(request.url));
	if (query['client_id'] !== APP.clientId || portal.switches.authorization === 'refuse') {
		return await refuse(reply);
	}
	portal.counters.authorizations += 1;
	const userId = portal.switches.oauthUser === 'administrator' ? ADMINISTRATOR : EMPLOYEE;
	// A redirect_uri in the request is not read: the address comes from the app card.
	const target = new URL(portal.switches.redirectUri);
	const back = {
		code: portal.accounts.newCode(userId, portal.now()),
		...(query['state'] === undefined ? {} : { state: strval(query['state']) }),
		domain: request.headers.host ?? '',
		member_id: MEMBER_ID,
		scope: 'bizproc',
		server_domain: SERVER,
	};
	for (const [name, value] of Object.entries(back)) target.searchParams.set(name, value);
	return await reply.code(302).header('location', target.href).send('');
}

/** Registers the authorize page of the portal and the token endpoint of the authorization server. */
export function oauthRoutes(app: FastifyInstance, portal: Portal): void {
	for (const slash of ['', '/']) {
		app.route({
			method: 'GET',
			url: `/oauth/authorize${slash}`,
			exposeHeadRoute: false,
			handler: async (request, reply) => await authorize(portal, request, reply),
		});
		app.route({
			method: ['GET', 'POST'],
			url: `/oauth/token${slash}`,
			exposeHeadRoute: false,
			handler: async (request, reply) => await token(portal, request, reply),
		});
	}
}
