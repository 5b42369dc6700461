import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { withHeader } from './headers.ts';
import { projectFiles } from './manifest.ts';
import { exampleFiles, pageFiles, placeOfPage } from './pages.ts';
import { CORE, productFiles } from './product.ts';
import { rename, type Naming } from './rename.ts';
import { readSource, type Files, type Source } from './source.ts';
import { findSystems, type System } from './systems.ts';
import { fillIn } from './template.ts';
import { testFiles } from './tests.ts';

/** A package as it has to be laid out. */
export interface Package {
	name: string;
	system: System;
	files: Files;
}

/** The files of all packages, one for each system. Writes nothing. @param root the root of the repository */
export async function planPackages(root: string): Promise<Package[]> {
	const source = readSource(root);
	return await Promise.all(
		findSystems(source).map(async (system) => ({
			name: system.name,
			system,
			files: await planPackage(source, system),
		})),
	);
}

async function planPackage(source: Source, system: System): Promise<Files> {
	const examples = exampleFiles(source, system);
	const tests = testFiles(source, system);
	const naming: Naming = {
		name: system.name,
		placeOf: (path) => placeOfPage(system, path) ?? (examples.has(path) ? path : undefined),
	};
	const copied: Files = new Map([...productFiles(source, system), ...tests, ...examples]);
	const pages = pageFiles(source, system, naming, examples);
	const planned: Array<[string, string | Buffer]> = [
		...[...copied].map(([path, content]): [string, string | Buffer] => [
			path,
			isKept(path) ? content : rename(source, naming, String(content)),
		]),
		...pages,
		...projectFiles(source, system, tests),
		['GENERATED.md', note(source, system)],
	];
	const finished = planned.map(async ([path, content]): Promise<[string, string | Buffer]> => {
		if (typeof content !== 'string') return [path, content];
		const text = path === 'README.md' ? await wrapped(source, path, content) : content;
		return [path, withHeader(path, text, `${origin(path, system)} of ${source.manifest.name}`)];
	});
	return new Map((await Promise.all(finished)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The values that a template gets are of any length. */
async function wrapped({ root }: Source, path: string, text: string): Promise<string> {
	const filepath = join(root, path);
	return await format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** Files that are the same in every package to the last byte. */
function isKept(path: string): boolean {
	return path.startsWith(`${CORE}/`) || /\.(png|svg)$/.test(path);
}

/** What has to be changed in the repository for a change of this file. */
function origin(path: string, { page }: System): string {
	if (path === 'README.md') return `scripts/packages/templates/README.tpl and ${page}`;
	if (path === '.github/workflows/publish.yml') return 'scripts/packages/templates/publish.yml';
	return path;
}

function note(source: Source, { name }: System): string {
	return fillIn(source, 'GENERATED.tpl', {
		name,
		bundle: source.manifest.name,
		version: source.manifest.version,
		commit: source.commit,
		source: source.url,
	});
}
