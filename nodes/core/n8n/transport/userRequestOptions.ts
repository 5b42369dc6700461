import { REQUEST_TIMEOUT_MS } from '../../http/limits';
import type { RateLimit } from '../../http/rateLimiter';
import { asObject } from '../../util/json';
import { parseUrl } from '../../util/url';
import { ParameterError } from '../parameters/parameterError';
import type { PreparedOptions } from './requestOptions';

/** What the user has set under n8n's Request Options, which the routing engine would apply by itself. */
export interface UserRequestOptions {
	prepared: PreparedOptions;
	/** Batching, as a limit on requests: so many at once, then as many in each interval. */
	rates: RateLimit[];
}

/**
 * Reads the Request Options.
 *
 * @throws ParameterError when the proxy is no address
 */
export function readUserRequestOptions(value: unknown): UserRequestOptions {
	const { timeout, proxy, allowUnauthorizedCerts, batching } = asObject(value) ?? {};
	const { batchSize, batchInterval } = asObject(asObject(batching)?.['batch']) ?? {};
	const size = typeof batchSize === 'number' ? Math.max(1, batchSize) : 1;
	const paced = typeof batchInterval === 'number' && batchInterval > 0 && batchSize !== -1;
	return {
		prepared: {
			timeout: typeof timeout === 'number' && timeout > 0 ? timeout : REQUEST_TIMEOUT_MS,
			...(typeof proxy === 'string' && proxy.trim() !== '' && { proxy: readProxy(proxy.trim()) }),
			...(allowUnauthorizedCerts === true && { skipSslCertificateValidation: true }),
		},
		rates: paced ? [{ perSecond: (size * 1000) / batchInterval, burst: size }] : [],
	};
}

function readProxy(text: string): NonNullable<PreparedOptions['proxy']> {
	const url = parseUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
	// A URL leaves its scheme's usual port away, whether it was written or not.
	const port = url?.port === '' ? /:0*(80|443)(?=\/|$)/.exec(text)?.[1] : url?.port;
	const auth = url && readLogin(url);
	if (!url || url.hostname === '' || port === undefined || auth === 'broken') {
		throw new ParameterError(
			"The request option 'Proxy' is not a complete URL",
			'Enter it with its scheme, host and port, such as http://proxy.example:3128.',
		);
	}
	return {
		host: url.hostname,
		port: Number(port),
		protocol: url.protocol.replace(/:$/, ''),
		...(auth && { auth }),
	};
}

function readLogin({
	username,
	password,
}: URL): { username: string; password: string } | 'broken' | undefined {
	if (username === '') return undefined;
	try {
		return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
	} catch {
		return 'broken';
	}
}
