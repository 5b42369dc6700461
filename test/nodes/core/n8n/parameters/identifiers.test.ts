import fc from 'fast-check';

import { readIdentifier, readIdentifiers } from '../../../../../nodes/core/n8n/parameters/identifiers';
import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';
import { refusalOf, SENTENCES } from '../../refusals';

const rule = { displayName: 'Workflow ID' };

describe('readIdentifiers', () => {
	it.each([
		['one', 'a1', ['a1']],
		['one with blanks around it', '  a1\t', ['a1']],
		['several by commas', 'a1, b2 ,c3', ['a1', 'b2', 'c3']],
		['several by lines', 'a1\nb2\r\nc3', ['a1', 'b2', 'c3']],
		['gaps between separators', 'a1, ,\n b2,\n', ['a1', 'b2']],
		['a list', ['a1', ' b2 '], ['a1', 'b2']],
		['a list whose entries hold commas', ['a,1', 'b'], ['a,1', 'b']],
		['repeats', ['a', 'a'], ['a', 'a']],
	])('reads %s', (_name, value, expected) => {
		expect(readIdentifiers(value, rule)).toEqual(expected);
	});

	it.each([
		['undefined', undefined, /is empty/],
		['null', null, /is empty/],
		['an empty list', [], /is empty/],
		['separators only', ',\n', /is empty/],
		['a hole in a list', ['a', undefined], /is empty/],
		['a number', 17, /given a number/],
		['a number in a list', ['a', 17], /given a number/],
		['a big integer', 17n, /given a number/],
		['a boolean', false, /true or false/],
		['an object', {}, /an object/],
		['a list in a list', [['a']], /a list inside a list/],
		['one dot', '.', /not an ID/],
		['two dots among others', 'a, .., b', /not an ID/],
		['a tab inside', ['a\tb'], /characters that no ID has/],
		['a line break inside a list entry', ['a\nb'], /characters that no ID has/],
		['a line separator', 'a\u2028b', /characters that no ID has/],
		['half a surrogate pair', '\udc00', /characters that no ID has/],
		['a blank inside', 'a b', /blank inside/],
	])('refuses %s and names the parameter', (_name, value, message) => {
		const read = () => readIdentifiers(value, rule);
		expect(read).toThrow(ParameterError);
		expect(read).toThrow(message);
		expect(read).toThrow(/'Workflow ID'/);
		expect(refusalOf(read).hint).toMatch(SENTENCES);
	});

	it('lets a blank through where IDs are made by people', () => {
		expect(readIdentifier('PL 0001', { ...rule, allowSpaces: true })).toBe('PL 0001');
	});

	it('gives only texts that can go into a URL, whatever comes in', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.array(fc.string())), (value) => {
				let ids: string[] = [];
				try {
					ids = readIdentifiers(value, { ...rule, allowSpaces: true });
				} catch (error) {
					expect(error).toBeInstanceOf(ParameterError);
					return;
				}
				expect(ids.length).toBeGreaterThan(0);
				for (const id of ids) {
					expect(id).toBe(id.trim());
					const { pathname } = new URL(`https://host.example/x/${encodeURIComponent(id)}`);
					expect(decodeURIComponent(pathname)).toBe(`/x/${id}`);
				}
			}),
		);
	});
});
