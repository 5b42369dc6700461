import type { FastifyInstance } from 'fastify';

import { refuse } from './errors.ts';
import { definitionParams, PATHS } from './paths.ts';
import type { AccountParams, DefinitionParams } from './paths.ts';
import { pageOf, versionOf } from './query.ts';
import type { Query } from './query.ts';
import { definitionView, usageView } from './views.ts';
import type { World } from './world.ts';

/** "Workflow Definition Management" as far as it reads or deletes, and the usage. */
export function definitionRoutes(app: FastifyInstance, world: World): void {
	app.get<{ Params: AccountParams; Querystring: Query }>(PATHS.definitions, async ({ params, query }) => {
		world.counters.definitionLists += 1;
		const { listDisabled, listedVersions, definitionShape } = world.settings;
		const page = pageOf(query, world.settings);
		return page(
			world
				.latestVersions(params.accountId)
				.flatMap((latest) =>
					listedVersions === 'all' ? world.versionsOf(params.accountId, latest.id) : [latest],
				)
				.filter(({ status }) => listDisabled || status === 'enabled')
				.map((version) => definitionView(version, definitionShape)),
		);
	});

	app.get<{ Params: DefinitionParams; Querystring: Query }>(
		PATHS.definition,
		{ schema: { params: definitionParams } },
		async ({ params, query }) => {
			world.counters.versionLists += 1;
			const page = pageOf(query, world.settings);
			// An unknown definition has no versions: an empty list, not an error.
			return page(
				world
					.versionsOf(params.accountId, params.definitionId)
					.map((version) => definitionView(version, world.settings.definitionShape)),
			);
		},
	);

	app.delete<{ Params: DefinitionParams; Querystring: Query }>(
		PATHS.definition,
		{ schema: { params: definitionParams } },
		async ({ params, query }, reply) => {
			const asked = versionOf(query);
			const doomed = world
				.versionsOf(params.accountId, params.definitionId)
				.filter(({ version }) => asked === undefined || version === asked);
			if (doomed.length === 0) throw refuse.unknownDefinition(params.definitionId, world.settings);
			world.counters.deletes += 1;
			for (const version of doomed) version.deleteAt = world.now() + world.settings.deleteDelayMs;
			return await reply.code(202).send();
		},
	);

	app.get(PATHS.usage, async (_request, reply) => {
		world.counters.usageReads += 1;
		return await reply.send(usageView(world.counters.starts, world.settings.usageShape));
	});
}
