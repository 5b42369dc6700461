import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { anchorOf, moveLinks } from './links.ts';
import { rename, type Naming } from './rename.ts';
import { repositoryOf, textOf, type Files, type Source } from './source.ts';
import type { System } from './systems.ts';
import { fillIn } from './template.ts';

/** The pages of `docs` that concern every system. */
const TOPICS = [
	'check-your-system',
	'finding',
	'outcomes',
	'options',
	'recipes',
	'troubleshooting',
	'agents',
	'queue-mode',
];

/** Pages that the README of a package replaces. */
const IN_README = ['README.md', 'docs/install.md'];

/** The pages of the repository that a package has. */
export function pagesOf({ page }: System): string[] {
	return [page, ...TOPICS.map((name) => `docs/${name}.md`)];
}

/** Where a package has a page of the repository. */
export function placeOfPage(system: System, path: string): string | undefined {
	if (IN_README.includes(path)) return 'README.md';
	return [...pagesOf(system), 'CHANGELOG.md', 'LICENSE'].find((page) => page === path);
}

/** The examples that use this system alone. */
export function exampleFiles(source: Source, { node }: System): Files {
	const ours = `${source.manifest.name}.`;
	const examples = readdirSync(join(source.root, 'examples'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => [`examples/${name}`, textOf(source, `examples/${name}`)] as const);
	return new Map(
		examples.filter(([, text]) => {
			const { nodes } = JSON.parse(text) as { nodes: Array<{ type: string }> };
			const used = nodes
				.filter(({ type }) => type.startsWith(ours))
				.map(({ type }) => type.slice(ours.length));
			return used.length > 0 && used.every((type) => type.replace(/Tool$/, '') === node);
		}),
	);
}

/** README, changelog and the pages of `docs`. */
export function pageFiles(source: Source, system: System, naming: Naming, examples: Files): Files {
	const paths = [...pagesOf(system), 'CHANGELOG.md'];
	const missing = paths.filter((path) => !existsSync(join(source.root, path)));
	if (missing.length > 0) throw new Error(`The package ${system.name} needs ${missing.join(', ')}.`);
	const pages = paths.map((path) => [path, textOf(source, path)] as const);
	const moved = (page: string, place: string, text: string): string =>
		moveLinks(source, naming, { page, place, text: rename(source, naming, text) });
	return new Map([
		...pages.map(([page, text]): [string, string] => [page, moved(page, page, text)]),
		['README.md', readme(source, system, naming, examples, moved)],
	]);
}

function readme(
	source: Source,
	system: System,
	naming: Naming,
	examples: Files,
	moved: (page: string, place: string, text: string) => string,
): string {
	const { page } = system;
	const inner = lowered(moved(page, 'README.md', textOf(source, page))).trim();
	const title = /^## (.+)$/m.exec(inner)?.[1] ?? '';
	const list = [...examples.keys()].map((path) => `- [${nameIn(examples, path)}](${path})`);
	return fillIn(source, 'README.tpl', {
		...{ name: system.name, system: system.system, node: system.displayName, processes: system.processes },
		...{ version: source.manifest.version, source: source.url, n8n: oldestN8n(source) },
		...{ repository: repositoryOf(source, system.name), anchor: anchorOf(title) },
		examples: list.join('\n'),
		install: rename(source, naming, installation(source)),
		page: inner,
	});
}

/** The commands of `docs/install.md` that put a tarball into n8n's folder. */
function installation(source: Source): string {
	const blocks = textOf(source, 'docs/install.md').matchAll(/^```sh\n([\s\S]*?)\n```$/gm);
	const found = [...blocks].find(([, commands = '']) => /^npm install .+\.tgz$/m.test(commands))?.[1];
	if (found === undefined) throw new Error('docs/install.md has no commands that install a tarball.');
	return found;
}

/** The name of an example, as n8n shows it. */
function nameIn(examples: Files, path: string): string {
	return (JSON.parse(String(examples.get(path))) as { name: string }).name;
}

/** A page as a part of another one: each heading is a level lower. */
function lowered(text: string): string {
	let isCode = false;
	return text
		.split('\n')
		.map((line) => {
			if (line.startsWith('```')) isCode = !isCode;
			return !isCode && /^#+ /.test(line) ? `#${line}` : line;
		})
		.join('\n');
}

/** The oldest version of n8n that is tested, without its last number. */
function oldestN8n({ root }: Source): string {
	const versions = readdirSync(join(root, 'test/e2e/versions')).filter((name) =>
		/^\d+\.\d+\.\d+$/.test(name),
	);
	const [oldest = ''] = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
	return oldest.replace(/\.\d+$/, '');
}
