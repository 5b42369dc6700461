/** Why something came to nothing, in a few words that hold for every vendor. */
export interface Cause {
	kind: CauseKind;
	/** Milliseconds that the vendor asks to wait. */
	retryAfterMs?: number;
	/** Epoch milliseconds at which the vendor has room again. */
	resetsAtMs?: number;
}

type CauseKind =
	/** The vendor wants fewer requests. */
	| 'rateLimited'
	/** An allowance is used up until the vendor renews it. */
	| 'quotaExhausted'
	/** The vendor, or the way to it, is down just now. */
	| 'unavailable'
	/** Something else holds the target just now, such as a lock. */
	| 'busy'
	/** The user or n8n ended the execution. */
	| 'cancelled'
	/** The vendor does not accept the credential, or it cannot be used. */
	| 'credential'
	/** The credential is accepted, and what the node asks for is not there, not allowed or not valid. */
	| 'configuration'
	/** An error of this package's own. */
	| 'ownFault';

export const RATE_LIMITED: Cause = { kind: 'rateLimited' };
export const QUOTA_EXHAUSTED: Cause = { kind: 'quotaExhausted' };
export const UNAVAILABLE: Cause = { kind: 'unavailable' };
export const BUSY: Cause = { kind: 'busy' };
export const CANCELLED_BY_USER: Cause = { kind: 'cancelled' };
export const CREDENTIAL: Cause = { kind: 'credential' };
export const CONFIGURATION: Cause = { kind: 'configuration' };
export const OWN_FAULT: Cause = { kind: 'ownFault' };

/** Causes that pass by themselves: a later run may well fare better. */
const PASSING: ReadonlySet<CauseKind> = new Set<CauseKind>([
	'rateLimited',
	'quotaExhausted',
	'unavailable',
	'busy',
	'cancelled',
]);

/** Whether a cause passes by itself. One that is not known is not expected to. */
export function passes(cause: Cause | undefined): boolean {
	return cause !== undefined && PASSING.has(cause.kind);
}

/** The cause that all failures have in common, with the longest wait; undefined where their causes differ or one is unknown. */
export function commonCause(causes: ReadonlyArray<Cause | undefined>): Cause | undefined {
	const [first] = causes;
	if (!first || causes.some((cause) => cause?.kind !== first.kind)) return undefined;
	const retryAfterMs = latest(causes, 'retryAfterMs');
	const resetsAtMs = latest(causes, 'resetsAtMs');
	return {
		kind: first.kind,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(resetsAtMs !== undefined && { resetsAtMs }),
	};
}

function latest(
	causes: ReadonlyArray<Cause | undefined>,
	name: 'retryAfterMs' | 'resetsAtMs',
): number | undefined {
	let result: number | undefined;
	for (const cause of causes) {
		const value = cause?.[name];
		if (value !== undefined && (result === undefined || value > result)) result = value;
	}
	return result;
}
