import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { filesBelow, pageOf, readPage, ROOT, type Page } from './docs/markdown';
import { PAGES_URL } from './docs/pages';

const ALL = filesBelow('');
const documents = ALL.filter((path) => path.endsWith('.md'));
/** What has addresses in texts or comments: the product, the examples, the forms of GitHub, tests and tools. */
const SOURCES = ALL.filter(
	(path) => /\.(ts|js|mjs|cjs|json|yml)$/.test(path) && !path.endsWith('package-lock.json'),
);

/** Why a link leads nowhere; undefined if it leads somewhere, or out of the repository. */
function whyDead(link: string, page: Page): string | undefined {
	const local = link.startsWith(PAGES_URL) ? `/${link.slice(PAGES_URL.length)}` : link;
	if (/^[a-z]+:/i.test(local)) return undefined;
	const [path = '', anchor] = local.split('#');
	const file = normalize(path.startsWith('/') ? path.slice(1) : join(dirname(page.path), path));
	const target = path === '' ? page : pageOrFile(file);
	if (target === undefined) return `${link}: there is no ${file}`;
	if (anchor === undefined || anchor === '' || target === 'file') return undefined;
	const isThere = target.headings.some((heading) => heading.anchor === anchor);
	return isThere ? undefined : `${link}: ${target.path} has no heading #${anchor}`;
}

function pageOrFile(path: string): Page | 'file' | undefined {
	if (!existsSync(join(ROOT, path))) return undefined;
	return path.endsWith('.md') ? readPage(path) : 'file';
}

const deadIn = (page: Page): string[] =>
	[...page.links, ...page.images].flatMap(({ text, line }) => {
		const why = whyDead(text, page);
		return why === undefined ? [] : [`${page.path}:${line} ${why}`];
	});

describe('the links of the documents', () => {
	it.each(documents)('%s leads to files, pictures and headings that there are', (document) => {
		expect(deadIn(readPage(document))).toEqual([]);
	});

	it('are looked at in text, tables, references and HTML', () => {
		const text = [
			'# Page\n\n[file](docs/none.md), ![picture](docs/none.png), [heading](#none), [other](README.md#none),',
			'[by reference][there] and [good](#page), [absolute](/docs/testing.md), [out](https://x.example/none.md).',
			`[ours](${PAGES_URL}docs/none.md#page)\n`,
			'| a |\n| - |\n| [cell](docs/cell.md) |\n',
			'<picture><source srcset="docs/dark.png"><img src="docs/light.png" alt="x"></picture>\n',
			'```sh\n[not](a-link.md)\n```\n',
			'[there]: docs/reference.md',
		].join('\n');
		expect(deadIn(pageOf('X.md', text))).toEqual([
			'X.md:3 docs/none.md: there is no docs/none.md',
			'X.md:3 #none: X.md has no heading #none',
			'X.md:3 README.md#none: README.md has no heading #none',
			'X.md:4 docs/reference.md: there is no docs/reference.md',
			`X.md:5 ${PAGES_URL}docs/none.md#page: there is no docs/none.md`,
			'X.md:9 docs/cell.md: there is no docs/cell.md',
			'X.md:3 docs/none.png: there is no docs/none.png',
			'X.md:11 docs/dark.png: there is no docs/dark.png',
			'X.md:11 docs/light.png: there is no docs/light.png',
		]);
	});
});

describe('what sources say of the documents', () => {
	const mentionsIn = (pattern: RegExp): Array<[file: string, mention: string]> =>
		SOURCES.flatMap((file) =>
			[...readFileSync(join(ROOT, file), 'utf8').matchAll(pattern)].map(([mention]): [string, string] => [
				file,
				mention,
			]),
		);

	it('is looked for in all that is written, also where a folder is called as one that git ignores', () => {
		expect(SOURCES).toEqual(
			expect.arrayContaining(['scripts/packages/pages.ts', 'test/e2e/packages/install.test.mjs']),
		);
		expect(SOURCES.filter((path) => /^(dist|coverage|packages)\/|node_modules\//.test(path))).toEqual([]);
	});

	it('leads to pages and headings that there are', () => {
		const addresses = mentionsIn(
			/https:\/\/github\.com\/n8n-nodes-terminate\/[\w./#-]*blob\/main\/[\w./#-]+/g,
		);
		expect(addresses.length).toBeGreaterThan(5);
		const dead = addresses.flatMap(([file, address]) => {
			const why = whyDead(address, pageOf(file, ''));
			return why === undefined ? [] : [`${file}: ${why}`];
		});
		expect(dead).toEqual([]);
	});

	it('names files in docs/ and examples/ that there are', () => {
		const named = mentionsIn(/(?<![\w/.-])(docs|examples)\/[\w./-]+\.(md|png|json)(?!\w)/g)
			.filter(([file]) => !file.startsWith('test/package/'))
			.filter(([, path]) => !existsSync(join(ROOT, path)));
		expect(named.map(([file, path]) => `${file}: ${path}`)).toEqual([]);
	});
});
