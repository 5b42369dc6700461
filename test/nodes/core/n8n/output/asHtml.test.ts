import { asHtml } from '../../../../../nodes/core/n8n/output/nodeError';

describe('asHtml', () => {
	it('leaves a plain line as it is', () => {
		expect(asHtml('Check the ID.')).toBe('Check the ID.');
		expect(asHtml('')).toBe('');
	});

	it('makes a list of several lines', () => {
		expect(asHtml('one\ntwo')).toBe('<ul><li>one</li><li>two</li></ul>');
	});

	it('has no character read as markup', () => {
		expect(asHtml('a <b> & `c` "d" \'e\'')).toBe('a &#60;b&#62; &#38; &#96;c&#96; &#34;d&#34; &#39;e&#39;');
	});
});
