import { OWN_FAULT as OWN_FAULT_CAUSE, UNAVAILABLE } from '../http/cause';
import { FAILURE_THRESHOLD, FAILURE_THRESHOLD_WITH_READS, UNANSWERED_BUDGET_MS } from '../http/limits';
import { CANCELLED } from '../http/stops';
import type { Stop } from '../http/stops';
import { clockTime } from '../util/text';
import type { Verdict } from './contract';

/** A fault of this package's own, such as an exception, stops the run: what it has not judged cannot be trusted to it. */
export const OWN_FAULT: Stop = {
	scope: 'run',
	reason: 'of an internal error in this node',
	cause: OWN_FAULT_CAUSE,
	hint: 'No more requests were sent. Report this error with the version of the node. To find the cause, run the node again without the targets that are named here.',
};

/** For a target that was left although nothing has stopped the run. */
const LEFT: Stop = { ...OWN_FAULT, reason: 'this node lost track of it' };

/**
 * What all batches of one run have in common: whether and why it has stopped, what the vendor said about its limits, and
 * a circuit breaker that stops the run when the vendor seems to be down.
 */
export class RunState {
	private stopped: Stop | undefined;

	private readonly stoppedGroups = new Map<string, Stop>();

	/** Batches in a row that the vendor has not answered: all of them, and those since it last answered a question. */
	private readonly failures = { all: 0, sinceRead: 0 };

	/** When the first command was sent that has not been answered, and none since. */
	private unansweredSince: number | undefined;

	/** Questions in a row without any answer. */
	private unanswered = 0;

	private resetsAt: number | undefined;

	constructor(
		private readonly isCancelled: () => boolean,
		/** Called when nothing more may be sent at all. */
		private readonly onStop: () => void = () => undefined,
		/** Milliseconds of a clock that never goes back. */
		private readonly now: () => number = () => 0,
	) {}

	/** Whether nothing more may be sent at all. */
	isStopped(): boolean {
		if (this.isCancelled()) this.stopped ??= CANCELLED;
		return this.stopped !== undefined;
	}

	/** Whether nothing more may be sent for a group. */
	isStoppedFor(group: string): boolean {
		return this.isStopped() || this.stoppedGroups.has(group);
	}

	/** Why a target of this group was left. */
	stopFor(group: string): Stop {
		return (this.isStopped() ? this.stopped : this.stoppedGroups.get(group)) ?? LEFT;
	}

	/** Stops the run or the group; the first reason stays. Returns the stop with the time at which the vendor is free again. */
	stop(group: string, stop: Stop): Stop {
		const timed = this.withTime(stop);
		if (stop.scope === 'run') this.stopRun(timed);
		else if (!this.stoppedGroups.has(group)) this.stoppedGroups.set(group, timed);
		return timed;
	}

	/** The vendor has said when its time budget has room again, in epoch seconds. */
	noteReset(epochSeconds: number | undefined): void {
		this.resetsAt = epochSeconds ?? this.resetsAt;
	}

	/** The vendor has read a command, or carried one out. */
	recordAnswer(): void {
		this.failures.all = 0;
		this.failures.sinceRead = 0;
		this.unansweredSince = undefined;
	}

	/** A command that was sent at this time was not answered. After half an hour of that everything else is left alone. */
	recordNoAnswer(sentAt: number, verdict: Verdict): void {
		this.unansweredSince ??= sentAt;
		if (this.now() - this.unansweredSince >= UNANSWERED_BUDGET_MS) this.giveUp(verdict);
	}

	/**
	 * A batch was tried as often as allowed, and the vendor was down each time. After some in a row everything else is left
	 * alone: sooner where it does not answer questions either.
	 */
	recordFailure(verdict: Verdict): void {
		this.failures.all += 1;
		this.failures.sinceRead += 1;
		const { all, sinceRead } = this.failures;
		if (sinceRead >= FAILURE_THRESHOLD || all >= FAILURE_THRESHOLD_WITH_READS) this.giveUp(verdict);
	}

	private giveUp({ reason, hint, cause }: Verdict): void {
		this.stopRun({
			scope: 'run',
			reason: `several requests in a row failed; the last error was: ${reason ?? 'there was no response'}`,
			...(hint !== undefined && { hint }),
			cause: cause ?? UNAVAILABLE,
		});
	}

	private stopRun(stop: Stop): void {
		this.stopped ??= stop;
		this.onStop();
	}

	/** The vendor was asked for states, as often as allowed. */
	recordQuestion(isAnswered: boolean): void {
		this.unanswered = isAnswered ? 0 : this.unanswered + 1;
		if (isAnswered) this.failures.sinceRead = 0;
	}

	/** Whether the vendor has left the last question without an answer. */
	isUnanswered(): boolean {
		return this.unanswered > 0;
	}

	/** Whether the vendor has left the last questions without an answer, so that one that can be done without is not asked. */
	isSilent(): boolean {
		return this.unanswered >= FAILURE_THRESHOLD;
	}

	private withTime(stop: Stop): Stop {
		const time = this.resetsAt === undefined ? undefined : clockTime(this.resetsAt);
		if (!stop.hintUntil || this.resetsAt === undefined || time === undefined) return stop;
		const { cause } = stop;
		return {
			...stop,
			hint: stop.hintUntil(time),
			...(cause && { cause: { ...cause, resetsAtMs: this.resetsAt * 1000 } }),
		};
	}
}
