import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { JsonObject } from '../../core/emulator.ts';
import { authenticate } from './auth.ts';
import type { Caller } from './auth.ts';
import { runBatch } from './batch.ts';
import { RestError, ServerCrash, errors } from './errors.ts';
import { execute } from './execute.ts';
import { readParams } from './input.ts';
import { findMethod, methodName } from './methods.ts';
import type { Portal } from './portal.ts';
import { timeBlock } from './time.ts';

/** Method name and webhook secret of a REST path. */
interface Target {
	name: string;
	webhook?: { userId: string; code: string };
}

/** Web servers merge slashes, and the official SDK relies on it: an application's endpoint ends with one already. */
function readTarget(path: string): Target {
	const parts = path
		.replace(/^\/+/, '')
		.replace(/\/{2,}/g, '/')
		.split('/');
	if (parts.length === 1) return { name: methodName(parts[0] ?? '') };
	const [userId = '', code = '', method = ''] = parts;
	if (parts.length === 3 && /^\d+$/.test(userId))
		return { name: methodName(method), webhook: { userId, code } };
	return { name: '' };
}

function answerBatch(portal: Portal, caller: Caller, request: FastifyRequest, startedAt: number): JsonObject {
	const processing = portal.now();
	const { result, operating } = runBatch(portal, caller, readParams(request));
	const times = { start: startedAt, processing, finish: portal.now() };
	return { result, time: timeBlock(portal.switches, times, operating) };
}

/** The order of checks: rate, method, secret, scope, operating time, the method's own checks. */
function answer(portal: Portal, request: FastifyRequest, path: string): JsonObject {
	const startedAt = portal.now();
	portal.counters.requests += 1;
	if (!portal.bucket.admit(request.ip, startedAt, portal.switches.rateLimit)) {
		portal.counters.rateLimited += 1;
		throw errors.rateLimit();
	}
	const { name, webhook } = readTarget(path);
	if (name !== 'batch' && !findMethod(portal, name)) throw errors.methodNotFound();
	const params = readParams(request);
	const { authorization } = request.headers;
	const caller = admit(portal, { ...(webhook ? { webhook } : {}), authorization, params });
	if (name === 'batch') return answerBatch(portal, caller, request, startedAt);
	const { answer: given, time } = execute(portal, caller, name, params, { startedAt });
	const { result, next, total } = given;
	return {
		result,
		...(next === undefined ? {} : { next }),
		...(total === undefined ? {} : { total }),
		time,
	};
}

function admit(portal: Portal, presented: Parameters<typeof authenticate>[1]): Caller {
	try {
		return authenticate(portal, presented);
	} catch (error) {
		portal.counters.authRefused += 1;
		throw error;
	}
}

/** What is left of a request whose script has died: the web server's page. */
async function answerCrash(reply: FastifyReply): Promise<FastifyReply> {
	return await reply
		.code(500)
		.type('text/html; charset=UTF-8')
		.send('<!DOCTYPE html><html><body><h1>500 Internal Server Error</h1></body></html>');
}

/** Registers the REST entry point (page "How to call REST API"): GET and POST, with or without a webhook. */
export function restRoutes(app: FastifyInstance, portal: Portal): void {
	app.addHook('onRequest', async (request) => {
		const type = request.headers['content-type'];
		// The server reads a body of whatever type as a form; the framework would refuse a malformed type.
		if (type !== undefined && !/^[^\s/;]+\/[^\s/;]+/.test(type)) {
			request.headers['content-type'] = 'application/octet-stream';
		}
	});
	app.route<{ Params: { '*': string } }>({
		method: ['GET', 'POST'],
		url: '/rest/*',
		exposeHeadRoute: false,
		handler: async (request, reply): Promise<FastifyReply> => {
			reply.type('application/json; charset=utf-8');
			try {
				return await reply.send(JSON.stringify(answer(portal, request, request.params['*'])));
			} catch (error) {
				if (error instanceof ServerCrash) return await answerCrash(reply);
				if (!(error instanceof RestError)) throw error;
				const body = { error: error.code, error_description: error.description };
				return await reply.code(error.statusFor(portal.switches.authStatus)).send(JSON.stringify(body));
			}
		},
	});
}
