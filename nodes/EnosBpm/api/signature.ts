import { createHash } from 'crypto';

/** What a signed call is signed over. */
export interface Signed {
	/** The application's token, not the user's. */
	accessToken: string;
	appSecret: string;
	/** Epoch milliseconds. */
	timestamp: number | string;
	/** Names and values of the query, decoded. */
	query: ReadonlyArray<readonly [string, string]>;
	/** The body's exact text, '' without one. */
	body: string;
}

/** `apim-signature`, by "Invoking API with Access Token". Path, method and user token are not signed. */
export function signatureOf({ accessToken, appSecret, timestamp, query, body }: Signed): string {
	const sorted = [...query].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	const params = sorted.map(([name, value]) => name + value).join('');
	return sha256(accessToken + params + body + String(timestamp) + appSecret);
}

/** `encryption`, by "Get Access Token". */
export function encryptionOf(appKey: string, timestamp: number | string, appSecret: string): string {
	return sha256(appKey + String(timestamp) + appSecret);
}

/** The three headers that show the application's identity to the gateway. */
export function signedHeaders(signed: Signed): Record<string, string> {
	return {
		'apim-accesstoken': signed.accessToken,
		'apim-signature': signatureOf(signed),
		'apim-timestamp': String(signed.timestamp),
	};
}

function sha256(text: string): string {
	return createHash('sha256').update(text, 'utf8').digest('hex');
}
