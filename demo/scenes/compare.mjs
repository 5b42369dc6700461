import { isDeepStrictEqual } from 'node:util';

import { SYSTEMS } from '../scenario.mjs';

/**
 * The differences between a report and what it should say.
 *
 * @param {string} what the name of the report in messages
 * @param {Record<string, string>} wanted outcomes by ID
 * @param {Array<{ id: string, outcome: string }>} rows
 * @returns {string[]}
 */
export function inRows(what, wanted, rows) {
	const open = new Map(Object.entries(wanted));
	const found = [];
	for (const { id, outcome } of rows) {
		if (!open.has(id)) found.push(`${what}: ${id} is ${outcome}, and should not be there`);
		else if (open.get(id) !== outcome) {
			found.push(`${what}: ${id} is ${outcome}, expected ${open.get(id)}`);
		}
		open.delete(id);
	}
	return [...found, ...[...open].map(([id, outcome]) => `${what}: ${id} is missing, expected ${outcome}`)];
}

/**
 * The differences between the systems and what is expected: the named instances have their new states, and all others are
 * unchanged.
 *
 * @param {object} before instances by system and ID
 * @param {object} after
 * @param {Record<string, string>} becomes states by ID
 * @returns {string[]}
 */
export function inSystems(before, after, becomes) {
	const found = [];
	for (const [system, { label }] of Object.entries(SYSTEMS)) {
		const ids = new Set([...Object.keys(before[system]), ...Object.keys(after[system])]);
		for (const id of ids) {
			const was = before[system][id];
			const is = after[system][id];
			const wanted = becomes[id];
			if (wanted !== undefined) {
				if (is?.state !== wanted) found.push(`${label} ${id}: is ${is?.state ?? 'gone'}, expected ${wanted}`);
			} else if (!isDeepStrictEqual(was, is)) {
				found.push(
					`${label} ${id}: should not have been touched, was ${was?.state ?? 'absent'}, is ${is?.state ?? 'gone'}`,
				);
			}
		}
	}
	return found;
}

/**
 * The difference between how an execution ended and what its report says: it stops with an error if a row is not `ok`.
 *
 * @param {Array<{ ok: boolean }>} rows
 * @param {string | undefined} stoppedAt the node that failed
 * @returns {string[]}
 */
export function inEnd(rows, stoppedAt) {
	const wanted = rows.some(({ ok }) => !ok) ? 'Stop and Error' : undefined;
	if (stoppedAt === wanted) return [];
	return [`It ended at ${stoppedAt ?? 'its end'}, expected ${wanted ?? 'its end'}`];
}

/** How many instances there are in all systems. */
export function countOf(snapshot) {
	return Object.values(snapshot).reduce((sum, instances) => sum + Object.keys(instances).length, 0);
}
