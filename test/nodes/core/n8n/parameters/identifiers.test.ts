import fc from 'fast-check';

import { readIdentifiers } from '../../../../../nodes/core/n8n/parameters/identifiers';
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
		['the text of a JSON array', ' ["a1", " b2 "]\n', ['a1', 'b2']],
		['the text of a JSON array with commas in it', '["a,1"]', ['a,1']],
		['the text of a JSON array behind a byte order mark', '\ufeff["a1"]', ['a1']],
		['quotation marks inside', `a'1`, [`a'1`]],
		['brackets inside', 'a[1]b', ['a[1]b']],
	])('reads %s', (_name, value, expected) => {
		expect(readIdentifiers(value, rule)).toEqual(expected);
	});

	it.each([
		['undefined', undefined, /is empty/],
		['null', null, /is empty/],
		['an empty list', [], /is empty/],
		['separators only', ',\n', /is empty/],
		['a hole in a list', ['a', undefined], /has no ID in entry 2/],
		['a gap in a list', ['a', , 'b'], /has no ID in entry 2/],
		['a list of gaps', Array(2), /has no ID in entry 1/],
		['a blank entry', ['a', ' '], /has no ID in entry 2/],
		['a number in the text of a JSON array', '["a", 17]', /received a number/],
		['a list in the text of a JSON array', '["a", ["b"]]', /a list inside a list/],
		['an empty JSON array', '[]', /is empty/],
		['the text of something like a JSON array', "['a', 'b']", /quotation mark|bracket/],
		['the text of a JSON array with a gap', '["a",,"b"]', /looks like a JSON array/],
		['the text of a JSON array that was cut', '["a","b', /looks like a JSON array/],
		['a bracket before it', '[a', /bracket/],
		['a bracket behind it', 'a)', /bracket/],
		['quotation marks', '"a"', /in quotation marks/],
		['typographic quotation marks', '„a“', /in quotation marks/],
		['backticks', '`a`', /in quotation marks/],
		['one quotation mark', '"a', /quotation mark/],
		['a semicolon', 'a;b', /semicolon/],
		['a zero-width space', 'a\u200b', /invisible/],
		['a soft hyphen', 'a\u00adb', /invisible/],
		['a text direction mark', '\u202ea', /invisible/],
		['a no-break space inside', 'a\u00a0b', /invisible/],
		['a tag character', 'a\u{e0041}', /invisible/],
		['a number', 17, /received a number/],
		['a number in a list', ['a', 17], /received a number/],
		['a big integer', 17n, /received a number/],
		['a boolean', false, /received a boolean instead/],
		['an object', {}, /an object/],
		['a list in a list', [['a']], /a list inside a list/],
		['one dot', '.', /not an ID/],
		['two dots among others', 'a, .., b', /not an ID/],
		['a tab inside', ['a\tb'], /an invalid character/],
		['a line break inside a list entry', ['a\nb'], /an invalid character/],
		['a line separator', 'a\u2028b', /an invalid character/],
		['half a surrogate pair', '\udc00', /an invalid character/],
		['a space inside', 'a b', /an ID with a space$/],
	])('refuses %s and names the parameter', (_name, value, message) => {
		const read = () => readIdentifiers(value, rule);
		expect(read).toThrow(ParameterError);
		expect(read).toThrow(message);
		expect(read).toThrow(/'Workflow ID'/);
		expect(refusalOf(read).hint).toMatch(SENTENCES);
	});

	it.each(['PL 0001', '[A-1]', '[12]', '(1) x; y', `5' beam`, `12"`])(
		'lets %p through where people make IDs up',
		(id) => {
			expect(readIdentifiers(id, { ...rule, isFreeText: true })).toEqual([id]);
		},
	);

	it.each(['[1, 2]', '["a", 1]', '["a",,"b"]', '[ "a"', '"a"', "'a b'", 'a\u200b', 'a\u00a0b', '\ud83d'])(
		'lets %j through nowhere',
		(id) => {
			expect(() => readIdentifiers(id, { ...rule, isFreeText: true })).toThrow(ParameterError);
		},
	);

	it('refuses a list that a decimal comma has made of one ID', () => {
		const decimal = { ...rule, splitByDecimalComma: /(?:^|[\s,])\d{3},\d{2}(?=$|[\s,])/ };
		for (const value of ['123,45', 'a, 123,45', '123,45\n678,90']) {
			expect(() => readIdentifiers(value, decimal)).toThrow(/a comma instead of a decimal point/);
		}
		expect(readIdentifiers('123, 45', decimal)).toEqual(['123', '45']);
	});

	it('gives only texts that can go into a URL, whatever comes in', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.array(fc.string())), (value) => {
				let ids: string[] = [];
				try {
					ids = readIdentifiers(value, { ...rule, isFreeText: true });
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
