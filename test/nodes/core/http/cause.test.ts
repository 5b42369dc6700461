import {
	BUSY,
	CONFIGURATION,
	CREDENTIAL,
	commonCause,
	passes,
	QUOTA_EXHAUSTED,
	RATE_LIMITED,
	UNAVAILABLE,
} from '../../../../nodes/core/http/cause';
import { CANCELLED, waitTooLong } from '../../../../nodes/core/http/stops';

describe('a cause', () => {
	it.each([RATE_LIMITED, QUOTA_EXHAUSTED, UNAVAILABLE, BUSY, CANCELLED.cause])('%o passes', (cause) => {
		expect(passes(cause)).toBe(true);
	});

	it.each([CREDENTIAL, CONFIGURATION, undefined])('%o does not', (cause) => {
		expect(passes(cause)).toBe(false);
	});

	it('says how long the vendor asks to wait', () => {
		expect(waitTooLong(300_000).cause).toEqual({ kind: 'rateLimited', retryAfterMs: 300_000 });
	});

	it('is common to several failures only where all have it, with the longest wait', () => {
		const waits = [300_000, 400_000, 200_000].map((retryAfterMs) => ({ ...RATE_LIMITED, retryAfterMs }));
		expect(commonCause(waits)).toEqual({ kind: 'rateLimited', retryAfterMs: 400_000 });
		expect(commonCause([RATE_LIMITED, UNAVAILABLE])).toBeUndefined();
		expect(commonCause([CREDENTIAL, undefined])).toBeUndefined();
		expect(commonCause([])).toBeUndefined();
	});
});
