import { forAll } from '../../core/commands/contract';
import type { CommandResponse, Verdict } from '../../core/commands/contract';
import { isSuccess } from '../../core/http/messages';
import { asObject, asText, readJson } from '../../core/util/json';
import type { ApiResponse } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import { excerptOfForeign, isError } from './errors';
import type { WorkflowCommand } from './instance';
import { readRefusal } from './refusals';
import type { Asked } from './refusals';

/** The states that a command cannot have led to ("Get instance", field `status`). What was resumed may have ended since. */
const CONTRADICTIONS: Readonly<Record<WorkflowCommand, readonly string[]>> = {
	terminate: ['Runnable', 'Suspended', 'Complete'],
	suspend: ['Runnable', 'Complete', 'Terminated'],
	resume: ['Suspended'],
};

/**
 * Reads the answer to a status command. The documented success is 200 without a body; any 2xx is one whose body is an
 * object that says nothing to the contrary. Never throws.
 */
export function readAnswer(
	targets: readonly unknown[],
	response: ApiResponse,
	asked: Asked,
): CommandResponse {
	const { status, text } = response;
	const body = asObject(readJson(text));
	if (!isSuccess(status) || (body !== undefined && isError(body))) {
		return readRefusal(targets, response, body, asked);
	}
	if (text.trim() === '') return forAll(targets, { outcome: asked.words.participle });
	return forAll(targets, body === undefined ? unreadable(text) : successOf(body, asked));
}

function successOf(body: JsonRecord, { command, words }: Asked): Verdict {
	const state = asText(body['status']);
	if (state !== undefined && CONTRADICTIONS[command].includes(state)) {
		return {
			outcome: 'unknown',
			reason: `8x8 accepted the command and still names the state ${state}`,
			hint: 'Look the workflow up in 8x8.',
		};
	}
	return { outcome: words.participle };
}

function unreadable(text: string): Verdict {
	return {
		outcome: 'unknown',
		reason: 'the answer could not be read',
		hint: 'A proxy may have answered in place of 8x8. Look the workflow up in 8x8.',
		...excerptOfForeign(text),
	};
}
