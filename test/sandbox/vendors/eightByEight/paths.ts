const ACCOUNT = '/api/v1/accounts/:accountId';

/** The paths that the sandbox plays, with their methods. */
export const PATHS = {
	definitions: `${ACCOUNT}/definitions`,
	definition: `${ACCOUNT}/definitions/:definitionId`,
	instances: `${ACCOUNT}/definitions/:definitionId/workflows`,
	instance: `${ACCOUNT}/definitions/:definitionId/workflows/:workflowId`,
	errors: `${ACCOUNT}/definitions/:definitionId/workflows/:workflowId/errors`,
	usage: `${ACCOUNT}/usage`,
} as const;

/** Operations that 8x8 has and the sandbox does not play: it says so instead of making something up. */
export const NOT_PLAYED = [
	['POST', PATHS.definitions],
	['PUT', PATHS.definition],
	['POST', `${ACCOUNT}/triggers/http_request`],
	['GET', `${ACCOUNT}/steps/timezones`],
	['GET', `${ACCOUNT}/steps/functions`],
	['GET', `${ACCOUNT}/usage/history`],
] as const;

const UUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

export interface AccountParams {
	accountId: string;
}

export interface DefinitionParams extends AccountParams {
	definitionId: string;
}

export interface InstanceParams extends DefinitionParams {
	workflowId: string;
}

/** Only the definition ID is checked for its form here: the text and the samples differ on the instance ID. */
export const definitionParams = {
	type: 'object',
	properties: { definitionId: { type: 'string', pattern: UUID } },
} as const;

export const instanceParams = definitionParams;
