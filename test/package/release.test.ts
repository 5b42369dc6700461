import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	checkChangelog,
	checkManifest,
	checkPublisher,
	checkRepository,
	checkVersion,
	notesOf,
	type Manifest,
} from '../../scripts/release/checks';

import {
	GENERATED,
	jestArguments,
	staleIn,
	withoutUpdates,
	type JestReport,
} from '../../scripts/release/generated';
import { filesBelow } from './docs/markdown';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const ours = JSON.parse(read('package.json')) as Manifest;

const READY: Manifest = {
	...ours,
	version: '1.2.3',
	author: { name: 'A maintainer', email: 'maintainers@terminate.dev' },
};
const CHANGELOG =
	'# Changelog\n\n## Unreleased\n\n- Later.\n\n## 1.2.3 - 2026-11-22\n\n### Added\n\n- This.\n\n## 1.2.30 - 2026-01-01\n\n- Other.\n';

describe('the checks of a release', () => {
	it('find nothing wrong with this repository', () => {
		const { version } = JSON.parse(read('package-lock.json')) as { version: string };
		const found = [
			...checkVersion(ours, version),
			...checkManifest(ours),
			...checkChangelog(read('CHANGELOG.md'), ours.version),
		];
		expect(found.filter(({ level }) => level === 'wrong')).toEqual([]);
	});

	it('find nothing where all is ready', () => {
		expect(checkVersion(READY, '1.2.3', 'v1.2.3')).toEqual([]);
		expect(checkManifest(READY)).toEqual([]);
		expect(checkChangelog(CHANGELOG, '1.2.3')).toEqual([]);
	});

	it.each([
		['no version', { ...READY, version: '1.2' }, '1.2', undefined, 'is no version'],
		['an old lock file', READY, '1.2.2', undefined, 'package-lock.json'],
		['the tag of another version', READY, '1.2.3', 'v1.2.4', 'The tag v1.2.4'],
	])('see %s', (_what, manifest, lock, tag, text) => {
		expect(checkVersion(manifest, lock, tag)).toEqual([
			{ level: 'wrong', text: expect.stringContaining(text) as string },
		]);
	});

	it.each([
		['another license', { license: 'ISC' }, 'the license is not MIT'],
		['a runtime dependency', { dependencies: { axios: '1' } }, '"dependencies"'],
		['overrides', { overrides: {} }, '"overrides"'],
		['a script that runs at an install', { scripts: { postinstall: 'x' } }, '"postinstall"'],
		['a homepage elsewhere', { homepage: 'https://terminate.dev' }, 'homepage'],
		['issues elsewhere', { bugs: { url: 'https://terminate.dev' } }, 'bugs'],
		['a repository elsewhere', { repository: { url: 'https://terminate.dev' } }, 'repository.url'],
		['no author', { author: {} }, 'author'],
	])('see %s', (_what, change, text) => {
		expect(checkManifest({ ...READY, ...change })).toEqual([
			{ level: 'wrong', text: expect.stringContaining(text) as string },
		]);
	});

	it.each(['maintainers@terminate.example', 'maintainers@localhost.test'])(
		'leave the address %s to the owner',
		(email) => {
			expect(checkManifest({ ...READY, author: { name: 'A maintainer', email } })).toEqual([
				{ level: 'owner', text: expect.stringContaining('placeholder') as string },
			]);
		},
	);

	it('see a version that the changelog does not describe, or describes with nothing', () => {
		for (const text of ['# Changelog\n', '# Changelog\n\n## 1.2.3 - 2026-11-22\n\n## 1.2.2 - 2026-01-01\n']) {
			expect(checkChangelog(text, '1.2.3')).toHaveLength(1);
		}
	});

	it('take the notes of exactly this version', () => {
		expect(notesOf(CHANGELOG, '1.2.3')).toBe('### Added\n\n- This.');
		expect(notesOf(CHANGELOG, '1.2.30')).toBe('- Other.');
		expect(notesOf(CHANGELOG, '1.2')).toBeUndefined();
	});

	it('print the notes where nothing is installed, as the workflow that publishes does', () => {
		const folder = mkdtempSync(join(tmpdir(), 'terminate-release-'));
		try {
			for (const path of ['package.json', 'CHANGELOG.md', 'scripts'])
				cpSync(join(ROOT, path), join(folder, path), { recursive: true });
			const notes = execFileSync(process.execPath, ['scripts/release/main.ts', '--notes'], {
				cwd: folder,
				encoding: 'utf8',
			});
			expect(notes.trim()).toBe(notesOf(read('CHANGELOG.md'), ours.version));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it('let nobody publish but GitHub Actions, for a tag, from the repository that is named', () => {
		const there = { GITHUB_ACTIONS: 'true', GITHUB_REF_TYPE: 'tag' };
		expect(checkPublisher(there)).toEqual([]);
		expect(checkPublisher({})).toHaveLength(1);
		expect(checkPublisher({ ...there, GITHUB_REF_TYPE: 'branch' })).toHaveLength(1);
		const named = /github\.com\/(.+)\.git$/.exec(ours.repository?.url ?? '')?.[1];
		expect(checkRepository(ours, { GITHUB_REPOSITORY: named })).toEqual([]);
		expect(checkRepository(ours, { GITHUB_REPOSITORY: 'somebody/fork' })).toHaveLength(1);
	});
});

describe('what is generated', () => {
	/** A report in which each comparison ran and passed, apart from those that are named here. */
	const reportOf = (other: Readonly<Record<string, 'failed' | 'pending'>>): JestReport => ({
		testResults: GENERATED.map(({ test, names }) => ({
			name: join(ROOT, test),
			assertionResults: [
				...names.map((name) => ({ fullName: `x ${name} y`, status: other[name] ?? 'passed' })),
				{ fullName: 'another test', status: 'pending' },
			],
		})),
	});

	it('is known to the release, whatever a test can write', () => {
		const writing = filesBelow('test/package').filter((path) =>
			/process\.env\['UPDATE_\w+'\]/.test(readFileSync(join(ROOT, path), 'utf8')),
		);
		expect(writing).toContain('test/package/schemas.test.ts');
		expect(writing.filter((path) => !GENERATED.some(({ test }) => path === test))).toEqual([]);
	});

	it('is compared by tests that there are, under the names by which they are called', () => {
		for (const { test, names } of GENERATED) {
			const files = test.endsWith('.ts') ? [test] : filesBelow(test);
			const text = files.map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n');
			for (const name of names) expect([test, text]).toEqual([test, expect.stringContaining(name)]);
		}
		expect(jestArguments(GENERATED).at(-1)).toBe('test/package/links.test.ts');
	});

	it('is compared, never written anew, whatever the environment asks for', () => {
		const environment = { PATH: '/bin', UPDATE_TEXTS: '1', UPDATE_SCHEMAS: '1', UPDATE_TARBALL: '1' };
		expect(withoutUpdates(environment)).toEqual({ PATH: '/bin' });
	});

	it('is up to date where every comparison passed', () => {
		expect(staleIn(ROOT, GENERATED, reportOf({}))).toEqual([]);
	});

	it.each(GENERATED)('stops a release where it is out of date: $what', ({ what, renew, names }) => {
		for (const name of names) {
			expect(staleIn(ROOT, GENERATED, reportOf({ [name]: 'failed' }))).toEqual([
				{ level: 'wrong', text: `Out of date: ${what}. To renew it: ${renew}` },
			]);
		}
	});

	it.each(GENERATED)('stops a release where one of its comparisons did not run: $what', ({ what, names }) => {
		for (const name of names) {
			expect(staleIn(ROOT, GENERATED, reportOf({ [name]: 'pending' }))).toEqual([
				{ level: 'wrong', text: expect.stringContaining(`Nothing compared ${what}`) as string },
			]);
		}
	});

	it('stops a release where a file of comparisons is missing, or cannot be loaded', () => {
		const { testResults } = reportOf({});
		const [first, ...rest] = testResults as [JestReport['testResults'][number]];
		for (const report of [rest, [{ ...first, assertionResults: [] }, ...rest]])
			expect(staleIn(ROOT, GENERATED, { testResults: report })).toHaveLength(1);
	});
});
