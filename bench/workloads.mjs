/**
 * How many targets of which vendor have to be ended, and by whom.
 *
 * @typedef {object} Workload
 * @property {string} key
 * @property {keyof typeof import('./vendors.mjs').VENDORS} vendor
 * @property {number} count
 * @property {string[]} contestants keys of those that take part
 * @property {string} [special] what sets it apart from the vendor's other workloads; without it, the workload also counts
 * for the table of growth
 * @property {boolean} [texts] each target has a text of its own
 * @property {{ id: string, text?: string }} reads the expressions that have a value for each item
 * @property {object} [parameters] of this package's node, in place of the vendor's
 * @property {number} [httpCount] how many targets the HTTP Request node gets, where all of them would take too long
 * @property {boolean} [once] one run each
 * @property {boolean} [quick] a tenth of the targets: times prove nothing, so nothing is done for them
 */

const ID = '={{ $json.id }}';
const TEXT = '={{ $json.text }}';
/** Not a plain path, so that n8n has to evaluate it for each item. */
const COMPUTED_ID = '={{ String($json.id) }}';

const ALL = ['read', 'send', 'bare', 'ours', 'http', 'routing'];
/** The routing engine takes as long as the HTTP Request node, and smaller workloads show the same. */
const WITHOUT_ROUTING = ALL.filter((key) => key !== 'routing');

/** @type {Workload[]} */
const FULL = [
	{ key: 'bitrix24-text', vendor: 'bitrix24', count: 1000, contestants: WITHOUT_ROUTING },
	{
		key: 'bitrix24-texts',
		vendor: 'bitrix24',
		count: 1000,
		contestants: WITHOUT_ROUTING,
		special: 'a text each',
		texts: true,
		reads: { id: ID, text: TEXT },
		parameters: { statusText: TEXT },
		// The pace of the HTTP Request node is that of the workload with one text.
		httpCount: 100,
	},
	{ key: 'unifier-1000', vendor: 'unifier', count: 1000, contestants: ALL },
	{ key: 'unifier-10000', vendor: 'unifier', count: 10_000, contestants: WITHOUT_ROUTING },
	{
		key: 'unifier-computed',
		vendor: 'unifier',
		count: 10_000,
		contestants: ['read', 'bare', 'ours'],
		special: 'computed record numbers',
		reads: { id: COMPUTED_ID },
		parameters: { recordNumbers: COMPUTED_ID },
	},
	{
		key: 'unifier-100000',
		vendor: 'unifier',
		count: 100_000,
		contestants: ['send', 'bare', 'ours', 'http'],
		// All of them would take forty minutes.
		httpCount: 1000,
	},
	{ key: 'enosBpm-1000', vendor: 'enosBpm', count: 1000, contestants: ALL },
	{ key: 'enosBpm-10000', vendor: 'enosBpm', count: 10_000, contestants: ['ours'], once: true },
	{ key: 'eightByEight-1000', vendor: 'eightByEight', count: 1000, contestants: ALL },
	{ key: 'eightByEight-10000', vendor: 'eightByEight', count: 10_000, contestants: ['ours'], once: true },
].map((work) => ({ reads: { id: ID }, ...work }));

const QUICK_SHARE = 10;
/** Enough to see that the HTTP Request node is set up correctly; it spends most of its time waiting. */
const QUICK_HTTP = 10;

/**
 * The workloads to run.
 *
 * @param {{ quick: boolean, only: string[] }} options `only`: vendors or keys; an empty list means all
 * @returns {Workload[]}
 */
export function workloads({ quick, only }) {
	return FULL.filter(
		({ key, vendor }) => only.length === 0 || only.includes(key) || only.includes(vendor),
	).map((work) =>
		quick ? { ...work, count: work.count / QUICK_SHARE, httpCount: QUICK_HTTP, once: true, quick } : work,
	);
}

export const WORKLOAD_NAMES = [...new Set(FULL.flatMap(({ key, vendor }) => [key, vendor]))];
