import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';
import { readUserRequestOptions } from '../../../../../nodes/core/n8n/transport/userRequestOptions';
import { refusalOf } from '../../refusals';

const DEFAULTS = { prepared: { timeout: 300_000 }, rates: [] };

describe('readRequestSettings', () => {
	it.each([undefined, null, 'text', {}, { batching: {} }, { batching: { batch: {} } }])(
		'is as n8n itself where the user has set nothing: %p',
		(value) => {
			expect(readUserRequestOptions(value)).toEqual(DEFAULTS);
		},
	);

	it.each([
		[1_000, 1_000],
		[0, 300_000],
		[-5, 300_000],
		['1000', 300_000],
	])('takes the timeout %p as %d', (timeout, expected) => {
		expect(readUserRequestOptions({ timeout }).prepared.timeout).toBe(expected);
	});

	it('ignores certificates only where the user says so', () => {
		expect(
			readUserRequestOptions({ allowUnauthorizedCerts: true }).prepared.skipSslCertificateValidation,
		).toBe(true);
		for (const value of [false, 'true', 1, undefined])
			expect(readUserRequestOptions({ allowUnauthorizedCerts: value })).toEqual(DEFAULTS);
	});

	it.each([
		[{ batchSize: 50, batchInterval: 1_000 }, [{ perSecond: 50, burst: 50 }]],
		[{ batchSize: 10, batchInterval: 500 }, [{ perSecond: 20, burst: 10 }]],
		[{ batchSize: 1, batchInterval: 60_000 }, [{ perSecond: 1 / 60, burst: 1 }]],
		[{ batchInterval: 2_000 }, [{ perSecond: 0.5, burst: 1 }]],
		[{ batchSize: 0, batchInterval: 1_000 }, [{ perSecond: 1, burst: 1 }]],
		[{ batchSize: -1, batchInterval: 1_000 }, []],
		[{ batchSize: 50, batchInterval: 0 }, []],
		[{ batchSize: 50, batchInterval: -1 }, []],
		[{ batchSize: 50 }, []],
	])('takes the batches %p as %p', (batch, rates) => {
		expect(readUserRequestOptions({ batching: { batch } }).rates).toEqual(rates);
	});

	it('makes a bucket that always has room for one', () => {
		const [rate] = readUserRequestOptions({
			batching: { batch: { batchSize: 0.5, batchInterval: 1_000 } },
		}).rates;
		expect(rate?.burst).toBeGreaterThanOrEqual(1);
	});

	it.each([
		['http://proxy.example:3128', { host: 'proxy.example', port: 3128, protocol: 'http' }],
		[' proxy.example:3128 ', { host: 'proxy.example', port: 3128, protocol: 'http' }],
		['https://proxy.example:8443/', { host: 'proxy.example', port: 8443, protocol: 'https' }],
		['socks5://proxy.example:1080', { host: 'proxy.example', port: 1080, protocol: 'socks5' }],
		['http://proxy.example:80', { host: 'proxy.example', port: 80, protocol: 'http' }],
		['https://proxy.example:443', { host: 'proxy.example', port: 443, protocol: 'https' }],
		[
			'http://me:s%40crt@10.0.0.1:3128',
			{ host: '10.0.0.1', port: 3128, protocol: 'http', auth: { username: 'me', password: 's@crt' } },
		],
	])('reads the proxy %s', (proxy, expected) => {
		expect(readUserRequestOptions({ proxy }).prepared.proxy).toEqual(expected);
	});

	it.each(['', '  ', undefined, 7])('has no proxy for %p', (proxy) => {
		expect(readUserRequestOptions({ proxy })).toEqual(DEFAULTS);
	});

	it.each([
		'proxy.example',
		'http://proxy.example',
		'http://:3128',
		'http://',
		'socks5://:1080',
		'::',
		'http://a%zz:b@proxy.example:3128',
	])('refuses the proxy %s', (proxy) => {
		const read = () => readUserRequestOptions({ proxy });
		expect(read).toThrow(ParameterError);
		expect(refusalOf(read)).toEqual({
			name: 'ParameterError',
			message: "The request option 'Proxy' is not a complete URL",
			hint: 'Enter it with its scheme, host and port, such as http://proxy.example:3128.',
		});
	});
});
