/**
 * What the steps of the workflows "Check your system" are made of.
 *
 * @typedef {object} Check one line of the report
 * @property {string} expected in words
 * @property {string} [name] the line's name, by default that of the node
 * @property {boolean | 'any'} [lists] whether the process is among the items; 'any': whether there is a list at all
 * @property {true} [found] there is an item, and it is no failure
 * @property {Record<string, unknown[]>} [values] the values that fields of the first item may have; null: it has none
 * @property {string} [needs] a field of Get without which the step says nothing
 * @property {true} [shape] the report shows the keys of the item and the kinds of their values
 * @property {true} [records] the documentation leaves it open, so nothing counts as a difference
 *
 * @typedef {{ node: string, parameters: Record<string, unknown>, checks: Check[] }} Step
 *
 * @typedef {object} SystemCheck the workflow of one system
 * @property {string} file its name in examples/
 * @property {string} id of the workflow
 * @property {string} prefix of the IDs of its nodes
 * @property {string} system as people call it
 * @property {string} type of its node
 * @property {string} resource
 * @property {Record<string, { id: string, name: string }>} credential
 * @property {Record<string, unknown>} [common] parameters of each of its nodes
 * @property {Record<string, { required: boolean, isTarget?: true }>} ids the settings that name the process
 * @property {string[]} added what the node adds to the fields of the system
 * @property {Step[]} first one after the other
 * @property {Step[]} reading in any order
 * @property {Step} dryRun
 * @property {Step[]} ending only where `terminate` is on
 */

/** How many rows a list asks for. */
export const LIST_LIMIT = 200;

/** What is written beside a process that ends, where the system keeps it. */
export const REASON = 'Check by n8n';

const settings = (name) => `$('Settings').first().json.${name}`;

/** The value of a setting. */
export const ofSettings = (name) => `={{ ${settings(name)} }}`;

/** The value of a field of the process. */
export const ofGet = (name) => `={{ $('Get').first().json.${name} }}`;

/** A minute before or after a time of the process: no system promises the same digits in a filter. */
export const minuteBefore = (name) => shifted(name, 'minus');
export const minuteAfter = (name) => shifted(name, 'plus');

function shifted(name, how) {
	return `={{ DateTime.fromISO($('Get').first().json.${name}).${how}({ minutes: 1 }) }}`;
}

/** An ID, or nothing if Get has found something by it. */
export const onlyUnknown = (value) =>
	`={{ $('Get, unknown ID').first().json.details?.outcome === 'notFound' ? ${value} : '' }}`;

/** A locator by ID, name or number. */
export const locator = (mode, value) => ({ __rl: true, mode, value });

/** A Get. @returns {Step} */
export function get(node, parameters, ...checks) {
	return { node, parameters: { operation: 'get', ...parameters }, checks };
}

/** A Get Many of the raw rows. @returns {Step} */
export function list(node, parameters, ...checks) {
	const how = { operation: 'getAll', returnAll: false, limit: LIST_LIMIT, simplify: false };
	return { node, parameters: { ...how, ...parameters }, checks };
}

/**
 * A Get Many by a filter that the process meets.
 *
 * @param {string} filter as the node calls it
 * @param {Record<string, unknown>} filters
 * @param {{ needs?: string, parameters?: Record<string, unknown>, sort?: string | null }} [more] `sort`: null where the system
 * has no order
 * @returns {Step}
 */
export function listBy(filter, filters, { needs, parameters, sort = 'newestFirst' } = {}) {
	const options = { requireFilter: true, ...(sort && { sort }) };
	return list(
		`Filter: ${filter}`,
		{ ...parameters, simplify: true, filters, options },
		{ expected: 'the process is listed', lists: true, ...(needs && { needs }) },
	);
}

/** A command. It never makes the workflow fail, and nothing is sent for more than one target. @returns {Step} */
export function command(node, operation, parameters, options, ...checks) {
	const safe = { expectedTargets: 1, failedTargets: 'return', maxTargets: 1 };
	return { node, parameters: { operation, ...parameters, options: { ...options, ...safe } }, checks };
}

/** A command on what has ended: as a failure it comes with the HTTP status. @returns {Step} */
export function again(node, operation, parameters, ...checks) {
	return command(node, operation, parameters, { failIfAlreadyEnded: true }, ...checks);
}

/** A dry run of Terminate. @returns {Step} */
export function dryRun(parameters, check) {
	return command('Dry Run', 'terminate', parameters, { dryRun: true }, check);
}

/** Terminate, confirmed by the system. @returns {Step} */
export function terminate(parameters) {
	return command(
		'Terminate',
		'terminate',
		parameters,
		{ verify: true },
		{ expected: 'it is terminated', values: { outcome: ['terminated'] } },
		{ name: 'Verify', expected: 'the system confirms that it has ended', values: { verified: [true] } },
	);
}
