import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { MEASUREMENTS } from './paths.mjs';

/** Raised when rows get other properties: measurements of an older format are forgotten. */
const FORMAT = 2;

/**
 * The last measurement of a workload with all contestants, kept as JSON.
 *
 * @typedef {object} Measurement
 * @property {string} date
 * @property {number} load of the machine before the run
 * @property {import('./comparison.mjs').Row[]} rows
 * @property {import('./thresholds.mjs').Threshold} instrument the check of the probe in the same run
 */

/** The saved measurements by the key of the workload. @returns {Record<string, Measurement>} */
export function readMeasurements() {
	try {
		const { format, measured } = JSON.parse(readFileSync(MEASUREMENTS, 'utf8'));
		return format === FORMAT ? measured : {};
	} catch {
		return {};
	}
}

/**
 * Saves the measurement of one workload, so that workloads can be run one at a time.
 *
 * @param {string} work its key
 * @param {Measurement} measured
 */
export function saveMeasurement(work, measured) {
	mkdirSync(dirname(MEASUREMENTS), { recursive: true });
	const all = { ...readMeasurements(), [work]: measured };
	writeFileSync(MEASUREMENTS, JSON.stringify({ format: FORMAT, measured: all }));
}
