import type { FastifyInstance, FastifyReply } from 'fastify';

import { parseJsonBody } from './body.ts';
import { errorBody, refuse } from './errors.ts';
import { findInstance } from './lookup.ts';
import { COMMANDS } from './model.ts';
import type { Command, Instance } from './model.ts';
import { instanceParams } from './paths.ts';
import type { InstanceParams } from './paths.ts';
import { instanceView } from './views.ts';
import type { World } from './world.ts';

const commandBody = {
	type: 'object',
	required: ['status'],
	properties: { status: { type: 'string', enum: COMMANDS } },
} as const;

/** "Update workflow instance status": suspend, resume, terminate. The documented success has no body. */
export function commandRoute(app: FastifyInstance, world: World, path: string): void {
	const succeed = async (reply: FastifyReply, instance: Instance): Promise<FastifyReply> => {
		const { success } = world.settings;
		if (success === 'json200') return await reply.code(200).send(instanceView(instance));
		return await reply.code(success === 'empty204' ? 204 : 200).send();
	};

	const refused = async (reply: FastifyReply, instance: Instance): Promise<FastifyReply> => {
		const { refusal } = world.settings;
		if (refusal === 'noEffect') return await succeed(reply, instance);
		if (refusal === 'error400') return await reply.code(400).send(errorBody(refuse.body(), world.now()));
		return await reply.code(400).send();
	};

	app.patch<{ Params: InstanceParams; Body: { status: Command } }>(
		path,
		{
			schema: { params: instanceParams, body: commandBody },
			preValidation: async (request) => parseJsonBody(request),
		},
		async (request, reply) => {
			const instance = findInstance(world, request.params);
			const done = world.command(instance, request.body.status);
			return done ? await succeed(reply, instance) : await refused(reply, instance);
		},
	);
}
