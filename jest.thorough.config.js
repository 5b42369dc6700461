const base = require('./jest.config.js');

/**
 * All combinations of what the everyday tests try in part: faults with On Error modes, nodes with expression
 * engines, and more runs of each property.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	globals: { isThorough: true },
	testMatch: ['**/*.{faults,vm,property}.test.ts'],
	testPathIgnorePatterns: [],
	testTimeout: 120_000,
};
