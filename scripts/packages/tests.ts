import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';
import ts from 'typescript';

import { filesBelow, textOf, type Files, type Source } from './source.ts';
import type { System } from './systems.ts';

/** Loads the suites of all credentials. */
const CREDENTIAL_TESTS = 'test/credentials/credentials.test.ts';

/** What Jest reads besides the tests, and the configuration of the linter's kind of modules. */
const RUNNER = [
	'jest.config.js',
	'jest.unit.config.js',
	'test/environment.js',
	'test/sequencer.js',
	'test/setup.js',
	'test/sandbox/package.json',
];

/**
 * The tests that concern a system: its own, on n8n's engine against its emulator too, those of its credentials and those of
 * the core, with all that they import.
 */
export function testFiles(source: Source, system: System): Files {
	const { root } = source;
	const tests = [`test/nodes/${system.folder}`, 'test/nodes/core'].flatMap((folder) =>
		filesBelow(root, folder),
	);
	const suites = credentialSuites(source, system);
	const paths = [...tests, ...suites];
	const all = closure(source, paths);
	for (const [path, importer] of all) {
		if (isForeign(path, system)) throw new Error(`${importer} imports ${path}, which is another system's.`);
	}
	const copied = [...all.keys()].filter((path) => path.startsWith('test/'));
	const files: Files = new Map([...RUNNER, ...copied].map((path) => [path, textOf(source, path)]));
	return files.set(CREDENTIAL_TESTS, suites.map((path) => `import './${basename(path, '.ts')}';\n`).join(''));
}

/** The suites of credentials that concern no other system, in their order. */
function credentialSuites(source: Source, system: System): string[] {
	return importsOf(source, CREDENTIAL_TESTS)
		.filter((path) => path.startsWith('test/credentials/'))
		.filter((suite) => [...closure(source, [suite]).keys()].every((path) => !isForeign(path, system)));
}

/** Whether a file belongs to a system, and to another one than this. */
function isForeign(path: string, { folder, node, credentials }: System): boolean {
	const [, owner] =
		/^(?:test\/)?nodes\/([A-Z]\w*)\//.exec(path) ?? /^test\/sandbox\/vendors\/(\w+)\//.exec(path) ?? [];
	if (owner !== undefined) return owner !== folder && owner !== node;
	if (path === 'test/sandbox/vendors/index.ts') return true;
	return path.startsWith('credentials/') && !credentials.includes(path);
}

/** These files and all that they import, each with the file that imports it. */
function closure(source: Source, paths: readonly string[]): Map<string, string> {
	const all = new Map<string, string>();
	const todo = paths.map((path) => [path, path] as const);
	for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
		const [path, importer] = next;
		if (all.has(path)) continue;
		all.set(path, importer);
		for (const imported of importsOf(source, path)) todo.push([imported, path]);
	}
	return all;
}

const known = new Map<string, string[]>();

/** The files of the repository that a file imports. */
function importsOf(source: Source, path: string): string[] {
	if (!path.endsWith('.ts')) return [];
	const key = join(source.root, path);
	const imports =
		known.get(key) ??
		ts
			.preProcessFile(readFileSync(key, 'utf8'))
			.importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
			.map(({ fileName }) => resolve(source, path, fileName));
	known.set(key, imports);
	return imports;
}

function resolve({ root }: Source, importer: string, name: string): string {
	const path = join(dirname(importer), name);
	const found = [path, `${path}.ts`, `${path}/index.ts`].find(
		(candidate) => existsSync(`${root}/${candidate}`) && statSync(`${root}/${candidate}`).isFile(),
	);
	if (found === undefined) throw new Error(`${importer} imports ${name}, which is not there.`);
	return found;
}
