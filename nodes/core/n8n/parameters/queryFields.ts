import type { INodeProperties } from 'n8n-workflow';

import { ParameterError } from './parameterError';
import type { ParameterReader } from './reader';

/** Return All and Limit, as every Get Many has them. */
export const howMany: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Simplify, as every Get and Get Many has it. */
export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The filters of a Get Many, each of them added by the user or not there. The editor shows them by label. */
export function filtersProperty(fields: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}

/** A filter for a moment, such as the latest start. `what` it limits begins its description. */
export function momentFilter(name: string, displayName: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `${what}. If the value has no time zone, the time zone of the n8n workflow applies.`,
	};
}

/**
 * How many results are wanted; undefined when all are.
 *
 * @throws ParameterError when the limit is no number above zero
 */
export function readLimit(read: ParameterReader): number | undefined {
	if (readSwitch(read, 'returnAll', 'Return All')) return undefined;
	const limit = read('limit');
	if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit > 0) return limit;
	throw new ParameterError(
		"The parameter 'Limit' must be a whole number greater than zero",
		'If it comes from an expression, make sure that the expression returns a number.',
	);
}

/**
 * Whether the simplified form is wanted.
 *
 * @throws ParameterError when it is neither true nor false
 */
export function readSimplify(read: ParameterReader): boolean {
	return readSwitch(read, 'simplify', 'Simplify');
}

/**
 * A parameter that is on or off.
 *
 * @throws ParameterError when it is neither
 */
export function readSwitch(read: ParameterReader, name: string, displayName: string): boolean {
	const value = read(name);
	if (typeof value === 'boolean') return value;
	throw new ParameterError(
		`The parameter '${displayName}' must be true or false`,
		'If it comes from an expression, make sure that the expression returns true or false.',
	);
}
