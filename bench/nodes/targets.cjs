'use strict';

/**
 * A range of targets with consecutive IDs: a number of fixed length between a prefix and a suffix.
 *
 * @typedef {{ prefix: string, digits: number, suffix: string, first: number, count: number, texts?: boolean }} Range
 * `texts`: each target has a text of its own
 *
 * @typedef {{ id: string, text?: string }} BenchTarget
 */

/** The targets of a range. @param {Range} range @returns {BenchTarget[]} */
function targetsOf({ prefix, digits, suffix, first, count, texts }) {
	return Array.from({ length: count }, (_, index) => {
		const number = first + index;
		const id = `${prefix}${String(number).padStart(digits, '0')}${suffix}`;
		return texts ? { id, text: `Ended by the benchmark, number ${number}` } : { id };
	});
}

module.exports = { targetsOf };
