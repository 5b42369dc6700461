import type { FilterDefinition, FilterValue } from '../../../nodes/core/n8n/parameters/filters';
import type { Criterion } from '../../../nodes/core/queries/criteria';

/** The criteria that a vendor's filters make of these values, by name; undefined is not added. Values are taken as they are. */
export function criteriaOf<Sent>(
	filters: ReadonlyArray<FilterDefinition<Sent>>,
	values: Readonly<Record<string, unknown>>,
): Array<Criterion<Sent>> {
	return filters.flatMap(({ field: { name, displayName }, criteria }) => {
		const value = values[name];
		if (value === undefined) return [];
		const given = (): any => value;
		const reader: FilterValue = {
			displayName,
			text: given,
			choice: given,
			choices: given,
			count: given,
			flag: given,
			moment: given,
		};
		return criteria(reader);
	});
}
