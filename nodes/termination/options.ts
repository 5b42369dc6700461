import type { INodeProperties } from 'n8n-workflow';

import type { Policy } from './vocabulary';

/** What the options that all commands share say. */
export interface CommandOptions extends Policy {
	dryRun: boolean;
}

/** The options that all commands share, as the user sees them. */
export const commandOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to send nothing and show the request that would be sent for each target',
		},
		{
			displayName: 'Fail If Already Ended',
			name: 'failIfAlreadyEnded',
			type: 'boolean',
			default: false,
			description: 'Whether a target that had ended before the run counts as a failure',
		},
		{
			displayName: 'Ignore Not Found',
			name: 'ignoreNotFound',
			type: 'boolean',
			default: false,
			description: 'Whether a target that the system does not know counts as a success',
		},
	],
};

/** Reads the options; what is absent has its default. */
export function readCommandOptions(value: unknown): CommandOptions {
	const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	return {
		dryRun: given['dryRun'] === true,
		failIfAlreadyEnded: given['failIfAlreadyEnded'] === true,
		ignoreNotFound: given['ignoreNotFound'] === true,
	};
}
