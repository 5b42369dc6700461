import type { FastifyInstance, FastifyReply } from 'fastify';

import type { JsonObject } from '../../core/emulator.ts';
import { tokenRoutes } from './auth.ts';
import { envelope, htmlPage, HttpRefusal, Refusal } from './envelope.ts';
import type { Reply } from './envelope.ts';
import { readRoutes } from './reads.ts';
import type { Tenant } from './tenant.ts';
import { terminateRoute } from './terminate.ts';

// A company URL may carry the part of an environment.
const BASES = ['/acme', '/acme/stage', '/acme/dev', '/acme/test'];

const SERVICE = '/ws/rest/service';

const ALLOWED: Array<[RegExp, string]> = [
	[/^\/v2\/bp\/record\/terminate$/, 'PUT'],
	[/^\/v1\/bp\/records(\/[^/]*)?$/, 'POST'],
	[/^\/(v1\/login|v2\/auth\/token|v1\/oauth\/token|v1\/admin\/projectshell)$/, 'GET'],
	[/^\/v1\/(bp\/record|admin\/bps)(\/[^/]*)?$/, 'GET'],
];

/** All services under each base path, and HTML for any other path. */
export function registerRoutes(app: FastifyInstance, tenant: Tenant): void {
	for (const base of BASES) {
		void app.register(async (scope) => await services(scope, tenant), { prefix: base + SERVICE });
	}
	app.setNotFoundHandler(async (request, reply) => {
		const path = request.url.replace(/\?.*$/s, '');
		const base = BASES.find((candidate) => path.startsWith(candidate + SERVICE));
		const service = base === undefined ? '' : path.slice((base + SERVICE).length);
		const allowed = ALLOWED.find(([pattern]) => pattern.test(service))?.[1];
		if (allowed === undefined) return await html(reply, 404, '404 Not Found');
		return await html(reply.header('allow', allowed), 405, '405 Method Not Allowed');
	});
}

async function html(reply: FastifyReply, status: number, title: string): Promise<FastifyReply> {
	return await reply.code(status).type('text/html; charset=utf-8').send(htmlPage(title));
}

async function services(scope: FastifyInstance, tenant: Tenant): Promise<void> {
	const answer = (reply: Reply, restAuditId?: number): JsonObject =>
		envelope(reply, tenant.switches, restAuditId);
	const refusal = ({ code, message }: Refusal): Reply => ({ data: [], message: [message], status: code });

	const refuse = async (error: unknown, reply: FastifyReply, auditId: () => number | undefined) => {
		if (error instanceof HttpRefusal) {
			const { status, message } = error;
			if (status === 415) return await html(reply, status, `${status} ${message}`);
			return await reply.code(status).type('text/plain').send(message);
		}
		const business = error instanceof Refusal ? error : isValidation(error) ? new Refusal(3002) : undefined;
		if (business) return await reply.code(200).send(answer(refusal(business), auditId()));
		// A mistake of this emulator: nothing of the vendor may look like it.
		return await reply
			.code(500)
			.type('text/plain')
			.send(`Sandbox failure: ${String(error)}`);
	};

	await scope.register(async (terminate) => {
		terminate.setErrorHandler(
			async (error, _request, reply) => await refuse(error, reply, () => tenant.nextAuditId()),
		);
		terminate.addHook('preValidation', async () => {
			tenant.counters.terminateRequests += 1;
		});
		terminateRoute(terminate, tenant, answer);
	});
	scope.setErrorHandler(async (error, _request, reply) => await refuse(error, reply, () => undefined));
	tokenRoutes(scope, tenant);
	readRoutes(scope, tenant, answer);
}

const isValidation = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && 'validation' in error && Array.isArray(error.validation);
