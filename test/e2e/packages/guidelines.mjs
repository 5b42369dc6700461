import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';

import { DEMO } from '../../../demo/paths.mjs';
import { filesBelow } from '../../../scripts/packages/source.ts';
import { checkManifest } from '../../../scripts/release/checks.ts';

/** n8n's tool takes no other configuration in strict mode. */
const ESLINT_CONFIG = "import { config } from '@n8n/node-cli/eslint'; export default config;";

/** What a node may require: n8n lends the one, Node has the other, and neither reaches files or the environment. */
const MODULES = ['crypto', 'n8n-workflow'];

/** A letter of another alphabet, or one with a mark. */
const FOREIGN_LETTER = /(?=\p{L})[^A-Za-z]/u;

/**
 * One sentence of n8n's guidelines for verified community nodes, and what a package has that is against it.
 *
 * @typedef {object} Guideline
 * @property {string} sentence
 * @property {(checked: Checked) => string[]} against
 */

/** A built project as the guidelines see it. */
export class Checked {
	/** @param {import('./projects.mjs').Project} project */
	constructor({ home, system }) {
		this.home = home;
		/** A text of the project. */
		this.text = (path) => readFileSync(join(home, path), 'utf8');
		this.system = system;
		this.manifest = JSON.parse(this.text('package.json'));
		this.built = filesBelow(join(home, 'dist'), '').filter((path) => path.endsWith('.js'));
		const load = createRequire(join(home, 'package.json'));
		const instances = (paths) => paths.flatMap((path) => Object.values(load(`./${path}`))).filter(isClass);
		this.nodes = instances(this.manifest.n8n.nodes).map((Node) => new Node());
		this.credentials = instances(this.manifest.n8n.credentials).map((Credential) => new Credential());
		const headings = this.text('README.md').matchAll(/^#+ (.+)$/gm);
		/** The headings of the README, in lower case. */
		this.headings = [...headings].map(([, heading]) => heading.toLowerCase());
	}
}

const isClass = (value) => typeof value === 'function';
const unless = (holds, problem) => (holds ? [] : [problem]);
const atLeast = (version, wanted) => version.localeCompare(wanted, 'en', { numeric: true }) >= 0;

/** @type {Guideline[]} */
export const GUIDELINES = [
	{
		sentence: 'authors use the n8n-node tool to create and check their package',
		against: ({ manifest, text }) => {
			const version = (manifest.devDependencies['@n8n/node-cli'] ?? '').replace(/^\D+/, '');
			const config = text('eslint.config.mjs').replace(/\s+/g, ' ').trim();
			return [
				...unless(atLeast(version, '0.23'), `@n8n/node-cli is ${version || 'missing'}`),
				...unless(manifest.n8n.strict === true, 'strict is off'),
				...unless(config === ESLINT_CONFIG, 'eslint.config.mjs is not that of the tool'),
				...['build', 'lint'].flatMap((name) =>
					unless(manifest.scripts[name] === `n8n-node ${name}`, `the script ${name} does not use the tool`),
				),
			];
		},
	},
	{
		sentence: 'the node is not an existing node',
		against: ({ nodes }) => {
			const known = JSON.parse(
				readFileSync(join(DEMO, 'node_modules/n8n-nodes-base/dist/known/nodes.json'), 'utf8'),
			);
			return nodes.map(({ description }) => description.name).filter((name) => name in known);
		},
	},
	{
		sentence: 'it is no logic or flow control node',
		against: ({ nodes, system, text }) => {
			const path = `nodes/${system.folder}/${system.folder}.node.json`;
			const { categories } = JSON.parse(text(path));
			return [
				...nodes.flatMap(({ description: { group, credentials } }) => [
					...unless(group.join() === 'transform', `it is of the group ${group}`),
					...unless(
						credentials.every(({ required }) => required),
						'it works without a credential',
					),
				]),
				...categories.filter((category) => /core|flow/i.test(category)),
			];
		},
	},
	{
		sentence: 'each package integrates exactly one third-party service',
		against: ({ manifest, nodes, credentials }) => {
			const named = nodes.flatMap(({ description }) => description.credentials.map(({ name }) => name));
			const own = credentials.map(({ name }) => name);
			return [
				...unless(manifest.n8n.nodes.length === 1 && nodes.length === 1, `it has ${nodes.length} nodes`),
				...unless(named.sort().join() === own.sort().join(), `its credentials are ${own}, not ${named}`),
			];
		},
	},
	{
		sentence: 'the repository is the expected one, and author and maintainer match',
		against: ({ manifest, text }) => [
			...checkManifest(manifest)
				.filter(({ level }) => level === 'wrong')
				.map((finding) => finding.text),
			...unless(
				manifest.repository.url.endsWith(`/${manifest.name}.git`),
				`the repository is ${manifest.repository.url}`,
			),
			...unless(text('LICENSE').includes(manifest.author.name), 'the license is that of somebody else'),
		],
	},
	{
		sentence: 'the license is MIT',
		against: ({ manifest, text }) => [
			...unless(manifest.license === 'MIT', `package.json says ${manifest.license}`),
			...unless(text('LICENSE').startsWith('MIT License'), 'LICENSE is another'),
		],
	},
	{
		sentence: 'it is published from a GitHub action with provenance',
		against: ({ manifest, text }) => {
			const workflow = parse(text('.github/workflows/publish.yml'));
			const { permissions, steps } = workflow.jobs.publish;
			const runs = steps.map(({ run = '' }) => run);
			return [
				...unless(permissions['id-token'] === 'write', 'the job may not sign'),
				...unless(
					runs.at(-1) === 'npm publish --provenance --access public',
					'it is published in another way',
				),
				...unless(Object.keys(workflow.on).join() === 'push', 'something else than a tag publishes it'),
				...steps.map(({ uses }) => uses).filter((uses) => uses !== undefined && !/@[0-9a-f]{40}$/.test(uses)),
				...runs
					.flatMap((run) => [...run.matchAll(/npm run ([\w:]+)/g)])
					.map(([, script]) => script)
					.filter((script) => manifest.scripts[script] === undefined),
			];
		},
	},
	{
		sentence: 'the package has no external dependencies',
		against: ({ manifest }) => [
			...['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides'].filter(
				(key) => manifest[key] !== undefined,
			),
			...Object.keys(manifest.peerDependencies).filter((name) => name !== 'n8n-workflow'),
		],
	},
	{
		sentence: 'the README has usage instructions, example workflows and authentication details',
		against: ({ headings, text }) => {
			const readme = text('README.md');
			const examples = [...readme.matchAll(/\]\((examples\/[^)]+)\)/g)].map(([, path]) => path);
			return [
				...[/install/, /usage/, /example/, /credential|authentication/].flatMap((topic) =>
					unless(
						headings.some((heading) => topic.test(heading)),
						`no heading of the README is about ${topic}`,
					),
				),
				...unless(examples.length > 0, 'there is no example workflow'),
			];
		},
	},
	{
		sentence: 'the code does not use environment variables or files',
		against: ({ built, text }) =>
			built.flatMap((path) => {
				const code = text(`dist/${path}`);
				const required = [...code.matchAll(/\brequire\(["']([^"'.][^"']*)["']\)/g)].map(([, name]) => name);
				return [
					...required.filter((name) => !MODULES.includes(name)),
					...(code.match(/\bprocess\.\w+|\b__dirname\b|\bimport\(/g) ?? []),
				].map((found) => `${path}: ${found}`);
			}),
	},
	{
		sentence: 'it is written in TypeScript',
		against: ({ home }) =>
			['nodes', 'credentials']
				.flatMap((folder) => filesBelow(join(home, folder), ''))
				.filter((path) => !/\.(ts|json|svg|png)$/.test(path)),
	},
	{
		sentence: 'node interface and documentation are in English only',
		against: ({ nodes, credentials, text }) => {
			const texts = [
				text('README.md'),
				...[...nodes.map(({ description }) => description), ...credentials].map((shown) =>
					JSON.stringify(shown),
				),
			];
			return texts.flatMap((shown) =>
				[...shown.matchAll(new RegExp(FOREIGN_LETTER, 'gu'))].map(([found]) => found),
			);
		},
	},
];
