import { forAll } from '../../termination/contract';
import type { Reading, Stop, Verdict } from '../../termination/contract';
import type { Command, Confirmed } from '../../termination/vocabulary';
import { asText, excerpt, readJson, asObject } from '../../termination/wire';
import type { JsonRecord, WireResponse } from '../../termination/wire';

/** The states of an instance that are not the wanted end of a terminate ("Get instance", field `status`). */
const LIVE_STATES = ['Runnable', 'Suspended', 'Complete'];

interface Asked {
	command: Command;
	participle: Confirmed;
}

/** A row of the table of refusals: what the user reads, and whether the others would fare alike. */
interface Refusal {
	reason: string;
	hint: string;
	stopsRun?: boolean;
}

/** "Definition … not found." and "Object wasn't found". */
const NOT_FOUND = 1300;

/** Error codes that decide at any HTTP status ("API error codes"). */
const BY_CODE: Readonly<Record<number, Refusal>> = {
	1001: { reason: '8x8 rejected a value', hint: 'Check the IDs.' },
	1008: { reason: '8x8 rejected a value', hint: 'Check the IDs.' },
	1010: { reason: '8x8 rejected a value', hint: 'Check the IDs.' },
	1014: {
		reason: '8x8 requires TLS 1.3 or higher',
		hint: 'Check the Node.js version that runs n8n, and any proxy in between.',
		stopsRun: true,
	},
	2001: {
		reason: '8x8 does not offer this function for the account',
		hint: 'Ask your 8x8 account manager.',
		stopsRun: true,
	},
	2002: { reason: '8x8 no longer offers this version of its API', hint: 'Update this node.', stopsRun: true },
	2003: {
		reason: '8x8 does not offer this function for the account',
		hint: 'Ask your 8x8 account manager.',
		stopsRun: true,
	},
};

/** HTTP statuses, for answers without a code that decides ("API error codes", "API rate limiting"). */
const BY_STATUS: Readonly<Record<number, Refusal>> = {
	401: {
		reason: '8x8 did not accept the API key',
		hint: 'Use a key from the API Keys page of 8x8 Connect (not one of the Admin Console) that is not disabled.',
		stopsRun: true,
	},
	403: {
		reason: 'the API key has no access to this account',
		hint: 'Check the account ID (a sub-account ID does not fit), and whether 8x8 has enabled the account for the Automation API.',
		stopsRun: true,
	},
	410: { reason: '8x8 no longer offers this version of its API', hint: 'Update this node.', stopsRun: true },
	422: { reason: '8x8 understood the request but cannot follow it', hint: 'Look the workflow up in 8x8.' },
	426: {
		reason: '8x8 requires TLS 1.3 or higher',
		hint: 'Check the Node.js version that runs n8n, and any proxy in between.',
		stopsRun: true,
	},
	429: { reason: '8x8 limits the number of requests', hint: 'Try again a little later.' },
};

/** Reads the answer to a status command: any 2xx without an error in its body is a success, mostly with no body at all. */
export function readAnswer(targets: readonly unknown[], response: WireResponse, asked: Asked): Reading {
	const { status, text } = response;
	const json = readJson(text);
	const body = asObject(json);
	const ok = status >= 200 && status < 300;
	if (ok && text.trim() === '') return forAll(targets, { outcome: asked.participle });
	if (ok && json === undefined) return forAll(targets, unreadable(text));
	if (ok && body !== undefined && isError(body)) return refusalOf(targets, response, body, asked);
	if (ok) return forAll(targets, successOf(body, asked));
	return refusalOf(targets, response, body, asked);
}

function successOf(body: JsonRecord | undefined, { command, participle }: Asked): Verdict {
	const state = asText(body?.['status']);
	if (command === 'terminate' && state !== undefined && LIVE_STATES.includes(state)) {
		return {
			outcome: 'unknown',
			reason: `8x8 accepted the command and still names the state ${state}`,
			hint: 'Look the workflow up in 8x8.',
		};
	}
	return { outcome: participle };
}

function refusalOf(
	targets: readonly unknown[],
	{ status, text }: WireResponse,
	body: JsonRecord | undefined,
	{ command }: Asked,
): Reading {
	const code = typeof body?.['code'] === 'number' ? body['code'] : undefined;
	const told = {
		...(code !== undefined && { code: String(code) }),
		...(asText(body?.['message']) !== undefined && {
			vendorMessage: excerpt(asText(body?.['message']) ?? ''),
		}),
		...(asText(body?.['errorId']) !== undefined && { extra: { errorId: asText(body?.['errorId']) } }),
	};
	const known = (code === undefined ? undefined : BY_CODE[code]) ?? BY_STATUS[status];
	if (known) {
		const { reason, hint, stopsRun } = known;
		const stop: Stop | undefined = stopsRun ? { scope: 'run', reason, hint } : undefined;
		return forAll(targets, { outcome: 'failed', reason, hint, ...told }, stop);
	}
	if (status === 404 && body === undefined) {
		const reason = 'the address answered, but not as the Automation API';
		const hint = "Check the 'Base URL' in the credential.";
		return forAll(targets, { outcome: 'failed', reason, hint }, { scope: 'run', reason, hint });
	}
	if (status === 404 || code === NOT_FOUND)
		return forAll(targets, { ...notFound(told.vendorMessage), ...told });
	if (status >= 500 || status < 200 || (status >= 300 && status < 400)) {
		return forAll(targets, {
			outcome: 'unknown',
			reason: `8x8 is having trouble (HTTP ${status})`,
			hint: 'Run it again: terminating twice does no harm.',
			...told,
			...(body === undefined && text.trim() !== '' && { vendorMessage: excerpt(text) }),
		});
	}
	if (status === 400 && /definition id/i.test(told.vendorMessage ?? '')) {
		return forAll(targets, {
			outcome: 'failed',
			reason: 'the definition ID is not valid',
			hint: 'Copy the ID of the workflow definition from 8x8; it is a UUID.',
			...told,
		});
	}
	return forAll(targets, {
		outcome: 'failed',
		reason: `8x8 refused to ${command} it (HTTP ${status})`,
		hint: 'Look up its state in 8x8: only a running workflow can be suspended, and only a suspended one resumed.',
		...told,
	});
}

function notFound(vendorMessage: string | undefined): Verdict {
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

function unreadable(text: string): Verdict {
	return {
		outcome: 'unknown',
		reason: 'the answer could not be read',
		hint: 'A proxy may have answered in place of 8x8. Look the workflow up in 8x8.',
		vendorMessage: excerpt(text),
	};
}

/** 8x8's error shape; all four fields are mandatory there ("Update workflow instance status", schema of 400). */
function isError(body: JsonRecord): boolean {
	return typeof body['code'] === 'number' && body['code'] !== 0 && typeof body['message'] === 'string';
}
