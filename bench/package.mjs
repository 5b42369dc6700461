import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PACKAGE } from '../demo/workflow.mjs';

/** A copy of the package without `customOperations`, which also contains the benchmark's own nodes. Never published. */
export const ROUTING_PACKAGE = `${PACKAGE}-routing`;

const OWN_NODES = fileURLToPath(new URL('./nodes', import.meta.url));

/**
 * Installs a copy next to the package whose nodes n8n can run only through its routing engine. The copy declares no
 * credential types: their names are global in n8n, so it uses those of the original.
 *
 * @param {string} original folder of the installed package
 */
export function installRoutingCopy(original) {
	const folder = join(original, '..', ROUTING_PACKAGE);
	cpSync(original, folder, { recursive: true });
	cpSync(OWN_NODES, join(folder, 'dist', 'bench'), { recursive: true });
	const path = join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8'));
	for (const node of manifest.n8n.nodes) removeCustomOperations(join(folder, node));
	const own = readdirSync(OWN_NODES).filter((name) => name.endsWith('.node.js'));
	manifest.name = ROUTING_PACKAGE;
	manifest.n8n.credentials = [];
	manifest.n8n.nodes.push(...own.map((name) => `dist/bench/${name}`));
	writeFileSync(path, JSON.stringify(manifest, null, 2));
}

function removeCustomOperations(path) {
	const name = basename(path, '.node.js');
	appendFileSync(
		path,
		`
exports.${name} = class ${name} extends exports.${name} {
	constructor() {
		super();
		this.customOperations = undefined;
	}
};
`,
	);
}
