import { toHtml } from '../../../../../nodes/core/n8n/output/nodeError';

describe('asHtml', () => {
	it('leaves a plain line as it is', () => {
		expect(toHtml('Check the ID.')).toBe('Check the ID.');
		expect(toHtml('')).toBe('');
	});

	it('makes a list of several lines', () => {
		expect(toHtml('one\ntwo')).toBe('<ul><li>one</li><li>two</li></ul>');
	});

	it('has no character read as markup', () => {
		expect(toHtml('a <b> & `c` "d" \'e\'')).toBe('a &#60;b&#62; &#38; &#96;c&#96; &#34;d&#34; &#39;e&#39;');
	});
});
