import type { Verdict } from '../../core/commands/contract';
import type { RestRefusal } from './replies';

/** What a refusal means for the workflow, and for the run. */
export interface Meaning extends Verdict {
	outcome: 'failed' | 'notRunning' | 'unknown';
	reason: string;
	hint: string;
	/** Every other workflow would fare alike. */
	stopsRun?: true;
	/** The hint once Bitrix24 has said when it has time again. */
	hintUntil?: (time: string) => string;
	/** Bitrix24 wants fewer requests. */
	throttles?: true;
	/** It is about the batch, not about the workflow in it. */
	isOfBatch?: true;
}

const ACCOUNT_REFUSED: Meaning = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the user or the application of the credential',
	hint: 'Reconnect the credential, and check that the application is installed and open to this user.',
	stopsRun: true,
};

const SECRET_REFUSED: Meaning = {
	outcome: 'failed',
	reason: 'Bitrix24 did not accept the credential',
	hint: 'The webhook may be wrong, revoked or expired, or its owner may have lost the rights. Copy its URL again from Bitrix24, or reconnect the OAuth2 credential.',
	stopsRun: true,
};

const SCOPE_MISSING: Meaning = {
	outcome: 'failed',
	reason: "the webhook or application has no permission for 'Business processes' (bizproc)",
	hint: "Tick 'Business processes' (bizproc) in the settings of the webhook or application, then reconnect an OAuth2 credential.",
	stopsRun: true,
};

/** What commands say of a user who is no administrator; one who only looks reads it in other words. */
export const NOT_ADMINISTRATOR: Meaning = {
	outcome: 'failed',
	reason: 'only a Bitrix24 administrator may end workflows',
	hint: 'Let an administrator create the webhook or connect the OAuth2 credential.',
	stopsRun: true,
};

const PLAN_WITHOUT_REST: Meaning = {
	outcome: 'failed',
	reason: 'the plan of this portal has no REST API',
	hint: 'A paid plan with a Market subscription, a trial or an NFR licence is needed.',
	stopsRun: true,
};

const APPLICATION_NEEDED: Meaning = {
	outcome: 'failed',
	reason: 'Bitrix24 wants this call to come from an application',
	hint: 'Use an OAuth2 credential of an application in place of the webhook.',
	stopsRun: true,
};

const UNAVAILABLE: Meaning = {
	outcome: 'unknown',
	reason: 'Bitrix24 is having trouble',
	hint: 'Run it again: what has ended by then is reported as not running.',
};

/** More commands than a batch may have, or of a kind that it may not have: these were not run (page "batch"). */
const NOT_IN_BATCH: Meaning = {
	outcome: 'failed',
	reason: 'Bitrix24 did not take it as part of a batch',
	hint: 'Run it again with this workflow alone.',
	notRun: true,
	isOfBatch: true,
};

/** No running workflow has the ID. Bitrix24 cannot tell whether one ever had it. */
const NOT_RUNNING: Meaning = {
	outcome: 'notRunning',
	reason: 'it may have finished already, or the ID is wrong',
	hint: 'Compare the ID with the workflow in Bitrix24 if it should be running.',
};

/** The engine's own objections: other text than "not found", which comes in the language of the portal. */
const OBJECTION: Meaning = {
	outcome: 'failed',
	reason: 'Bitrix24 objected to ending it',
	hint: "Open the workflow in Bitrix24. What Bitrix24 said is in the details as 'vendorMessage'.",
	byState: { absent: NOT_RUNNING },
};

const TRY_LATER = 'Try again a little later';

/** Meanings by code, in lower case ("Error codes", "Limits", and the page of the method). */
const BY_CODE: Readonly<Record<string, Meaning>> = {
	error_wrong_workflow_id: {
		outcome: 'failed',
		reason: 'the ID reached Bitrix24 empty or as a number',
		hint: 'Pass the workflow ID as text, exactly as Bitrix24 shows it.',
	},
	insufficient_scope: SCOPE_MISSING,
	invalid_scope: SCOPE_MISSING,
	invalid_credentials: SECRET_REFUSED,
	no_auth_found: SECRET_REFUSED,
	expired_token: {
		outcome: 'failed',
		reason: 'the access of the credential has expired',
		hint: 'Reconnect the credential.',
		stopsRun: true,
	},
	invalid_token: ACCOUNT_REFUSED,
	authorization_error: ACCOUNT_REFUSED,
	application_not_found: ACCOUNT_REFUSED,
	user_access_error: ACCOUNT_REFUSED,
	error_oauth: ACCOUNT_REFUSED,
	verification_needed: ACCOUNT_REFUSED,
	wrong_auth_type: ACCOUNT_REFUSED,
	connection_error: {
		outcome: 'failed',
		reason: 'the portal did not reach the authorization server of Bitrix24',
		hint: `${TRY_LATER}.`,
		notRun: true,
		// n8n renews the access on each HTTP 401, and an application that renews often may get blocked (page "OAuth 2.0").
		attempts: 3,
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

/** Codes that stand for the engine's own objection; the text decides. */
const ENGINE_CODES = new Set(['', '404', 'error_core']);

/** The sentence for an ID that no running workflow has, in English and Russian; other languages are asked about. */
const NOT_FOUND = /^(the )?business process( is|was)? not found\.?$|^бизнес-процесс не найден\.?$/i;

/** What a refusal means: by code, then by description, by HTTP status only where neither decides ("Error codes"). */
export function meaningOf({ code, description }: RestRefusal, status: number): Meaning {
	const name = code.toLowerCase();
	if (ENGINE_CODES.has(name) && NOT_FOUND.test(description)) return NOT_RUNNING;
	if (name === 'access_denied') return accessDenied(description);
	if (name === 'invalid_request' && /https/i.test(description)) {
		return {
			outcome: 'failed',
			reason: 'Bitrix24 takes webhooks over https only',
			hint: 'Enter the webhook URL with https:// in the credential.',
			stopsRun: true,
		};
	}
	const known = Object.hasOwn(BY_CODE, name) ? BY_CODE[name] : undefined;
	if (known) return known;
	return status >= 500 && name !== '' ? UNAVAILABLE : OBJECTION;
}

/** Whether the same may well work a little later. A batch that is refused for its own sake stays refused. */
export function isTemporary({ outcome, notRun, isOfBatch }: Meaning): boolean {
	return outcome === 'unknown' || (notRun === true && !isOfBatch);
}

/** One code for three cases; the description tells them apart. */
function accessDenied(description: string): Meaning {
	if (/available only|commercial plan/i.test(description)) return PLAN_WITHOUT_REST;
	if (/application context/i.test(description)) return APPLICATION_NEEDED;
	return NOT_ADMINISTRATOR;
}

/** What an answer that says nothing readable means. */
export function unclear(status: number): Meaning {
	if (status === 401) return SECRET_REFUSED;
	if (status === 404) {
		return {
			outcome: 'failed',
			reason: 'the address answered, but not as the REST API of Bitrix24',
			hint: 'Check the address in the credential.',
			stopsRun: true,
		};
	}
	if (status >= 500) return { ...UNAVAILABLE, reason: `Bitrix24 is having trouble (HTTP ${status})` };
	return {
		outcome: 'unknown',
		reason: 'the answer could not be read',
		hint: 'A proxy may have answered in place of Bitrix24. Look the workflow up in Bitrix24.',
	};
}

/** A command of a batch that Bitrix24 left out: it was not run. */
export const LEFT_OUT: Meaning = {
	outcome: 'failed',
	reason: 'Bitrix24 left it out of the batch',
	hint: 'Run it again for this workflow.',
	notRun: true,
};

/** An answer in the right shape that does not say `true`. */
export const NOT_CONFIRMED: Meaning = {
	outcome: 'unknown',
	reason: 'the answer did not confirm it',
	hint: 'Look the workflow up in Bitrix24.',
};
