import { headersOf, toApiResponse, textOf } from '../../../../../nodes/core/n8n/transport/helperResponse';

describe("an answer of n8n's HTTP helper", () => {
	it('is handed on unread', () => {
		const full = { statusCode: 207, headers: { 'X-Id': '7' }, body: '{"a":', statusMessage: 'Multi-Status' };
		expect(toApiResponse(full)).toEqual({ status: 207, headers: { 'x-id': '7' }, text: '{"a":' });
	});

	it.each([undefined, null, 'text', {}])('has no status where n8n hands over %p', (full) => {
		expect(toApiResponse(full)).toEqual({ status: NaN, headers: {}, text: '' });
	});

	it('has headers as text, by names in lower case', () => {
		expect(
			headersOf({ 'Retry-After': 3, 'Set-Cookie': ['a=1', 'b=2'], Date: 'now', none: null, odd: {} }),
		).toEqual({ 'retry-after': '3', 'set-cookie': 'a=1, b=2', date: 'now' });
		expect(headersOf(undefined)).toEqual({});
	});

	it.each([
		['a', 'a'],
		[undefined, ''],
		[null, ''],
		[new TextEncoder().encode('é'), 'é'],
		[{ a: 1 }, '{"a":1}'],
		[false, 'false'],
	])('has the body %p as %p', (body, text) => {
		expect(textOf(body)).toBe(text);
	});
});
