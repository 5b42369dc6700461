import type { Verdict } from '../../core/commands/contract';
import { CONFIGURATION, CREDENTIAL, UNAVAILABLE as OUTAGE } from '../../core/http/cause';
import { NOTHING_CHANGED } from '../../core/http/readResult';

/** Why something did not work, and how to get unstuck. */
export interface ErrorText {
	/** The second half of a sentence, without a final period. */
	reason: string;
	/** Whole sentences. */
	hint: string;
}

/** What an error of Bitrix24 means for a workflow, and for the run. */
export interface KnownError extends ErrorText, Pick<Verdict, 'byState' | 'cause' | 'notRun' | 'attempts'> {
	outcome: 'failed' | 'notRunning' | 'unknown';
	/** The text for a list. Left out where it is the same as for a command. */
	forList?: (plural: string) => ErrorText;
	/** Every other request would fail in the same way. */
	stopsRun?: true;
	/** The hint where Bitrix24 has said when the method may be called again. */
	hintUntil?: (time: string) => string;
	/** Bitrix24 wants fewer requests. */
	throttles?: true;
	/** It concerns the batch, not the workflow in it. */
	isOfBatch?: true;
	/** The access token has expired. */
	endsSession?: true;
}

/** A token, its user or its application is not accepted. */
export const ACCOUNT_NOT_ACCEPTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the user or the application of the credential',
	hint: 'Reconnect the credential. Check that the application is installed and available to this user.',
	cause: CREDENTIAL,
	stopsRun: true,
};

/** The owner of a webhook has left, or the user of an application. */
export const USER_NOT_ACCEPTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the user of the credential',
	hint: 'The owner of the webhook, or the user who connected the OAuth2 credential, may be blocked or dismissed. Ask an active administrator to create a new webhook or connect the credential.',
	cause: CREDENTIAL,
	stopsRun: true,
};

/** No such webhook, or no such token. */
export const SECRET_NOT_ACCEPTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the credential',
	hint: 'The webhook may be wrong, revoked or expired, or its owner may no longer have the required rights. Copy its URL from Bitrix24 again, or reconnect the OAuth2 credential.',
	cause: CREDENTIAL,
	stopsRun: true,
};

/** The scope `bizproc` is not granted. */
export const SCOPE_MISSING: KnownError = {
	outcome: 'failed',
	reason: "the webhook or application lacks the permission 'Business processes' (bizproc)",
	hint: "Select 'Business processes' (bizproc) in the settings of the webhook or application. If the credential is OAuth2, reconnect it.",
	cause: CONFIGURATION,
	stopsRun: true,
};

const LET_ADMINISTRATOR = 'Ask an administrator to create the webhook or connect the OAuth2 credential.';

/** The user of the credential is no administrator. */
export const NOT_ADMINISTRATOR: KnownError = {
	outcome: 'failed',
	reason: 'only a Bitrix24 administrator may end workflows',
	hint: LET_ADMINISTRATOR,
	cause: CONFIGURATION,
	forList: (plural) => ({
		reason: `only a Bitrix24 administrator may list ${plural}`,
		hint: LET_ADMINISTRATOR,
	}),
	stopsRun: true,
};

/** The user may not use the REST API, whatever the credential. */
export const USER_NOT_ADMITTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 does not allow the user of the credential to use its REST API',
	hint: 'The owner of the webhook, or the user who connected the OAuth2 credential, may be blocked or not be an employee of the company. Ask an active administrator to create the webhook or connect the credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The description is not known. */
export const ACCESS_DENIED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 denied access',
	hint: 'The message from Bitrix24 says why. If that does not help, ask an administrator to create the webhook or connect the OAuth2 credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The plan has no REST API; whole portals are refused for it. */
export const PLAN_WITHOUT_REST: KnownError = {
	outcome: 'failed',
	reason: 'the plan of this portal does not include the REST API',
	hint: 'A paid plan with a Market subscription, a trial or an NFR license is required.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** A webhook was used where an application is wanted. */
export const APPLICATION_NEEDED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 requires this call to come from an application',
	hint: 'Use the OAuth2 credential of an application instead of the webhook.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The webhook was called over http. */
export const HTTPS_NEEDED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 accepts webhooks over HTTPS only',
	hint: 'Enter the webhook URL with https:// in the credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The request itself is refused, whatever workflow it names, for a reason that only Bitrix24 can say. */
export const REFUSED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 refused the request',
	hint: 'Look up the message in the REST documentation of Bitrix24, or ask an administrator of the portal. Any other request would be refused in the same way.',
	stopsRun: true,
};

/** Bitrix24 reports that it is in trouble. */
export const UNAVAILABLE = unavailable('Bitrix24 is having trouble');

/**
 * More commands than a batch may have, or of a kind that it may not have: these were not run (page "batch").
 */
export const NOT_IN_BATCH: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept it as part of a batch',
	hint: 'Run the node again with this workflow only.',
	forList: () => ({
		reason: 'Bitrix24 did not accept the list calls as a batch',
		hint: "Narrow the list down with filters, or set 'Limit' to 50: a single page needs no batch.",
	}),
	notRun: true,
	isOfBatch: true,
};

/** No running workflow has the ID. Bitrix24 does not say whether one ever had it. */
export const NOT_RUNNING: KnownError = {
	outcome: 'notRunning',
	reason: 'it may already have ended, or the ID may be wrong',
	hint: 'If it should be running, compare the ID with the workflow in Bitrix24.',
	forList: objectedToListing,
};

/** An objection of the workflow engine, in the language of the portal; it may also mean "not found". */
export const OBJECTION: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 refused to end it',
	hint: 'Open the workflow in Bitrix24 to see what is blocking it.',
	forList: objectedToListing,
	byState: { absent: { outcome: NOT_RUNNING.outcome, reason: NOT_RUNNING.reason, hint: NOT_RUNNING.hint } },
};

/** The ID is not one that Bitrix24 could look up. */
export const UNUSABLE_ID: KnownError = {
	outcome: 'failed',
	reason: 'the ID reached Bitrix24 empty or as a number',
	hint: 'Pass the workflow ID as text, exactly as Bitrix24 shows it.',
	cause: CONFIGURATION,
	forList: objectedToListing,
};

/** A command of a batch that is missing from the answer: it was not run. */
export const LEFT_OUT: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 left it out of the batch',
	hint: 'Run the node again for this workflow.',
	cause: OUTAGE,
	forList: () => ({ reason: 'Bitrix24 left out part of the list', hint: NOTHING_CHANGED }),
	notRun: true,
};

/** An answer in the right form whose result is not `true`. */
export const NOT_CONFIRMED: KnownError = {
	outcome: 'unknown',
	reason: 'the response did not confirm it',
	hint: 'Look up the workflow in Bitrix24.',
};

/** Another server answers at the address. */
export const NOT_BITRIX24: KnownError = {
	outcome: 'failed',
	reason: 'the response does not seem to come from the REST API of Bitrix24',
	hint: 'Check the address in the credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** A response that Bitrix24 does not send. */
export const UNREADABLE: KnownError = {
	outcome: 'unknown',
	reason: 'the response could not be read',
	hint: 'A proxy may have answered instead of Bitrix24. Look up the workflow in Bitrix24.',
	forList: () => ({
		reason: 'the response could not be read',
		hint: 'A proxy may have answered instead of Bitrix24. Check the address in the credential.',
	}),
};

/** Bitrix24 can be reached but cannot do its work, for the reason given. */
export function unavailable(reason: string): KnownError {
	return {
		outcome: 'unknown',
		reason,
		hint: 'Run the node again: a workflow that has ended in the meantime is reported as not running.',
		cause: OUTAGE,
		forList: () => ({ reason, hint: NOTHING_CHANGED }),
	};
}

/** For errors that concern one workflow: a list has none. */
function objectedToListing(plural: string): ErrorText {
	return {
		reason: `Bitrix24 refused to list the ${plural}`,
		hint: 'Check the filters.',
	};
}
