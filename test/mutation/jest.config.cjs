const base = require('../../jest.config.js');

/**
 * The tests that need neither n8n's engine nor the sandbox; the others begin with the name of their node. Without the
 * properties: a thousand worlds for each mutant would take a day.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/nodes/**/[a-z]*.test.ts'],
	testPathIgnorePatterns: ['\\.property\\.test\\.ts$'],
};
