import { connectionFor } from '../../../nodes/Bitrix24/connection';
import { portalAddress } from '../../../nodes/Bitrix24/portal';
import { CredentialError } from '../../../nodes/core/connection/credentialError';

describe('the address of a portal', () => {
	it.each([
		['https://portal.example', 'https://portal.example'],
		['https://portal.example/', 'https://portal.example'],
		[' https://PORTAL.example// \n', 'https://portal.example'],
		['HTTPS://portal.example', 'https://portal.example'],
		['portal.example', 'https://portal.example'],
		['portal.example/', 'https://portal.example'],
		['portal', 'https://portal'],
		['bitrix.company.local:8443', 'https://bitrix.company.local:8443'],
		['https://portal.example/company/personal/user/1/', 'https://portal.example'],
		['portal.example/stream/?current_fieldset=SOCSERV#top', 'https://portal.example'],
		['https://portal.example?auth=1', 'https://portal.example'],
		['https://portal.example#top', 'https://portal.example'],
		['https://portal.example/rest', 'https://portal.example'],
		['http://127.0.0.1:5010/rest/', 'http://127.0.0.1:5010'],
		['http://localhost', 'http://localhost'],
		['http://[::1]:5010', 'http://[::1]:5010'],
		['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai'],
	])('is taken from %p', (portalUrl, expected) => {
		expect(portalAddress(portalUrl)).toBe(expected);
		const oAuth2 = connectionFor(() => 'oAuth2');
		expect(oAuth2.baseUrl({ portalUrl })).toBe(`${expected}/rest`);
	});

	it.each([
		[''],
		['  '],
		[undefined],
		[5],
		['https://'],
		['/stream/'],
		['my portal.example'],
		['http://portal.example'],
		['http://localhost.example'],
		['http://127.0.0.1.example'],
		['ftp://portal.example'],
		['javascript:alert(1)'],
		['user@portal.example'],
		['https://user:secret@portal.example'],
		['https://portal.example:port'],
	])('is refused by its name: %p', (portalUrl) => {
		expect(() => portalAddress(portalUrl)).toThrow(CredentialError);
		expect(() => portalAddress(portalUrl)).toThrow(/'Portal URL'/);
	});
});
