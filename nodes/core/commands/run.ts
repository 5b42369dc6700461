import { clock as machineClock } from '../util/clock';
import type { Clock } from '../util/clock';
import type { Contract, Target } from './contract';
import { toJobs } from './batches';
import { Execution } from './execution';
import { RateLimitedClient } from '../http/client';
import { toOutcome } from './outcome';
import type { TargetOutcome } from './outcome';
import { HostRateLimiter } from '../http/rateLimiter';
import type { RateLimit } from '../http/rateLimiter';
import { mapYielding } from '../util/concurrency';
import type { Transport } from '../http/transport';

/** What steers a run besides its targets. */
export interface RunControl {
	/** Nothing is written; each outcome shows the request that would be sent, and how the target stands. */
	dryRun?: boolean;
	/** The vendor is asked to confirm each end, where it has a read call. */
	verify?: boolean;
	/** Ends the run: nothing more is sent. */
	signal?: AbortSignal;
	/** The pace of the vendor's host, shared by all runs of the process. Default: one of its own. */
	pace?: HostRateLimiter;
	/** How many requests a second the user wants at most. */
	requestsPerSecond?: number;
	/** Limits besides the vendor's and the user's. */
	rates?: readonly RateLimit[];
	clock?: Clock;
	/** Told now and then how many different targets are done, and of how many. */
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
	control: RunControl = {},
): Promise<TargetOutcome[]> {
	const { clock = machineClock, signal, onProgress, requestsPerSecond: wished } = control;
	const { entries, ofTarget } = await toJobs(targets, contract);
	const vendorRates =
		contract.rates?.(wished) ?? (wished === undefined ? [] : [{ perSecond: wished, burst: 1 }]);
	const limits = { inFlight: contract.requestsInFlight, rates: [...vendorRates, ...(control.rates ?? [])] };
	const line = new RateLimitedClient(
		transport,
		control.pace ?? new HostRateLimiter(clock),
		limits,
		clock,
		signal,
	);
	const wishes = { dryRun: control.dryRun ?? false, verify: control.verify ?? false };
	const tell = onProgress && ((done: number) => onProgress(done, entries.length));
	await new Execution(entries, contract, line, wishes, tell).finish();

	return await mapYielding(targets, (target, index) => {
		const entry = ofTarget[index];
		const verdict = entry?.verdict ?? { outcome: 'notSent', reason: 'the run ended before its turn' };
		return toOutcome(target, verdict, contract, {
			attempts: entry?.attempts ?? 0,
			...(entry?.httpStatus !== undefined && { httpStatus: entry.httpStatus }),
		});
	});
}
