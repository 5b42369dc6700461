import type { Verdict } from './contract';
import type { Stop } from '../http/stops';
import { clockTime } from '../util/text';
import { CANCELLED } from '../http/stops';

/**
 * So many loads in a row without one useful answer, each of them tried as often as allowed, and the vendor is taken for
 * down. With one alone it may be the load itself that the vendor stumbles over.
 */
const FAILURE_THRESHOLD = 2;

/** What all loads of one run have in common: whether and why it has stopped, and what the vendor said of its limits. */
export class RunState {
	private stop: Stop | undefined;

	private readonly stoppedGroups = new Map<string, Stop>();

	private failures = 0;

	private resetsAt: number | undefined;

	constructor(private readonly isCancelled: () => boolean) {}

	/** Whether nothing more may be sent at all. */
	isStopped(): boolean {
		if (this.isCancelled()) this.stop ??= CANCELLED;
		return this.stop !== undefined;
	}

	/** Whether nothing more may be sent for a group. */
	isStoppedFor(group: string): boolean {
		return this.isStopped() || this.stoppedGroups.has(group);
	}

	/** Why a target of this group was left. */
	stopFor(group: string): Stop {
		return this.stop ?? this.stoppedGroups.get(group) ?? CANCELLED;
	}

	/** Stops the run or the group; the first reason stays. */
	noteStop(group: string, stop: Stop): void {
		if (stop.scope === 'run') this.stop ??= stop;
		else if (!this.stoppedGroups.has(group)) this.stoppedGroups.set(group, stop);
	}

	/** The vendor has told when its time budget has room again, in epoch seconds. */
	noteReset(epochSeconds: number | undefined): void {
		this.resetsAt = epochSeconds ?? this.resetsAt;
	}

	/** A stop with the time at which the vendor will be free again, where it has named one. */
	timed(stop: Stop): Stop {
		const time = this.resetsAt === undefined ? undefined : clockTime(this.resetsAt);
		return stop.hintUntil && time !== undefined ? { ...stop, hint: stop.hintUntil(time) } : stop;
	}

	/** The vendor has given an answer that is of use. */
	recordSuccess(): void {
		this.failures = 0;
	}

	/** A load was tried as often as allowed and came to nothing. After some in a row, everything else is left alone. */
	recordFailure({ reason, hint }: Verdict): void {
		this.failures += 1;
		if (this.failures < FAILURE_THRESHOLD) return;
		this.stop ??= {
			scope: 'run',
			reason: `request after request came to nothing; at last ${reason ?? 'there was no useful answer'}`,
			...(hint !== undefined && { hint }),
		};
	}
}
