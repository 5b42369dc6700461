import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { MEASUREMENTS } from './paths.mjs';

/**
 * The last measurement of a workload with all contestants, kept as JSON. The names of its properties are those in the
 * file, so that files of earlier runs can still be read.
 *
 * @typedef {object} Measurement
 * @property {string} date
 * @property {number} load of the machine before the run
 * @property {import('./comparison.mjs').Row[]} rows
 * @property {import('./thresholds.mjs').Threshold} instrument the check of the probe in the same run
 */

/** The saved measurements by the key of the workload. @returns {Record<string, Measurement>} */
export function readMeasurements() {
	let measured;
	try {
		measured = JSON.parse(readFileSync(MEASUREMENTS, 'utf8'));
	} catch {
		return {};
	}
	// JSON has given each row a copy of the workload; the report groups rows by one shared object.
	for (const { rows } of Object.values(measured)) for (const row of rows) row.work = rows[0].work;
	return measured;
}

/**
 * Saves the measurement of one workload, so that workloads can be run one at a time.
 *
 * @param {string} work its key
 * @param {Measurement} measured
 */
export function saveMeasurement(work, measured) {
	mkdirSync(dirname(MEASUREMENTS), { recursive: true });
	writeFileSync(MEASUREMENTS, JSON.stringify({ ...readMeasurements(), [work]: measured }));
}
