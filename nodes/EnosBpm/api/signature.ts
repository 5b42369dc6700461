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

/**
 * Milliseconds. Equal requests in a burst take their timestamps from the near future; a last timestamp further ahead is from
 * before the clock was set back, and the gateway, whose clock is right, would not accept more like it.
 */
const MAX_LEAD_MS = 1_000;

/**
 * Timestamps that never repeat for one application key: the gateway refuses a signature that it has seen (code 1001 of
 * "Invoking API with Access Token"), and equal requests within a millisecond would have equal signatures.
 */
export class Timestamps {
	private readonly last = new Map<string, number>();

	constructor(private readonly now: () => number = Date.now) {}

	/** Epoch milliseconds, or a little later. */
	next(appKey: string): number {
		const now = this.now();
		const following = (this.last.get(appKey) ?? 0) + 1;
		const timestamp = following > now && following - now <= MAX_LEAD_MS ? following : now;
		this.last.set(appKey, timestamp);
		return timestamp;
	}
}

/** Shared by all requests of this process. */
export const timestamps = new Timestamps();
