/** n8n's own scan of this package, after its build: `node scripts/scan.mjs`. */
import { fileURLToPath } from 'node:url';

import { scanProject } from './scanner.mjs';

const legs = await scanProject(fileURLToPath(new URL('..', import.meta.url)));
for (const { name, isClean, findings } of legs) {
	for (const finding of findings) console.error(finding);
	console.log(`Scan of the ${name}: ${isClean ? 'no findings' : `${findings.length} findings`}`);
}
process.exitCode = legs.every(({ isClean }) => isClean) ? 0 : 1;
