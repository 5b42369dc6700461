/**
 * What has to be ended, and how often it is run for one figure.
 *
 * @typedef {object} Work
 * @property {string} key
 * @property {keyof typeof import('./vendors.mjs').VENDORS} vendor
 * @property {number} count
 * @property {string[]} [without] contestants that do not take part
 */

/** @type {Work[]} */
const FULL = [
	// One request for each target at 2 a second: eight minutes to learn what the smaller work says as well.
	{ key: 'bitrix24', vendor: 'bitrix24', count: 1000, without: ['routing'] },
	{ key: 'bitrix24-small', vendor: 'bitrix24', count: 200 },
	{ key: 'unifier', vendor: 'unifier', count: 10_000 },
	{ key: 'enosBpm', vendor: 'enosBpm', count: 1000 },
	{ key: 'eightByEight', vendor: 'eightByEight', count: 1000 },
];

const QUICK_SHARE = 10;

/**
 * The works to do. @param {{ quick: boolean, only: string[] }} options `only`: vendors or keys; none: all
 *
 * @returns {Work[]}
 */
export function works({ quick, only }) {
	return FULL.filter(
		({ key, vendor }) => only.length === 0 || only.includes(key) || only.includes(vendor),
	).map((work) => (quick ? { ...work, count: work.count / QUICK_SHARE } : work));
}

export const WORK_NAMES = [...new Set(FULL.flatMap(({ key, vendor }) => [key, vendor]))];
