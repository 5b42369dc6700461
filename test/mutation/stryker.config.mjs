import { NEARLY_PURE, PURE } from '../../scripts/walls.mjs';

/**
 * Mutation tests of what is pure: the core below `n8n/` and what the vendors say, by the tests that need neither n8n's
 * engine nor the sandbox. `npm run mutate`, or for one file `npm run mutate -- --mutate nodes/core/http/rateLimiter.ts`.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	plugins: ['@stryker-mutator/jest-runner'],
	testRunner: 'jest',
	// Jest would look for related tests below its roots alone, and find none for a file that no test imports itself.
	jest: { configFile: 'test/mutation/jest.config.cjs', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	// Constants at the top of a module hold for all tests; without this, most of the time would go into their texts.
	ignoreStatic: true,
	mutate: [
		...PURE,
		...NEARLY_PURE,
		// What n8n shows, which is tested through its engine.
		'!nodes/core/n8n/parameters/queryFields.ts',
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
