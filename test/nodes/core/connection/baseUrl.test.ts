import { normaliseBaseUrl } from '../../../../nodes/core/connection/baseUrl';
import { refusalOf, SENTENCES } from '../refusals';

const rule = { displayName: 'Base URL', allowPath: true, allowHttp: false };

const INCOMPLETE = 'is not a complete URL, such as https://host.example';
const TOO_MUCH = 'contains a user name, a query or a fragment';
const PLAIN = 'does not start with https://';
const PATH = 'has a path after the host name';

describe('normaliseBaseUrl', () => {
	it.each([
		['https://host.example', 'https://host.example'],
		[' https://host.example/ ', 'https://host.example'],
		['\u00a0https://host.example\n', 'https://host.example'],
		['https://HOST.example:443///', 'https://host.example'],
		['https://host.example/acme/', 'https://host.example/acme'],
		['http://127.0.0.1:7071/', 'http://127.0.0.1:7071'],
		['http://localhost:7071', 'http://localhost:7071'],
		['http://[::1]:7071', 'http://[::1]:7071'],
	])('takes %j as %s', (given, expected) => {
		expect(normaliseBaseUrl(given, rule)).toBe(expected);
	});

	it('takes scheme and host where there is no path, and http where it is documented', () => {
		expect(normaliseBaseUrl('https://host.example/', { ...rule, allowPath: false })).toBe(
			'https://host.example',
		);
		expect(normaliseBaseUrl('http://host.example', { ...rule, allowHttp: true })).toBe('http://host.example');
	});

	it.each([
		['', INCOMPLETE],
		[undefined, INCOMPLETE],
		[7, INCOMPLETE],
		['host.example', INCOMPLETE],
		['https://', INCOMPLETE],
		['https://user@host.example', TOO_MUCH],
		['https://:pass@host.example', TOO_MUCH],
		['https://user:pass@host.example', TOO_MUCH],
		['https://host.example/?a=b', TOO_MUCH],
		['https://host.example/#x', TOO_MUCH],
		['http://host.example', PLAIN],
		['http://127.0.0.1.host.example', PLAIN],
		['http://localhost.host.example', PLAIN],
		['ftp://host.example', PLAIN],
		['ftp://localhost', PLAIN],
		['javascript:alert(1)', PLAIN],
	])('refuses %j, because it %s', (given, reason) => {
		expect(refusalOf(() => normaliseBaseUrl(given, rule))).toEqual({
			name: 'CredentialError',
			message: `The 'Base URL' in the credential ${reason}`,
			hint: expect.stringMatching(SENTENCES),
		});
	});

	it('refuses a path where there is none, and any other scheme even where http is allowed', () => {
		const narrow = { ...rule, allowPath: false, allowHttp: true };
		expect(refusalOf(() => normaliseBaseUrl('https://host.example/x', narrow))).toEqual({
			name: 'CredentialError',
			message: `The 'Base URL' in the credential ${PATH}`,
			hint: expect.stringMatching(SENTENCES),
		});
		expect(refusalOf(() => normaliseBaseUrl('ws://host.example', narrow)).message).toContain(PLAIN);
	});
});
