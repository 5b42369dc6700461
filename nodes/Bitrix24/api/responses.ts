import type { CommandResponse, Verdict } from '../../core/commands/contract';
import type { Stop } from '../../core/http/stops';
import type { Confirmed } from '../../core/commands/vocabulary';
import { isSuccess } from '../../core/http/messages';
import { excerpt } from '../../core/util/text';
import type { ApiResponse } from '../../core/http/messages';
import { LEFT_OUT, NOT_CONFIRMED, meaningOf, unclear } from './errors';
import type { Meaning } from './errors';
import { readReplies, latestReset } from './replies';
import type { Reply } from './replies';

/**
 * Reads the answer to a command that ends workflows, sent alone or as a batch: a success is the result `true` and
 * nothing else (page "bizproc.workflow.terminate").
 */
export function readAnswer(
	targets: readonly unknown[],
	response: ApiResponse,
	participle: Confirmed,
): CommandResponse {
	const replies = readReplies(response.text, targets.length);
	const meanings = replies.map((reply) => meaningFor(reply, response.status));
	const verdicts = meanings.map((meaning, index): Verdict => {
		const told = toldBy(replies[index], response);
		return meaning === undefined ? { outcome: participle, ...told } : { ...verdictOf(meaning), ...told };
	});
	const [first] = verdicts;
	// A batch that refuses all of its commands for its own sake would do so again; each of them may go alone.
	if (first && meanings.every((meaning) => meaning?.isOfBatch)) {
		return { kind: 'tooMany', atMost: 1, scope: 'group', verdict: first };
	}

	const stop = stopOf(meanings.find((meaning) => meaning?.stopsRun));
	const resetsAt = latestReset(replies);
	return {
		kind: 'verdicts',
		verdicts,
		...(stop && { stop }),
		...(meanings.some((meaning) => meaning?.throttles) && { throttled: true as const }),
		...(resetsAt !== undefined && { resetsAt }),
	};
}

/** Undefined for a success. */
function meaningFor(reply: Reply, status: number): Meaning | undefined {
	switch (reply.kind) {
		case 'refused':
			return meaningOf(reply.refusal, status);
		case 'notRun':
			return LEFT_OUT;
		case 'unclear':
			return unclear(status);
		case 'result':
			if (!isSuccess(status)) return unclear(status);
			return reply.result === true ? undefined : NOT_CONFIRMED;
	}
}

function verdictOf({ outcome, reason, hint, byState, notRun, attempts }: Meaning): Verdict {
	return {
		outcome,
		reason,
		hint,
		...(byState && { byState }),
		...(notRun && { notRun }),
		...(attempts !== undefined && { attempts }),
	};
}

function stopOf(meaning: Meaning | undefined): Stop | undefined {
	if (!meaning) return undefined;
	const { reason, hint, hintUntil } = meaning;
	return { scope: 'run', reason, hint, ...(hintUntil && { hintUntil }) };
}

/** The vendor's code and words, as far as there are any. */
function toldBy(reply: Reply | undefined, { text }: ApiResponse): Pick<Verdict, 'code' | 'vendorMessage'> {
	if (reply?.kind === 'refused') {
		const { code, description } = reply.refusal;
		return {
			...(code !== '' && { code: excerpt(code) }),
			...(description !== '' && { vendorMessage: excerpt(description) }),
		};
	}
	const words = reply?.kind === 'unclear' ? excerpt(text) : '';
	return words === '' ? {} : { vendorMessage: words };
}
