import { RateLimitedClient } from '../http/client';
import { HostRateLimiter } from '../http/rateLimiter';
import type { RateLimit } from '../http/rateLimiter';
import { RunPace } from '../http/runPace';
import type { Transport } from '../http/transport';
import { clock as machineClock } from '../util/clock';
import type { Clock } from '../util/clock';
import { chunk, keepGoing, mapYielding, yieldPeriodically } from '../util/concurrency';
import type { Quote } from '../util/excerpt';
import { BatchSender } from './batchSender';
import { groupOf, toBatches, toJobs } from './batches';
import type { Batch, Job } from './batches';
import type { Contract, Target, Verdict } from './contract';
import { FailureBrake, policiesOf } from './failureBrake';
import { toOutcome } from './outcome';
import type { TargetOutcome } from './outcome';
import { PartQueue } from './partQueue';
import { jobsOf, sizeOf } from './parts';
import type { Part } from './parts';
import { OWN_FAULT, RunState } from './runState';
import { ListedStates } from './states/listedStates';
import { notSent } from './verdicts';
import { STRICT } from './vocabulary';
import type { Policy } from './vocabulary';

/** What steers a run besides its targets. */
export interface RunOptions<Settings = unknown> {
	/** Nothing is written; each outcome says what the run would make of the target, and shows the request that would be sent. */
	dryRun?: boolean;
	/** Whether the vendor is asked to confirm the end of each target, or of which; where it has a read call. */
	verify?: boolean | ((target: Target<Settings>) => boolean);
	/** Which outcomes of a target count as failures. Default: STRICT. */
	policyOf?: (target: Target<Settings>) => Policy;
	/** Ends the run: nothing more is sent. */
	signal?: AbortSignal;
	/** The rate limiter of the vendor's host, shared by all runs of the process. Default: one of its own. */
	rateLimiter?: HostRateLimiter;
	/** After so many failed targets nothing more is sent. Default: whatever fails. */
	stopAfterFailures?: number;
	/** How many targets the user wants in one request at most, besides the vendor's limit. */
	targetsPerRequest?: number;
	/** How many requests a second the user wants at most. */
	requestsPerSecond?: number;
	/** More limits of the user's on this run. */
	rates?: readonly RateLimit[];
	/** The pace that the user has set, where several runs share it. Default: one made of the two above. */
	pace?: RunPace;
	clock?: Clock;
	/** Makes what came from outside fit to be shown; asked for when all is done. Never rejects. */
	quote?: () => Promise<Quote>;
	/** Called now and then with how many different targets are done, and of how many. */
	onProgress?: (done: number, total: number) => void;
	/** Called when a request with so many targets is sent again in parts of at most so many. */
	onSplit?: (count: number, atMost: number) => void;
	/** Called with an exception of this package's own, which has stopped the run. */
	onFault?: (error: unknown) => void;
}

/**
 * Sends a command to all targets and says what became of each, in the order given.
 * Equal targets are sent once. Never rejects: whatever happens is an outcome, and nothing is sent once it has resolved.
 */
export async function run<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	contract: Contract<Settings>,
	transport: Transport,
	options: RunOptions<Settings> = {},
): Promise<TargetOutcome[]> {
	const { clock = machineClock, signal } = options;
	let client: RateLimitedClient | undefined;
	const state = new RunState(
		() => signal?.aborted === true,
		() => client?.leave(),
		() => clock.now(),
	);
	const report = (error: unknown): void => guarded(() => options.onFault?.(error));
	const onFault = (error: unknown): void => {
		state.stop('', OWN_FAULT);
		report(error);
	};
	const onProgress = (done: number, total: number): void =>
		guarded(() => options.onProgress?.(done, total), report);
	let jobOf: ((index: number) => Job<Settings>) | undefined;
	try {
		client = clientFor(contract, transport, { ...options, clock });
		const { verify } = options;
		const wantsVerify = typeof verify === 'function' ? verify : () => verify === true;
		const work = await toJobs(targets, contract, wantsVerify);
		({ jobOf } = work);
		const targetsPerRequest = Math.min(contract.targetsPerRequest, options.targetsPerRequest ?? Infinity);
		const batches = toBatches(work.jobs, { ...contract, targetsPerRequest });
		const parts = batches.map((jobs): Part<Settings> => ({ jobs }));
		const dryRun = options.dryRun === true;
		const { stateQuery } = contract;
		const isAskedBefore = dryRun || stateQuery?.when === 'first';
		const listed = new ListedStates(isAskedBefore ? stateQuery?.list : undefined, client, state, onFault);
		await listed.lookFor(parts);
		const sender = new BatchSender(contract, client, state, {
			dryRun,
			listed,
			onFault,
			onSplit: (count, atMost) => guarded(() => options.onSplit?.(count, atMost), report),
		});
		const queue = new PartQueue(parts, listed);
		const { stopAfterFailures: limit } = options;
		const brake =
			limit === undefined
				? undefined
				: new FailureBrake(
						limit,
						await policiesOf(targets, work.jobOf, options.policyOf),
						state,
						contract.words,
					);
		await sendAll(queue, client, sender, state, {
			...(brake && { onSettled: (jobs) => brake.count(jobs) }),
			onProgress: (done) => onProgress(done, work.jobs.length),
		});
	} catch (error) {
		// A batch keeps its own faults, so nothing has been sent so far.
		onFault(error);
	}
	const quote = await options.quote?.();
	const named = new Set<Job<Settings>>();
	return await mapYielding(targets, (target, index) => {
		const job = jobOf?.(index);
		const verdict = job?.verdict ?? notSent(state.stopFor(job?.group ?? ''));
		const outcome = outcomeOf(target, job, verdict, contract, { ...options, quote });
		if (job && named.has(job)) outcome.isRepeat = true;
		if (job) named.add(job);
		return outcome;
	});
}

/** What became of a target is reported, whatever fails on the way. */
function outcomeOf<Settings>(
	target: Target<Settings>,
	{ attempts, httpStatus }: Pick<Job<Settings>, 'attempts' | 'httpStatus'> = { attempts: 0 },
	verdict: Verdict,
	contract: Contract<Settings>,
	{
		policyOf,
		quote,
		dryRun: isDryRun = false,
	}: Pick<RunOptions<Settings>, 'policyOf' | 'dryRun'> & { quote: Quote | undefined },
): TargetOutcome {
	const details = { attempts, httpStatus, quote, isDryRun };
	try {
		return toOutcome(target, verdict, contract, { ...details, policy: policyOf?.(target) ?? STRICT });
	} catch {
		return toOutcome(target, verdict, { ...contract, describe: () => ({}) }, { ...details, policy: STRICT });
	}
}

/** A listener that fails is no reason to leave targets. */
function guarded(listen: () => void, report: (error: unknown) => void = () => undefined): void {
	try {
		listen();
	} catch (error) {
		report(error);
	}
}

function clientFor<Settings>(
	contract: Contract<Settings>,
	transport: Transport,
	{ clock, requestsPerSecond: wished, ...options }: RunOptions<Settings> & { clock: Clock },
): RateLimitedClient {
	const limits = {
		inFlight: contract.requestsInFlight,
		hasCommandLane: contract.hasCommandLane,
		rates: contract.rates?.(wished) ?? [],
	};
	const own = [...(wished === undefined ? [] : [{ perSecond: wished, burst: 1 }]), ...(options.rates ?? [])];
	const pace = options.pace ?? new RunPace(own, clock);
	const rateLimiter = options.rateLimiter ?? new HostRateLimiter(clock);
	return new RateLimitedClient(transport, rateLimiter, limits, clock, { pace, signal: options.signal });
}

/** Who wants to hear of the progress of a run. */
interface SendListeners<Settings> {
	/** Called with jobs that are not sent again. */
	onSettled?: (jobs: Batch<Settings>) => void;
	/** Called with how many jobs are done. */
	onProgress: (done: number) => void;
}

/** Sends all jobs, batch by batch, as many of them at a time as requests may be open. A job without a verdict was left when the run stopped. */
async function sendAll<Settings>(
	queue: PartQueue<Settings>,
	client: RateLimitedClient,
	sender: BatchSender<Settings>,
	state: RunState,
	{ onSettled, onProgress }: SendListeners<Settings>,
): Promise<void> {
	/** How many targets of a group a request may carry, where the vendor takes fewer than usual. */
	const maxOfGroup = new Map<string, number>();
	let done = 0;
	// The parts of a stopped group are skipped without a wait, and there may be many.
	const breathe = yieldPeriodically();

	const sendNext = async (): Promise<void> => {
		const part = await queue.next();
		if (!part) return;
		const group = groupOf(part.jobs);
		if (state.isStoppedFor(group)) {
			await breathe();
			return;
		}
		const max = maxOfGroup.get(group) ?? part.jobs.length;
		if (part.jobs.length > max) {
			queue.putBack(chunk(part.jobs, max).map((jobs) => ({ jobs })));
			return;
		}
		const remainder = await sender.send(part);
		if (remainder?.maxOfGroup !== undefined) maxOfGroup.set(group, remainder.maxOfGroup);
		const parts = remainder?.parts ?? [];
		if (onSettled) {
			const again = new Set(jobsOf(parts));
			onSettled(jobsOf([part]).filter((job) => !again.has(job)));
		}
		queue.putBack(parts);
		done += sizeOf([part]) - sizeOf(parts);
		onProgress(done);
	};
	const next = (): Promise<void> | undefined =>
		state.isStopped() || queue.isEmpty() ? undefined : sendNext();
	await keepGoing(() => client.requestsInFlight(), next);
}
