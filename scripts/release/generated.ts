import { join } from 'node:path';

import { staleFiles } from '../packages/layOut.ts';
import { planPackages } from '../packages/plan.ts';
import { wrong, type Finding } from './checks.ts';

/** Something that is generated from the sources, or compared with them, and can therefore be out of date. */
export interface Generated {
	what: string;
	/** How it is brought up to date. */
	renew: string;
	/** The test that compares it with the sources; or a folder of such tests. */
	test: string;
	/** What the names of these tests contain. Each has to have run. */
	names: readonly string[];
}

/** All of it but the packages, which are not in the repository. `test/package/release.test.ts` finds what is missing here. */
export const GENERATED: readonly Generated[] = [
	{
		what: 'the output schemas',
		renew: 'UPDATE_SCHEMAS=1 npm test -- schemas && npm run format',
		test: 'test/package/schemas.test.ts',
		names: ['says before the first run'],
	},
	{
		what: 'the snapshot of all texts',
		renew: 'UPDATE_TEXTS=1 npm test -- package/texts',
		test: 'test/package/texts.test.ts',
		names: ['are all in the snapshot'],
	},
	{
		what: 'the list of packed files',
		renew: 'UPDATE_TARBALL=1 npm test -- tarball',
		test: 'test/package/tarball.test.ts',
		names: ['has the files in the list'],
	},
	{
		what: 'a check-your-system workflow',
		renew: 'node examples/source/build.mjs',
		test: 'test/package/checkYourSystem.test.ts',
		names: ['is what its steps'],
	},
	{
		what: 'a page in docs',
		renew: 'npm test -- package/docs package/links, and correct what it names',
		test: 'test/package/docs',
		names: ['the names in the pages', 'the messages in', 'the documentation addresses'],
	},
	{
		what: 'a link of a page',
		renew: 'npm test -- package/links, and correct what it names',
		test: 'test/package/links.test.ts',
		names: ['the links of the documents', 'what sources say'],
	},
];

/** What Jest reports with `--json`, as far as it is read. */
export interface JestReport {
	testResults: Array<{
		/** The absolute path of the file. */
		name: string;
		assertionResults: Array<{ fullName: string; status: string }>;
	}>;
}

/** The arguments with which Jest runs exactly the comparisons. */
export function jestArguments(generated: readonly Generated[]): string[] {
	const names = generated.flatMap((one) => one.names).join('|');
	return ['--json', '--silent', '-t', names, ...generated.map(({ test }) => test)];
}

/** An environment in which no comparison brings its file up to date instead of comparing it. */
export function withoutUpdates(
	environment: Record<string, string | undefined>,
): Record<string, string | undefined> {
	return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('UPDATE_')));
}

/** What the report says is out of date. A comparison that did not run is no proof, so that is a finding too. */
export function staleIn(root: string, generated: readonly Generated[], report: JestReport): Finding[] {
	return generated.flatMap(({ what, renew, test, names }) => {
		const results = report.testResults
			.filter(({ name }) => name.startsWith(join(root, test)))
			.flatMap(({ assertionResults }) => assertionResults)
			.filter(({ status }) => status === 'passed' || status === 'failed');
		const missing = names.filter((name) => !results.some(({ fullName }) => fullName.includes(name)));
		if (missing.length > 0) {
			return [
				wrong(`Nothing compared ${what} with the sources: no test "${missing.join('", "')}" ran in ${test}.`),
			];
		}
		const isStale = results.some(({ status }) => status === 'failed');
		return isStale ? [wrong(`Out of date: ${what}. To renew it: ${renew}`)] : [];
	});
}

/** The projects that were laid out here for publishing and are not those of this checkout. */
export async function stalePackages(root: string): Promise<Finding[]> {
	const packages = await planPackages(root);
	const stale = packages.flatMap((one) => staleFiles(join(root, 'packages'), one));
	const [first] = stale;
	if (first === undefined) return [];
	const text = `Out of date: ${stale.length} files in packages/, such as ${first}. To renew them: npm run packages`;
	return [wrong(text)];
}
