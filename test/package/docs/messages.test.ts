import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './markdown';
import { isShown, quotationsIn, textsIn } from './messages';

const PAGE = 'docs/troubleshooting.md';
/** Every text in the sources that a user can read. */
const TEXTS = 'test/package/texts/texts.md';

/** Messages in the page that are not ours, each with whose it is. */
const OTHERS: ReadonlyArray<readonly [message: string, whose: string]> = [
	['Unrecognized node type', 'n8n’s, for a node whose package is not loaded'],
	['portal-url-is-not-an-https-address:', 'ours, but the scheme of an address and not a text'],
];

const read = (path: string): string => {
	if (!existsSync(join(ROOT, path))) throw new Error(`There is no ${path}, so no message can be compared.`);
	return readFileSync(join(ROOT, path), 'utf8');
};

describe(`the messages in ${PAGE}`, () => {
	it('are those that the code shows', () => {
		const others = OTHERS.map(([message]) => message);
		const quoted = quotationsIn(read(PAGE)).filter((message) => !others.includes(message));
		const texts = textsIn(read(TEXTS));
		expect(quoted.length).toBeGreaterThan(50);
		expect(texts.length).toBeGreaterThan(500);
		expect(quoted.filter((message) => !isShown(message, texts))).toEqual([]);
	});

	it('are the code at the start of a list entry', () => {
		const page =
			'# X\n\n`no`\n\n- `The first`, `the\n  second …`\n\n  Enter `no`.\n\n- The same, with `third`\n';
		expect(quotationsIn(page)).toEqual(['The first', 'the second …', 'third']);
	});

	describe('are compared word for word', () => {
		const texts = textsIn(
			[
				'# All texts\n',
				"- The parameter '{name}' is {fault}",
				'- not a whole number above zero',
				"- message: {vendor} ignored the filter '{filter}'. {rows} that do not match",
				'  were left out.',
				'\n### nodes/core/x.ts\n',
				'- {a}: {b}',
			].join('\n'),
		);

		it.each([
			["The parameter '…' is …", 'with what is filled in left open'],
			["The parameter 'Limit' is not a whole number above zero", 'with it filled in, from two texts'],
			["Bitrix24 ignored the filter '…'. 3 rows that do not match were left out", 'over the end of a line'],
			['ignored the filter', 'without start and end'],
		])('found: %s (%s)', (quotation) => {
			expect(isShown(quotation, texts)).toBe(true);
		});

		it.each([
			["The parameter '…' was …", 'another word'],
			["The option 'Limit' is not a whole number above zero", 'another start'],
			["Bitrix24 ignored the filter '…'. 3 rows that match were left out", 'words left out'],
			['Something else: happened here', 'a text without words of its own'],
		])('not found: %s (%s)', (quotation) => {
			expect(isShown(quotation, texts)).toBe(false);
		});
	});
});
