import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { findings } from './texts/findings';
import { HABITS, MESSAGE_HABITS } from './texts/habits';
import { collectTexts, render } from './texts/snapshot';

const ROOT = join(__dirname, '..', '..');
const SNAPSHOT = join(__dirname, 'texts', 'texts.md');

const chapters = collectTexts(ROOT);

/** What the checker finds, with the file in which it stands. */
const found = (
	files: ReadonlyArray<{ path: string; texts: ReadonlyArray<{ text: string }> }>,
	habits = HABITS,
) =>
	files.flatMap(({ path, texts }) =>
		texts.flatMap(({ text }) => findings(text, habits).map((finding) => `${path}: ${finding}`)),
	);

describe('the texts that users and models read', () => {
	it('are all in the snapshot, which `UPDATE_TEXTS=1` writes', () => {
		const rendered = render(chapters);
		if (process.env['UPDATE_TEXTS'] === '1') writeFileSync(SNAPSHOT, rendered);
		expect(readFileSync(SNAPSHOT, 'utf8')).toBe(rendered);
	});

	it.each(chapters.map(({ title, files }) => [title, files] as const))(
		'are plain English: %s',
		(title, files) => {
			expect(files.length).toBeGreaterThan(0);
			expect(found(files, title === 'Examples' ? HABITS : [...HABITS, ...MESSAGE_HABITS])).toEqual([]);
		},
	);
});

const pages = [
	'README.md',
	...readdirSync(join(ROOT, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

describe('the pages', () => {
	it.each(pages)('are plain English: %s', (path) => {
		expect(findings(readFileSync(join(ROOT, path), 'utf8'))).toEqual([]);
	});
});
