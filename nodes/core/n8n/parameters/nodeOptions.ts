import type { INodeProperties } from 'n8n-workflow';

import type { ResourceNoun } from '../../util/text';
import { ParameterError } from './parameterError';
import type { ParameterReader } from './reader';

/** What the options say that belong to the node and not to an item of its input. */
export interface NodeOptions {
	/** The input has to name exactly so many different targets. Undefined: any number. */
	expectedTargets: number | undefined;
	/** After so many failed targets nothing more is sent. Undefined: whatever fails. */
	stopAfterFailures: number | undefined;
}

/** The values of the option Failed Targets. */
const FAILED_TARGETS = ['fail', 'return'] as const;

const EXPECTED_TARGETS = { name: 'expectedTargets', displayName: 'Expected Targets' } as const;
const STOP_AFTER_FAILURES = { name: 'stopAfterFailures', displayName: 'Stop After Failures' } as const;
const FAILED = { name: 'failedTargets', displayName: 'Failed Targets' } as const;

/** The names of these options, as entries of their collection. */
export const NODE_OPTIONS: ReadonlySet<string> = new Set(
	[EXPECTED_TARGETS, STOP_AFTER_FAILURES, FAILED].map(({ name }) => pathOf(name)),
);

/** The fields of these options. */
export function nodeOptionFields({
	singular,
	plural,
}: Pick<ResourceNoun, 'singular' | 'plural'>): INodeProperties[] {
	return [
		{
			...EXPECTED_TARGETS,
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1,
			description: `The exact number of different ${plural} that the whole input must contain, such as the count from a preview. If there are more or fewer, no request is sent.`,
		},
		{
			...FAILED,
			type: 'options',
			options: [
				{
					name: 'Fail the Node',
					value: 'fail',
					description: "The node fails or uses its error output, depending on its setting 'On Error'",
				},
				{
					name: 'Return as Items',
					value: 'return',
					description: `Each failed ${singular} is returned as an item with "ok": false, and the node does not fail`,
				},
			],
			default: 'fail',
			description: `What to do with ${plural} for which the command failed`,
		},
		{
			...STOP_AFTER_FAILURES,
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description: `The number of failed ${plural} after which no more requests are sent. Requests that have already been sent are not withdrawn.`,
		},
	];
}

/**
 * Reads the limits of the whole input.
 *
 * @throws ParameterError for an option that was added and has no usable value; and whatever n8n throws for an expression
 * that cannot be resolved
 */
export function readNodeOptions(read: ParameterReader): NodeOptions {
	return {
		expectedTargets: readCount(read, EXPECTED_TARGETS, 0),
		stopAfterFailures: readCount(read, STOP_AFTER_FAILURES, 1),
	};
}

/**
 * Whether failed targets are items of the output like all others, and the node never fails.
 *
 * @throws ParameterError when the option was added and has none of its values; and whatever n8n throws for an expression
 * that cannot be resolved
 */
export function readReturnsFailures(read: ParameterReader): boolean {
	const value = read(pathOf(FAILED.name));
	if (value === undefined) return false;
	const choice = FAILED_TARGETS.find((one) => one === value);
	if (choice !== undefined) return choice === 'return';
	throw new ParameterError(
		`The option '${FAILED.displayName}' must be 'fail' or 'return'`,
		'If it comes from an expression, make sure that the expression returns one of the two. Otherwise, remove the option.',
	);
}

function readCount(
	read: ParameterReader,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	least: number,
): number | undefined {
	const value = read(pathOf(name));
	if (value === undefined) return undefined;
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
	throw new ParameterError(
		`The option '${displayName}' must be a whole number of at least ${least}`,
		'If it comes from an expression, make sure that the expression returns a number. Otherwise, remove the option.',
	);
}

function pathOf(name: string): string {
	return `options.${name}`;
}
