import {
	CONFIGURATION,
	CREDENTIAL,
	QUOTA_EXHAUSTED,
	RATE_LIMITED,
	UNAVAILABLE as OUTAGE,
} from '../../core/http/cause';
import { ATTEMPTS_WITH_RENEWAL } from '../../core/http/limits';
import {
	ACCESS_DENIED,
	ACCOUNT_NOT_ACCEPTED,
	APPLICATION_NEEDED,
	HTTPS_NEEDED,
	NOT_ADMINISTRATOR,
	NOT_BITRIX24,
	NOT_IN_BATCH,
	NOT_RUNNING,
	OBJECTION,
	PLAN_WITHOUT_REST,
	REFUSED,
	SCOPE_MISSING,
	SECRET_NOT_ACCEPTED,
	UNAVAILABLE,
	UNREADABLE,
	UNUSABLE_ID,
	USER_NOT_ACCEPTED,
	USER_NOT_ADMITTED,
	unavailable,
} from './knownErrors';
import type { KnownError } from './knownErrors';

const TRY_LATER = 'Try again later';

/** Errors by code, in lower case (pages "Error codes" and "Limits", and the page of the method). */
export const BY_CODE: Readonly<Record<string, KnownError>> = {
	error_wrong_workflow_id: UNUSABLE_ID,
	insufficient_scope: SCOPE_MISSING,
	invalid_scope: SCOPE_MISSING,
	invalid_credentials: SECRET_NOT_ACCEPTED,
	no_auth_found: SECRET_NOT_ACCEPTED,
	expired_token: {
		outcome: 'failed',
		reason: 'the access token has expired',
		hint: 'Reconnect the credential.',
		cause: CREDENTIAL,
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
		reason: 'the portal could not reach the authorization server of Bitrix24',
		hint: `${TRY_LATER}.`,
		cause: OUTAGE,
		notRun: true,
		// n8n renews the access token on each HTTP 401, and an application that renews often may get blocked
		// (page "OAuth 2.0").
		attempts: ATTEMPTS_WITH_RENEWAL,
	},
	error_method_not_found: {
		outcome: 'failed',
		reason: 'business processes are not available on this portal, or not to this credential',
		hint: "Check that 'Business processes' (bizproc) is selected in the settings of the webhook or application, and that the plan of the portal includes business processes. Also check the address in the credential.",
		cause: CONFIGURATION,
		stopsRun: true,
	},
	query_limit_exceeded: {
		outcome: 'failed',
		reason: 'Bitrix24 is limiting the number of requests and did not run this one',
		hint: `${TRY_LATER}. Until then, keep other workflows on this n8n from calling the same portal: Bitrix24 counts all requests from one address together.`,
		cause: RATE_LIMITED,
		notRun: true,
		throttles: true,
	},
	operation_time_limit: {
		outcome: 'failed',
		reason: 'Bitrix24 has temporarily blocked this method because it has used up its execution time',
		hint: 'Try again in about ten minutes, or use a separate webhook.',
		cause: QUOTA_EXHAUSTED,
		hintUntil: (time) => `Try again shortly after ${time}, or use a separate webhook.`,
		stopsRun: true,
	},
	overload_limit: {
		outcome: 'failed',
		reason: 'Bitrix24 has blocked the REST API of this portal because of overload',
		hint: 'Only Bitrix24 support can lift this block.',
		stopsRun: true,
	},
	payment_required: {
		outcome: 'failed',
		reason: 'the subscription of the application or portal has expired',
		hint: 'Renew the subscription or the plan.',
		cause: CONFIGURATION,
		stopsRun: true,
	},
	portal_deleted: {
		outcome: 'failed',
		reason: 'the portal is closed',
		hint: "On a self-hosted portal, an administrator may have turned on 'Temporary closure of the public part of the site'. Otherwise check the address in the credential.",
		cause: CONFIGURATION,
		stopsRun: true,
	},
	method_confirm_waiting: {
		outcome: 'failed',
		reason: 'Bitrix24 requires an administrator to confirm that this application may call the method',
		hint: 'Ask an administrator to confirm it in Bitrix24, then run the node again.',
		cause: CONFIGURATION,
		stopsRun: true,
	},
	method_confirm_denied: {
		outcome: 'failed',
		reason: 'an administrator of the portal has denied this application the use of the method',
		hint: 'Ask an administrator to allow it in Bitrix24, or use a webhook.',
		cause: CONFIGURATION,
		stopsRun: true,
	},
	allowed_only_intranet_user: REFUSED,
	error_manifest_is_not_available: REFUSED,
	portal_blocked_by_license_scanner: REFUSED,
	error_batch_length_exceeded: NOT_IN_BATCH,
	error_batch_method_not_allowed: NOT_IN_BATCH,
	error_core: OBJECTION,
	error_argument: OBJECTION,
	wrong_encoding: OBJECTION,
	internal_server_error: UNAVAILABLE,
	error_unexpected_answer: UNAVAILABLE,
};

/** Codes with which the workflow engine itself refuses; the description decides. */
const ENGINE_CODES = new Set(['', '404', 'error_core']);

/**
 * The description where no running workflow has the ID, in English and Russian. In other languages a state
 * query finds out.
 */
const NOT_FOUND = /^(the )?business process( is|was)? not found\.?$|^бизнес-процесс не найден\.?$/i;

/** What an `error` in an answer says. */
export interface ErrorAnswer {
	code: string;
	description: string;
	/** It is the answer to a batch as a whole, not to one of its commands. */
	isOfWholeBatch?: boolean;
}

/**
 * With these, an error says that the caller lacks the right, or that there is no such method, whichever workflow it is
 * about.
 */
const REFUSING = new Set([401, 403, 404]);

/** Errors about one workflow. */
const OF_WORKFLOW = new Set([NOT_RUNNING, OBJECTION, UNUSABLE_ID]);

/**
 * An error of Bitrix24 by its code, then by its description, and by HTTP status only if neither decides ("Error
 * codes"). An error about a batch as a whole is not about any workflow in it.
 */
export function knownError(answer: ErrorAnswer, status: number): KnownError {
	const { isOfWholeBatch = false } = answer;
	const name = answer.code.toLowerCase();
	const known = byWords(name, answer.description);
	if (known && !(isOfWholeBatch && OF_WORKFLOW.has(known))) return known;
	if (status >= 500 && (isOfWholeBatch || name !== '')) return UNAVAILABLE;
	const isOfRequest = isOfWholeBatch || (REFUSING.has(status) && !ENGINE_CODES.has(name));
	return isOfRequest ? REFUSED : OBJECTION;
}

function byWords(name: string, description: string): KnownError | undefined {
	if (ENGINE_CODES.has(name) && NOT_FOUND.test(description)) return NOT_RUNNING;
	if (name === 'access_denied') return accessDenied(description);
	if (name === 'authorization_error' && /^unable to authorize user/i.test(description)) {
		return USER_NOT_ACCEPTED;
	}
	if (name === 'invalid_request' && /https/i.test(description)) return HTTPS_NEEDED;
	return Object.hasOwn(BY_CODE, name) ? BY_CODE[name] : undefined;
}

/** What a response means that is not documented. */
export function unreadable(status: number): KnownError {
	if (status === 401) return SECRET_NOT_ACCEPTED;
	if (status === 404) return NOT_BITRIX24;
	if (status >= 500) return unavailable(`Bitrix24 is having trouble (HTTP ${status})`);
	return UNREADABLE;
}

/** Whether the same request may work later. A batch that was rejected as a batch stays rejected. */
export function isTemporary({ outcome, notRun, isOfBatch }: KnownError): boolean {
	return outcome === 'unknown' || (notRun === true && !isOfBatch);
}

/** One code for several cases, which differ in the description. */
function accessDenied(description: string): KnownError {
	if (/available only|commercial plan/i.test(description)) return PLAN_WITHOUT_REST;
	if (/application context/i.test(description)) return APPLICATION_NEEDED;
	if (/can.t be authorized in this context/i.test(description)) return USER_NOT_ADMITTED;
	return /^access denied[.!]*$/i.test(description) ? NOT_ADMINISTRATOR : ACCESS_DENIED;
}
