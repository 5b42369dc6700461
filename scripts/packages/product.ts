import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { filesBelow, type Files, type Source } from './source.ts';
import type { System } from './systems.ts';

/** What every package has as it is, byte for byte. */
export const CORE = 'nodes/core';

/** What n8n loads: the system's column, its credentials, and the core. */
export function productFiles({ root }: Source, { folder, credentials }: System): Files {
	const paths = [...filesBelow(root, CORE), ...filesBelow(root, `nodes/${folder}`), ...credentials];
	return new Map(paths.map((path) => [path, readFileSync(join(root, path))]));
}
