import { repositoryOf, textOf, type Files, type Source } from './source.ts';
import type { System } from './systems.ts';
import { fillIn } from './template.ts';

/** The tool with which n8n wants packages to be built; from 0.23 on it publishes with provenance. */
const NODE_CLI = '^0.48.3';

/** Tools that a package needs in any case, in the bundle's versions. */
const TOOLS = [
	'@jest/test-sequencer',
	'@n8n/scan-community-package',
	'@swc/core',
	'@swc/jest',
	'@types/jest',
	'@types/node',
	'eslint',
	'jest',
	'jest-environment-node',
	'n8n-workflow',
	'node',
	'prettier',
	'typescript',
	'unrs-resolver',
];

/** n8n's linter in strict mode takes this text and no other. */
const ESLINT_CONFIG = `import { config } from '@n8n/node-cli/eslint';

export default config;
`;

/** The files that make a folder a project: package.json, configurations, license and workflow. */
export function projectFiles(source: Source, system: System, tests: Files): Files {
	return new Map([
		['package.json', json(manifestOf(source, system, tests))],
		['tsconfig.json', json(tsconfigOf(source))],
		['eslint.config.mjs', ESLINT_CONFIG],
		['.gitignore', 'dist/\nnode_modules/\n'],
		// Lets npm answer for itself what n8n's lint rules ask at their install.
		['.npmrc', textOf(source, '.npmrc')],
		['.prettierrc.json', textOf(source, '.prettierrc.json')],
		['LICENSE', textOf(source, 'LICENSE')],
		['.github/workflows/publish.yml', workflowOf(source, system)],
	]);
}

function manifestOf(
	source: Source,
	{ name, folder, system, processes, keywords, credentials }: System,
	tests: Files,
) {
	const { version, license, author, n8n, peerDependencies } = source.manifest;
	const repository = repositoryOf(source, name);
	const built = (path: string): string => `dist/${path.replace(/\.ts$/, '.js')}`;
	return {
		name,
		version,
		description: `n8n node that finds and ends running ${processes} in ${system}, with one outcome for every target`,
		keywords: ['n8n-community-node-package', 'n8n', 'terminate', ...keywords],
		license,
		homepage: `${repository}#readme`,
		bugs: { url: `${repository}/issues` },
		repository: { type: 'git', url: `git+${repository}.git` },
		author,
		files: ['dist'],
		n8n: {
			n8nNodesApiVersion: n8n.n8nNodesApiVersion,
			strict: true,
			credentials: credentials.map(built),
			nodes: [built(`nodes/${folder}/${folder}.node.ts`)],
		},
		scripts: {
			build: 'n8n-node build',
			dev: 'n8n-node dev',
			lint: 'n8n-node lint',
			test: 'npm run build && npm run test:only',
			'test:only': 'node --experimental-vm-modules node_modules/jest/bin/jest.js',
			'test:unit': 'node node_modules/jest/bin/jest.js --config jest.unit.config.js',
			prepublishOnly: 'n8n-node prerelease',
		},
		peerDependencies,
		devDependencies: devDependenciesOf(source, tests),
	};
}

/** The tools, and what the tests import, each in the version of the bundle. */
function devDependenciesOf({ manifest: { devDependencies } }: Source, tests: Files): Record<string, string> {
	const imported = [...tests.values()].flatMap((text) =>
		[...String(text).matchAll(/(?:from|import) '((?:@[\w-]+\/)?[a-z][\w.-]*)/g)].map(
			([, found = '']) => found,
		),
	);
	const names = [...TOOLS, ...imported.filter((name) => name in devDependencies)];
	const versions = [...new Set(names)].map((name) => {
		const version = devDependencies[name];
		if (version === undefined) throw new Error(`package.json has no version of ${name}.`);
		return [name, version] as const;
	});
	return Object.fromEntries(
		[...versions, ['@n8n/node-cli', NODE_CLI] as const].sort(([a], [b]) => (a < b ? -1 : 1)),
	);
}

/** The bundle's rules. n8n's tool copies icons and schemas, and leaves the codex file to the compiler. */
function tsconfigOf(source: Source) {
	const options = (path: string): object =>
		(JSON.parse(textOf(source, path)) as { compilerOptions: object }).compilerOptions;
	return {
		compilerOptions: { ...options('tsconfig.json'), ...options('tsconfig.build.json') },
		include: ['nodes/**/*.ts', 'nodes/**/*.node.json', 'credentials/**/*.ts'],
	};
}

/** The actions of the bundle's own workflow, at the same commits. */
function workflowOf(source: Source, { name }: System): string {
	const pins = textOf(source, '.github/workflows/publish.yml');
	return fillIn(source, 'publish.yml', { name }).replace(/([\w/-]+)@PINNED/g, (_place, action: string) => {
		const pin = new RegExp(`uses: (${action}@[0-9a-f]{40} # v[\\d.]+)`).exec(pins)?.[1];
		if (pin === undefined) throw new Error(`.github/workflows/publish.yml does not use ${action}.`);
		return pin;
	});
}

function json(value: unknown): string {
	return `${JSON.stringify(value, null, 2)}\n`;
}
