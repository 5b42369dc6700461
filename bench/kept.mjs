import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { KEPT } from './places.mjs';

/**
 * The last measurements of a work with all contestants, as JSON.
 *
 * @typedef {object} Measured
 * @property {string} date
 * @property {number} load of the machine, before
 * @property {import('./contest.mjs').Row[]} rows
 * @property {import('./bars.mjs').Bar} instrument the check of the probe in the same run
 */

/** What was measured of each work, by its key. @returns {Record<string, Measured>} */
export function kept() {
	let measured;
	try {
		measured = JSON.parse(readFileSync(KEPT, 'utf8'));
	} catch {
		return {};
	}
	// JSON has made a work of each row; they are one.
	for (const { rows } of Object.values(measured)) for (const row of rows) row.work = rows[0].work;
	return measured;
}

/** Keeps the measurements of one work, so that works can be run one at a time. @param {string} work @param {Measured} measured */
export function keep(work, measured) {
	mkdirSync(dirname(KEPT), { recursive: true });
	writeFileSync(KEPT, JSON.stringify({ ...kept(), [work]: measured }));
}
