import { forAll } from '../../termination/contract';
import type { Reading, Stop, Verdict } from '../../termination/contract';
import type { Command } from '../../termination/vocabulary';
import { isSuccess } from '../../termination/wire';
import type { JsonRecord, WireResponse } from '../../termination/wire';
import { codeOf, excerptOfForeign, isError, toldBy } from './errorBody';

/** A row of the table of refusals: what the user reads, and whether the others would fare alike. */
interface Refusal {
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

const BAD_REQUEST = 400;
const UNPROCESSABLE = 422;

/**
 * While a step is executed it may hold the workflow's lock: 8x8 may refuse any command then, and take it shortly after. It
 * documents nothing about this; engines of the same kind do so.
 */
const ATTEMPTS_AT_A_LOCK = 3;

const RUN_AGAIN = 'Run it again: what has ended by then is reported as ended.';

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

const NOT_FOLLOWED: Refusal = {
	reason: '8x8 understood the request but cannot follow it',
	hint: 'Look the workflow up in 8x8.',
};

/** Reads an answer that is no success. `body` is left out where it is no JSON object. */
export function readRefusal(
	targets: readonly unknown[],
	{ status, text }: WireResponse,
	body: JsonRecord | undefined,
	command: Command,
): Reading {
	const code = codeOf(body);
	const told = toldBy(body);
	const known = (code === undefined ? undefined : BY_CODE[code]) ?? BY_STATUS[status];
	if (known) return refusedBy(targets, known, told);
	if (code === NOT_FOUND || (status === 404 && body !== undefined && isError(body))) {
		return forAll(targets, { ...notFound(told.vendorMessage), ...told });
	}
	// Whoever else says 404, in JSON too, knows the address and not the workflow.
	if (status === 404) return refusedBy(targets, NOT_THE_API, told);
	if (code === INTERNAL || isTrouble(status)) {
		const reason = `8x8 is having trouble (HTTP ${status})`;
		return forAll(targets, {
			outcome: 'unknown',
			reason,
			hint: RUN_AGAIN,
			...told,
			...excerptOfForeign(text),
		});
	}
	if (/definition id/i.test(told.vendorMessage ?? '')) return refusedBy(targets, NO_DEFINITION_ID, told);
	return forAll(targets, { ...refusedCommand(command, status), ...told });
}

function refusedBy(
	targets: readonly unknown[],
	{ reason, hint, stopsRun, notRun }: Refusal,
	told: Partial<Verdict>,
): Reading {
	const stop: Stop | undefined = stopsRun && { scope: 'run', reason, hint };
	return forAll(targets, { outcome: 'failed', reason, hint, ...(notRun && { notRun }), ...told }, stop);
}

/**
 * The command itself was refused. 8x8 does not document what that looks like, so the workflow's state decides. Of a 400 a
 * lock may be the cause, so the same may work a little later.
 */
function refusedCommand(command: Command, status: number): Verdict {
	const { reason, hint } = status === UNPROCESSABLE ? NOT_FOLLOWED : wrongState(command, status);
	return {
		outcome: 'failed',
		reason,
		hint,
		ifStanding: {
			running: { outcome: 'failed', reason: `${reason}, and it has not ended`, hint },
			ended: { outcome: 'alreadyEnded', reason: `${reason}, and it has ended` },
			absent: { ...notFound(undefined), reason: `${reason}, and it does not exist under this definition` },
		},
		...(status === BAD_REQUEST && { notRun: true, attempts: ATTEMPTS_AT_A_LOCK }),
	};
}

function wrongState(command: Command, status: number): Refusal {
	return {
		reason: `8x8 refused to ${command} it (HTTP ${status})`,
		hint: 'Look up its state in 8x8: only a running workflow can be suspended, and only a suspended one resumed. If a step was being executed, run it again a little later.',
	};
}

/** Nobody knows what became of the command: a server that failed or gave up, or an answer that is none. */
function isTrouble(status: number): boolean {
	return status === 408 || !(isSuccess(status) || (status >= 400 && status < 500));
}

function notFound(vendorMessage: string | undefined): Pick<Verdict, 'outcome' | 'reason' | 'hint'> {
	return vendorMessage !== undefined && /^definition\b/i.test(vendorMessage)
		? {
				outcome: 'notFound',
				reason: 'its definition does not exist in this account',
				hint: 'Check the account ID in the credential and the definition ID; the definition may have been deleted.',
			}
		: {
				outcome: 'notFound',
				reason: 'it does not exist under this definition',
				hint: 'It may belong to another definition, or was removed together with its definition.',
			};
}
