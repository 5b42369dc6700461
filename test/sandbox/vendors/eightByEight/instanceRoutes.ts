import type { FastifyInstance } from 'fastify';

import { isDropped, keptFilters } from '../../core/dropFilters.ts';
import type { JsonObject } from '../../core/emulator.ts';
import { parseJsonBody } from './body.ts';
import { refuse } from './errors.ts';
import { findInstance, findVersion } from './lookup.ts';
import { definitionParams, instanceParams, PATHS } from './paths.ts';
import type { DefinitionParams, InstanceParams } from './paths.ts';
import { filterOf, includeLogsOf, pageOf, versionOf } from './query.ts';
import type { Query } from './query.ts';
import { errorsView, instanceView, instanceWithLogsView } from './views.ts';
import type { World } from './world.ts';

/** "Workflow Instance Management" without the command, and "Test workflow definition". */
export function instanceRoutes(app: FastifyInstance, world: World): void {
	app.get<{ Params: DefinitionParams; Querystring: Query }>(
		PATHS.instances,
		{ schema: { params: definitionParams } },
		async ({ params, query }) => {
			world.counters.instanceLists += 1;
			const page = pageOf(query, world.settings);
			const { dropFilters } = world.settings;
			const filters = keptFilters(query, dropFilters);
			const version = versionOf(filters);
			const filter = filterOf(filters);
			const versions = world.versionsOf(params.accountId, params.definitionId);
			if (versions.length === 0 && world.settings.unknownDefinitionList === 404) {
				throw refuse.unknownDefinition(params.definitionId, world.settings);
			}
			// Without `version` the list covers the latest version only, while older ones may still be running.
			const asked = version ?? versions[0]?.version;
			const covered = isDropped(dropFilters, 'version')
				? versions
				: versions.filter((candidate) => candidate.version === asked);
			const rows = page(world.instancesOf(covered).filter(filter)).map(instanceView);
			world.moveOn(covered);
			return rows;
		},
	);

	app.get<{ Params: InstanceParams; Querystring: Query }>(
		PATHS.instance,
		{ schema: { params: instanceParams } },
		async ({ params, query }) => {
			world.counters.instanceReads += 1;
			const includeLogs = includeLogsOf(query);
			const instance = findInstance(world, params);
			if (!includeLogs) return instanceView(instance);
			const { steps } = findVersion(world, params, instance.version);
			return instanceWithLogsView(
				instance,
				steps.map((step, index) => String((step as JsonObject)['id'] ?? `step${index + 1}`)),
			);
		},
	);

	app.get<{ Params: InstanceParams }>(
		PATHS.errors,
		{ schema: { params: instanceParams } },
		async ({ params }, reply) => {
			world.counters.errorReads += 1;
			return await reply.send(errorsView(findInstance(world, params), world.settings.errorsShape));
		},
	);

	app.post<{ Params: DefinitionParams; Querystring: Query; Body: JsonObject }>(
		PATHS.instances,
		{
			schema: { params: definitionParams, body: { type: 'object' } },
			preValidation: async (request) => parseJsonBody(request),
		},
		async ({ params, query, body, protocol, host }, reply) => {
			const definition = findVersion(world, params, versionOf(query));
			const { workflowId } = world.start(definition, body);
			world.counters.starts += 1;
			const path = `/api/v1/accounts/${encodeURIComponent(params.accountId)}/definitions/${definition.id}/workflows/${workflowId}`;
			const { startLocation } = world.settings;
			if (startLocation !== 'none') {
				reply.header('location', startLocation === 'absolute' ? `${protocol}://${host}${path}` : path);
			}
			return await reply.code(201).send();
		},
	);
}
