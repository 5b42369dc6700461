import { nothingSelected, selectFields, selecting } from '../../../../../nodes/core/n8n/output/selectFields';
import type { Display } from '../../../../../nodes/core/queries/display';

const SIMPLIFIED = { id: '7', colourId: '7', name: 'red', maker: null };
const RAW = { id: 7, name: 'RED', tone: { hue: 0 }, __proto__: { inherited: true } };
const select = (...fields: string[]) => selectFields({ idField: 'colourId', fields }, SIMPLIFIED, () => RAW);

describe('selectFields', () => {
	it('has the ID first and the fields in their order', () => {
		expect(Object.entries(select('maker', 'name'))).toEqual([
			['colourId', '7'],
			['maker', null],
			['name', 'red'],
		]);
	});

	it('takes from the raw row what the simplified one lacks, and only then', () => {
		expect(select('name', 'tone', 'id')).toEqual({ colourId: '7', name: 'red', tone: { hue: 0 }, id: '7' });
		const raw = jest.fn(() => RAW);
		selectFields({ idField: 'colourId', fields: ['name'] }, SIMPLIFIED, raw);
		expect(raw).not.toHaveBeenCalled();
	});

	it('leaves out what neither has, and what only looks like a field', () => {
		for (const name of ['Name', 'nowhere', '', 'toString', 'constructor', '__proto__', 'inherited']) {
			expect(Object.keys(select(name))).toEqual(['colourId']);
		}
	});

	it('is the ID alone where nothing is selected, and has it once where it is named', () => {
		expect(select()).toEqual({ colourId: '7' });
		expect(Object.keys(select('name', 'colourId'))).toEqual(['colourId', 'name']);
	});
});

describe('selecting', () => {
	const show = jest.fn((row: Readonly<Record<string, unknown>>, { isSimple }: Display, id: string) =>
		isSimple ? { id, simple: row['value'] } : { id, all: row['value'] },
	);
	const shown = (query: Display) => selecting<Display, [string]>(show)({ value: 1 }, query, 'x');

	it('changes nothing without a selection', () => {
		expect(shown({ isSimple: true })).toEqual({ id: 'x', simple: 1 });
		expect(shown({ isSimple: false })).toEqual({ id: 'x', all: 1 });
	});

	it('selects from both forms', () => {
		const selection = { idField: 'id', fields: ['all', 'simple'] };
		expect(Object.entries(shown({ isSimple: true, selection }))).toEqual([
			['id', 'x'],
			['all', 1],
			['simple', 1],
		]);
	});
});

describe('nothingSelected', () => {
	const note = (fields: string[], ...items: Array<Record<string, unknown>>) =>
		nothingSelected({ idField: 'id', fields }, items, { plural: 'colours' });

	it('says so where no item has any of the fields', () => {
		expect(note(['Name', 'hue'], { id: '1' }, { id: '2' })).toBe(
			"The colours have none of the selected fields (Name, hue), so each item contains only its ID. Check the names in 'Fields': they are case-sensitive.",
		);
	});

	it('says nothing where one item has one of them, or there is nothing to say', () => {
		expect(note(['name', 'hue'], { id: '1' }, { id: '2', name: null })).toBeUndefined();
		expect(note(['name'])).toBeUndefined();
		expect(note([], { id: '1' })).toBeUndefined();
		expect(note(['id'], { id: '1' })).toBeUndefined();
		expect(nothingSelected(undefined, [{ id: '1' }], { plural: 'colours' })).toBeUndefined();
	});
});
