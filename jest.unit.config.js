const base = require('./jest.config.js');

/**
 * The tests that need neither n8n's engine nor the sandbox nor a build; the others begin with the name of their node.
 * Without the properties, which take longer than all the rest.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/nodes/**/[a-z]*.test.ts'],
	testPathIgnorePatterns: ['\\.property\\.test\\.ts$'],
	// These compute and never wait.
	maxWorkers: '100%',
};
