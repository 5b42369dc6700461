import type { Contract } from '../../../../nodes/core/commands/contract';

/** The functions of a contract, of its state query and of its list that a run calls. */
const FUNCTIONS = [
	'rates',
	'scopeKey',
	'mergeSettings',
	'groupKey',
	'needsOwnRequest',
	'request',
	'read',
	'describe',
	'stateQuery.request',
	'stateQuery.read',
	'stateQuery.list.keyOf',
	'stateQuery.list.pages',
	'stateQuery.list.stateOf',
] as const;

/** Which call of which function throws, counted from 0. */
export interface Throw {
	in: (typeof FUNCTIONS)[number];
	call: number;
}

export const THROWING: ReadonlyArray<Throw['in']> = FUNCTIONS;

/** The contract, whose functions throw as they are bidden. */
export function throwing<Settings>(
	contract: Contract<Settings>,
	throws: readonly Throw[],
): Contract<Settings> {
	const { stateQuery } = contract;
	const list = stateQuery?.list && broken(stateQuery.list, 'stateQuery.list.', throws);
	return {
		...broken(contract, '', throws),
		...(stateQuery && {
			stateQuery: { ...broken(stateQuery, 'stateQuery.', throws), ...(list && { list }) },
		}),
	};
}

function broken<T extends object>(holder: T, prefix: string, throws: readonly Throw[]): T {
	const entries = Object.entries(holder).map(([name, value]: [string, unknown]) => {
		const calls = new Set(throws.filter((one) => one.in === prefix + name).map(({ call }) => call));
		if (typeof value !== 'function' || calls.size === 0) return [name, value] as const;
		const original = value as (...args: unknown[]) => unknown;
		let count = -1;
		const faulty = (...args: unknown[]): unknown => {
			count += 1;
			if (calls.has(count)) throw new TypeError(`${prefix}${name} is broken`);
			return original(...args);
		};
		return [name, faulty] as const;
	});
	return Object.fromEntries(entries) as T;
}
