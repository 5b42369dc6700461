import type { Reading, Stop, Verdict } from '../../termination/contract';
import type { Confirmed } from '../../termination/vocabulary';
import { excerpt } from '../../termination/wire';
import type { WireResponse } from '../../termination/wire';
import { NOT_CONFIRMED, NOT_RUN, NOT_RUNNING, meaningOf, unclear } from './refusals';
import type { Meaning } from './refusals';
import { readReplies } from './replies';
import type { Reply } from './replies';

/** The reason where the command's own answer is lost and the workflow no longer runs: this run may have ended it. */
const ENDED_MEANWHILE = {
	outcome: 'notRunning',
	reason: 'the answer to the command was no use, and afterwards it was not among the running ones',
	hint: 'It was ended by this run, had finished already, or the ID is wrong.',
} as const;

/**
 * Reads the answer to a command that ends workflows, sent alone or as a batch: a success is the result `true` and
 * nothing else (page "bizproc.workflow.terminate").
 */
export function readAnswer(
	targets: readonly unknown[],
	response: WireResponse,
	participle: Confirmed,
): Reading {
	let stop: Stop | undefined;
	const verdicts = readReplies(response.text, targets.length).map((reply): Verdict => {
		const meaning = meaningFor(reply, response.status);
		if (meaning === undefined) return { outcome: participle };
		if ('stopsRun' in meaning) {
			stop ??= { scope: 'run', reason: meaning.reason, hint: meaning.hint };
		}
		return { ...verdictOf(meaning), ...told(reply, response) };
	});
	return stop ? { kind: 'verdicts', verdicts, stop } : { kind: 'verdicts', verdicts };
}

/** Undefined for a success. */
function meaningFor(reply: Reply, status: number): Meaning | typeof NOT_RUN | undefined {
	switch (reply.kind) {
		case 'refused':
			return meaningOf(reply.refusal, status);
		case 'notRun':
			return NOT_RUN;
		case 'unclear':
			return unclear(status);
		case 'result':
			if (status < 200 || status >= 300) return unclear(status);
			return reply.result === true ? undefined : NOT_CONFIRMED;
	}
}

function verdictOf(meaning: Meaning | typeof NOT_RUN): Verdict {
	const { outcome, reason, hint } = meaning;
	if (!('asks' in meaning)) return { outcome, reason, hint };
	if (outcome === 'failed') return { outcome, reason, hint, ifStanding: { absent: pick(NOT_RUNNING) } };
	return {
		outcome,
		reason,
		hint,
		ifStanding: {
			absent: ENDED_MEANWHILE,
			running: {
				outcome,
				reason: `${reason}, and it was still running afterwards`,
				hint: 'Run it again: terminating twice does no harm.',
			},
		},
	};
}

function pick({ outcome, reason, hint }: Meaning): Pick<Verdict, 'outcome' | 'reason' | 'hint'> {
	return { outcome, reason, hint };
}

/** The vendor's code and words, as far as there are any. */
function told(reply: Reply, { text }: WireResponse): Pick<Verdict, 'code' | 'vendorMessage'> {
	if (reply.kind === 'refused') {
		const { code, description } = reply.refusal;
		return {
			...(code !== '' && { code: excerpt(code) }),
			...(description !== '' && { vendorMessage: excerpt(description) }),
		};
	}
	const words = reply.kind === 'unclear' ? excerpt(text) : '';
	return words === '' ? {} : { vendorMessage: words };
}
