import type { RateLimitedClient } from '../../http/client';
import { FAILURE_THRESHOLD, MAX_STATE_ATTEMPTS } from '../../http/limits';
import { isOutage } from '../../http/messages';
import type { ApiResponse } from '../../http/messages';
import { sendRead } from '../../http/readRequest';
import type { ReadOutcome } from '../../http/readRequest';
import type { QueryError, ReadResult } from '../../http/readResult';
import type { TransportFault } from '../../http/transport';
import { chunk } from '../../util/concurrency';
import { targetsOf } from '../batches';
import type { Batch, Job } from '../batches';
import type { StateQuery, StateReport } from '../contract';
import type { RunState } from '../runState';

/** What the vendor said about the states of a batch. */
export interface StateReports<Settings> extends Unasked {
	/** By job, also where the state could not be read. Jobs that were not asked about are missing. */
	reports: ReadonlyMap<Job<Settings>, StateReport>;
}

/** Why some jobs were not asked about, other than that the run had stopped. */
export interface Unasked {
	/** Nothing gets through to the vendor. */
	fault?: TransportFault | undefined;
	/** The vendor would refuse every question. */
	refusal?: QueryError | undefined;
}

/** What came of the question about some of the targets. */
type Answer =
	| { kind: 'read'; reports: readonly StateReport[] }
	/** These states could not be read. `isSilent`: there was no answer, however often the vendor was asked. */
	| { kind: 'unread'; error: QueryError; isSilent: boolean }
	| { kind: 'refused'; refusal: QueryError }
	| { kind: 'fault'; fault: TransportFault }
	| { kind: 'cancelled' };

/** Where a response says nothing about a target. */
const UNREAD: QueryError = { reason: 'the response does not show its state' };

/** Asks the vendor for the states of a batch, in as many requests as it takes. */
export async function askForStates<Settings>(
	batch: Batch<Settings>,
	stateQuery: StateQuery<Settings>,
	client: RateLimitedClient,
	state: RunState,
): Promise<StateReports<Settings>> {
	const reports = new Map<Job<Settings>, StateReport>();
	// A vendor that has been silent before gets one more chance, not several.
	const mostUnanswered = state.isSilent() ? 1 : FAILURE_THRESHOLD;
	let unanswered = 0;
	let silence = UNREAD;
	for (const part of chunk(batch, stateQuery.targetsPerRequest)) {
		if (unanswered >= mostUnanswered) {
			for (const job of part) reports.set(job, { error: silence });
			continue;
		}
		const answer = await ask(part, stateQuery, client, state);
		if (answer.kind === 'cancelled') return { reports };
		if (answer.kind === 'fault') return { reports, fault: answer.fault };
		if (answer.kind === 'refused') return { reports, refusal: answer.refusal };
		if (answer.kind === 'read') {
			part.forEach((job, index) => reports.set(job, answer.reports[index] ?? {}));
		} else {
			silence = answer.error;
			const report: StateReport = { error: answer.error, ...(!answer.isSilent && { isRefused: true }) };
			for (const job of part) reports.set(job, report);
		}
		const isAnswered = answer.kind === 'read' || !answer.isSilent;
		unanswered = isAnswered ? 0 : unanswered + 1;
		state.recordQuestion(isAnswered);
	}
	return { reports };
}

async function ask<Settings>(
	part: Batch<Settings>,
	stateQuery: StateQuery<Settings>,
	client: RateLimitedClient,
	state: RunState,
): Promise<Answer> {
	if (state.isStopped()) return { kind: 'cancelled' };
	const targets = targetsOf(part);
	const outcome = await sendRead(
		{
			request: stateQuery.request(targets),
			read: (response) => repeatable(response, stateQuery.read(targets, response)),
		},
		client,
		{ isWanted: () => !state.isStopped(), maxAttempts: MAX_STATE_ATTEMPTS },
	);
	return outcome.kind === 'found' ? { kind: 'read', reports: outcome.value } : failed(outcome);
}

function failed({ error, cause }: Extract<ReadOutcome<never>, { kind: 'failed' }>): Answer {
	if (cause === 'cancelled') return { kind: 'cancelled' };
	if (typeof cause === 'object') return { kind: 'fault', fault: cause };
	if (cause === 'exhausted') return { kind: 'unread', error, isSilent: true };
	return error.stopsRun ? { kind: 'refused', refusal: error } : { kind: 'unread', error, isSilent: false };
}

/** With these HTTP statuses the same question may well be answered a little later, whatever the body says. */
export function repeatable<T>({ status }: ApiResponse, result: ReadResult<T>): ReadResult<T> {
	if (!isOutage(status) || result.kind === 'sessionExpired' || result.kind === 'tryAgain') return result;
	return {
		kind: 'tryAgain',
		error: result.kind === 'failed' ? result.error : { ...UNREAD, httpStatus: status },
	};
}
