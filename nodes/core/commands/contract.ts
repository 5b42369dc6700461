import type { Cause } from '../http/cause';
import type { ApiRequest, ApiResponse } from '../http/messages';
import type { RateLimit, RequestsInFlight } from '../http/rateLimiter';
import type { QueryError, ReadResult } from '../http/readResult';
import type { Stop } from '../http/stops';
import type { StateList } from './states/stateList';
import type { Command, Outcome, CommandWords } from './vocabulary';

/**
 * What one vendor's command is on the wire. Data and pure functions: no I/O, no clock, no n8n.
 * `Settings` is what a target needs beside its ID.
 */
export interface Contract<Settings> {
	command: Command;
	words: CommandWords;
	/** How many targets fit into one request, by the vendor's limit. */
	targetsPerRequest: number;
	/** How many requests may be open at a time, by this process on one host. */
	requestsInFlight: RequestsInFlight;
	/** That many commands may be open besides what reads, which a command may keep for minutes. */
	hasCommandLane?: true;
	/**
	 * The vendor's own rate limits; what the user wants may say which of them hold. Left out where it documents none. The
	 * user's wish itself limits the run besides.
	 */
	rates?(wishedPerSecond: number | undefined): RateLimit[];
	/** Where the ID of a target is unique: targets with equal keys and equal IDs are one and the same. */
	scopeKey(target: Target<Settings>): string;
	/** What is to be done with a target that several items name, each with settings of its own. Default: what the first wants. */
	mergeSettings?(first: Settings, other: Settings): Settings;
	/** Targets whose keys are equal may share a request. */
	groupKey(target: Target<Settings>): string;
	/**
	 * The vendor carries out the targets of a request one after the other, so the one that makes a request fail is the first
	 * that has not ended.
	 */
	isSequential?: true;
	/** Requests that take too long are sent in smaller parts: nobody says how far the vendor has got. */
	splitsOnTimeout?: true;
	/** Whether this target must travel in a request of its own. */
	needsOwnRequest?(target: Target<Settings>): boolean;
	/** The request that carries these targets, which share one group. */
	request(targets: ReadonlyArray<Target<Settings>>): ApiRequest;
	/** Reads a response, whatever its body is. */
	read(targets: ReadonlyArray<Target<Settings>>, response: ApiResponse): CommandResponse;
	/** The vendor's read call for the state of targets, where it has one. */
	stateQuery?: StateQuery<Settings>;
	/** The vendor knows what has ended too, so the run has never ended a target that the vendor does not know. */
	keepsEnded?: true;
	/** Why an ID does not look like one of the vendor's, as a sentence without its period; undefined where it does. */
	doubtAbout?(id: string): string | undefined;
	/** What is added to the output of each target, besides its ID. */
	describe(target: Target<Settings>): Readonly<Record<string, string>>;
}

/** What an answer says about one target. */
export interface Verdict {
	outcome: Outcome;
	/** Why, as the second half of a sentence, without a final period. Needed for failures. */
	reason?: string;
	/** How to get unstuck. */
	hint?: string;
	/** Why, where that is known; it decides whether a failure is worth a later run. */
	cause?: Cause;
	/** The vendor's code, as text. */
	code?: string;
	/** The vendor's own words. */
	vendorMessage?: string;
	/** What else the vendor said, for the output item. */
	extra?: Readonly<Record<string, unknown>>;
	/**
	 * Set when the answer leaves the state of the target open: the run then asks the vendor, and the verdict changes to
	 * the one given for the state. Without a state query, or without an entry for the state, the verdict stays.
	 */
	byState?: ByState;
	/**
	 * The vendor did not run it, and may do so a little later: it is sent again. What is `unknown` is sent again without
	 * this, once the vendor was asked.
	 */
	notRun?: true;
	/** It is not worth sending more often than this. Default: as often as anything. */
	attempts?: number;
	/** It is sent again in a request of its own: in company its answer says too little. */
	isAlone?: true;
	/**
	 * What the vendor said about it, in words that are not known here: equal for all targets about which one answer says the
	 * same. One of them is sent again alone, and what comes of it holds for the others.
	 */
	statement?: string;
	/** The answer itself says that the target has not ended, whatever an earlier request did. */
	stillRunning?: true;
	/** The target was in the wanted state before, so that nothing was left to do. */
	alreadyInState?: true;
}

/** What a verdict turns into once the state of the target is known. */
export type ByState = Readonly<
	Partial<Record<TargetState, Pick<Verdict, 'outcome' | 'reason' | 'hint' | 'alreadyInState'>>>
>;

/** The state of a target as it matters to a command, by a read call of the vendor. */
export type TargetState =
	/** It has not ended, and the command makes sense: it has not taken effect. */
	| 'running'
	/** It is in the state that the command leads to; never of a command that ends its targets. */
	| 'inState'
	/** It has ended. */
	| 'ended'
	/** Not among the running ones, or not known at all. */
	| 'absent';

/** What a read call says about one target. */
export interface StateReport {
	/** Left out where the answer does not say. */
	state?: TargetState;
	/**
	 * What the same state says once the command may have been carried out, where that is something else: what has ended
	 * cannot be resumed, but what was resumed may have ended since.
	 */
	stateAfterCommand?: TargetState;
	/** It has ended in a way that the command never leads to, so nothing that was sent has done it. */
	endedByItself?: true;
	/** The vendor's own word for the state. */
	vendorState?: string;
	/** What the answer says about the command itself, for the output of a target that it has brought there, or may have. */
	extra?: Readonly<Record<string, unknown>>;
	/** Why the state could not be read, where that is known. */
	error?: QueryError;
	/** The error is the vendor's own no to this question: it would say so again. */
	isRefused?: true;
	/** Why the vendor would refuse the command as things stand. For a dry run alone: the answer to the command decides. */
	refusal?: Required<Pick<Verdict, 'reason' | 'hint' | 'cause'>>;
}

/** A read call that says what state targets are in. Like the contract itself: data and pure functions. */
export interface StateQuery<Settings> {
	/**
	 * When the run asks. `first`: before the command too, because in some states the command would do harm or be refused.
	 * `inDoubt`: when nobody knows whether a command worked, before it is sent again. `last`: only when sending it again has
	 * not helped, because the answer is less certain or costs more than the command. On a dry run, and to verify, it is asked always.
	 */
	when: 'first' | 'inDoubt' | 'last';
	/** What it means that the vendor has no such target, or none that runs. */
	absentMeans: 'notRunning' | 'notFound';
	targetsPerRequest: number;
	request(targets: ReadonlyArray<Target<Settings>>): ApiRequest;
	/**
	 * One report for each target, in order. A response that could not be read is worth another try; a failure that stops
	 * the run concerns the credential or the address, not these targets.
	 */
	read(targets: ReadonlyArray<Target<Settings>>, response: ApiResponse): ReadResult<StateReport[]>;
	/** The vendor's list of what runs, where it gives the states of many targets at once. */
	list?: StateList<Settings>;
}

/** What an answer says. */
export type CommandResponse =
	/** One verdict for each target, in the order of the request. */
	| {
			kind: 'verdicts';
			verdicts: Verdict[];
			stop?: Stop;
			/** The vendor wants fewer requests. HTTP status 429 says so too. */
			throttled?: true;
			/** Epoch seconds at which the vendor's time budget has room again. */
			resetsAt?: number;
			/** The vendor's server is in trouble, by the body alone; a web page and the HTTP statuses from 500 on say so too. */
			isDown?: true;
	  }
	/** Nothing was done, because the session is no longer valid. Used when that cannot be renewed. */
	| { kind: 'sessionExpired'; verdict: Verdict; stop: Stop }
	/**
	 * The vendor accepts only smaller requests, or reports more detail for them. The verdict is for where the batch cannot be
	 * split any further; with `unknown` some of the targets may have been done.
	 */
	| {
			kind: 'tooMany';
			/** A request with so many is worth a try. Left out where some targets are the cause, and nobody says which. */
			atMost?: number;
			/** `group`: later requests with the same settings would fail in the same way. */
			scope: 'request' | 'group';
			verdict: Verdict;
	  };

/** The same verdict for every target. */
export function forAll(targets: readonly unknown[], verdict: Verdict, stop?: Stop): CommandResponse {
	const verdicts = targets.map(() => verdict);
	return stop ? { kind: 'verdicts', verdicts, stop } : { kind: 'verdicts', verdicts };
}

/** One thing to act on, and where it came from. */
export interface Target<Settings> {
	/** The vendor's ID, trimmed and checked. */
	id: string;
	/** Index of the input item that named it. */
	item: number;
	/** What the vendor needs beside the ID. */
	settings: Settings;
}
