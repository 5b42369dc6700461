'use strict';

/**
 * A range of consecutive IDs: a number of fixed length between a prefix and a suffix.
 *
 * @typedef {{ prefix: string, digits: number, suffix: string, first: number, count: number }} Range
 */

/** The IDs of a range. @param {Range} range @returns {string[]} */
function idsOf({ prefix, digits, suffix, first, count }) {
	return Array.from(
		{ length: count },
		(_, index) => `${prefix}${String(first + index).padStart(digits, '0')}${suffix}`,
	);
}

module.exports = { idsOf };
