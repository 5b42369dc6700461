import { CONFIGURATION, CREDENTIAL, RATE_LIMITED } from '../../core/http/cause';
import type { Cause } from '../../core/http/cause';
import type { QueryError } from '../../core/http/readResult';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { outsideText } from '../../core/util/text';

/** An error that is known: what the user reads, and what follows for the run. */
export interface KnownError {
	/** The second half of a sentence. */
	reason: string;
	hint: string;
	/** Left out where it is not known. */
	cause?: Cause;
	/** Every other request would fail in the same way. */
	stopsRun?: true;
	/** Nothing was done; a little later it may work. */
	notRun?: true;
}

/** The codes of "API error codes" that decide together with something else. */
export const CODE = {
	/** "Definition … not found." and "Object wasn't found". */
	notFound: 1300,
	/** "Internal Error", mostly with HTTP 500. */
	internal: 2000,
} as const;

const WRONG_KEY: KnownError = {
	reason: '8x8 did not accept the API key',
	hint: 'Use an enabled key from the API Keys page in 8x8 Connect, not one from the Admin Console.',
	cause: CREDENTIAL,
	stopsRun: true,
};

/**
 * The ID of an account's first sub-account is that of the account and "_hq" ("Send a single SMS"). 8x8 has to enable each
 * account for this API ("Getting started").
 */
export const ACCOUNT_HINT =
	"Check the 'Account ID' in the credential: a sub-account ID, such as one that ends in _hq, does not work. Also check whether 8x8 has enabled the account for the Automation API.";

const NO_ACCESS: KnownError = {
	reason: 'the API key has no access to this account',
	hint: ACCOUNT_HINT,
	cause: CONFIGURATION,
	stopsRun: true,
};

const BAD_VALUE: KnownError = {
	reason: '8x8 rejected a value',
	hint: 'Check the IDs.',
	cause: CONFIGURATION,
};

const OLD_TLS: KnownError = {
	reason: '8x8 requires TLS 1.3 or higher',
	hint: 'Check the Node.js version that runs n8n, and any proxy in between.',
	cause: CONFIGURATION,
	stopsRun: true,
};

const OLD_VERSION: KnownError = {
	reason: '8x8 no longer offers this version of its API',
	hint: 'Update this node.',
	stopsRun: true,
};

const NOT_OFFERED: KnownError = {
	reason: '8x8 does not offer this feature to the account',
	hint: 'Ask your 8x8 account manager.',
	cause: CONFIGURATION,
	stopsRun: true,
};

/** By error code, at any HTTP status ("API error codes"). */
export const BY_CODE: Readonly<Record<number, KnownError>> = {
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

/** By HTTP status, for responses whose code is not in the table ("API error codes", "API rate limiting"). */
export const BY_STATUS: Readonly<Record<number, KnownError>> = {
	401: WRONG_KEY,
	403: NO_ACCESS,
	410: OLD_VERSION,
	426: OLD_TLS,
	429: {
		reason: '8x8 is limiting the number of requests',
		hint: "Try again later, or set the option 'Requests per Second'.",
		cause: RATE_LIMITED,
		notRun: true,
	},
};

/**
 * HTTP 404 without an error of 8x8: another server answers at this address, and nothing is known about the workflow.
 */
export const NOT_THE_API: KnownError = {
	reason: 'the response does not seem to come from the Automation API',
	hint: "Check the 'Base URL' in the credential.",
	cause: CONFIGURATION,
	stopsRun: true,
};

/**
 * By message, if neither the code nor the HTTP status says it: code 1000 stands for several errors. The text about a
 * workflow ID is not documented; it is expected to be like the one about a definition ID. The documentation calls the
 * workflow ID a UUID, its samples have 24 hexadecimal digits ("Get instance").
 */
export const BY_MESSAGE: ReadonlyArray<readonly [RegExp, KnownError]> = [
	[
		/definition id/i,
		{
			reason: 'the definition ID is not valid',
			hint: 'Copy the ID of the workflow definition from 8x8; it is a UUID.',
			cause: CONFIGURATION,
		},
	],
	[
		/invalid (workflow|instance)( \w+)? id/i,
		{
			reason: 'the workflow ID is not valid',
			hint: 'Copy the ID of the workflow from 8x8, or take it from Get Many. It has 24 hexadecimal digits or is a UUID.',
			cause: CONFIGURATION,
		},
	],
];

/** Also for a command whose response left open whether the workflow exists. */
export const WORKFLOW_NOT_FOUND: KnownError = {
	reason: 'it does not exist under this definition',
	hint: 'It may belong to another definition, or it may have been removed together with its definition.',
};

/** "Definition … not found." */
export const DEFINITION_NOT_FOUND: KnownError = {
	reason: 'its definition does not exist in this account',
	hint: "Check the 'Account ID' in the credential and the ID of the definition. The definition may have been deleted.",
	cause: CONFIGURATION,
};

/** The same code if 8x8 means the account: nothing in it would be found. */
export const ACCOUNT_NOT_FOUND: KnownError = {
	reason: '8x8 does not know this account',
	hint: ACCOUNT_HINT,
	cause: CONFIGURATION,
	stopsRun: true,
};

/**
 * What 8x8 has not found, by the first of the nouns in its message. "Definition … not found." is documented, other wordings
 * are not; "Object wasn't found" has none of them.
 */
export function missingIn(message: string): 'account' | 'definition' | 'workflow' | undefined {
	const noun = /(?<![a-z])(account|sub-?account|(?:workflow[ _-]?)?definition|workflow|instance)/i.exec(
		message,
	)?.[1];
	if (noun === undefined) return undefined;
	if (/account/i.test(noun)) return 'account';
	return /definition/i.test(noun) ? 'definition' : 'workflow';
}

/** The same code for a list: what it lists may be unknown, or the whole account. */
export const LIST_NOT_FOUND: KnownError = {
	reason: '8x8 did not find the account or the requested data',
	hint: ACCOUNT_HINT,
	cause: CONFIGURATION,
};

/** HTTP 422 to a command ("API error codes"). */
export const NOT_FOLLOWED: KnownError = {
	reason: '8x8 understood the request but could not carry it out',
	hint: 'Look up the workflow in 8x8.',
};

/** A success that is not in the documented form. The second half of the hint depends on what was asked. */
export const UNREADABLE: KnownError = {
	reason: 'the response could not be read',
	hint: 'A proxy may have answered instead of 8x8.',
};

/** What users see of an error besides our own text. */
export type VendorDetails = Pick<QueryError, 'code' | 'vendorMessage' | 'extra'>;

/**
 * Whether a body is 8x8's error: `code`, `message`, `errorId` and `timestamp`, all of them mandatory ("Update
 * workflow instance status", schema of 400; "API error codes"). The first two distinguish it from the error of any
 * other server.
 */
export function isVendorError(body: JsonRecord | undefined): boolean {
	const code = codeOf(body);
	return code !== undefined && code !== 0 && typeof body?.['message'] === 'string';
}

/** The number in an error's `code`. */
export function codeOf(body: JsonRecord | undefined): number | undefined {
	return typeof body?.['code'] === 'number' ? body['code'] : undefined;
}

/** The code and the message of an error; `errorId` is the reference that 8x8 support asks for. */
export function vendorDetails(body: JsonRecord | undefined): VendorDetails {
	const code = codeOf(body);
	const message = asText(body?.['message']);
	const errorId = asText(body?.['errorId']);
	return {
		...(code !== undefined && { code: String(code) }),
		...(message !== undefined && { vendorMessage: outsideText(message) }),
		...(errorId !== undefined && { extra: { errorId } }),
	};
}

/**
 * The start of a response that does not come from 8x8, such as a proxy's page. Nothing is taken from what looks
 * like JSON: a workflow that was cut off half way carries phone numbers, names and messages in its `data`.
 */
export function foreignDetails(text: string): VendorDetails {
	const start = text.trim();
	if (start === '' || /^[[{"]/.test(start)) return {};
	return { vendorMessage: outsideText(start) };
}
