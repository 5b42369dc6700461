import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Package } from './plan.ts';
import { filesBelow } from './source.ts';

/** Writes a package into its folder below this one, and returns the folder. What is not generated there stays. */
export function layOut(folder: string, { name, files }: Package): string {
	const home = join(folder, name);
	for (const path of surplus(home, files)) rmSync(join(home, path));
	for (const [path, content] of files) {
		if (isThere(join(home, path), content)) continue;
		mkdirSync(dirname(join(home, path)), { recursive: true });
		writeFileSync(join(home, path), content);
	}
	return home;
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

/** Files in generated folders that are not generated any more. Other folders, such as `.git` or `dist`, are the owner's. */
function surplus(home: string, files: Package['files']): string[] {
	const folders = new Set(
		[...files.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''),
	);
	return [...folders]
		.filter((name) => existsSync(join(home, name)) && statSync(join(home, name)).isDirectory())
		.flatMap((name) => filesBelow(home, name))
		.filter((path) => !files.has(path));
}
