/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
	// What is below test/e2e runs real programs, with Node's own test runner.
	testMatch: ['**/*.test.ts'],
	testEnvironment: '<rootDir>/test/environment.js',
	setupFiles: ['<rootDir>/test/setup.js'],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	// More than the cores of a small machine: the tests mostly wait for an answer.
	maxWorkers: 4,
	testTimeout: 30_000,
};
