/**
 * Lays out one project for each system, ready to become a repository of its own: `npm run packages`, or
 * `npm run packages -- --into <folder>`.
 */
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { layOut } from './layOut.ts';
import { planPackages } from './plan.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Ignored by git. */
const FOLDER = join(ROOT, 'packages');

try {
	const { values } = parseArgs({ options: { into: { type: 'string' } } });
	const folder = values.into === undefined ? FOLDER : resolve(values.into);
	for (const one of await planPackages(ROOT)) {
		const home = layOut(folder, one);
		console.log(
			`${one.system.displayName.padEnd(10)} ${one.files.size} files in ${relative(process.cwd(), home)}`,
		);
	}
	console.log('What to do with them is in docs/publishing.md.');
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
