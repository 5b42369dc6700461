import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

import { CREDENTIAL_TYPES, VENDORS } from '../../scripts/vendors.cjs';
import type { Vendor } from '../../scripts/vendors.cjs';
import { loadPackage } from '../engine/engine';
import { filesBelow, ROOT } from './docs/markdown';

/** What every vendor has. docs/adding-a-system.md says what belongs in each. */
const filesOf = ({ folder, name, slug }: Vendor): string[] => [
	`nodes/${folder}/${folder}.node.ts`,
	`nodes/${folder}/${folder}.node.json`,
	`nodes/${folder}/${name}.svg`,
	`nodes/${folder}/${name}.dark.svg`,
	`nodes/${folder}/connection.ts`,
	`nodes/${folder}/api/errors.ts`,
	`nodes/${folder}/api/responses.ts`,
	`nodes/${folder}/__schema__`,
	`test/nodes/${folder}/api`,
	`test/nodes/${folder}/subject.ts`,
	`test/nodes/${folder}/finding.subject.ts`,
	`test/nodes/${folder}/outputs.ts`,
	`test/nodes/${folder}/${folder}.legacy.test.ts`,
	`test/nodes/${folder}/${folder}.vm.test.ts`,
	`test/nodes/${folder}/${folder}.faults.test.ts`,
	`test/sandbox/vendors/${name}/index.ts`,
	`test/sandbox/vendors/${name}/subject.ts`,
	`examples/source/systems/${name}.mjs`,
	`examples/check-your-system-${slug}.json`,
	`docs/${slug}.md`,
	`scripts/packages/systems/${folder}.json`,
];

/** Files that are about some vendors, or about a day in the past: they need not name all. */
const ABOUT_SOME: readonly RegExp[] = [
	/^ARCHITECTURE\.md$/,
	/^CHANGELOG\.md$/,
	/^bench\/(RESULTS\.md|thresholds\.mjs)$/,
	/^docs\/decisions\//,
	/^demo\/pickLists\.mjs$/,
	/^demo\/queue\//,
	/^scripts\/screenshots\.mjs$/,
	/^test\/e2e\/agents\/answers\.mjs$/,
	/^test\/package\/docs\/otherNames\.ts$/,
	/^test\/package\/(vendors|walls)\.test\.ts$/,
	/^test\/e2e\/browser\/nodes(Lists|Options|Runs)\.test\.mjs$/,
	/^test\/sandbox\/core\/latency\.test\.ts$/,
];

/** The files that somebody has written. */
const WRITTEN = filesBelow('').filter(
	(path) => /\.(md|ya?ml|json|[cm]?[jt]s)$/.test(path) && basename(path) !== 'package-lock.json',
);

const TEXTS = WRITTEN.filter((file) => !ABOUT_SOME.some((pattern) => pattern.test(file))).map((file) => ({
	file,
	text: readFileSync(join(ROOT, file), 'utf8'),
}));

const isNamed = ({ name, folder, displayName }: Vendor, text: string): boolean =>
	[name, folder, displayName].some((word) => text.includes(word));

/** The files that name all other vendors: whatever they list, it is not in it. */
function filesWithout(vendor: Vendor, vendors = VENDORS): string[] {
	const others = vendors.filter(({ name }) => name !== vendor.name);
	return TEXTS.filter(
		({ text }) => !isNamed(vendor, text) && others.every((other) => isNamed(other, text)),
	).map(({ file }) => file);
}

const browserTests = (): string =>
	TEXTS.filter(({ file }) => file.startsWith('test/e2e/browser/'))
		.map(({ text }) => text)
		.join('\n');

describe.each(VENDORS)('the vendor $displayName', (vendor) => {
	it.each(filesOf(vendor))('has %s', (file) => {
		expect(existsSync(join(ROOT, file))).toBe(true);
	});

	it('stands in each file that names all others (name it there, or put the file into ABOUT_SOME)', () => {
		expect(filesWithout(vendor)).toEqual([]);
	});

	it('has its lists to pick from opened by the demo: demo/pickLists.mjs', async () => {
		const { methods } = (await loadPackage()).getNode(vendor.name).type as {
			methods?: { listSearch?: object };
		};
		const text = readFileSync(join(ROOT, 'demo', 'pickLists.mjs'), 'utf8');
		const unopened = Object.keys(methods?.listSearch ?? {}).filter((method) => !text.includes(method));
		expect(unopened).toEqual(vendor.name === 'bitrix24' ? ['searchModules'] : []);
	});
});

describe('all vendors', () => {
	it('are in the description of package.json, which n8n and npm show', () => {
		const { description } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
			description: string;
		};
		const shown = VENDORS.map(({ displayName }) => displayName);
		expect(shown.filter((displayName) => !description.includes(displayName))).toEqual([]);
	});

	it.each(['1-wrong-outcome.yml', '2-vendor-differs.yml'])('can be chosen in the issue form %s', (file) => {
		const form = parse(readFileSync(join(ROOT, '.github', 'ISSUE_TEMPLATE', file), 'utf8')) as {
			body: Array<{ id?: string; attributes: { options?: string[] } }>;
		};
		const options = form.body.find(({ id }) => id === 'system')?.attributes.options ?? [];
		expect([...options].sort()).toEqual(VENDORS.map(({ displayName }) => displayName).sort());
	});

	it('have their credentials filled in by a user: test/e2e/browser', async () => {
		const loader = await loadPackage();
		const shown = CREDENTIAL_TYPES.map((type) => loader.getCredential(type).type.displayName);
		expect(shown.filter((displayName) => !browserTests().includes(displayName))).toEqual([]);
	});
});

describe('a vendor that is only a folder', () => {
	/** Those that are in each list, also while another one is being added. */
	const listed = VENDORS.filter(({ folder }) =>
		['Bitrix24', 'EightByEight', 'EnosBpm', 'Unifier'].includes(folder),
	);
	const fifth = {
		folder: 'FifthSystem',
		name: 'fifthSystem',
		displayName: 'Fifth System',
		slug: 'fifth-system',
	};

	it('is missed in each list', () => {
		expect(filesWithout(fifth, listed)).toEqual(
			expect.arrayContaining([
				'.github/ISSUE_TEMPLATE/1-wrong-outcome.yml',
				'README.md',
				'bench/nodes/minimum.cjs',
				'bench/vendors.mjs',
				'bench/workloads.mjs',
				'demo/scenario.mjs',
				'docs/check-your-system.md',
				'examples/nightly-cleanup.json',
				'examples/source/build.mjs',
				'package.json',
				'test/credentials/certificates.ts',
				'test/e2e/agents/systems.mjs',
				'test/e2e/browser/credentialsCases.mjs',
				'test/e2e/browser/nodes.test.mjs',
				'test/e2e/versions/trials.mjs',
				'test/package/description.test.ts',
				'test/sandbox/vendors/index.ts',
			]),
		);
	});

	it('lacks all that a vendor has', () => {
		expect(filesOf(fifth).filter((file) => existsSync(join(ROOT, file)))).toEqual([]);
	});

	it('leaves no exception that is not needed', () => {
		expect(ABOUT_SOME.filter((pattern) => !WRITTEN.some((file) => pattern.test(file)))).toEqual([]);
	});
});
