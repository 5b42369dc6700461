import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { filesBelow } from '../../../scripts/packages/source';
import { Sources } from './constants';
import { exampleTexts } from './exampleTexts';
import { textsIn } from './sourceTexts';
import type { ReadableText } from './sourceTexts';

/** The texts of one file. */
export interface TextsOfFile {
	/** From the root of the repository. */
	path: string;
	texts: readonly ReadableText[];
}

/** Files that belong together, such as all of one node. */
export interface Chapter {
	title: string;
	files: readonly TextsOfFile[];
}

const HEADER = `<!-- Generated: never edit it. \`UPDATE_TEXTS=1 npm run test:only -- texts\` writes it from the sources. -->

# All texts that a user or a model can read

What a template fills in stands in braces. A text with conditions appears once for each way through them.
`;

/** All texts of the package, a node at a time: its credentials, what the editor shows, then its messages; then the examples. */
export function collectTexts(root: string): Chapter[] {
	const sources = new Sources();
	const read = (path: string): TextsOfFile => ({ path, texts: textsIn(join(root, path), sources) });
	const credentials = filesOf(root, 'credentials', '.ts');
	const folders = readdirSync(join(root, 'nodes')).sort();
	const vendors = folders.filter((folder) => folder !== 'core');
	const nodes = vendors.map((vendor) => {
		const own = credentials.filter((path) => basename(path).startsWith(vendor));
		return {
			title: vendor,
			files: [...own, ...inReadingOrder(filesOf(root, `nodes/${vendor}`, '.ts'))].map(read),
		};
	});
	const core = { title: 'All nodes', files: inReadingOrder(filesOf(root, 'nodes/core', '.ts')).map(read) };
	const examples = filesOf(root, 'examples', '.json').map((path) => ({
		path,
		texts: exampleTexts(join(root, path)),
	}));
	return [...nodes, core, { title: 'Examples', files: examples }].map(({ title, files }) => ({
		title,
		files: files.filter(({ texts }) => texts.length > 0),
	}));
}

/** The snapshot as Markdown. */
export function render(chapters: readonly Chapter[]): string {
	return [
		HEADER,
		...chapters.map(({ title, files }) => [`## ${title}\n`, ...files.map(renderFile)].join('\n')),
	].join('\n');
}

function renderFile({ path, texts }: TextsOfFile): string {
	const lines = texts.map(({ kind, text }) => {
		const shown = text.replaceAll('\n', '\n  ').replace(/[^\S\n]+$/gm, '');
		return kind === '' ? `- ${shown}` : `- ${kind}: ${shown}`;
	});
	return `### ${path}\n\n${lines.join('\n')}\n`;
}

/** The node, then what the editor shows, then the rest: a folder at a time. */
function inReadingOrder(paths: readonly string[]): string[] {
	const rank = (path: string): number => {
		if (path.endsWith('.node.ts')) return 0;
		if (/\/(api|session|commands|connection|http|queries|util|n8n\/(execution|transport))\//.test(path))
			return 3;
		return /^nodes\/[^/]+\/[^/]+$/.test(path) ? 2 : 1;
	};
	return [...paths].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function filesOf(root: string, folder: string, extension: string): string[] {
	return filesBelow(root, folder).filter(
		(path) => path.endsWith(extension) && !path.startsWith('examples/source/'),
	);
}
