import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Package } from './plan.ts';
import { filesBelow, type Files } from './source.ts';

/** The file by which a laid-out package is known. It is written first, so that a layout that was interrupted has it too. */
const MARK = 'GENERATED.md';

/**
 * Writes a package into its folder below this one, and returns the folder. Fails if the folder holds what somebody else has
 * written: files there would be overwritten and deleted.
 */
export function layOut(folder: string, { name, files }: Package): string {
	const home = join(folder, name);
	if (!isOurs(home, files)) {
		throw new Error(
			`${home} was not laid out by this command: it has files but no ${MARK} of ours. Empty it, or choose another folder.`,
		);
	}
	for (const path of surplus(home, files)) rmSync(join(home, path));
	for (const path of [MARK, ...files.keys()]) write(join(home, path), files.get(path));
	return home;
}

/** Whether a folder is new, a clone of a new repository, or laid out earlier. */
function isOurs(home: string, files: Files): boolean {
	if (!existsSync(home) || readdirSync(home).every((name) => name === '.git')) return true;
	const mark = join(home, MARK);
	return existsSync(mark) && titleOf(readFileSync(mark, 'utf8')) === titleOf(String(files.get(MARK)));
}

function titleOf(text: string): string | undefined {
	return text.split('\n')[0];
}

function write(file: string, content: string | Buffer = ''): void {
	if (isThere(file, content)) return;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, content);
}

function isThere(file: string, content: string | Buffer): boolean {
	return existsSync(file) && readFileSync(file).equals(Buffer.from(content));
}

/** The files of a laid-out package that are not what they have to be: changed, missing, or of an earlier layout. */
export function staleFiles(folder: string, { name, files }: Package): string[] {
	const home = join(folder, name);
	if (!existsSync(home)) return [];
	const differing = [...files].filter(([path, content]) => !isThere(join(home, path), content));
	return [...differing.map(([path]) => path), ...surplus(home, files)].map((path) => `${name}/${path}`);
}

/**
 * Files in generated folders that are not generated any more. Other folders, such as `dist`, are the owner's, and hidden ones
 * are shared: `.github` also holds what GitHub reads for the owner.
 */
function surplus(home: string, files: Files): string[] {
	const folders = new Set(
		[...files.keys()].filter((path) => /^[^.].*\//.test(path)).map((path) => path.split('/')[0] ?? ''),
	);
	return [...folders]
		.filter((name) => lstatSync(join(home, name), { throwIfNoEntry: false })?.isDirectory())
		.flatMap((name) => filesBelow(home, name))
		.filter((path) => !files.has(path));
}
