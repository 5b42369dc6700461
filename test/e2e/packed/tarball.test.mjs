import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { buildPackage, packPackage } from '../../../demo/package.mjs';
import { run } from '../../../demo/processes.mjs';

/** The reasons for which a file belongs in the package. */
const PURPOSES = [
	['package.json', /^package\.json$/],
	['the license', /^LICENSE$/],
	['the page on npm', /^README\.md$/],
	['the classes by name', /^index\.js$/],
	['what runs', /^dist\/(nodes|credentials)\/.+\.js$/],
	['search words and links', /^dist\/nodes\/(\w+)\/\1\.node\.json$/],
	['an icon', /^dist\/nodes\/\w+\/\w+(\.dark)?\.svg$/],
	['the shape of an output', /^dist\/nodes\/\w+\/__schema__\/v\d+\.\d+\.\d+\/\w+\/\w+\.json$/],
];

/** The output of the compiler for a module that has only types. */
const TYPES_ONLY = /^"use strict";\nObject\.defineProperty\(exports, "__esModule", \{ value: true \}\);$/;

describe('the package that npm gives out', () => {
	let folder;
	let root;
	let files;
	let manifest;
	let packed;

	before(async () => {
		await buildPackage();
		folder = mkdtempSync(join(tmpdir(), 'terminate-packed-'));
		const { tarball } = await packPackage(folder);
		packed = statSync(tarball).size;
		const { code, output } = await run('tar', ['-xzf', tarball], { cwd: folder });
		assert.equal(code, 0, output);
		root = join(folder, 'package');
		manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
		files = readdirSync(root, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) =>
				join(entry.parentPath, entry.name)
					.slice(root.length + 1)
					.replaceAll('\\', '/'),
			)
			.sort();
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	const textOf = (path) => readFileSync(join(root, path), 'utf8').trim();
	const sizeOf = (path) => statSync(join(root, path)).size;

	test('installs nothing but itself', () => {
		for (const key of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'bundleDependencies']) {
			assert.equal(manifest[key], undefined, `package.json has ${key}`);
		}
		assert.deepEqual(manifest.peerDependencies, { 'n8n-workflow': '*' });
		for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
			assert.equal(manifest.scripts?.[script], undefined, `package.json has a script ${script}`);
		}
	});

	test('requires only what n8n lends and Node has', () => {
		const required = new Set();
		for (const file of files.filter((path) => path.endsWith('.js'))) {
			const source = readFileSync(join(root, file), 'utf8');
			for (const [, , name] of source.matchAll(/\brequire\((["'])([^"']+)\1\)/g)) {
				if (!name.startsWith('.')) required.add(name);
				else
					assert.ok(
						resolves(join(dirname(join(root, file)), name)),
						`${file} requires ${name}, which is not packed`,
					);
			}
		}
		assert.deepEqual([...required].sort(), ['crypto', 'n8n-workflow']);
	});

	test('has everything that package.json names', () => {
		const named = [manifest.main, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
		assert.deepEqual(
			named.filter((path) => !files.includes(path)),
			[],
		);
		assert.equal(manifest.n8n.nodes.length, 4);
		assert.equal(manifest.n8n.credentials.length, 5);
	});

	test('has an icon for light and dark, a codex and output schemas for each node', () => {
		for (const node of manifest.n8n.nodes) {
			const folder = dirname(node);
			const icons = files.filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.svg'));
			assert.equal(icons.length, 2, `${folder} has ${icons.length} icons`);
			assert.ok(files.includes(node.replace(/\.js$/, '.json')), `${node} has no codex`);
			const schemas = files.filter((path) => path.startsWith(`${folder}/__schema__/`));
			assert.ok(schemas.length > 0, `${folder} has no output schemas`);
			for (const schema of schemas) JSON.parse(readFileSync(join(root, schema), 'utf8'));
		}
	});

	test('has no file without a purpose', () => {
		const purposeOf = (path) => PURPOSES.find(([, pattern]) => pattern.test(path))?.[0];
		assert.deepEqual(
			files.filter((path) => purposeOf(path) === undefined),
			[],
		);
		assert.deepEqual(unreachable(), [], 'nothing requires these');
		assert.deepEqual(
			files.filter((path) => sizeOf(path) === 0),
			[],
			'these are empty',
		);
	});

	test('is small', (context) => {
		const unpacked = files.reduce((sum, path) => sum + sizeOf(path), 0);
		const kB = (bytes) => `${Math.round(bytes / 1000)} kB`;
		context.diagnostic(`${files.length} files, ${kB(packed)} packed, ${kB(unpacked)} unpacked`);
		assert.ok(packed < 300_000, `the tarball has ${packed} bytes`);
	});

	/** The non-empty .js files that cannot be reached from the files that n8n loads or from index.js. */
	function unreachable() {
		const reached = new Set();
		const open = [manifest.main, ...manifest.n8n.nodes, ...manifest.n8n.credentials].map((path) =>
			join(root, path),
		);
		while (open.length > 0) {
			const path = open.pop();
			if (path === undefined || reached.has(path)) continue;
			reached.add(path);
			for (const [, , name] of readFileSync(path, 'utf8').matchAll(/\brequire\((["'])(\.[^"']+)\1\)/g)) {
				open.push(resolves(join(dirname(path), name)));
			}
		}
		return files.filter(
			(path) => path.endsWith('.js') && !reached.has(join(root, path)) && !TYPES_ONLY.test(textOf(path)),
		);
	}

	/** Resolves a path as Node does: the file itself, or the name with .js. */
	function resolves(path) {
		return [path, `${path}.js`].find((candidate) =>
			files.includes(candidate.slice(root.length + 1).replaceAll('\\', '/')),
		);
	}
});
