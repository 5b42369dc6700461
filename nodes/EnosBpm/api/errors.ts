import type { Verdict } from '../../core/commands/contract';

/** A row of the table of refusals: the verdict that the user reads, and what follows for the others. */
export interface Refusal extends Pick<Verdict, 'byState' | 'notRun' | 'attempts'> {
	outcome: 'failed' | 'notFound' | 'unknown';
	/** The second half of a sentence. */
	reason: string;
	hint: string;
	/** The others would fare alike. */
	stopsRun?: true;
	/** EnOS wants fewer requests. */
	throttled?: true;
}

export const EXPIRED_REASON = 'the session expired and could not be renewed';
export const EXPIRED_HINT = 'Test the credential. A pasted access token has to be replaced by a new one.';
export const NO_ORGANIZATION_HINT = "Enter the 'Organization ID' in the credential.";

const LOOK_IT_UP = 'Look the process instance up in EnOS.';
const RUN_IT_AGAIN = 'Run it again: what has ended by then is reported as ended.';

/** The command and one repetition. */
const TWICE = 2;

/** No code is documented for an instance that has ended, so these refusals may mean that it has. */
function unlessEnded(reason?: string): Pick<Refusal, 'byState'> {
	return { byState: { ended: { outcome: 'alreadyEnded', ...(reason !== undefined && { reason }) } } };
}

/** The BPM service or the gateway broke off; an instance that still runs was not terminated. */
const INTERNAL: Refusal = {
	outcome: 'unknown',
	reason: 'EnOS reported an internal fault',
	hint: RUN_IT_AGAIN,
	attempts: TWICE,
	byState: {
		running: {
			outcome: 'failed',
			reason: 'EnOS reported an internal fault and the instance is still running',
			hint: 'Run it again. If it stays, look the process instance up in EnOS.',
		},
	},
};

/** The gateway has seen the same signature before: this one was not run, the other one may have been. */
const COPY: Refusal = {
	outcome: 'unknown',
	reason: 'the gateway took the request for a copy of another one',
	hint: RUN_IT_AGAIN,
	attempts: TWICE,
	byState: {
		running: {
			outcome: 'failed',
			reason: 'the gateway took the request for a copy of another one and the instance is still running',
			hint: 'Run it again.',
		},
	},
};

/** The gateway gave up while the BPM service may still be at it: that the instance runs now settles nothing. */
export const GATEWAY_DOWN: Refusal = {
	outcome: 'unknown',
	reason: 'EnOS or its gateway could not serve the request',
	hint: RUN_IT_AGAIN,
};

/** The gateway's own word that it took nothing. */
const THROTTLED: Refusal = {
	outcome: 'failed',
	reason: 'EnOS limits the number of requests',
	hint: 'Try again a little later.',
	notRun: true,
	throttled: true,
};

/** Somebody between here and EnOS said so, and what became of the request is not certain. */
export const THROTTLED_BY_SOMEBODY: Refusal = {
	outcome: 'unknown',
	reason: 'EnOS or its gateway limits the number of requests',
	hint: 'Try again a little later.',
};

/** Code 0 without data true: accepted, not done, and no cause given. */
export const NOT_DONE: Refusal = {
	outcome: 'failed',
	reason: 'EnOS accepted the call but did not terminate the instance',
	hint: LOOK_IT_UP,
	...unlessEnded('EnOS accepted the call and the instance has ended'),
};

/** A code that no page lists for this call. */
export const UNLISTED: Refusal = {
	outcome: 'failed',
	reason: 'EnOS refused with a code that its documentation does not list',
	hint: LOOK_IT_UP,
	...unlessEnded('EnOS refused and the instance has ended'),
};

export const UNREADABLE: Refusal = {
	outcome: 'unknown',
	reason: 'the answer could not be read',
	hint: `A proxy may have answered in place of EnOS. ${LOOK_IT_UP}`,
};

const WRONG_ADDRESS: Refusal = {
	outcome: 'failed',
	reason: 'the address answered, but not as EnOS BPM',
	hint: "Check the 'Base URL' in the credential, and whether this EnOS has the BPM service.",
	stopsRun: true,
};

/** The same without a word of the gateway: whoever answered may have passed the request on. */
export const NOT_BPM: Refusal = { ...WRONG_ADDRESS, outcome: 'unknown' };

/** Something other than EnOS answered; it may have passed the request on. */
export const NOT_ENOS = (status: number): Refusal => ({
	outcome: 'unknown',
	reason: `this does not look like an EnOS gateway (HTTP ${status})`,
	hint: "Check the 'Base URL' in the credential, and any proxy in between.",
	stopsRun: true,
});

const WRONG_SIGNATURE: Refusal = {
	outcome: 'failed',
	reason: 'the gateway did not accept the signature',
	hint: "Check the 'App Secret' in the credential and the clock of the n8n host; a proxy must not rewrite the body.",
	stopsRun: true,
};

const REJECTED_SIGNED: Refusal = {
	outcome: 'failed',
	reason: 'the gateway rejected the signed request',
	hint: "Check 'App Key' and 'App Secret' in the credential; the gateway may require them.",
	stopsRun: true,
};

const NOT_FOUND: Refusal = {
	outcome: 'notFound',
	reason: 'it does not exist in this organization',
	hint: 'Check the ID, and the organization in the credential; the instance may also have ended.',
	...unlessEnded(),
};

/** Codes that decide at any HTTP status ("Terminate Process Instance", "Invoking API with Access Token"). */
export const BY_CODE: Readonly<Record<number, Refusal>> = {
	33403: {
		outcome: 'failed',
		reason: 'this account may not terminate it',
		hint: "Use an account for which EnOS shows the instance as 'terminable', and check the organization in the credential.",
	},
	33404: NOT_FOUND,
	33500: INTERNAL,
	1001: COPY,
	1002: {
		outcome: 'failed',
		reason: 'the gateway does not know the App Key',
		hint: "Check the 'App Key' in the credential; the application must be registered in this EnOS environment.",
		stopsRun: true,
	},
	1003: WRONG_SIGNATURE,
	1004: REJECTED_SIGNED,
	1202: REJECTED_SIGNED,
	1005: INTERNAL,
	99400: { outcome: 'failed', reason: 'EnOS rejected a value', hint: 'Check the ID and the reason.' },
	99403: {
		outcome: 'failed',
		reason: 'the application lacks the permission for this API',
		hint: 'Authorize the application for the BPM API in the EnOS Management Console.',
		stopsRun: true,
	},
	99404: NOT_FOUND,
	99500: INTERNAL,
	403: {
		outcome: 'failed',
		reason: 'the gateway denied the request',
		hint: 'Check whether account and application may call the BPM API.',
		stopsRun: true,
	},
	404: WRONG_ADDRESS,
	429: THROTTLED,
	497: WRONG_SIGNATURE,
	498: {
		outcome: 'failed',
		reason: 'the application is not authorized for the BPM API',
		hint: 'Authorize it in the EnOS Management Console.',
		stopsRun: true,
	},
	500: INTERNAL,
	503: GATEWAY_DOWN,
	504: GATEWAY_DOWN,
};

/** Codes that speak of EnOS or its gateway and not of the instance; a gateway may well send them with HTTP 200. */
export function isOutage(code: number): boolean {
	const refusal = BY_CODE[code];
	return refusal?.outcome === 'unknown' || refusal?.throttled === true;
}
