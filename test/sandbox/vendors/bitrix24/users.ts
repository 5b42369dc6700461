import type { Json, JsonObject } from '../../core/emulator.ts';
import { USER_COLUMNS, USER_DEFAULTS } from './columns.ts';
import { errors } from './errors.ts';
import type { Params } from './input.ts';
import { list } from './list.ts';
import { page } from './lists.ts';
import type { Method } from './method.ts';
import { arrayEntries, arrayValues, intval, isEmpty, strval } from './php.ts';

const KNOWN = new RegExp(`^(?:<=|>=|!=|!|=|<|>)?(?:${USER_COLUMNS.map(({ name }) => name).join('|')})$`);

/** A flag as PHP reads it, where every text but '', '0' and 'N' is true, 'false' too. */
const isOn = (value: Json): boolean => !isEmpty(value) && value !== 'N';

const flags = (given: Json): Json =>
	arrayValues(given)?.map((value) => Number(isOn(value))) ?? Number(isOn(given));

/** Fields stand in FILTER, or beside it as in the page's samples. */
function filterOf(params: Params): JsonObject {
	const beside = Object.entries(params).filter(([name]) => KNOWN.test(name)) as Array<[string, Json]>;
	const entries = [...beside, ...(arrayEntries(params['FILTER']) ?? [])];
	const unknown = entries.find(([name]) => !KNOWN.test(name));
	if (unknown) throw errors.notPlayed(`the filter ${unknown[0]} of user.get`);
	return Object.fromEntries(
		entries.map(([name, given]) => [name, name.endsWith('ACTIVE') ? flags(given) : given]),
	);
}

/** Page "user.get": the users of the portal, dismissed ones (ACTIVE false) included. Any user may ask. */
export const userGet: Method = {
	scope: 'user',
	run: (portal, _user, params) => {
		portal.counters.userLists += 1;
		const sort = strval(params['SORT']);
		const asked: Params = {
			FILTER: filterOf(params),
			...(sort !== '' && { ORDER: { [sort]: strval(params['ORDER']) } }),
		};
		const style = {
			// Unlike the lists of workflows, the page names the operators that need a newer generation there.
			generation: 'docs2026',
			masks: true,
			dropFilters: portal.switches.dropFilters,
		} as const;
		const listed = list([...portal.accounts.users.values()], USER_COLUMNS, asked, USER_DEFAULTS, style);
		return page(listed, Math.max(0, intval(params['start'])));
	},
};
