/**
 * Checks whether this checkout can be released, and prints how.
 *
 * - `npm run release`: the checks, then whether all that is generated is up to date, then lint, types and tests, then the next
 *   step. `-- --quick` leaves out lint, types and tests.
 * - `-- --notes`: prints the release notes of this version from the changelog.
 * - `-- --publishing`: npm calls this before it publishes (prepublishOnly); here, findings of the level `owner` count as well.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	checkChangelog,
	checkManifest,
	checkPublisher,
	checkRepository,
	checkVersion,
	notesOf,
	tagOf,
	type Finding,
	type Manifest,
} from './checks.ts';
import type { JestReport } from './generated.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MODES = ['--quick', '--notes', '--publishing'];
/** Builds the package if that is not up to date. A name, because there are no types of that module. */
const BUILDER = '../../demo/package.mjs';
const HEAVY = ['lint', 'typecheck', 'test'];

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

async function main(args: string[]): Promise<number> {
	const unknown = args.filter((argument) => !MODES.includes(argument));
	if (unknown.length > 0) return fail([`Unknown: ${unknown.join(' ')}. There are: ${MODES.join(', ')}`]);
	const manifest = JSON.parse(read('package.json')) as Manifest;
	const changelog = read('CHANGELOG.md');
	if (args.includes('--notes')) {
		console.log(notesOf(changelog, manifest.version) ?? '');
		return 0;
	}
	const publishing = args.includes('--publishing');
	const found = look(manifest, changelog, publishing);
	const wrong = found.filter(({ level }) => level === 'wrong' || publishing);
	const owners = found.filter(({ level }) => level === 'owner' && !publishing);
	if (wrong.length > 0) return fail(wrong.map(({ text }) => text));
	console.log(`Version ${manifest.version} is described, licensed and named as a release has to be.`);
	if (publishing) return 0;
	const stale = await lookAtGenerated();
	if (stale.length > 0) return fail(stale.map(({ text }) => text));
	console.log('All that is generated is up to date.');
	if (!args.includes('--quick')) {
		for (const script of HEAVY) {
			if (spawnSync('npm', ['run', script], { cwd: ROOT, stdio: 'inherit' }).status !== 0) return 1;
		}
	}
	advise(manifest, owners);
	return 0;
}

function look(manifest: Manifest, changelog: string, publishing: boolean): Finding[] {
	const { version: lockVersion } = JSON.parse(read('package-lock.json')) as { version?: string };
	const tag = publishing ? process.env['GITHUB_REF_NAME'] : undefined;
	return [
		...checkVersion(manifest, lockVersion, tag),
		...checkManifest(manifest),
		...checkChangelog(changelog, manifest.version),
		...(publishing ? [...checkPublisher(process.env), ...checkRepository(manifest, process.env)] : []),
	];
}

/** Runs the comparisons on an up-to-date build. */
async function lookAtGenerated(): Promise<Finding[]> {
	const { buildPackage } = (await import(BUILDER)) as { buildPackage: () => Promise<void> };
	await buildPackage();
	// Only here, because it needs what npm installs, and the notes are printed where nothing is installed.
	const { GENERATED, jestArguments, staleIn, stalePackages, withoutUpdates } = await import('./generated.ts');
	const folder = mkdtempSync(join(tmpdir(), 'n8n-terminate-release-'));
	const output = join(folder, 'report.json');
	try {
		const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
		const args = ['--experimental-vm-modules', jest, ...jestArguments(GENERATED), `--outputFile=${output}`];
		spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'ignore', env: withoutUpdates(process.env) });
		const report = JSON.parse(readFileSync(output, 'utf8')) as JestReport;
		return [...staleIn(ROOT, GENERATED, report), ...(await stalePackages(ROOT))];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function advise({ version }: Manifest, owners: Finding[]): void {
	const tag = tagOf(version);
	for (const { text } of owners) console.log(`Before it can be published: ${text}`);
	if (changes() !== '') console.log('There are changes that are not committed; a release has none.');
	const released = git('tag', '--list', tag) === tag;
	console.log(
		released
			? `The tag ${tag} is there already: raise the version for the next release.`
			: `To release it:  git tag -a ${tag} -m ${tag} && git push origin ${tag}\nGitHub Actions does the rest (.github/workflows/publish.yml).`,
	);
}

function changes(): string {
	return git('status', '--porcelain');
}

/** The output of git; empty without a repository, such as in an archive of the sources. */
function git(...args: string[]): string {
	try {
		return execFileSync('git', args, {
			cwd: ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}).trim();
	} catch {
		return '';
	}
}

function fail(lines: string[]): number {
	for (const line of lines) console.error(line);
	return 1;
}

process.exitCode = await main(process.argv.slice(2));
