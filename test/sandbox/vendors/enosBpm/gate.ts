import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { BareUnauthorized, EnosError, GatewayRefusal, sendError } from './answers.ts';
import type { Service } from './answers.ts';
import { checkSignature } from './signature.ts';
import type { Switches } from './switches.ts';
import type { UserToken } from './tokens.ts';
import type { World } from './world.ts';

/** What a call has to show before its route acts. */
export interface Gate {
	service: Service;
	/** Whether the gateway looks at the `apim-*` headers. */
	signed: boolean;
	/** Whether a user token is needed, and whether it must have an organization. */
	login: 'none' | 'user' | 'organization';
	/** Served only while this version of the portal is played. */
	paths?: Switches['portalPaths'];
	/** The service's own error for a parameter or body that its schema refuses. */
	invalid(error?: FastifyError): EnosError;
}

const sessions = new WeakMap<FastifyRequest, UserToken>();

/** The user token that a request came with; only behind a gate that asks for one. */
export function sessionOf(request: FastifyRequest): UserToken {
	const session = sessions.get(request);
	if (!session) throw new Error('This route asks for no user token');
	return session;
}

/**
 * Registers routes behind one gate. Order of checks: gateway signature, user token, organization,
 * content type, JSON, then the route's schema.
 */
export function behind(
	gate: Gate,
	world: World,
	app: FastifyInstance,
	routes: (scope: FastifyInstance) => void,
): void {
	void app.register(async (scope) => {
		scope.addHook('preValidation', async (request) => {
			if (!isThere(gate, world.switches)) throw notFound();
			if (isSigned(gate, world.switches)) checkSignature(world, request);
			if (gate.login !== 'none') sessions.set(request, checkUser(gate, world, request));
			if (request.method === 'POST') request.body = readJson(gate, request);
		});
		scope.setErrorHandler(async (error: FastifyError, _request, reply) => {
			if (error.validation) await sendError(reply, world.switches, gate.invalid(error));
			else await answerError(world, error, reply);
		});
		routes(scope);
	});
}

function isThere({ paths, service }: Gate, { portalPaths, bpm }: Switches): boolean {
	return (paths === undefined || paths === portalPaths) && (service !== 'bpm' || bpm === 'installed');
}

function isSigned({ signed, service }: Gate, { signedServices }: Switches): boolean {
	return signed && (service === 'bpm' || signedServices === 'all');
}

/** Unknown paths and methods: the gateway's plain text, not an envelope. */
export function refuseUnknown(app: FastifyInstance): void {
	const known: Array<{ pattern: RegExp; methods: Set<string> }> = [];
	app.addHook('onRoute', ({ url, method }) => {
		const pattern = new RegExp(`^${url.replace(/:[^/]+/g, '[^/]+')}$`);
		known.push({ pattern, methods: new Set([method].flat()) });
	});
	app.setNotFoundHandler(async (request, reply) => {
		const path = request.url.replace(/\?.*$/s, '');
		const methods = known.flatMap((route) => (route.pattern.test(path) ? [...route.methods] : []));
		if (methods.length === 0) return await refuse(reply, notFound());
		void reply.header('allow', [...new Set(methods)].join(', '));
		return await refuse(reply, new GatewayRefusal(405, 'Method Not Allowed'));
	});
}

const notFound = (): GatewayRefusal => new GatewayRefusal(404, 'no Route matched with those values');

async function refuse(reply: FastifyReply, { httpStatus, message }: GatewayRefusal): Promise<void> {
	await reply.code(httpStatus).type('text/plain').send(message);
}

async function answerError(world: World, error: FastifyError, reply: FastifyReply): Promise<void> {
	if (error instanceof EnosError) await sendError(reply, world.switches, error);
	else if (error instanceof GatewayRefusal) await refuse(reply, error);
	else if (error instanceof BareUnauthorized) await reply.code(401).send('');
	else await refuse(reply, new GatewayRefusal(error.statusCode ?? 500, error.message));
}

function checkUser(gate: Gate, world: World, request: FastifyRequest): UserToken {
	const header = request.headers.authorization ?? '';
	const bearer = /^Bearer (\S+)$/.exec(header)?.[1];
	// The portal's samples send the bare token, the BPM service's never do.
	const text = bearer ?? (gate.service === 'portal' ? header : '');
	const session = world.tokens.validAccess(text);
	if (!session) throw unauthenticated(gate.service, world.switches, header !== '');
	const orgNeeded = gate.login === 'organization' && world.switches.orgRequired === 31512;
	if (orgNeeded && session.orgId === null) throw new EnosError(gate.service, 31512);
	return session;
}

function unauthenticated(service: Service, switches: Switches, sent: boolean): Error {
	const text = sent ? 'Access token is not valid' : 'Please login first';
	if (service === 'portal') return new EnosError('portal', 31401, text);
	switch (switches.expiredUserToken) {
		case 'http401':
			return new BareUnauthorized();
		case 1203:
			return new EnosError('token', 1203);
		default:
			return new EnosError('bpm', switches.expiredUserToken, text);
	}
}

function readJson(gate: Gate, request: FastifyRequest): unknown {
	// Without a body the schema says what is missing.
	if (request.rawBody === '') return {};
	const contentType = request.headers['content-type'] ?? '';
	if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType)) {
		throw new GatewayRefusal(415, 'Unsupported Media Type');
	}
	try {
		return JSON.parse(request.rawBody) as unknown;
	} catch {
		throw gate.invalid();
	}
}
