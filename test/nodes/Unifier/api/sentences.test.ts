import fc from 'fast-check';

import { terminateContract as contract } from '../../../../nodes/Unifier/api/terminate';
import { WORDINGS } from '../samples';

const settings = { bpName: 'Punchlist', projectNumber: 'PRJ-004', applyRules: true };

/** The outcome of each record after an answer. */
function outcomesOf(ids: readonly string[], message: unknown, status = 12755): Record<string, string> {
	const targets = ids.map((id) => ({ id, item: 0, settings }));
	const text = JSON.stringify({ data: [], message, status });
	const answer = contract.read(targets, { status: 200, headers: {}, text });
	if (answer.kind !== 'verdicts') throw new Error(`Unexpected answer ${answer.kind}`);
	return Object.fromEntries(ids.map((id, index) => [id, answer.verdicts[index]?.outcome ?? 'missing']));
}

describe('a text with several sentences about records', () => {
	const ended = { A: 'notFound', B: 'terminated', C: 'notFound' };

	it.each([
		'[A, C] do not exist. [B] terminated successfully.',
		'[A, C] do not exist.[B] terminated successfully.',
		'[A, C] do not exist [B] terminated successfully',
		'[A, C] do not exist.<br>[B] terminated successfully.<br>',
		'[A, C] do not exist.<br />[B] terminated successfully.<br/>',
		'[A, C] do not exist., [B] terminated successfully.,',
		'[A, C] do not exist; [B] terminated successfully.;',
		'[A, C] do not exist.\n[B] terminated successfully.',
		'[B] terminated successfully. [A, C] do not exist.',
		'[B] terminated successfully.<br>[A, C] do not exist.',
		'[B] terminated successfully [A, C] do not exist',
	])('%s', (text) => {
		expect(outcomesOf(['A', 'B', 'C'], [text])).toEqual(ended);
		expect(outcomesOf(['A', 'B', 'C'], text)).toEqual(ended);
		expect(outcomesOf(['A', 'B', 'C'], ['General.', text, '[X] is not correct.'])).toEqual(ended);
	});

	it.each([
		['[A, C] is/are in the initiation step. [B] terminated successfully.', 'failed'],
		['[A, C] is/are already terminated. [B] terminated successfully.', 'alreadyEnded'],
		['[A, C] Duplicate Record found. [B] terminated successfully.', 'unknown'],
		['[A, C] ist unbekannt. [B] terminated successfully.', 'unknown'],
	])('%s', (text, outcome) => {
		expect(outcomesOf(['A', 'B', 'C'], [text])).toEqual({ A: outcome, B: 'terminated', C: outcome });
	});

	it('may have a remark in brackets', () => {
		const text = '[PL-1, PL-2] are already terminated [see audit].';
		expect(outcomesOf(['PL-1', 'PL-2'], [text])).toEqual({ 'PL-1': 'alreadyEnded', 'PL-2': 'alreadyEnded' });
	});

	it('may be about numbers with brackets in them', () => {
		const ids = ['A[1]', 'B [2]', 'C', '[D]'];
		const text = '[A[1], B [2], C] do not exist. [[D]] terminated successfully.';
		expect(outcomesOf(ids, [text])).toEqual({
			'A[1]': 'notFound',
			'B [2]': 'notFound',
			C: 'notFound',
			'[D]': 'terminated',
		});
	});

	it('reports no success where it can be read in two ways', () => {
		const odd = 'A] do not exist. [B';
		expect(outcomesOf([odd, 'A', 'B'], [`[${odd}] terminated successfully.`])).toEqual({
			[odd]: 'unknown',
			A: 'unknown',
			B: 'unknown',
		});
	});
});

const OUTCOMES: Readonly<Record<string, string>> = {
	12756: 'notFound',
	12757: 'failed',
	12758: 'alreadyEnded',
	12759: 'alreadyEnded',
	12760: 'unknown',
	200: 'terminated',
};

const SENTENCES = Object.entries({
	...WORDINGS,
	200: ['[#] terminated successfully.', '[ # ] is/are terminated successfully'],
})
	.filter(([code]) => OUTCOMES[code] !== undefined)
	.flatMap(([code, list]) => list.map((sentence) => ({ outcome: OUTCOMES[code] ?? '', sentence })));

const JOINTS = [' ', '', '. ', '.', '<br>', '<br/> ', '., ', ', ', '; ', '\n', '\r\n', ' - '];

/** Each number is in the sentence at its position, if there is one. */
const answers = (number: fc.Arbitrary<string>) =>
	fc.record({
		said: fc.array(fc.constantFrom(...SENTENCES), { minLength: 1, maxLength: 4 }),
		joints: fc.array(fc.constantFrom(...JOINTS), { minLength: 4, maxLength: 4 }),
		numbers: fc.uniqueArray(number, { minLength: 2, maxLength: 10 }),
		extra: fc.constantFrom('', '', 'X-9'),
	});

type Answer = typeof answers extends (number: never) => fc.Arbitrary<infer T> ? T : never;

function textOf({ said, joints, numbers, extra }: Answer): { text: string; due: Record<string, string> } {
	const due: Record<string, string> = {};
	const lists = said.map((): string[] => (extra === '' ? [] : [extra]));
	numbers.forEach((number, index) => {
		const at = index % said.length;
		lists[at]?.push(number);
		due[number] = said[at]?.outcome ?? '';
	});
	const sentences = said.flatMap(({ sentence }, index) =>
		lists[index]?.length ? [sentence.replace('#', () => lists[index]!.join(', '))] : [],
	);
	const text = sentences.map((sentence, index) => sentence + (joints[index] ?? '')).join('');
	return { text: text.replaceAll('..', '.'), due };
}

const plain = fc
	.tuple(fc.constantFrom('PL-', 'CON ', 'A.', ''), fc.nat({ max: 9999 }))
	.map(([prefix, number]) => `${prefix}${number}`);

const ugly = fc
	.array(fc.constantFrom('A', 'b', '1', '-', '[', ']', '] ', ' [', ', ', '. ', '. [', '] is', 'x'), {
		minLength: 1,
		maxLength: 5,
	})
	.map((parts) => parts.join('').trim())
	.filter((number) => number !== '');

describe('any sentences of the table, joined in any of these ways', () => {
	it('say of each record what they say', () => {
		fc.assert(
			fc.property(answers(plain), (answer) => {
				const { text, due } = textOf(answer);
				expect([text, outcomesOf(answer.numbers, [text])]).toEqual([text, due]);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('never report a success that is none, whatever the numbers look like', () => {
		fc.assert(
			fc.property(answers(ugly), (answer) => {
				const { text, due } = textOf(answer);
				const told = outcomesOf(answer.numbers, [text]);
				const wrong = answer.numbers.filter(
					(number) => told[number] === 'terminated' && due[number] !== 'terminated',
				);
				expect([text, wrong]).toEqual([text, []]);
			}),
			{ numRuns: 3_000 },
		);
	});
});
