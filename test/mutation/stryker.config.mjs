/**
 * Mutation tests of what is pure: the vendor-free middles and the vendors' contracts, by the tests that need neither n8n's
 * engine nor the sandbox. `npm run mutate`, or for one file `npm run mutate -- --mutate nodes/termination/pace.ts`.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	plugins: ['@stryker-mutator/jest-runner'],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.cjs' },
	coverageAnalysis: 'perTest',
	// Constants at the top of a module hold for all tests; without this, most of the time would go into their texts.
	ignoreStatic: true,
	mutate: [
		'nodes/termination/*.ts',
		// The joints to n8n, which are tested through its engine.
		'!nodes/termination/{routing,routingTransport,wholeInput,wholeInputTransport}.ts',
		'!nodes/termination/{loginTransport,renewal,requestOptions,stopTogether}.ts',
		'nodes/finding/*.ts',
		'!nodes/finding/{routing,wholeInput,listSearch,serving}.ts',
		'nodes/*/*/*.ts',
		// What n8n shows, and what is tested through its engine.
		'!nodes/*/*/*.{operation,resource}.ts',
		'!nodes/*/*/{fields,options,texts}.ts',
		'!nodes/*/session/*.ts',
	],
	concurrency: 2,
	// For a mutant that never ends; less would take a busy machine for one.
	timeoutMS: 5_000,
	reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	htmlReporter: { fileName: 'coverage/mutation.html' },
	jsonReporter: { fileName: 'coverage/mutation.json' },
	tempDirName: 'coverage/.stryker',
};
