import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { anchorOf } from '../../../scripts/packages/links';

export const ROOT = join(__dirname, '..', '..', '..');

/** A piece of a page and the line on which it begins. */
export interface Piece {
	text: string;
	line: number;
}

export interface Heading extends Piece {
	level: number;
	/** What GitHub puts behind the # of a link to it. */
	anchor: string;
}

export interface Page {
	/** From the root of the repository, such as docs/finding.md. */
	path: string;
	lines: string[];
	headings: Heading[];
	/** What links lead to, images aside. */
	links: Piece[];
	/** Where images are, those in HTML included. */
	images: Piece[];
	bold: Piece[];
	/** Code inside of text, without its backticks. */
	code: Piece[];
}

/** What git ignores, besides hidden folders and every `node_modules`. */
const IGNORED = ['dist', 'coverage', 'packages'];
const isOurs = (path: string, name: string): boolean =>
	path === '.github' || !(name.startsWith('.') || name === 'node_modules' || IGNORED.includes(path));

/** Every file below a folder, from the root, without what git ignores. */
export function filesBelow(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) return isOurs(path, entry.name) ? filesBelow(path) : [];
		return entry.isFile() ? [path] : [];
	});
}

const parser = new MarkdownIt({ html: true });

/** Reads a page of the repository. */
export const readPage = (path: string): Page => pageOf(path, readFileSync(join(ROOT, path), 'utf8'));

/** Reads a page from its text. */
export function pageOf(path: string, text: string): Page {
	const page: Page = {
		path,
		lines: text.split('\n'),
		headings: [],
		links: [],
		images: [],
		bold: [],
		code: [],
	};
	const tokens = parser.parse(text, {});
	for (const [index, token] of tokens.entries()) {
		const line = (token.map?.[0] ?? rowOf(tokens, index)) + 1;
		if (token.type === 'heading_open') addHeading(page, tokens[index + 1], Number(token.tag.slice(1)), line);
		if (token.type === 'html_block') addHtml(page, token.content, line);
		if (token.type === 'inline') addInline(page, token.children ?? [], line);
	}
	return page;
}

/** The first line of the table row that a cell is in: the cells have no place of their own. */
function rowOf(tokens: Token[], index: number): number {
	for (let before = index; before >= 0; before -= 1) {
		const map = tokens[before]?.map;
		if (map) return map[0];
	}
	return 0;
}

function addHeading(page: Page, inline: Token | undefined, level: number, line: number): void {
	const text = (inline?.children ?? []).map(({ content }) => content).join('');
	const plain = anchorOf(text);
	const before = page.headings.filter((heading) => anchorOf(heading.text) === plain).length;
	page.headings.push({ text, level, line, anchor: before === 0 ? plain : `${plain}-${before}` });
}

function addInline(page: Page, children: Token[], firstLine: number): void {
	let line = firstLine;
	let open: Piece | undefined;
	for (const token of children) {
		if (token.type === 'softbreak' || token.type === 'hardbreak') line += 1;
		if (token.type === 'strong_open') open = { text: '', line };
		else if (token.type === 'strong_close' && open) {
			page.bold.push(open);
			open = undefined;
		} else if (open) open.text += token.type === 'softbreak' ? ' ' : token.content;
		if (token.type === 'code_inline') page.code.push({ text: token.content, line });
		if (token.type === 'link_open') page.links.push({ text: addressIn(token, 'href'), line });
		if (token.type === 'image') page.images.push({ text: addressIn(token, 'src'), line });
		if (token.type === 'html_inline') addHtml(page, token.content, line);
	}
}

const addressIn = (token: Token, attribute: string): string =>
	decodeURI(String(token.attrGet(attribute) ?? ''));

function addHtml(page: Page, html: string, line: number): void {
	for (const [, name, , value = ''] of html.matchAll(/\b(src|srcset|href)=(["'])(.*?)\2/g)) {
		const pieces = name === 'href' ? page.links : page.images;
		pieces.push({ text: value.split(/\s/)[0] ?? '', line });
	}
}
