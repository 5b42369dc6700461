/**
 * The package in the newest image of n8n: `npm run e2e:image`, or `npm run e2e:image -- 3.0.0` for one tag. It needs Docker,
 * and was written on a machine without: what Docker does with these arguments has not been tried. Without a tag it also
 * fails when there is an image of a newer n8n than the tested ones that npm does not have: look at it, and name it in
 * catalogue.mjs.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { requireNode } from '../../../demo/node.mjs';
import { buildPackage } from '../../../demo/package.mjs';
import { ROOT } from '../../../demo/paths.mjs';
import { runProgram } from '../../../demo/program.mjs';
import { UserError } from '../../../demo/userError.mjs';
import { IMAGES_LOOKED_AT, VERSIONS } from './catalogue.mjs';
import { dockerArguments, IMAGE, missingOnNpm, newerImages, newestImage, readTags } from './images.mjs';
import { publishedVersions } from './install.mjs';

const TEST = relative(ROOT, fileURLToPath(new URL('version.test.mjs', import.meta.url)));

await runProgram(main);

async function main() {
	requireNode('npm run e2e:image');
	const [wanted] = process.argv.slice(2);
	const { tag, unknown } = wanted === undefined ? await look() : { tag: wanted, unknown: [] };
	await buildPackage();
	console.log(`\nThe package in ${IMAGE}:${tag}`);
	const passed = await tryOut(tag);
	for (const image of unknown) {
		console.log(`There is an image of n8n ${image}, which is newer than the tested versions and not on npm.`);
	}
	return passed && unknown.length === 0 ? 0 : 1;
}

/** The newest image, and those that nobody has looked at and that cannot be installed from npm. */
async function look() {
	const tags = await readTags().catch((error) => {
		throw new UserError(`The tags of ${IMAGE} cannot be read: ${error.cause?.message ?? error.message}`);
	});
	const tested = [...VERSIONS.map(({ version }) => version), ...IMAGES_LOOKED_AT];
	const tag = newestImage(tags);
	if (tag === undefined)
		throw new UserError(`None of the ${tags.length} newest tags of ${IMAGE} is a version.`);
	return { tag, unknown: missingOnNpm(newerImages(tags, tested), await publishedVersions()) };
}

async function tryOut(tag) {
	const user = `${process.getuid()}:${process.getgid()}`;
	const child = spawn('docker', dockerArguments({ tag, root: ROOT, user, test: TEST }), { stdio: 'inherit' });
	const [code] = await Promise.race([once(child, 'exit'), once(child, 'error')]).catch((error) => {
		throw new UserError(`Docker cannot be started: ${error.message}`);
	});
	return code === 0;
}
