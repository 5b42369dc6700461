/**
 * How many targets of which vendor have to be ended.
 *
 * @typedef {object} Workload
 * @property {string} key
 * @property {keyof typeof import('./vendors.mjs').VENDORS} vendor
 * @property {number} count
 * @property {string[]} [without] contestants that do not take part
 */

/** @type {Workload[]} */
const FULL = [
	// No routing engine: one request per target at 2 a second takes eight minutes, and the smaller workload shows the same.
	{ key: 'bitrix24', vendor: 'bitrix24', count: 1000, without: ['routing'] },
	{ key: 'bitrix24-small', vendor: 'bitrix24', count: 200 },
	{ key: 'unifier', vendor: 'unifier', count: 10_000 },
	{ key: 'enosBpm', vendor: 'enosBpm', count: 1000 },
	{ key: 'eightByEight', vendor: 'eightByEight', count: 1000 },
];

const QUICK_SHARE = 10;

/**
 * The workloads to run.
 *
 * @param {{ quick: boolean, only: string[] }} options `only`: vendors or keys; an empty list means all
 * @returns {Workload[]}
 */
export function workloads({ quick, only }) {
	return FULL.filter(
		({ key, vendor }) => only.length === 0 || only.includes(key) || only.includes(vendor),
	).map((work) => (quick ? { ...work, count: work.count / QUICK_SHARE } : work));
}

export const WORKLOAD_NAMES = [...new Set(FULL.flatMap(({ key, vendor }) => [key, vendor]))];
