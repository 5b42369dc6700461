import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { layOut, staleFiles } from '../../scripts/packages/layOut';
import { planPackages, type Package } from '../../scripts/packages/plan';
import { rename } from '../../scripts/packages/rename';
import { filesBelow, readSource, repositoryOf } from '../../scripts/packages/source';
import { VENDORS } from '../../scripts/vendors.cjs';
import { pageOf } from './docs/markdown';

const ROOT = join(__dirname, '..', '..');
const source = readSource(ROOT);

/** The names under which the packages are published. They never change after a release. */
const NAMES = {
	Bitrix24: 'n8n-nodes-bitrix24-terminate',
	EightByEight: 'n8n-nodes-8x8-terminate',
	EnosBpm: 'n8n-nodes-enos-bpm-terminate',
	Unifier: 'n8n-nodes-primavera-unifier-terminate',
};

let packages: Package[];
beforeAll(async () => {
	packages = await planPackages(ROOT);
});

const textIn = ({ files }: Package, path: string): string => String(files.get(path));
const manifestOf = (one: Package): Record<string, any> =>
	JSON.parse(textIn(one, 'package.json')) as Record<string, any>;

describe('the packages of one system each', () => {
	it('are one for each vendor, under names that stay', () => {
		const named = packages.map(({ name, system }) => [system.folder, name]);
		expect(Object.fromEntries(named)).toEqual(NAMES);
	});

	it('have the core of this repository, byte for byte', () => {
		const core = filesBelow(ROOT, 'nodes/core');
		for (const { files } of packages) {
			expect([...files.keys()].filter((path) => path.startsWith('nodes/core/'))).toEqual(core);
			for (const path of core)
				expect(readFileSync(join(ROOT, path)).equals(files.get(path) as Buffer)).toBe(true);
		}
	});

	it('have the column, the tests, the credentials and the emulator of their vendor, and of no other', () => {
		for (const { system, files } of packages) {
			const others = VENDORS.filter(({ folder }) => folder !== system.folder);
			const foreign = new RegExp(
				`^(test/)?(nodes/(${others.map(({ folder }) => folder).join('|')})|sandbox/vendors/(${others.map(({ name }) => name).join('|')}))/`,
			);
			const paths = [...files.keys()];
			expect(paths.filter((path) => foreign.test(path))).toEqual([]);
			const own = [
				...['nodes', 'test/nodes'].flatMap((folder) => filesBelow(ROOT, `${folder}/${system.folder}`)),
				...filesBelow(ROOT, 'test/nodes/core'),
				`test/sandbox/vendors/${system.node}/index.ts`,
			];
			expect(own.filter((path) => !files.has(path))).toEqual([]);
			expect(paths.filter((path) => path.startsWith('credentials/'))).toEqual(system.credentials);
		}
		expect(packages.flatMap(({ system }) => system.credentials).sort()).toEqual(
			filesBelow(ROOT, 'credentials'),
		);
	});

	it('name node and credentials as the bundle does, and themselves and their repository in all that n8n shows', () => {
		for (const one of packages) {
			const { folder, node } = one.system;
			const codex = JSON.parse(textIn(one, `nodes/${folder}/${folder}.node.json`)) as {
				node: string;
				resources: Record<string, Array<{ url: string }>>;
			};
			expect(codex.node).toBe(`${one.name}.${node}`);
			const pages = `${repositoryOf(source, one.name)}/blob/main/`;
			const urls = Object.values(codex.resources).flatMap((list) => list.map(({ url }) => url));
			const shown = one.system.credentials.map(
				(path) => /documentationUrl =\s*'([^']+)'/.exec(textIn(one, path))?.[1] ?? '',
			);
			expect(shown).toHaveLength(one.system.credentials.length);
			for (const url of [...urls, ...shown]) {
				expect(url.slice(0, pages.length)).toBe(pages);
				expect(one.files.has(url.slice(pages.length).replace(/#.*/, ''))).toBe(true);
			}
			expect(textIn(one, `nodes/${folder}/${folder}.node.ts`)).toContain(`name: '${node}'`);
		}
	});

	it('are projects of their own: one node, no dependencies, n8n strict', () => {
		for (const one of packages) {
			const { name, version, repository, n8n, dependencies, peerDependencies, scripts, devDependencies } =
				manifestOf(one);
			expect([name, version]).toEqual([one.name, source.manifest.version]);
			expect(repository.url).toBe(`git+${repositoryOf(source, one.name)}.git`);
			expect([n8n.nodes.length, n8n.strict]).toEqual([1, true]);
			expect([dependencies, peerDependencies]).toEqual([undefined, { 'n8n-workflow': '*' }]);
			expect(scripts).toMatchObject({ build: 'n8n-node build', lint: 'n8n-node lint' });
			expect(devDependencies).toHaveProperty(['@n8n/node-cli']);
			expect(textIn(one, '.github/workflows/publish.yml')).toContain('npm publish --provenance');
			expect(textIn(one, 'GENERATED.md')).toContain(`- version: ${version}\n- commit: `);
		}
	});

	it('say in each text that can hold a comment that it is generated, apart from the core', () => {
		const commented = /\.(ts|js|md|yml)$|^\.(gitignore|npmrc)$/;
		for (const { files } of packages) {
			const silent = [...files].filter(
				([path, content]) =>
					commented.test(path) &&
					!path.startsWith('nodes/core/') &&
					path !== 'GENERATED.md' &&
					!/^(\/\/|<!--|#) Generated from [^\n]+ of n8n-nodes-terminate\. Change it there/.test(
						String(content),
					),
			);
			expect(silent.map(([path]) => path)).toEqual([]);
		}
	});

	it('have pages whose links lead to what the package has, or to the repository of the bundle', () => {
		for (const { files } of packages) {
			const pages = [...files].filter(([path]) => path.endsWith('.md'));
			for (const [path, content] of pages) {
				const page = pageOf(path, String(content));
				const local = [...page.links, ...page.images]
					.map(({ text }) => text)
					.filter((target) => !/^[a-z]+:/.test(target));
				const dead = local.filter((target) => {
					const [file = '', anchor] = target.split('#');
					const place = file === '' ? path : new URL(file, `file:///${path}`).pathname.slice(1);
					if (!files.has(place)) return true;
					if (anchor === undefined || !place.endsWith('.md')) return false;
					const { headings } = pageOf(place, String(files.get(place)));
					return !headings.some((heading) => heading.anchor === anchor);
				});
				expect([path, dead]).toEqual([path, []]);
			}
		}
	});

	it('ask for issues without the forms, which only the repository of the bundle has', () => {
		for (const { files } of packages) {
			const named = [...files].filter(([, text]) => String(text).includes('/issues/new?template='));
			expect(named.map(([path]) => path)).toEqual([]);
		}
	});

	it('have examples that name their node', () => {
		for (const { name, system, files } of packages) {
			const examples = [...files].filter(([path]) => path.startsWith('examples/'));
			expect(examples.length).toBeGreaterThan(0);
			for (const [, content] of examples) {
				expect(String(content)).toContain(`"${name}.${system.node}`);
				expect(String(content)).not.toContain('n8n-nodes-terminate.');
			}
		}
	});
});

describe('a laid-out package', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'terminate-packages-'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('is seen to be old where a file differs, is missing, or is left over, and laying out mends it', () => {
		const [one] = packages as [Package];
		expect(staleFiles(folder, one)).toEqual([]);
		const home = layOut(folder, one);
		expect(staleFiles(folder, one)).toEqual([]);

		writeFileSync(join(home, 'README.md'), 'Edited here');
		rmSync(join(home, 'nodes', 'core', 'util', 'text.ts'));
		writeFileSync(join(home, 'docs', 'old.md'), 'Left over');
		writeFileSync(join(home, 'package-lock.json'), "The owner's");
		expect(staleFiles(folder, one).sort()).toEqual(
			['README.md', 'docs/old.md', 'nodes/core/util/text.ts'].map((path) => `${one.name}/${path}`),
		);

		layOut(folder, one);
		expect(staleFiles(folder, one)).toEqual([]);
		expect(readFileSync(join(home, 'package-lock.json'), 'utf8')).toBe("The owner's");
	});

	it('keeps what the owner has put beside the workflow', () => {
		const [one] = packages as [Package];
		const home = layOut(folder, one);
		const own = join(home, '.github', 'dependabot.yml');
		writeFileSync(own, "The owner's");
		layOut(folder, one);
		expect(staleFiles(folder, one)).toEqual([]);
		expect(existsSync(own)).toBe(true);
	});

	it('takes the place of a new clone, and of nothing that somebody else has written', () => {
		const [, one, other] = packages as [Package, Package, Package];
		mkdirSync(join(folder, one.name, '.git'), { recursive: true });
		layOut(folder, one);
		expect(staleFiles(folder, one)).toEqual([]);

		const own = join(folder, other.name, 'docs', 'own.md');
		mkdirSync(join(folder, other.name, 'docs'), { recursive: true });
		writeFileSync(own, 'Written by hand');
		expect(() => layOut(folder, other)).toThrow('was not laid out by this command');
		expect(existsSync(own)).toBe(true);
		expect(existsSync(join(folder, other.name, 'package.json'))).toBe(false);
	});
});

describe('a text of the bundle in a package', () => {
	const naming = {
		name: 'n8n-nodes-x-terminate',
		placeOf: (path: string) => (path === 'docs/x.md' ? path : undefined),
	};
	const url = 'https://github.com/n8n-nodes-terminate/';

	it.each([
		['n8n-nodes-terminate.x', 'n8n-nodes-x-terminate.x'],
		['n8n-nodes-terminate-0.1.0.tgz', 'n8n-nodes-x-terminate-0.1.0.tgz'],
		[`${url}n8n-nodes-terminate/issues`, `${url}n8n-nodes-x-terminate/issues`],
		[`${url}n8n-nodes-terminate.git`, `${url}n8n-nodes-x-terminate.git`],
		[
			`'${url}n8n-nodes-terminate/blob/main/docs/x.md#y'`,
			`'${url}n8n-nodes-x-terminate/blob/main/docs/x.md#y'`,
		],
		[`${url}n8n-nodes-terminate/blob/main/docs/z.md#y`, `${url}n8n-nodes-terminate/blob/main/docs/z.md#y`],
		['maintainers@n8n-nodes-terminate.example', 'maintainers@n8n-nodes-terminate.example'],
		['n8n-nodes-terminate-more', 'n8n-nodes-terminate-more'],
	])('%s becomes %s', (text, expected) => {
		expect(rename(source, naming, text)).toBe(expected);
	});
});
