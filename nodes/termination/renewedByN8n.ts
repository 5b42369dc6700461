import type { Connection } from './command';
import type { PreparedOptions } from './requestOptions';
import type { WireResponse } from './wire';

/**
 * Sends a request so that n8n renews the session when the vendor has refused it. Older versions of n8n overlook that this
 * status is exempt in `ignoreHttpStatusErrors`, and hand the refusal over like any answer. Nothing was done then, so the
 * request goes once more, with every failing status as an error: that they see.
 */
export async function sendRenewed<Options extends PreparedOptions>(
	{ renewedByN8n }: Pick<Connection, 'renewedByN8n'>,
	options: Options,
	send: (options: Options) => Promise<WireResponse>,
): Promise<WireResponse> {
	const response = await send(options);
	if (!renewedByN8n.includes(response.status)) return response;
	return await send({ ...options, ignoreHttpStatusErrors: false });
}
