import type { INodeProperties } from 'n8n-workflow';

import type { Policy } from '../../commands/vocabulary';
import type { ResourceNoun } from '../../util/text';
import { nodeOptionFields } from './nodeOptions';
import { ParameterError } from './parameterError';

/** What the options that all commands share say. */
export interface CommandOptions extends Policy {
	dryRun: boolean;
	/** More different targets than this are refused as a whole. Undefined: no limit. */
	maxTargets: number | undefined;
	/** At most so many requests a second. Undefined: the vendor's own pace. */
	requestsPerSecond: number | undefined;
	/** A request carries at most so many targets. Undefined: as many as the vendor takes. */
	targetsPerRequest: number | undefined;
	verify: boolean;
}

/** How one vendor's commands speak of the options that all share. */
export interface OptionTexts {
	/** What the command acts on. */
	noun: Pick<ResourceNoun, 'singular' | 'plural'>;
	/** The right that reading the state needs besides that of the command, as a sentence. Left out where it needs none. */
	readRight?: string;
	/** Descriptions that say more than those below, by option name. */
	descriptions?: Readonly<Record<string, string>>;
	/** Shared options that mean nothing here, by name. In a saved workflow they have no effect. */
	without?: readonly string[];
	/** Options that only this vendor's commands have. */
	more?: readonly INodeProperties[];
}

/** The options of a vendor's commands, as the user sees them. */
export function commandOptions({
	noun,
	readRight,
	descriptions = {},
	without = [],
	more = [],
}: OptionTexts): INodeProperties {
	const { singular, plural } = noun;
	const right = readRight === undefined ? '' : `. ${readRight}`;
	const shared: INodeProperties[] = [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			// Whoever adds it wants it: switched off, the next run would end everything.
			default: true,
			description: `Whether to change nothing and only show the current state of each ${singular} and the request that would be sent${right}`,
		},
		{
			displayName: 'Fail If Already Ended',
			name: 'failIfAlreadyEnded',
			type: 'boolean',
			default: false,
			description: `Whether a ${singular} that had already ended before the run counts as a failure`,
		},
		{
			displayName: 'Ignore Not Found',
			name: 'ignoreNotFound',
			type: 'boolean',
			default: false,
			description: `Whether a ${singular} that the system cannot find counts as a success`,
		},
		{
			displayName: 'Maximum Targets',
			name: 'maxTargets',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description: `The maximum number of different ${plural} in the whole input, initially 100. If there are more, no request is sent. If the node is used as a tool, the limit covers all calls in one execution.`,
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0.01, numberPrecision: 2 },
			default: 1,
			description:
				'The maximum number of requests per second. Without this option, the node adjusts to the limits of the system.',
		},
		{
			displayName: 'Verify',
			name: 'verify',
			type: 'boolean',
			default: false,
			description: `Whether to check each ${singular} afterwards to make sure that the command worked${right}`,
		},
	];
	const offered = [...shared, ...nodeOptionFields(noun)].filter(({ name }) => !without.includes(name));
	const options = offered.map((option) => {
		const description = descriptions[option.name];
		return description === undefined ? option : { ...option, description };
	});
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options, ...more].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** An option that limits how many targets one request carries, by the name that the vendor has for them. */
export type SizeOption = Pick<INodeProperties, 'name' | 'displayName'>;

/**
 * Reads the options; what is absent has its default.
 *
 * @throws ParameterError for an option that was added and has no usable value. An expression that comes out empty must
 * never turn a dry run into a real one, or a limit into none.
 */
export function readCommandOptions(value: unknown, size?: SizeOption): CommandOptions {
	const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	return {
		dryRun: readSwitch(given, 'dryRun', 'Dry Run'),
		failIfAlreadyEnded: readSwitch(given, 'failIfAlreadyEnded', 'Fail If Already Ended'),
		ignoreNotFound: readSwitch(given, 'ignoreNotFound', 'Ignore Not Found'),
		maxTargets: readLimit(given, 'maxTargets', 'Maximum Targets'),
		requestsPerSecond: readLimit(given, 'requestsPerSecond', 'Requests per Second'),
		targetsPerRequest: size && readLimit(given, size.name, size.displayName),
		verify: readSwitch(given, 'verify', 'Verify'),
	};
}

function readSwitch(given: Record<string, unknown>, name: string, displayName: string): boolean {
	if (!Object.hasOwn(given, name)) return false;
	const value = given[name];
	if (typeof value === 'boolean') return value;
	throw new ParameterError(
		`The option '${displayName}' must be true or false`,
		'If it comes from an expression, make sure that the expression returns true or false. Otherwise, remove the option.',
	);
}

function readLimit(given: Record<string, unknown>, name: string, displayName: string): number | undefined {
	if (!Object.hasOwn(given, name)) return undefined;
	const value = given[name];
	if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
	throw new ParameterError(
		`The option '${displayName}' must be a number greater than zero`,
		'If it comes from an expression, make sure that the expression returns a number. Otherwise, remove the option.',
	);
}
