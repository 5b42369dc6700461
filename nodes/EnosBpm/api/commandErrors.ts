import type { Verdict } from '../../core/commands/contract';
import { CONFIGURATION, CREDENTIAL, RATE_LIMITED, UNAVAILABLE } from '../../core/http/cause';
import { ONE_REPETITION } from '../../core/http/limits';

/** What a code or a status means for the command: its verdict, and what follows for the other targets. */
export interface CommandError extends Pick<Verdict, 'byState' | 'cause' | 'notRun' | 'attempts'> {
	outcome: 'failed' | 'notFound' | 'unknown';
	/** The second half of a sentence. */
	reason: string;
	hint: string;
	/** The others would fail in the same way. */
	stopsRun?: true;
	/** EnOS wants fewer requests. */
	throttled?: true;
}

const LOOK_IT_UP = 'Look up the process instance in EnOS.';

export const RUN_IT_AGAIN =
	'Run the node again: an instance that has ended in the meantime is reported as ended.';

/** No code is documented for an instance that has ended, so these errors may mean that it has. */
export function unlessEnded(reason?: string): { byState: NonNullable<CommandError['byState']> } {
	return { byState: { ended: { outcome: 'alreadyEnded', ...(reason !== undefined && { reason }) } } };
}

/** The BPM service or the gateway broke off; an instance that still runs was not terminated. */
export const INTERNAL: CommandError = {
	outcome: 'unknown',
	reason: 'EnOS reported an internal fault',
	hint: RUN_IT_AGAIN,
	cause: UNAVAILABLE,
	attempts: ONE_REPETITION,
	byState: {
		running: {
			outcome: 'failed',
			reason: 'EnOS reported an internal fault, and the instance is still running',
			hint: 'Run the node again. If the result is the same, look up the process instance in EnOS.',
		},
	},
};

/**
 * The gateway gave up, but the BPM service may still be working on it: that the instance is running now proves nothing.
 */
export const GATEWAY_DOWN: CommandError = {
	outcome: 'unknown',
	reason: 'EnOS or its gateway could not handle the request',
	hint: RUN_IT_AGAIN,
	cause: UNAVAILABLE,
};

/** A server between n8n and EnOS may have sent this, so it is not certain what happened to the request. */
export const THROTTLED_ON_THE_WAY: CommandError = {
	outcome: 'unknown',
	reason: 'EnOS or its gateway is limiting the number of requests',
	hint: 'Try again later.',
	cause: RATE_LIMITED,
};

/** Code 0 without data true: accepted, not done, and no cause given. */
export const NOT_DONE: CommandError = {
	outcome: 'failed',
	reason: 'EnOS accepted the call but did not terminate the instance',
	hint: LOOK_IT_UP,
	...unlessEnded('EnOS accepted the call, and the instance has ended'),
};

/** A code that no page lists for this call. */
export const UNLISTED: CommandError = {
	outcome: 'failed',
	reason: 'EnOS refused with a code that its documentation does not list',
	hint: LOOK_IT_UP,
	...unlessEnded('EnOS refused, and the instance has ended'),
};

export const UNREADABLE: CommandError = {
	outcome: 'unknown',
	reason: 'the response could not be read',
	hint: `A proxy may have answered instead of EnOS. ${LOOK_IT_UP}`,
};

export const WRONG_ADDRESS: CommandError = {
	outcome: 'failed',
	reason: 'the response does not seem to come from EnOS BPM',
	hint: "Check the 'Base URL' in the credential, and whether this EnOS environment has the BPM service.",
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The same without a code of the gateway: the server that responded may have passed the request on. */
export const NOT_BPM: CommandError = { ...WRONG_ADDRESS, outcome: 'unknown' };

/** Something other than EnOS answered; it may have passed the request on. */
export const NOT_ENOS = (status: number): CommandError => ({
	outcome: 'unknown',
	reason: `the response does not seem to come from an EnOS gateway (HTTP ${status})`,
	hint: "Check the 'Base URL' in the credential, and any proxy in between.",
	cause: CONFIGURATION,
	stopsRun: true,
});

export const WRONG_SIGNATURE: CommandError = {
	outcome: 'failed',
	reason: 'the gateway did not accept the signature',
	hint: "Check the 'App Secret' in the credential and the clock of the n8n host. A proxy in between must not change the body.",
	cause: CREDENTIAL,
	stopsRun: true,
};

export const REJECTED_SIGNED: CommandError = {
	outcome: 'failed',
	reason: 'the gateway rejected the signed request',
	hint: "Check the 'App Key' and the 'App Secret' in the credential; the gateway may require them.",
	cause: CREDENTIAL,
	stopsRun: true,
};

/** Something that each signed request carries is missing, so this one was not signed, or lost its headers on the way. */
export const NOT_SIGNED: CommandError = {
	outcome: 'failed',
	reason: 'the gateway requires a signed request',
	hint: "Enter the 'App Key' and the 'App Secret' in the credential; they identify an application to the gateway.",
	cause: CREDENTIAL,
	stopsRun: true,
};

export const ABSENT: CommandError = {
	outcome: 'notFound',
	reason: 'it does not exist in this organization',
	hint: 'Check the ID and the organization in the credential. The instance may also have ended.',
	byState: {
		...unlessEnded().byState,
		// A missing instance would be a success with Ignore Not Found; this one is there.
		running: {
			outcome: 'failed',
			reason: 'EnOS says that it does not exist, but it is still running',
			hint: `Run the node again. If the result is the same, check whether the account may terminate it. ${LOOK_IT_UP}`,
		},
	},
};
