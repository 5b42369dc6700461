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
	hint: 'Reconnect the credential, and check that the application is installed and open to this user.',
	cause: CREDENTIAL,
	stopsRun: true,
};

/** The owner of a webhook has left, or the user of an application. */
export const USER_NOT_ACCEPTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the user of the credential',
	hint: 'The owner of the webhook, or the user who connected the OAuth2 credential, may be blocked or dismissed. Let an active administrator create a new webhook or connect the credential.',
	cause: CREDENTIAL,
	stopsRun: true,
};

/** No such webhook, or no such token. */
export const SECRET_NOT_ACCEPTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the credential',
	hint: 'The webhook may be wrong, revoked or expired, or its owner may have lost the rights. Copy its URL again from Bitrix24, or reconnect the OAuth2 credential.',
	cause: CREDENTIAL,
	stopsRun: true,
};

/** The scope `bizproc` is not granted. */
export const SCOPE_MISSING: KnownError = {
	outcome: 'failed',
	reason: "the webhook or application has no permission for 'Business processes' (bizproc)",
	hint: "Tick 'Business processes' (bizproc) in the settings of the webhook or application, then reconnect an OAuth2 credential.",
	cause: CONFIGURATION,
	stopsRun: true,
};

const LET_ADMINISTRATOR = 'Let an administrator create the webhook or connect the OAuth2 credential.';

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

/** Of a user who may not use the REST API, whatever the credential. */
export const USER_NOT_ADMITTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 does not let the user of the credential use its REST API',
	hint: 'The owner of the webhook, or the user who connected the OAuth2 credential, may be blocked or no employee of the company. Let an active administrator create the webhook or connect the credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** In words that are not known. */
export const ACCESS_DENIED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 denied access',
	hint: 'Its own words say why. If they do not help, let an administrator create the webhook or connect the OAuth2 credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The plan has no REST API; whole portals are refused for it. */
export const PLAN_WITHOUT_REST: KnownError = {
	outcome: 'failed',
	reason: 'the plan of this portal has no REST API',
	hint: 'A paid plan with a Market subscription, a trial or an NFR licence is needed.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** A webhook was used where an application is wanted. */
export const APPLICATION_NEEDED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 wants this call to come from an application',
	hint: 'Use an OAuth2 credential of an application in place of the webhook.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The webhook was called over http. */
export const HTTPS_NEEDED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 takes webhooks over https only',
	hint: 'Enter the webhook URL with https:// in the credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** The request itself is refused, whatever workflow it names, for a reason that only Bitrix24 can say. */
export const REFUSED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 refused the request',
	hint: 'Look up what Bitrix24 says in its REST documentation, or ask an administrator of the portal: any other request would be refused in the same way.',
	stopsRun: true,
};

/** Bitrix24 says of itself that it is in trouble. */
export const UNAVAILABLE = unavailable('Bitrix24 is having trouble');

/**
 * More commands than a batch may have, or of a kind that it may not have: these were not run (page "batch").
 */
export const NOT_IN_BATCH: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not take it as part of a batch',
	hint: 'Run it again with this workflow alone.',
	forList: () => ({
		reason: 'Bitrix24 did not take the list calls as a batch',
		hint: 'Narrow the list down by filters, or set a limit of 50: one page needs no batch.',
	}),
	notRun: true,
	isOfBatch: true,
};

/** No running workflow has the ID. Bitrix24 does not say whether one ever had it. */
export const NOT_RUNNING: KnownError = {
	outcome: 'notRunning',
	reason: 'it may have finished already, or the ID is wrong',
	hint: 'Compare the ID with the workflow in Bitrix24 if it should be running.',
	forList: objectedToListing,
};

/** An objection of the workflow engine, in the language of the portal; it may also mean "not found". */
export const OBJECTION: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 objected to ending it',
	hint: 'Open the workflow in Bitrix24 to see what holds it.',
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
	hint: 'Run it again for this workflow.',
	cause: OUTAGE,
	forList: () => ({ reason: 'Bitrix24 left a part of the list out', hint: NOTHING_CHANGED }),
	notRun: true,
};

/** An answer in the right form whose result is not `true`. */
export const NOT_CONFIRMED: KnownError = {
	outcome: 'unknown',
	reason: 'the answer did not confirm it',
	hint: 'Look the workflow up in Bitrix24.',
};

/** Another server answers at the address. */
export const NOT_BITRIX24: KnownError = {
	outcome: 'failed',
	reason: 'the address answered, but not as the REST API of Bitrix24',
	hint: 'Check the address in the credential.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** An answer that Bitrix24 does not give. */
export const UNREADABLE: KnownError = {
	outcome: 'unknown',
	reason: 'the answer could not be read',
	hint: 'A proxy may have answered in place of Bitrix24. Look the workflow up in Bitrix24.',
	forList: () => ({
		reason: 'the answer could not be read',
		hint: 'A proxy may have answered in place of Bitrix24. Check the address in the credential.',
	}),
};

/** Bitrix24 is there and cannot do its work, for the reason given. */
export function unavailable(reason: string): KnownError {
	return {
		outcome: 'unknown',
		reason,
		hint: 'Run it again: what has ended by then is reported as not running.',
		cause: OUTAGE,
		forList: () => ({ reason, hint: NOTHING_CHANGED }),
	};
}

/** For errors that concern one workflow: a list has none. */
function objectedToListing(plural: string): ErrorText {
	return {
		reason: `Bitrix24 objected to listing the ${plural}`,
		hint: 'Check the filters.',
	};
}
