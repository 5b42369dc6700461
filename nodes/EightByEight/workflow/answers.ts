import { forAll } from '../../termination/contract';
import type { Reading, Verdict } from '../../termination/contract';
import type { Command, Confirmed } from '../../termination/vocabulary';
import { asObject, asText, isSuccess, readJson } from '../../termination/wire';
import type { JsonRecord, WireResponse } from '../../termination/wire';
import { excerptOfForeign, isError } from './errorBody';
import { readRefusal } from './refusals';

/** The states of an instance that are not the wanted end of a terminate ("Get instance", field `status`). */
const OTHER_STATES = ['Runnable', 'Suspended', 'Complete'];

interface Asked {
	command: Command;
	participle: Confirmed;
}

/**
 * Reads the answer to a status command. The documented success is 200 without a body; any 2xx is one whose body is an
 * object that says nothing to the contrary. Never throws.
 */
export function readAnswer(targets: readonly unknown[], response: WireResponse, asked: Asked): Reading {
	const { status, text } = response;
	const body = asObject(readJson(text));
	if (!isSuccess(status) || (body !== undefined && isError(body))) {
		return readRefusal(targets, response, body, asked.command);
	}
	if (text.trim() === '') return forAll(targets, { outcome: asked.participle });
	return forAll(targets, body === undefined ? unreadable(text) : successOf(body, asked));
}

function successOf(body: JsonRecord, { command, participle }: Asked): Verdict {
	const state = asText(body['status']);
	if (command === 'terminate' && state !== undefined && OTHER_STATES.includes(state)) {
		return {
			outcome: 'unknown',
			reason: `8x8 accepted the command and still names the state ${state}`,
			hint: 'Look the workflow up in 8x8.',
		};
	}
	return { outcome: participle };
}

function unreadable(text: string): Verdict {
	return {
		outcome: 'unknown',
		reason: 'the answer could not be read',
		hint: 'A proxy may have answered in place of 8x8. Look the workflow up in 8x8.',
		...excerptOfForeign(text),
	};
}
