import type { Verdict } from '../../core/commands/contract';
import { ATTEMPTS_WITH_RENEWAL } from '../../core/http/limits';
import { NOTHING_CHANGED } from '../../core/http/readResult';

/** Why something did not work, and how to get unstuck. */
export interface ErrorText {
	/** The second half of a sentence, without a final period. */
	reason: string;
	/** Whole sentences. */
	hint: string;
}

/** What an error of Bitrix24 means for a workflow, and for the run. */
export interface KnownError extends ErrorText, Pick<Verdict, 'byState' | 'notRun' | 'attempts'> {
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

const ACCOUNT_NOT_ACCEPTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the user or the application of the credential',
	hint: 'Reconnect the credential, and check that the application is installed and open to this user.',
	stopsRun: true,
};

const SECRET_NOT_ACCEPTED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the credential',
	hint: 'The webhook may be wrong, revoked or expired, or its owner may have lost the rights. Copy its URL again from Bitrix24, or reconnect the OAuth2 credential.',
	stopsRun: true,
};

const SCOPE_MISSING: KnownError = {
	outcome: 'failed',
	reason: "the webhook or application has no permission for 'Business processes' (bizproc)",
	hint: "Tick 'Business processes' (bizproc) in the settings of the webhook or application, then reconnect an OAuth2 credential.",
	stopsRun: true,
};

const LET_ADMINISTRATOR = 'Let an administrator create the webhook or connect the OAuth2 credential.';

const NOT_ADMINISTRATOR: KnownError = {
	outcome: 'failed',
	reason: 'only a Bitrix24 administrator may end workflows',
	hint: LET_ADMINISTRATOR,
	forList: (plural) => ({
		reason: `only a Bitrix24 administrator may list ${plural}`,
		hint: LET_ADMINISTRATOR,
	}),
	stopsRun: true,
};

const PLAN_WITHOUT_REST: KnownError = {
	outcome: 'failed',
	reason: 'the plan of this portal has no REST API',
	hint: 'A paid plan with a Market subscription, a trial or an NFR licence is needed.',
	stopsRun: true,
};

const APPLICATION_NEEDED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 wants this call to come from an application',
	hint: 'Use an OAuth2 credential of an application in place of the webhook.',
	stopsRun: true,
};

const HTTPS_NEEDED: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 takes webhooks over https only',
	hint: 'Enter the webhook URL with https:// in the credential.',
	stopsRun: true,
};

const UNAVAILABLE = unavailable('Bitrix24 is having trouble');

/**
 * More commands than a batch may have, or of a kind that it may not have: these were not run (page "batch").
 */
const NOT_IN_BATCH: KnownError = {
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
const NOT_RUNNING: KnownError = {
	outcome: 'notRunning',
	reason: 'it may have finished already, or the ID is wrong',
	hint: 'Compare the ID with the workflow in Bitrix24 if it should be running.',
	forList: objectedToListing,
};

/** An objection of the workflow engine, in the language of the portal; it may also mean "not found". */
const OBJECTION: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 objected to ending it',
	hint: 'Open the workflow in Bitrix24 to see what holds it.',
	forList: objectedToListing,
	byState: { absent: { outcome: NOT_RUNNING.outcome, reason: NOT_RUNNING.reason, hint: NOT_RUNNING.hint } },
};

/** A command of a batch that is missing from the answer: it was not run. */
export const LEFT_OUT: KnownError = {
	outcome: 'failed',
	reason: 'Bitrix24 left it out of the batch',
	hint: 'Run it again for this workflow.',
	forList: () => ({ reason: 'Bitrix24 left a part of the list out', hint: NOTHING_CHANGED }),
	notRun: true,
};

/** An answer in the right form whose result is not `true`. */
export const NOT_CONFIRMED: KnownError = {
	outcome: 'unknown',
	reason: 'the answer did not confirm it',
	hint: 'Look the workflow up in Bitrix24.',
};

const NOT_BITRIX24: KnownError = {
	outcome: 'failed',
	reason: 'the address answered, but not as the REST API of Bitrix24',
	hint: 'Check the address in the credential.',
	stopsRun: true,
};

const UNREADABLE: KnownError = {
	outcome: 'unknown',
	reason: 'the answer could not be read',
	hint: 'A proxy may have answered in place of Bitrix24. Look the workflow up in Bitrix24.',
	forList: () => ({
		reason: 'the answer could not be read',
		hint: 'A proxy may have answered in place of Bitrix24. Check the address in the credential.',
	}),
};

const TRY_LATER = 'Try again a little later';

/** Errors by code, in lower case (pages "Error codes" and "Limits", and the page of the method). */
export const BY_CODE: Readonly<Record<string, KnownError>> = {
	error_wrong_workflow_id: {
		outcome: 'failed',
		reason: 'the ID reached Bitrix24 empty or as a number',
		hint: 'Pass the workflow ID as text, exactly as Bitrix24 shows it.',
		forList: objectedToListing,
	},
	insufficient_scope: SCOPE_MISSING,
	invalid_scope: SCOPE_MISSING,
	invalid_credentials: SECRET_NOT_ACCEPTED,
	no_auth_found: SECRET_NOT_ACCEPTED,
	expired_token: {
		outcome: 'failed',
		reason: 'the access of the credential has expired',
		hint: 'Reconnect the credential.',
		stopsRun: true,
		endsSession: true,
	},
	invalid_token: ACCOUNT_NOT_ACCEPTED,
	authorization_error: ACCOUNT_NOT_ACCEPTED,
	application_not_found: ACCOUNT_NOT_ACCEPTED,
	user_access_error: ACCOUNT_NOT_ACCEPTED,
	error_oauth: ACCOUNT_NOT_ACCEPTED,
	verification_needed: ACCOUNT_NOT_ACCEPTED,
	wrong_auth_type: ACCOUNT_NOT_ACCEPTED,
	connection_error: {
		outcome: 'failed',
		reason: 'the portal did not reach the authorization server of Bitrix24',
		hint: `${TRY_LATER}.`,
		notRun: true,
		// n8n renews the access token on each HTTP 401, and an application that renews often may get blocked
		// (page "OAuth 2.0").
		attempts: ATTEMPTS_WITH_RENEWAL,
	},
	error_method_not_found: {
		outcome: 'failed',
		reason: 'business processes are not available on this portal',
		hint: 'Check the address in the credential, and whether the plan of the portal includes business processes.',
		stopsRun: true,
	},
	query_limit_exceeded: {
		outcome: 'failed',
		reason: 'Bitrix24 limits the number of requests and did not run this one',
		hint: `${TRY_LATER}, and keep other workflows of this n8n from calling the same portal meanwhile: all requests from one address count together.`,
		notRun: true,
		throttles: true,
	},
	operation_time_limit: {
		outcome: 'failed',
		reason: 'Bitrix24 has blocked this method for a while, because it has used up its running time',
		hint: 'Try again in about ten minutes, or use a separate webhook.',
		hintUntil: (time) => `Try again shortly after ${time}, or use a separate webhook.`,
		stopsRun: true,
	},
	overload_limit: {
		outcome: 'failed',
		reason: 'Bitrix24 has blocked the REST API of this portal because of overload',
		hint: 'Only the support of Bitrix24 can lift this block.',
		stopsRun: true,
	},
	payment_required: {
		outcome: 'failed',
		reason: 'the subscription of the application or portal has ended',
		hint: 'Renew the application or the plan.',
		stopsRun: true,
	},
	portal_deleted: {
		outcome: 'failed',
		reason: 'the portal is closed',
		hint: 'Check the address in the credential.',
		stopsRun: true,
	},
	error_batch_length_exceeded: NOT_IN_BATCH,
	error_batch_method_not_allowed: NOT_IN_BATCH,
	error_core: OBJECTION,
	error_argument: OBJECTION,
	wrong_encoding: OBJECTION,
	internal_server_error: UNAVAILABLE,
	error_unexpected_answer: UNAVAILABLE,
};

/** Codes of the workflow engine's own objections; the description decides. */
const ENGINE_CODES = new Set(['', '404', 'error_core']);

/**
 * The description where no running workflow has the ID, in English and Russian. In other languages a state
 * query finds out.
 */
const NOT_FOUND = /^(the )?business process( is|was)? not found\.?$|^бизнес-процесс не найден\.?$/i;

/**
 * An error of Bitrix24 by its code, then by its description, and by HTTP status only where neither decides
 * ("Error codes").
 */
export function knownError(
	{ code, description }: { code: string; description: string },
	status: number,
): KnownError {
	const name = code.toLowerCase();
	if (ENGINE_CODES.has(name) && NOT_FOUND.test(description)) return NOT_RUNNING;
	if (name === 'access_denied') return accessDenied(description);
	if (name === 'invalid_request' && /https/i.test(description)) return HTTPS_NEEDED;
	const known = Object.hasOwn(BY_CODE, name) ? BY_CODE[name] : undefined;
	if (known) return known;
	return status >= 500 && name !== '' ? UNAVAILABLE : OBJECTION;
}

/** What an answer means that is not one of the documented ones. */
export function unreadable(status: number): KnownError {
	if (status === 401) return SECRET_NOT_ACCEPTED;
	if (status === 404) return NOT_BITRIX24;
	if (status >= 500) return unavailable(`Bitrix24 is having trouble (HTTP ${status})`);
	return UNREADABLE;
}

/**
 * Whether the same request may well work a little later. A batch that was rejected as such stays rejected.
 */
export function isTemporary({ outcome, notRun, isOfBatch }: KnownError): boolean {
	return outcome === 'unknown' || (notRun === true && !isOfBatch);
}

/** One code for three cases, which differ in the description. */
function accessDenied(description: string): KnownError {
	if (/available only|commercial plan/i.test(description)) return PLAN_WITHOUT_REST;
	if (/application context/i.test(description)) return APPLICATION_NEEDED;
	return NOT_ADMINISTRATOR;
}

function unavailable(reason: string): KnownError {
	return {
		outcome: 'unknown',
		reason,
		hint: 'Run it again: what has ended by then is reported as not running.',
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
