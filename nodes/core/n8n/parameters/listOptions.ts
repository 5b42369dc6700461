import type { INodeProperties } from 'n8n-workflow';

import { CLOCK_TOLERANCE_MS } from '../../http/limits';
import type { Criterion } from '../../queries/criteria';
import { SORT_ORDERS } from '../../queries/sorting';
import type { SortOrder } from '../../queries/sorting';
import { clock } from '../../util/clock';
import type { ResourceNoun } from '../../util/text';
import { ParameterError } from './parameterError';
import type { ParameterReader } from './reader';

const SORT = { name: 'sort', displayName: 'Sort' } as const;
const REQUIRE_FILTER = { name: 'requireFilter', displayName: 'Require a Filter' } as const;

/** How one vendor's list speaks of the options that all share. */
export interface ListOptionTexts {
	noun: Pick<ResourceNoun, 'plural'>;
	/** What Require a Filter does not count, as a whole sentence. Left out where every filter counts. */
	vague?: string;
	/** What a user should know about Sort, as a whole sentence. */
	sort?: string;
	/** The vendor has no time to sort by. */
	withoutSort?: true;
}

/** The options of a Get Many. */
export function listOptions({ noun, vague, sort, withoutSort }: ListOptionTexts): INodeProperties {
	const { plural } = noun;
	const requireFilter: INodeProperties = {
		...REQUIRE_FILTER,
		type: 'boolean',
		default: true,
		description: sentences(
			`Whether to fail if no filter narrows down the ${plural}. Use it if a later node ends the listed ${plural}.`,
			vague,
		),
	};
	const sortField: INodeProperties = {
		...SORT,
		type: 'options',
		options: [
			{ name: 'Newest First', value: 'newestFirst' },
			{ name: 'Oldest First', value: 'oldestFirst' },
		],
		default: 'oldestFirst',
		description: sentences(
			`The order of the ${plural} by start time. A limit keeps the first ones in this order.`,
			sort,
		),
	};
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: withoutSort ? [requireFilter] : [requireFilter, sortField],
	};
}

function sentences(text: string, more: string | undefined): string {
	return more === undefined ? text : `${text} ${more}`;
}

/**
 * The order that the user wants; undefined where the option was not added.
 *
 * @throws ParameterError when it is none of the orders
 */
export function readSort(read: ParameterReader): SortOrder | undefined {
	const value = read(pathOf(SORT.name));
	if (value === undefined) return undefined;
	const order = SORT_ORDERS.find((one) => one === value);
	if (order !== undefined) return order;
	throw new ParameterError(
		`The option '${SORT.displayName}' must be ${SORT_ORDERS.map((order) => `'${order}'`).join(' or ')}`,
		'If it comes from an expression, make sure that the expression returns one of them. Otherwise, remove the option.',
	);
}

/**
 * Accepts a list that is narrowed down, or one that need not be.
 *
 * @throws ParameterError where a filter is required and no criterion says which ones are meant
 */
export function requireFilter(
	read: ParameterReader,
	criteria: readonly Criterion[],
	{ plural }: Pick<ResourceNoun, 'plural'>,
): void {
	const value = read(pathOf(REQUIRE_FILTER.name));
	if (value === undefined || value === false) return;
	if (value !== true) {
		throw new ParameterError(
			`The option '${REQUIRE_FILTER.displayName}' must be true or false`,
			'If it comes from an expression, make sure that the expression returns true or false. Otherwise, remove the option.',
		);
	}
	const future = clock.wallTime() + CLOCK_TOLERANCE_MS;
	if (criteria.some(({ isVague, latest }) => !isVague && !(latest !== undefined && latest > future))) return;
	throw new ParameterError(
		`No filter narrows down the ${plural}, but '${REQUIRE_FILTER.displayName}' is on`,
		'Nothing was listed. Add a filter, such as one by name or time. A latest time in the future is not enough, and neither are the filters named in the description of the option. To list everything, turn the option off.',
	);
}

function pathOf(name: string): string {
	return `options.${name}`;
}
