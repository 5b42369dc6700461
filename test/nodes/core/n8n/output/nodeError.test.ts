import { CREDENTIAL, OWN_FAULT, QUOTA_EXHAUSTED, RATE_LIMITED } from '../../../../../nodes/core/http/cause';
import { CANCELLED } from '../../../../../nodes/core/http/stops';
import { failureOf } from '../../../../../nodes/core/n8n/output/nodeError';

it.each([
	[
		{ ...RATE_LIMITED, retryAfterMs: 5_000 },
		{ cause: 'rate-limited', retryAfterMs: 5_000 },
	],
	[
		{ ...QUOTA_EXHAUSTED, resetsAtMs: 9_000 },
		{ cause: 'quota-exhausted', resetsAtEpochMs: 9_000 },
	],
	[CREDENTIAL, { cause: 'credential-invalid' }],
	[OWN_FAULT, { cause: 'node-defect' }],
	[CANCELLED.cause, undefined],
])('says in the words of n8n why something failed: %p', (cause, failure) => {
	expect(failureOf(cause)).toEqual(failure);
});
