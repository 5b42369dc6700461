import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';

import { outputFields } from '../../../../../nodes/core/n8n/parameters/outputFields';
import { refusalOf } from '../../refusals';

const output = outputFields({ idField: 'colourId', simplified: ['name', 'maker', 'hue'] });
const read = (values: Record<string, unknown>) => output.read((name) => values[name]);
const selection = (fields: unknown) => read({ output: 'selectedFields', fields }).selection;

describe('reading', () => {
	it('is by Simplify where the form has no Output', () => {
		expect(read({ simplify: true })).toEqual({ isSimple: true });
		expect(read({ simplify: false })).toEqual({ isSimple: false });
	});

	it('is by Output where the form has it, whatever Simplify says', () => {
		expect(read({ output: 'simplified', simplify: false })).toEqual({ isSimple: true });
		expect(read({ output: 'raw', simplify: true })).toEqual({ isSimple: false });
		expect(read({ output: 'selectedFields', fields: 'name', simplify: false })).toEqual({
			isSimple: true,
			selection: { idField: 'colourId', fields: ['name'] },
		});
	});

	it.each([
		['name, hue', ['name', 'hue']],
		[' name ;\n hue,, name\r\n', ['name', 'hue']],
		[
			['name', ' hue '],
			['name', 'hue'],
		],
		['["name", "hue"]', ['name', 'hue']],
		['[name]', ['[name]']],
		['bp_title', ['bp_title']],
		['', []],
		[[], []],
		[null, []],
		[undefined, []],
	])('takes the fields %p', (fields, names) => {
		expect(selection(fields)).toEqual({ idField: 'colourId', fields: names });
	});

	it.each([7, true, {}, ['name', 7], '["name", 7]'])('refuses %p as fields', (fields) => {
		expect(refusalOf(() => selection(fields)).message).toBe(
			"The parameter 'Fields' must contain the names of fields",
		);
	});

	it('refuses a broken character', () => {
		expect(refusalOf(() => selection('name\ud83c')).message).toBe(
			"The parameter 'Fields' contains a broken character",
		);
	});

	it.each([null, '', 'RAW', 'Selected Fields', false])('refuses %p as output', (value) => {
		expect(refusalOf(() => read({ output: value })).message).toBe(
			"The parameter 'Output' must be 'simplified', 'raw' or 'selectedFields'",
		);
	});
});

describe('the form', () => {
	const description = (name: string) => ({ name, properties: output.fields }) as INodeTypeDescription;
	const filledIn = (name: string, saved: INodeParameters) =>
		NodeHelpers.getNodeParameters(output.fields, saved, true, false, null, description(name));
	/** Labels and defaults. */
	const shown = (name: string, saved: INodeParameters) =>
		output.fields
			.filter((field) => field.type !== 'hidden')
			.filter((field) => NodeHelpers.displayParameter(filledIn(name, saved)!, field, null, description(name)))
			.map((field) => [field.displayName, field.default]);

	it.each([{}, { simplify: false }, { simplify: '={{ $json.x }}' }, { output: 'raw', fields: 'name' }])(
		'of a node has Simplify alone (%j)',
		(saved) => {
			expect(shown('palette', saved)).toEqual([['Simplify', true]]);
			expect(filledIn('palette', saved)).toEqual({ simplify: 'simplify' in saved ? saved.simplify : true });
		},
	);

	it('of a tool has Output in its place, and Fields where fields are selected', () => {
		expect(shown('paletteTool', {})).toEqual([['Output', 'simplified']]);
		expect(shown('paletteTool', { output: 'raw' })).toEqual([['Output', 'simplified']]);
		expect(shown('paletteTool', { output: 'selectedFields' })).toEqual([
			['Output', 'simplified'],
			['Fields', ''],
		]);
	});

	it('of a tool that was saved with Simplify has the Output that this meant', () => {
		expect(shown('paletteTool', { simplify: true })).toEqual([['Output', 'simplified']]);
		expect(shown('paletteTool', { simplify: false })).toEqual([['Output', 'raw']]);
		expect(filledIn('paletteTool', { simplify: false })).toMatchObject({ output: 'raw' });
		const byExpression = shown('paletteTool', { simplify: '={{ $json.short }}' });
		expect(byExpression[0]).toEqual(['Output', expect.stringMatching(/^=.*\$parameter\["simplify"\]/)]);
	});

	it('names the fields of simplified items', () => {
		expect(output.fields.at(-1)?.description).toContain('The simplified fields are name, maker, hue.');
	});
});
