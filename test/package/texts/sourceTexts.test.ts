import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Sources } from './constants';
import { exampleTexts } from './exampleTexts';
import { textsIn } from './sourceTexts';

const folder = mkdtempSync(join(tmpdir(), 'texts-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The texts of a source, each as `kind: text`. */
const textsOf = (source: string): string[] => {
	writeFileSync(
		join(folder, 'other.ts'),
		"export const AGAIN = 'Run it again.';\nexport const NAME = { label: 'Dry Run' };",
	);
	const path = join(folder, 'source.ts');
	writeFileSync(path, source);
	return textsIn(path, new Sources()).map(({ kind, text }) => (kind === '' ? text : `${kind}: ${text}`));
};

describe('the texts of a source', () => {
	it('are labels and all that is shown by its position, even a single word', () => {
		expect(
			textsOf(`
				const field = { displayName: 'Limit', name: 'limit', placeholder: 'e.g. 5', type: 'number', hint: 'Whole' };
				const options = [{ name: 'Raw', value: 'raw', action: 'Get' }];
				class Api { displayName = 'Api'; name = 'theApi'; }`),
		).toEqual([
			'displayName: Limit',
			'placeholder: e.g. 5',
			'hint: Whole',
			'name: Raw',
			'action: Get',
			'displayName: Api',
		]);
	});

	it('are all other strings with two words or more', () => {
		expect(textsOf("throw new Oops('It is late', 'code', `no ${thing} here`);")).toEqual([
			'It is late',
			'no {thing} here',
		]);
	});

	it('have parts with names, and one line for each way through a condition', () => {
		expect(
			textsOf(
				"f(`${capitalise(words.singular)} ${list.join(', ')} ${Math.ceil(ms / 60)}${ok ? ' it is' : ` it was ${late}`} ${a ? b : c} ${why ?? 'none at all'}.`);",
			),
		).toEqual([
			'{singular} {list} {ms} it is {b or c} {why}.',
			'{singular} {list} {ms} it is {b or c} none at all.',
			'{singular} {list} {ms} it was {late} {b or c} {why}.',
			'{singular} {list} {ms} it was {late} {b or c} none at all.',
		]);
	});

	it('show constants as the text that they are, also imported ones', () => {
		expect(
			textsOf(
				"import { AGAIN as ONCE_MORE, NAME } from './other';\nconst WHO = 'n8n';\nf(`${WHO} says: ${ONCE_MORE} ${NAME.label}`);",
			),
		).toEqual(['n8n says: Run it again. Dry Run']);
	});

	it('are put together where a source adds them', () => {
		expect(textsOf("f('It is ' + state + ' and stays so');")).toEqual(['It is {state} and stays so']);
	});

	it('are not what is compared, looked for, imported, typed, an address, an expression or a header', () => {
		expect(
			textsOf(`
				import x from 'a b c';
				type Word = 'one two' | 'three four';
				const BY_DESCRIPTION = ['Access is denied'];
				if (text === 'not found here' || text.includes('was not found')) new RegExp('not found at all');
				switch (text) { case 'is not there': f('https://host.example/a b', '={{ $json.a or b }}', \`Bearer \${a}\`); }`),
		).toEqual([]);
	});
});

it('the texts of an example are its names, notes, forms, and the sentences in its expressions and code', () => {
	const path = join(folder, 'example.json');
	const parameters = {
		content: '## Note\nRead it.',
		url: 'https://host.example',
		jsonOutput: '{"steps":[{"node":"a","expected":"it runs"}]}',
		value: "={{ $json.ok ? 'it is fine' : 'no' }}",
		subject: '=End {{ $json.count }} workflows?',
		jsCode: "return ['a b'.split(' '), `It ended ${count} times`];",
		nested: [{ fieldLabel: 'Name' }],
	};
	writeFileSync(path, JSON.stringify({ name: 'Mine', nodes: [{ name: 'Step', type: 't', parameters }] }));
	expect(exampleTexts(path).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
		'workflow: Mine',
		'node: Step',
		'content: ## Note\nRead it.',
		'expected: it runs',
		': it is fine',
		'subject: End {…} workflows?',
		': It ended {count} times',
		'fieldLabel: Name',
	]);
});
