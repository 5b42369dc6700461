import { FAILURE_THRESHOLD } from '../http/limits';
import { CANCELLED } from '../http/stops';
import type { Stop } from '../http/stops';
import { clockTime } from '../util/text';
import type { Verdict } from './contract';

/** A fault of this package's own, such as an exception, stops the run: what it has not judged cannot be trusted to it. */
export const OWN_FAULT: Stop = {
	scope: 'run',
	reason: 'of an error inside this node',
	hint: 'Please report it with the version of this node. Nothing more was sent; run it again without the targets named here to see which one it is.',
};

/** For a target that was left although nothing has stopped the run. */
const LEFT: Stop = { ...OWN_FAULT, reason: 'this node has lost track of it' };

/**
 * What all batches of one run have in common: whether and why it has stopped, what the vendor said about its limits, and
 * a circuit breaker that stops the run when the vendor seems to be down.
 */
export class RunState {
	private stopped: Stop | undefined;

	private readonly stoppedGroups = new Map<string, Stop>();

	/** Batches in a row without a useful answer. */
	private failures = 0;

	/** Questions in a row without any answer. */
	private unanswered = 0;

	private resetsAt: number | undefined;

	constructor(
		private readonly isCancelled: () => boolean,
		/** Called when nothing more may be sent at all. */
		private readonly onStop: () => void = () => undefined,
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

	/** The vendor has given a useful answer. */
	recordSuccess(): void {
		this.failures = 0;
	}

	/** A batch was tried as often as allowed and came to nothing. After some in a row everything else is left alone. */
	recordFailure({ reason, hint }: Verdict): void {
		this.failures += 1;
		if (this.failures < FAILURE_THRESHOLD) return;
		this.stopRun({
			scope: 'run',
			reason: `request after request came to nothing; at last ${reason ?? 'there was no useful answer'}`,
			...(hint !== undefined && { hint }),
		});
	}

	private stopRun(stop: Stop): void {
		this.stopped ??= stop;
		this.onStop();
	}

	/** The vendor was asked for states, as often as allowed. */
	recordQuestion(isAnswered: boolean): void {
		this.unanswered = isAnswered ? 0 : this.unanswered + 1;
	}

	/** Whether the vendor has left the last questions without an answer, so that one that can be done without is not asked. */
	isSilent(): boolean {
		return this.unanswered >= FAILURE_THRESHOLD;
	}

	private withTime(stop: Stop): Stop {
		const time = this.resetsAt === undefined ? undefined : clockTime(this.resetsAt);
		return stop.hintUntil && time !== undefined ? { ...stop, hint: stop.hintUntil(time) } : stop;
	}
}
