import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';
import { readOptionalText, readRequiredText } from '../../../../../nodes/core/n8n/parameters/reader';
import { refusalOf } from '../../refusals';

describe('a text parameter', () => {
	it.each([
		[' x ', 'x'],
		['', ''],
		[' \n', ''],
		[undefined, ''],
		[null, ''],
	])('takes %p as %j', (value, text) => {
		expect(readOptionalText(value, 'Reason')).toBe(text);
	});

	it.each([7, 0, false, {}, ['x']])('refuses %p', (value) => {
		expect(refusalOf(() => readOptionalText(value, 'Reason'))).toEqual({
			name: 'ParameterError',
			message: "The parameter 'Reason' must be text",
			hint: 'If it comes from an expression, make sure that the expression returns text.',
		});
	});

	it.each(['', '  ', undefined, null])('that is required may not be %p', (value) => {
		expect(readRequiredText(' x ', 'Reason', 'Say why.')).toBe('x');
		expect(refusalOf(() => readRequiredText(value, 'Reason', 'Say why.'))).toEqual({
			name: 'ParameterError',
			message: "The parameter 'Reason' is empty",
			hint: 'Say why.',
		});
		expect(() => readRequiredText(value, 'Reason', 'Say why.')).toThrow(ParameterError);
	});
});
