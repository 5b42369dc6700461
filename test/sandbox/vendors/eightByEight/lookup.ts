import { refuse } from './errors.ts';
import type { DefinitionVersion, Instance } from './model.ts';
import type { DefinitionParams, InstanceParams } from './paths.ts';
import type { World } from './world.ts';

/** The instance IDs of all samples; the reference's text speaks of a UUID. */
export const INSTANCE_ID = /^[0-9a-f]{24}$/i;

/** The asked version, or the latest; refuses as "Definition not found" when it is missing. */
export function findVersion(
	world: World,
	{ accountId, definitionId }: DefinitionParams,
	version: number | undefined,
): DefinitionVersion {
	const versions = world.versionsOf(accountId, definitionId);
	const found =
		version === undefined ? versions[0] : versions.find((candidate) => candidate.version === version);
	if (!found) throw refuse.unknownDefinition(definitionId, world.settings);
	return found;
}

/** The instance, if it exists under just this definition of this account. */
export function findInstance(world: World, params: InstanceParams): Instance {
	const { accountId, definitionId, workflowId } = params;
	if (!INSTANCE_ID.test(workflowId) && world.settings.malformedInstanceId === 400) throw refuse.instanceId();
	findVersion(world, params, undefined);
	const instance = world.instances.get(workflowId.toLowerCase());
	if (instance?.accountId !== accountId || instance.definitionId !== definitionId.toLowerCase()) {
		throw refuse.unknownInstance(workflowId);
	}
	return instance;
}
