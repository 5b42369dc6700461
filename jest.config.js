/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
	// What is below test/e2e runs real programs, with Node's own test runner.
	testMatch: ['**/*.test.ts'],
	// n8n's sandbox for expressions takes several times as long, and all nodes read parameters through it by the same code, so
	// 8x8 stands for all here. `npm run test:thorough` runs the others too.
	testPathIgnorePatterns: ['/(?!EightByEight\\.)\\w+\\.vm\\.test\\.ts$'],
	testEnvironment: '<rootDir>/test/environment.js',
	testSequencer: '<rootDir>/test/sequencer.js',
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
