import type { FastifyInstance, FastifyRequest } from 'fastify';

import { EnosError } from './answers.ts';
import { userById } from './directory.ts';
import { behind, sessionOf } from './gate.ts';
import type { Gate } from './gate.ts';
import { statusOf } from './instances.ts';
import type { Instance } from './instances.ts';
import { isVisible, mayTerminate, processInstance } from './rows.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

/** Where the BPM service lives below the gateway. */
export const BPM_PREFIX = '/enos-bpm-service/v2.0';

/** Every BPM call needs a user token with an organization; bad input has only the internal error. */
export const BPM_GATE: Gate = {
	service: 'bpm',
	signed: true,
	login: 'organization',
	invalid: () => new EnosError('bpm', 33500),
};

const idQuery = {
	type: 'object',
	required: ['processInstanceId'],
	properties: { processInstanceId: { type: 'string', minLength: 1 } },
} as const;

const nullableText = { type: ['string', 'null'] } as const;

/** Unknown keys pass, as the vendor's own sample sends one. */
const terminateBody = { type: 'object', properties: { deleteReason: nullableText } } as const;
const terminateBodyBothKeys = {
	type: 'object',
	properties: { deleteReason: nullableText, terminateReason: nullableText },
} as const;

const startBody = {
	type: 'object',
	required: ['processDefinitionId', 'values'],
	properties: {
		processDefinitionId: { type: 'string', minLength: 1 },
		values: { type: 'object' },
		name: { type: 'string' },
		formId: { type: 'string' },
		outcome: { type: 'string' },
	},
} as const;

interface ReasonBody {
	deleteReason?: string | null;
	terminateReason?: string | null;
}

/** Pages "Terminate", "Get" and "Start Process Instance", which share one path. */
export function processInstanceRoutes(app: FastifyInstance, world: World): void {
	const path = `${BPM_PREFIX}/work/process-instances`;
	behind(BPM_GATE, world, app, (scope) => {
		scope.get<{ Querystring: { processInstanceId: string } }>(
			path,
			{ schema: { querystring: idQuery } },
			async (request) => {
				world.count('gets');
				checkReading(world);
				const instance = findVisible(world, request, request.query.processInstanceId);
				const session = sessionOf(request);
				const isHidden = world.switches.read === 'ownOnly' && instance.startedBy !== session.userId;
				if (isHidden) throw new EnosError('bpm', 33403);
				return ok(processInstance(world, instance, session));
			},
		);

		scope.post<{ Querystring: Record<string, unknown> }>(
			path,
			{ schema: { body: { type: 'object' } } },
			async (request) =>
				request.query['action'] === 'delete' ? terminate(world, request) : start(world, request),
		);
	});
}

/** Refuses a read call while the switch `read` says so. */
export function checkReading({ switches: { read } }: World): void {
	if (typeof read === 'number') throw new EnosError('bpm', read);
}

/** The BPM service's success envelope. */
export function ok(data: unknown): object {
	return { code: 0, msg: '', data };
}

function terminate(world: World, request: FastifyRequest): object {
	world.count('terminateCalls');
	const { processInstanceId } = checked<{ processInstanceId: string }>(request, idQuery, request.query);
	const reason = reasonOf(world, request);
	const instance = findVisible(world, request, processInstanceId);
	if (statusOf(instance) !== 'inProgress') return refused(world.switches.finishedInstance);
	const session = sessionOf(request);
	if (!mayTerminate(world, instance, session)) throw new EnosError('bpm', 33403);
	const { terminate: mode } = world.switches;
	if (mode !== 'normal' && mode !== 'denied') return refused(mode);
	instance.terminatedTime = world.now();
	instance.terminateReason = kept(reason, world.switches.keptReason);
	instance.terminatedBy = session.userId;
	world.count('terminated');
	return ok(true);
}

function refused(how: 33403 | 33404 | 33500 | 99400 | 'dataFalse'): object {
	if (how === 'dataFalse') return ok(false);
	throw new EnosError('bpm', how);
}

function reasonOf(world: World, request: FastifyRequest): string | null {
	const both = world.switches.reasonKey === 'both';
	const body = checked<ReasonBody>(request, both ? terminateBodyBothKeys : terminateBody, request.body);
	const given = [body.deleteReason, both ? body.terminateReason : undefined];
	const reason = given.find((text) => text !== undefined && text !== '') ?? null;
	if (reason === null && world.switches.missingReason === 33500) throw new EnosError('bpm', 33500);
	return reason;
}

function kept(reason: string | null, how: Switches['keptReason']): string | null {
	if (how === 'nothing') return null;
	return how === 'beginning' ? (reason?.slice(0, 5) ?? null) : reason;
}

function start(world: World, request: FastifyRequest): object {
	world.count('startCalls');
	const body = checked<{ processDefinitionId: string; name?: string }>(request, startBody, request.body);
	const definitionName = world.instances.definitionName(body.processDefinitionId);
	if (definitionName === undefined) throw new EnosError('bpm', 33500);
	const session = sessionOf(request);
	const orgId = session.orgId ?? userById(session.userId).orgIds[0] ?? '';
	const instance = world.instances.start(
		body.processDefinitionId,
		body.name ?? definitionName,
		orgId,
		session.userId,
	);
	world.count('started');
	return ok(processInstance(world, instance, session));
}

function findVisible(world: World, request: FastifyRequest, id: string): Instance {
	const instance = world.instances.get(id);
	if (!instance || !isVisible(instance, sessionOf(request))) throw new EnosError('bpm', 33404);
	return instance;
}

/** Terminate and Start share a route, so each checks its own schema once it is known which one it is. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema is what vouches for the type
function checked<T>(request: FastifyRequest, schema: object, value: unknown): T {
	const validate = request.getValidationFunction(schema) ?? request.compileValidationSchema(schema);
	if (!validate(value)) throw new EnosError('bpm', 33500);
	return value as T;
}
