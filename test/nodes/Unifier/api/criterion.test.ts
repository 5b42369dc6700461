import {
	anyCriterion,
	dateOrdersOf,
	elementCriterion,
	testedHere,
} from '../../../../nodes/Unifier/api/criterion';
import type { Condition, Judgement, RecordCriterion } from '../../../../nodes/Unifier/api/criterion';

const on = (field: string, changes: Partial<Condition> = {}): RecordCriterion =>
	elementCriterion(field, { field, type: 'before', value: '10/11/2024', ...changes });

/** One criterion of each kind, by how it judges this row. */
const RECORD = { old: '01/01/2023', new: '31/12/2024', either: '06/12/2024', none: null };
const ROW = { record: RECORD, dateOrders: ['dayFirst', 'monthFirst'] as const };
const BY_JUDGEMENT = new Map<Judgement, RecordCriterion>([
	[true, on('old')],
	[false, on('new', { dateOrder: 'dayFirst' })],
	['ambiguous', on('either', { value: '10/07/2024' })],
	['unreadable', on('none')],
]);
const thatJudges = (judgement: Judgement): RecordCriterion => BY_JUDGEMENT.get(judgement)!;

describe('a criterion', () => {
	it.each([...BY_JUDGEMENT])('judges %p', (judgement, criterion) => {
		expect(criterion.judge(ROW)).toBe(judgement);
		expect(criterion.passes(ROW)).toBe(typeof judgement === 'boolean' ? judgement : undefined);
	});

	it('looks at what was sent in another way: a record without the element is not meant', () => {
		const range = on('none', { type: 'range', value: '01/01/2024', value2: '02/01/2024' });
		expect(range.judge(ROW)).toBe(false);
		expect(testedHere(range)).not.toHaveProperty('sent');
		expect(testedHere(range)).toMatchObject({ displayName: 'none', conditions: range.conditions });
	});

	it('sends no second value where there is none', () => {
		const { sent } = elementCriterion('it', { field: 'it', type: 'eq', value: 'x' });
		expect(Object.keys(sent ?? {})).toEqual(['field', 'value', 'condition_type']);
	});
});

describe('any of two criteria', () => {
	it.each<[Judgement, Judgement, Judgement]>([
		[true, true, true],
		[true, false, true],
		[true, 'ambiguous', true],
		[true, 'unreadable', true],
		['ambiguous', false, 'ambiguous'],
		['ambiguous', 'unreadable', 'ambiguous'],
		['unreadable', false, 'unreadable'],
		[false, false, false],
	])('%p or %p is %p', (one, other, judgement) => {
		const [first, second] = [thatJudges(one), thatJudges(other)];
		expect(anyCriterion('any', [first, second]).judge(ROW)).toBe(judgement);
		expect(anyCriterion('any', [second, first]).judge(ROW)).toBe(judgement);
	});
});

it('only dates that a condition looks at show their order', () => {
	const conditions: Condition[] = [
		{ field: 'it', type: 'after', value: '01/02/2024' },
		{ field: 'text', type: 'eq', value: '13/01/2024' },
		{ field: 'size', type: 'range', value: '1', value2: '2' },
	];
	const record = { it: '03/04/2024', text: '13/01/2024', size: '13/01/2024' };
	expect(dateOrdersOf(conditions, [record])).toEqual(['dayFirst', 'monthFirst']);
	expect(dateOrdersOf(conditions, [record, { it: '04/13/2024' }])).toEqual(['monthFirst']);
});
