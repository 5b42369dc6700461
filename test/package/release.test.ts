import { readFileSync } from 'node:fs';
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
		['another licence', { license: 'ISC' }, 'licence'],
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
