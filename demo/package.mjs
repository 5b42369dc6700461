import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { COMMUNITY_NODES, DEMO, ROOT } from './paths.mjs';
import { npm, run } from './processes.mjs';
import { UserError } from './userError.mjs';

/** What `npm run build` reads. */
const SOURCES = [
	'nodes',
	'credentials',
	'package.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'gulpfile.js',
];

const manifest = (root = ROOT) => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Builds the package when dist is missing, incomplete or older than the sources. */
export async function buildPackage() {
	if (!isStale()) return;
	console.log('Building the package ...');
	const { code, output } = await npm(['run', 'build'], { cwd: ROOT });
	if (code !== 0) throw new UserError(`${output.trim()}\n\nnpm run build did not succeed.`);
}

function isStale() {
	const { nodes, credentials } = manifest().n8n;
	if (![...nodes, ...credentials].every((path) => existsSync(join(ROOT, path)))) return true;
	// Only files that the compiler writes: the copies that gulp makes have the time of the original.
	const built = times('dist', (name) => name.endsWith('.js'));
	const sources = SOURCES.flatMap((path) => times(path, () => true));
	return Math.max(...sources) > Math.min(...built);
}

function times(path, wanted) {
	const absolute = join(ROOT, path);
	if (!statSync(absolute).isDirectory()) return [statSync(absolute).mtimeMs];
	return readdirSync(absolute, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && wanted(entry.name))
		.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
}

/**
 * Packs a package, by default this one.
 *
 * @param {string} destination the folder that takes the tarball
 * @param {string} [root] the folder of the package
 */
export async function packPackage(destination, root = ROOT) {
	const { name, version } = manifest(root);
	const packed = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', destination], {
		cwd: root,
	});
	if (packed.code !== 0) throw new UserError(`${packed.output.trim()}\n\nnpm pack did not succeed.`);
	return { name, version, tarball: join(destination, `${name}-${version}.tgz`) };
}

/**
 * Packs this package and installs the tarball as n8n's own installer of community nodes does: it unpacks it below
 * `nodes/node_modules`, strips the manifest, and adds the package to the folder's `package.json`. The installer itself cannot
 * be used, because it takes packages from the public registry only. Nothing is downloaded, as the package has no
 * dependencies.
 *
 * @param {string} folder where n8n keeps community packages
 * @param {string} home the folder whose node_modules contain this n8n
 */
export async function installPackage(folder = COMMUNITY_NODES, home = DEMO) {
	mkdirSync(folder, { recursive: true });
	const { name, version, tarball } = await packPackage(folder);
	const directory = join(folder, 'node_modules', name);
	rmSync(directory, { recursive: true, force: true });
	mkdirSync(directory, { recursive: true });
	const unpacked = await run('tar', ['-xzf', tarball, '-C', directory, '--strip-components=1'], {
		cwd: folder,
	});
	rmSync(tarball);
	if (unpacked.code !== 0)
		throw new UserError(`${unpacked.output.trim()}\n\nThe packed package could not be unpacked.`);
	stripManifest(join(directory, 'package.json'));
	linkWorkflow(join(folder, 'node_modules'), home);
	const manifestOfFolder = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifestOfFolder, null, 2));
	return { name, version, directory };
}

/**
 * n8n provides its own n8n-workflow to a community package only if Node finds no other in the parent folders. Here Node
 * would find the one of the checkout. n8n does not recognize an error of that copy as its own, and the editor would not get
 * its description.
 */
function linkWorkflow(modules, home) {
	const link = join(modules, 'n8n-workflow');
	rmSync(link, { recursive: true, force: true });
	// npm puts it beside n8n, pnpm, which makes n8n's Docker image, below it.
	const below = join(home, 'node_modules', 'n8n', 'node_modules', 'n8n-workflow');
	const target = existsSync(below) ? below : join(home, 'node_modules', 'n8n-workflow');
	symlinkSync(target, link, 'junction');
}

function stripManifest(path) {
	const unwanted = ['devDependencies', 'peerDependencies', 'optionalDependencies'];
	const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
	const kept = Object.fromEntries(entries.filter(([key]) => !unwanted.includes(key)));
	writeFileSync(path, JSON.stringify(kept, null, 2));
}
