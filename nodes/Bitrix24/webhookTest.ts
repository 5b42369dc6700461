import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';

import { BY_CODE, isTemporary, knownError } from './api/errors';

/**
 * Descriptions that decide what their code means (page "Error codes"; the texts of newer and older portals as their
 * server code writes them). n8n compares exactly, so they stand here letter by letter; some portals add a full stop.
 */
const BY_DESCRIPTION: ReadonlyArray<readonly [code: string, description: string]> = [
	['ACCESS_DENIED', 'Access denied!'],
	['ACCESS_DENIED', 'Access denied! Application context required'],
	['ACCESS_DENIED', 'REST API is available only on commercial plans'],
	['ACCESS_DENIED', 'REST is available only on commercial plans'],
	['ACCESS_DENIED', 'REST is available only by subscription'],
	['ACCESS_DENIED', "Current user can't be authorized in this context"],
	['authorization_error', 'Unable to authorize user'],
	['INVALID_REQUEST', 'Https required'],
];

/** n8n shows no part of an answer to a test. */
const RUN_SHOWS = 'Run the node to see what Bitrix24 says.';

/** For everything that no other rule covers, so it names no single cause. */
const NO_LIST = `The response is not the list of running workflows that the REST API of Bitrix24 returns. Test again later. If the result is the same, copy the URL of the webhook from Bitrix24 again: the portal may have a new address, or a proxy may be answering instead. Also check in Bitrix24 that the webhook, its owner and the plan of the portal are active. ${RUN_SHOWS}`;

/** A rule that fails the test when the answer has the value under the key. */
function rule(key: string, value: unknown, message: string): IAuthenticateRuleResponseSuccessBody {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/**
 * What the node would say about an error, as sentences that include the words of Bitrix24; undefined for an error that
 * a test cannot cause.
 */
function sentencesFor(error: ReturnType<typeof knownError>, said: string): string | undefined {
	if (!error.stopsRun && !isTemporary(error)) return undefined;
	// The test reads only to see whether the webhook may end workflows. So only a temporary error is one of the read
	// itself.
	const { reason, hint } = error.stopsRun ? error : (error.forList?.('workflows') ?? error);
	return `${reason.charAt(0).toUpperCase()}${reason.slice(1)} (${said}). ${hint}`;
}

const descriptionRules = BY_DESCRIPTION.flatMap(([code, description]) => {
	const error = knownError({ code, description }, 400);
	return [description, `${description}.`].flatMap((value) => {
		const message = sentencesFor(error, `code ${code}: "${value}"`);
		return message === undefined ? [] : [rule('error_description', value, message)];
	});
});

/** Codes have to be compared without regard to case, but n8n compares exactly. */
function rulesFor(code: string, more = ''): IAuthenticateRuleResponseSuccessBody[] {
	const error = knownError({ code, description: '' }, 400);
	return [code, code.toUpperCase()].flatMap((value) => {
		const message = sentencesFor(error, `code ${value}`);
		return message === undefined ? [] : [rule('error', value, message + more)];
	});
}

const codeRules = [
	...Object.keys(BY_CODE).flatMap((code) => rulesFor(code)),
	// Its description decides, and this one is not known.
	...rulesFor('access_denied', ` ${RUN_SHOWS}`),
];

/** What the test of a webhook says about each answer that is not a list: the first rule that fits. */
export const WEBHOOK_TEST_RULES = [...descriptionRules, ...codeRules, rule('result', undefined, NO_LIST)];
