import type { Envelope } from './envelope';

/** Codes that say that the session is no good: of the BPM service, the portal, the gateway and older gateways. */
const EXPIRED: readonly number[] = [31401, 33401, 31512, 1203, 1204, 4011, 4012, 401];

/** Whether an answer says that the session is no good: by its code, at any HTTP status, or without one by HTTP 401. */
export function isSessionExpired(envelope: Envelope | undefined, httpStatus: number): boolean {
	return envelope && envelope.code !== 0 ? EXPIRED.includes(envelope.code) : httpStatus === 401;
}
