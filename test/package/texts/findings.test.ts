import { findings, MAX_WORDS, sentencesOf } from './findings';
import { HABITS, MESSAGE_HABITS } from './habits';

const ALL = [...HABITS, ...MESSAGE_HABITS];
const long = (words: number): string => `${'word '.repeat(words - 1)}end.`;

describe('a banned habit', () => {
	it.each(ALL)('is found by its own pattern alone: $example', (habit) => {
		expect(findings(habit.example, [habit])).toEqual([`${habit.reason}: ${habit.example}`]);
	});

	it.each(ALL.flatMap(({ allowed }) => allowed ?? []))('is not one: %s', (allowed) => {
		expect(findings(allowed, ALL)).toEqual([]);
	});

	it('is found in the middle of a page, once for each sentence that has it', () => {
		const page =
			'# Title\n\nGood. Of two,\none is bad. Good.\n\n- Of one\n- good\n\n| a | Of three |\n| - | - |\n';
		expect(findings(page)).toEqual([
			'a sentence that begins with "Of": put the subject first: Of two, one is bad.',
			'a sentence that begins with "Of": put the subject first: Of one',
			'a sentence that begins with "Of": put the subject first: Of three',
		]);
	});

	it('is not found in code, in an address or in a comment', () => {
		const page =
			'Run `a log-in tells`, see [this](https://x.example/log-in).\n\n```sh\n# told\n```\n\n<!-- told -->\n\nSee https://x.example/log-in.';
		expect(findings(page)).toEqual([]);
	});
});

describe('a sentence', () => {
	it('has at most 30 words', () => {
		expect(findings(long(MAX_WORDS))).toEqual([]);
		expect(findings(long(MAX_WORDS + 1))).toEqual([
			expect.stringMatching(/^31 words in one sentence: word /),
		]);
		expect(findings(`Short. ${long(MAX_WORDS + 1)} Short.`)).toHaveLength(1);
	});

	it('counts what a template fills in, a piece of code and a link as one word each', () => {
		const start = 'word '.repeat(MAX_WORDS - 3);
		expect(findings(`${start}{a or b} \`one two\` [x](https://x.example/a).`)).toEqual([]);
		expect(findings(`${start}{a or b} \`one two\` [x](https://x.example/a) more.`)).toHaveLength(1);
		expect(findings(`${start}so. \`one two\` begins the next.`)).toEqual([]);
	});

	it('goes on in the next line, and ends with its paragraph, heading, list item or cell', () => {
		const half = 'word '.repeat(20).trim();
		expect(findings(`${half}\n${half}`)).toHaveLength(1);
		for (const apart of ['\n\n', '\n- ', '\n1. ', '\n## ', '\n`name`: ', '\n`one`, `other`: ']) {
			expect([apart, findings(`${half}${apart}${half}`)]).toEqual([apart, []]);
		}
		expect(findings(`# ${half}\n${half}`)).toEqual([]);
		expect(findings(`| ${half} | ${half} |`)).toEqual([]);
	});

	it('ends at a full stop, not in an abbreviation or a number', () => {
		expect(
			sentencesOf('Add one, e.g. a name … or two. n8n runs it. See n8n 2.41 (or newer). "Yes!" It ends.'),
		).toEqual([
			'Add one, e.g a name … or two.',
			'n8n runs it.',
			'See n8n 2.41 (or newer).',
			'"Yes!"',
			'It ends.',
		]);
	});
});
