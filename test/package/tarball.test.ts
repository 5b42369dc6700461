import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CREDENTIAL_TYPES, VENDORS } from '../../scripts/vendors.cjs';

const ROOT = join(__dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** The list of all packed files, which a reviewer sees change. */
const LIST = join(__dirname, 'tarball.txt');
const HEADER = `# Generated: never edit it. \`UPDATE_TARBALL=1 npm test -- tarball\` writes it from what npm packs.
# Every file in the package that users install. A new one is there for everybody: does it belong there?
`;

let known: string[] | undefined;

/** What npm would publish. */
const packed = (): string[] => {
	known ??= listPacked();
	return known;
};

function listPacked(): string[] {
	const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	const [first] = Object.values<any>(JSON.parse(listing));
	return first.files.map(({ path }: { path: string }) => path);
}

describe('the published package', () => {
	it('has the files in the list, and no other', () => {
		const list = `${HEADER}\n${[...packed()].sort().join('\n')}\n`;
		if (process.env['UPDATE_TARBALL'] === '1') writeFileSync(LIST, list);
		expect(list.split('\n')).toEqual(readFileSync(LIST, 'utf8').split('\n'));
	});

	it('has what n8n loads and nothing else', () => {
		const files = packed();
		for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) expect(files).toContain(path);
		for (const path of manifest.n8n.nodes) {
			expect(files).toContain(path.replace(/\.js$/, '.json'));
		}
		const icons = files.filter((path) => path.endsWith('.svg'));
		expect(icons.filter((path) => !path.endsWith('.dark.svg'))).toHaveLength(VENDORS.length);
		expect(icons).toHaveLength(2 * VENDORS.length);
		const others = files.filter((path) => !/^dist\/(nodes|credentials)\/.+\.(js|svg|json)$/.test(path));
		expect(others.sort()).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json']);
		expect(files.filter((path) => /test|fixture|\.map$|tsbuildinfo/.test(path))).toEqual([]);
	});

	it('depends on nothing at run time', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const key of ['overrides', 'bundledDependencies', 'optionalDependencies'])
			expect(manifest[key]).toBeUndefined();
		expect(Object.keys(manifest.scripts)).not.toEqual(expect.arrayContaining(['postinstall']));
		const imports = packed()
			.filter((path) => path.endsWith('.js'))
			.flatMap((path) => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/require\("([^"]+)"\)/g)])
			.map((match) => match[1] ?? '')
			.filter((name) => !name.startsWith('.'));
		expect([...new Set(imports)].sort()).toEqual(['crypto', 'n8n-workflow']);
	});

	it('hands out the classes by name', () => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- the entry is CommonJS, loaded as a user would
		const entry = require(join(ROOT, 'index.js')) as Record<string, new () => unknown>;
		const names = Object.keys(entry).map((name) => name.charAt(0).toLowerCase() + name.slice(1));
		expect(names.sort()).toEqual([...VENDORS.map(({ name }) => name), ...CREDENTIAL_TYPES].sort());
		for (const create of Object.values(entry)) expect(new create()).toBeTruthy();
	});
});
