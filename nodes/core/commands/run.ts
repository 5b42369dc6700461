import { RateLimitedClient } from '../http/client';
import { HostRateLimiter } from '../http/rateLimiter';
import type { RateLimit } from '../http/rateLimiter';
import type { Transport } from '../http/transport';
import { clock as machineClock } from '../util/clock';
import type { Clock } from '../util/clock';
import { chunk, mapYielding } from '../util/concurrency';
import { BatchSender } from './batchSender';
import { groupOf, toBatches, toJobs } from './batches';
import type { Batch, Job } from './batches';
import type { Contract, Target } from './contract';
import { toOutcome } from './outcome';
import type { TargetOutcome } from './outcome';
import { RunState } from './runState';
import { notSent } from './verdicts';
import { STRICT } from './vocabulary';
import type { Policy } from './vocabulary';

/** What steers a run besides its targets. */
export interface RunOptions<Settings = unknown> {
	/** Nothing is written; each outcome shows the request that would be sent, and the state of the target. */
	dryRun?: boolean;
	/** The vendor is asked to confirm each end, where it has a read call. */
	verify?: boolean;
	/** Which outcomes of a target count as failures. Default: STRICT. */
	policyOf?: (target: Target<Settings>) => Policy;
	/** Ends the run: nothing more is sent. */
	signal?: AbortSignal;
	/** The rate limiter of the vendor's host, shared by all runs of the process. Default: one of its own. */
	rateLimiter?: HostRateLimiter;
	/** How many requests a second the user wants at most. */
	requestsPerSecond?: number;
	/** Limits besides the vendor's and the user's. */
	rates?: readonly RateLimit[];
	clock?: Clock;
	/** Called now and then with how many different targets are done, and of how many. */
	onProgress?: (done: number, total: number) => void;
}

/**
 * Sends a command to all targets and says what became of each, in the order given.
 * Equal targets are sent once. Never rejects: whatever happens is an outcome.
 */
export async function run<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	contract: Contract<Settings>,
	transport: Transport,
	options: RunOptions<Settings> = {},
): Promise<TargetOutcome[]> {
	const { clock = machineClock, signal, requestsPerSecond: wished } = options;
	const vendorRates =
		contract.rates?.(wished) ?? (wished === undefined ? [] : [{ perSecond: wished, burst: 1 }]);
	const limits = { inFlight: contract.requestsInFlight, rates: [...vendorRates, ...(options.rates ?? [])] };
	const rateLimiter = options.rateLimiter ?? new HostRateLimiter(clock);
	const client = new RateLimitedClient(transport, rateLimiter, limits, clock, signal);

	const { jobs, jobOf } = await toJobs(targets, contract);
	const state = new RunState(() => client.isCancelled());
	await sendAll(jobs, contract, new BatchSender(contract, client, state, options), state, options.onProgress);
	return await mapYielding(targets, (target, index) => {
		const { attempts, httpStatus, verdict, group } = jobOf(index);
		return toOutcome(target, verdict ?? notSent(state.stopFor(group)), contract, {
			attempts,
			...(httpStatus !== undefined && { httpStatus }),
			policy: options.policyOf?.(target) ?? STRICT,
		});
	});
}

/** Sends all jobs, batch by batch, with no more workers than requests may be open. A job without a verdict was left when the run stopped. */
async function sendAll<Settings>(
	jobs: ReadonlyArray<Job<Settings>>,
	contract: Contract<Settings>,
	sender: BatchSender<Settings>,
	state: RunState,
	onProgress: RunOptions['onProgress'],
): Promise<void> {
	const queue = toBatches(jobs, contract);
	/** How many targets of a group a request may carry, where the vendor takes fewer than usual. */
	const maxOfGroup = new Map<string, number>();
	let done = 0;

	const split = (batch: Batch<Settings>, size: number): void => {
		queue.unshift(...chunk(batch, size));
	};
	const work = async (): Promise<void> => {
		for (;;) {
			const batch = state.isStopped() ? undefined : queue.shift();
			if (!batch) return;
			const group = groupOf(batch);
			if (state.isStoppedFor(group)) continue;
			const max = maxOfGroup.get(group) ?? batch.length;
			if (batch.length > max) {
				split(batch, max);
				continue;
			}
			const remainder = await sender.send(batch);
			if (remainder) {
				if (remainder.scope === 'group') maxOfGroup.set(group, remainder.atMost);
				split(remainder.jobs, remainder.atMost);
			}
			done += batch.length - (remainder?.jobs.length ?? 0);
			onProgress?.(done, jobs.length);
		}
	};
	await Promise.all(Array.from({ length: Math.max(1, contract.requestsInFlight) }, work));
}
