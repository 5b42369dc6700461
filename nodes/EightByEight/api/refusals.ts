import { forAll } from '../../core/commands/contract';
import type { CommandResponse, Verdict } from '../../core/commands/contract';
import type { Stop } from '../../core/http/stops';
import { RUN_AGAIN } from '../../core/commands/verdicts';
import type { CommandWords } from '../../core/commands/vocabulary';
import type { ApiResponse } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import { excerptOfForeign, toldBy, refusedBy, WORKFLOW_UNKNOWN } from './errors';
import type { WorkflowCommand } from './instance';
import type { Refusal } from './errors';

/** The command that an answer belongs to. */
export interface Asked {
	command: WorkflowCommand;
	words: CommandWords;
}

const BAD_REQUEST = 400;

const UNPROCESSABLE = 422;

/**
 * While a step is executed it may hold the workflow's lock: 8x8 may refuse any command then, and take it shortly after. It
 * documents nothing about this; engines of the same kind do so.
 */
const ATTEMPTS_AT_A_LOCK = 3;

const NOT_FOLLOWED: Refusal = {
	reason: '8x8 understood the request but cannot follow it',
	hint: 'Look the workflow up in 8x8.',
};

/** Reads an answer to a command that is no success. `body` is left out where it is no JSON object. */
export function readRefusal(
	targets: readonly unknown[],
	response: ApiResponse,
	body: JsonRecord | undefined,
	asked: Asked,
): CommandResponse {
	const refused = refusedBy(response, body);
	const told = toldBy(body);
	switch (refused.kind) {
		case 'known':
			return knownRefusal(targets, refused.refusal, told);
		case 'absent':
			return forAll(targets, { outcome: 'notFound', ...refused.refusal, ...told });
		case 'trouble': {
			const { reason } = refused;
			return forAll(targets, {
				outcome: 'unknown',
				reason,
				hint: RUN_AGAIN,
				...told,
				...excerptOfForeign(response.text),
			});
		}
		case 'rejected':
			return forAll(targets, { ...refusedCommand(asked, response.status), ...told });
	}
}

function knownRefusal(
	targets: readonly unknown[],
	{ reason, hint, stopsRun, notRun }: Refusal,
	told: Partial<Verdict>,
): CommandResponse {
	const stop: Stop | undefined = stopsRun && { scope: 'run', reason, hint };
	return forAll(targets, { outcome: 'failed', reason, hint, ...(notRun && { notRun }), ...told }, stop);
}

/**
 * The command itself was refused. 8x8 does not document what that looks like, so the workflow's state decides. Of a 400 a
 * lock may be the cause, so the same may work a little later.
 */
function refusedCommand({ command, words }: Asked, status: number): Verdict {
	const { participle, change } = words;
	const { reason, hint } = status === UNPROCESSABLE ? NOT_FOLLOWED : wrongState(command, status);
	return {
		outcome: 'failed',
		reason,
		hint,
		byState: {
			running: {
				outcome: 'failed',
				reason: `${reason}, and it ${change ? `is still ${change.from}` : 'has not ended'}`,
				hint,
			},
			...(change && {
				inState: {
					outcome: participle,
					alreadyInState: true,
					reason: `${reason}, and it is no longer ${change.from}`,
				},
			}),
			ended: { outcome: 'alreadyEnded', reason: `${reason}, and it has ended` },
			absent: {
				...WORKFLOW_UNKNOWN,
				outcome: 'notFound',
				reason: `${reason}, and ${WORKFLOW_UNKNOWN.reason}`,
			},
		},
		...(status === BAD_REQUEST && { notRun: true, attempts: ATTEMPTS_AT_A_LOCK }),
	};
}

function wrongState(command: WorkflowCommand, status: number): Refusal {
	return {
		reason: `8x8 refused to ${command} it (HTTP ${status})`,
		hint: 'Look up its state in 8x8: only a running workflow can be suspended, and only a suspended one resumed. If a step was being executed, run it again a little later.',
	};
}
