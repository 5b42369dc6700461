import { asText, readObject } from '../../core/util/json';
import { outsideText } from '../../core/util/text';

/** What all services of EnOS say in a response, whichever of their three envelopes it came in. */
export interface Envelope {
	/** The name under which the code stood; only `code` is the BPM service's own. */
	key: 'code' | 'status' | 'stauts' | 'apim_status';
	code: number;
	/** The vendor's own words, shortened. */
	text?: string;
	requestId?: string;
	data: unknown;
}

/** In the order in which they count; some versions of the token service misspell theirs. */
const CODE_KEYS = ['code', 'status', 'stauts', 'apim_status'] as const;

const TEXT_KEYS = ['msg', 'message', 'submsg'] as const;

/**
 * Reads the body of a response. Undefined for anything without a code, such as HTML, truncated JSON or nothing.
 * The envelopes are those of "About EnOS API", "Log In" and "Get Access Token".
 */
export function readEnvelope(body: string): Envelope | undefined {
	const json = readObject(body);
	if (json === undefined) return undefined;
	for (const key of CODE_KEYS) {
		const code = asCode(json[key]);
		if (code === undefined) continue;
		const text = TEXT_KEYS.map((name) => asText(json[name])).find((one) => one !== undefined);
		const requestId = asText(json['requestId']);
		return {
			key,
			code,
			...(text !== undefined && { text: outsideText(text) }),
			...(requestId !== undefined && { requestId: outsideText(requestId) }),
			data: json['data'],
		};
	}
	return undefined;
}

/** A code as a number. Zero, which means success, is documented as a number only. */
function asCode(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
	return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
}
