import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pageOf, readPage, ROOT, type Page } from './markdown';

const MOST_LINES = 150;
const WIDEST = 120;
/** Somebody new sees this much without scrolling far. */
const FIRST_LINES = 40;
const FIRST_COMMANDS = ['npm run demo', 'npm test'];

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	repository: { url: string; directory?: string };
};

/** The commands that the first lines do not show. */
function lateCommands({ lines }: Page): string[] {
	const first = lines.slice(0, FIRST_LINES).join('\n');
	return FIRST_COMMANDS.filter((command) => !new RegExp(`${command}(?![\\w:-])`).test(first));
}

const tooWide = ({ lines }: Page): string[] => lines.filter((line) => line.length > WIDEST);

/**
 * The pictures that npmjs.com would not show. It turns a path from the root of the package into an address below the
 * repository in package.json, also in HTML, and shows the `img` of a `picture` and not its `source`. A path that leaves the
 * package, and a fragment that only GitHub knows, are not resolved.
 */
function notOnNpm({ images, lines }: Page): string[] {
	const text = lines.join('\n');
	const bare = [...text.matchAll(/<picture>([\s\S]*?)<\/picture>/g)].filter(
		([, inside = '']) => !/<img\b/.test(inside),
	);
	const lost = images.filter(
		({ text: path }) =>
			/^(\.\.|\/)|#/.test(path) || (!path.startsWith('https:') && !existsSync(join(ROOT, path))),
	);
	return [...lost.map((image) => image.text), ...bare.map(([picture]) => picture)];
}

describe('the README', () => {
	const readme = readPage('README.md');

	it('is read in five minutes', () => {
		expect(readme.lines.length - 1).toBeLessThanOrEqual(MOST_LINES);
		expect(tooWide(readme)).toEqual([]);
	});

	it('shows early how to see it work', () => {
		expect(lateCommands(readme)).toEqual([]);
	});

	it('has its pictures on npmjs.com too', () => {
		expect(manifest.repository.url).toMatch(/^git\+https:\/\/github\.com\//);
		// With a folder here, npm would look for the pictures below it.
		expect(manifest.repository.directory).toBeUndefined();
		expect(readme.images.length).toBeGreaterThan(0);
		expect(notOnNpm(readme)).toEqual([]);
	});
});

describe('a README that is not so', () => {
	it.each([
		['with a command that begins like one of these', 'npm run demo:queue, npm test', ['npm run demo']],
		['with a command too late', `npm test${'\n'.repeat(FIRST_LINES)}npm run demo`, ['npm run demo']],
	])('is seen: %s', (_what, text, late) => {
		expect(lateCommands(pageOf('README.md', text))).toEqual(late);
	});

	it('is seen: with a wide table', () => {
		expect(tooWide(pageOf('README.md', `| ${'x'.repeat(WIDEST)} |`))).toHaveLength(1);
	});

	it.each([
		'![x](../docs/editor.png)',
		'![x](docs/editor.png#gh-dark-mode-only)',
		'<img src="docs/none.png" alt="x">',
		'<picture><source srcset="docs/editor.png"></picture>',
	])('is seen: with %s', (text) => {
		expect(notOnNpm(pageOf('README.md', text))).toHaveLength(1);
	});
});
