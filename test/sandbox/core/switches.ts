import type { Json, JsonObject } from './emulator.ts';
import { checked, oneOf } from './rules.ts';
import type { Rule, Values } from './rules.ts';

/** What a switch takes, and its value after a reset. */
export type Switch<Value> = Rule<Value> & { initial: Value };

/** A switch that is set to `initial` by a reset. */
export const starting = <Value>(initial: Value, rule: Rule<Value>): Switch<Value> => ({ ...rule, initial });

/** A switch with fixed values. A reset sets it to the first. */
export const choice = <const All extends readonly [Json, ...Json[]]>(...values: All): Switch<All[number]> =>
	starting(values[0], oneOf(...values));

/** All switches of one emulator: their defaults, and the check of a change. */
export class SwitchTable<Table extends Record<string, Switch<unknown>>> {
	private readonly vendor: string;

	private readonly table: Table;

	constructor(vendor: string, table: Table) {
		this.vendor = vendor;
		this.table = table;
	}

	/** The values after a reset. */
	initial(): Values<Table> {
		const values = Object.entries(this.table).map(([name, { initial }]) => [name, structuredClone(initial)]);
		return Object.fromEntries(values) as Values<Table>;
	}

	/** The values after a change. Throws, and so changes nothing, when one name or value is unknown. */
	changed(current: Values<Table>, changes: JsonObject): Values<Table> {
		return { ...current, ...checked(this.vendor, 'switch', this.table, structuredClone(changes)) };
	}
}

/** The values of a table of switches. */
export type SwitchesOf<Switches> = Switches extends SwitchTable<infer Table> ? Values<Table> : never;
