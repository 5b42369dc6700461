/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
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
