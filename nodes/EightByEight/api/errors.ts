import { isSuccess } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import type { Verdict } from '../../core/commands/contract';
import { excerpt } from '../../core/util/text';
import { asText } from '../../core/util/json';

/** A row of the table of refusals: what the user reads, and whether the others would fare alike. */
export interface Refusal {
	reason: string;
	hint: string;
	stopsRun?: true;
	/** Nothing was done; a little later it may work. */
	notRun?: true;
}

/** "Definition … not found." and "Object wasn't found". */
const NOT_FOUND = 1300;

/** "Internal Error", mostly with HTTP 500. */
const INTERNAL = 2000;

const WRONG_KEY: Refusal = {
	reason: '8x8 did not accept the API key',
	hint: 'Use a key from the API Keys page of 8x8 Connect (not one of the Admin Console) that is not disabled.',
	stopsRun: true,
};

const NO_ACCESS: Refusal = {
	reason: 'the API key has no access to this account',
	hint: 'Check the account ID (a sub-account ID does not fit), and whether 8x8 has enabled the account for the Automation API.',
	stopsRun: true,
};

const BAD_VALUE: Refusal = { reason: '8x8 rejected a value', hint: 'Check the IDs.' };

const OLD_TLS: Refusal = {
	reason: '8x8 requires TLS 1.3 or higher',
	hint: 'Check the Node.js version that runs n8n, and any proxy in between.',
	stopsRun: true,
};

const OLD_VERSION: Refusal = {
	reason: '8x8 no longer offers this version of its API',
	hint: 'Update this node.',
	stopsRun: true,
};

const NOT_OFFERED: Refusal = {
	reason: '8x8 does not offer this function for the account',
	hint: 'Ask your 8x8 account manager.',
	stopsRun: true,
};

/** Error codes that decide at any HTTP status ("API error codes"). */
const BY_CODE: Readonly<Record<number, Refusal>> = {
	1001: BAD_VALUE,
	1008: BAD_VALUE,
	1010: BAD_VALUE,
	1014: OLD_TLS,
	1200: WRONG_KEY,
	1201: NO_ACCESS,
	2001: NOT_OFFERED,
	2002: OLD_VERSION,
	2003: NOT_OFFERED,
};

/** HTTP statuses, for answers without a code that decides ("API error codes", "API rate limiting"). */
const BY_STATUS: Readonly<Record<number, Refusal>> = {
	401: WRONG_KEY,
	403: NO_ACCESS,
	410: OLD_VERSION,
	426: OLD_TLS,
	429: {
		reason: '8x8 limits the number of requests',
		hint: "Try again a little later, or set the option 'Requests per Second'.",
		notRun: true,
	},
};

const NOT_THE_API: Refusal = {
	reason: 'the address answered, but not as the Automation API',
	hint: "Check the 'Base URL' in the credential.",
	stopsRun: true,
};

const NO_DEFINITION_ID: Refusal = {
	reason: 'the definition ID is not valid',
	hint: 'Copy the ID of the workflow definition from 8x8; it is a UUID.',
};

/**
 * Not documented; worded like the refusal of a definition ID. The text of the documentation calls the ID a UUID, its samples
 * have 24 hexadecimal digits ("Get instance").
 */
const NO_WORKFLOW_ID: Refusal = {
	reason: 'the workflow ID is not valid',
	hint: 'Copy the ID of the workflow from 8x8, or take it from Get Many; it has 24 hexadecimal digits, or is a UUID.',
};

/** Also where a command's answer left open whether it exists. */
export const WORKFLOW_UNKNOWN: Refusal = {
	reason: 'it does not exist under this definition',
	hint: 'It may belong to another definition, or was removed together with its definition.',
};

const DEFINITION_UNKNOWN: Refusal = {
	reason: 'its definition does not exist in this account',
	hint: 'Check the account ID in the credential and the definition ID; the definition may have been deleted.',
};

/** What an answer that is no success says, whatever was asked. */
export type Refused =
	/** A fact about the account, the key, the server or a value. */
	| { kind: 'known'; refusal: Refusal }
	/** 8x8 does not have it. */
	| { kind: 'absent'; what: 'workflow' | 'definition'; refusal: Refusal }
	/** A server that failed or gave up, or an answer that is none: nobody knows what came of the request. */
	| { kind: 'trouble'; reason: string }
	/** What was asked for itself was turned down. */
	| { kind: 'rejected' };

/** The meaning of an answer that is no success. `body` is left out where it is no JSON object. */
export function refusedBy({ status }: ApiResponse, body: JsonRecord | undefined): Refused {
	const code = codeOf(body);
	const known = (code === undefined ? undefined : BY_CODE[code]) ?? BY_STATUS[status];
	if (known) return { kind: 'known', refusal: known };
	const { vendorMessage = '' } = toldBy(body);
	if (code === NOT_FOUND || (status === 404 && body !== undefined && isError(body))) {
		return /^definition\b/i.test(vendorMessage)
			? { kind: 'absent', what: 'definition', refusal: DEFINITION_UNKNOWN }
			: { kind: 'absent', what: 'workflow', refusal: WORKFLOW_UNKNOWN };
	}
	// Whoever else says 404, in JSON too, knows the address and not the workflow.
	if (status === 404) return { kind: 'known', refusal: NOT_THE_API };
	if (code === INTERNAL || isTrouble(status)) {
		return { kind: 'trouble', reason: `8x8 is having trouble (HTTP ${status})` };
	}
	if (/definition id/i.test(vendorMessage)) return { kind: 'known', refusal: NO_DEFINITION_ID };
	if (/invalid (workflow|instance)( \w+)? id/i.test(vendorMessage)) {
		return { kind: 'known', refusal: NO_WORKFLOW_ID };
	}
	return { kind: 'rejected' };
}

function isTrouble(status: number): boolean {
	return status === 408 || !(isSuccess(status) || (status >= 400 && status < 500));
}

/**
 * Whether a body is 8x8's error: `code`, `message`, `errorId` and `timestamp`, all of them mandatory ("Update workflow
 * instance status", schema of 400; "API error codes"). The first two tell it from anybody else's.
 */
export function isError(body: JsonRecord): boolean {
	return typeof body['code'] === 'number' && body['code'] !== 0 && typeof body['message'] === 'string';
}

/** The number in an error's `code`. */
export function codeOf(body: JsonRecord | undefined): number | undefined {
	return typeof body?.['code'] === 'number' ? body['code'] : undefined;
}

/** What an error says, as far as users may see it; `errorId` is the reference that 8x8 support asks for. */
export function toldBy(body: JsonRecord | undefined): Pick<Verdict, 'code' | 'vendorMessage' | 'extra'> {
	const code = codeOf(body);
	const message = asText(body?.['message']);
	const errorId = asText(body?.['errorId']);
	return {
		...(code !== undefined && { code: String(code) }),
		...(message !== undefined && { vendorMessage: excerpt(message) }),
		...(errorId !== undefined && { extra: { errorId } }),
	};
}

/**
 * The start of an answer that is no error of 8x8's, such as a proxy's page. Never of what looks like JSON: a workflow that
 * was cut off half way carries phone numbers, names and messages in its `data`.
 */
export function excerptOfForeign(text: string): Pick<Verdict, 'vendorMessage'> {
	const start = text.trim();
	if (start === '' || /^[[{"]/.test(start)) return {};
	return { vendorMessage: excerpt(start) };
}
