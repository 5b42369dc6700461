import { forAll } from '../../../../nodes/core/commands/contract';
import type {
	Contract,
	ByState,
	CommandResponse,
	TargetState,
	Verdict,
	Target,
} from '../../../../nodes/core/commands/contract';
import type { StateList, StatePages } from '../../../../nodes/core/commands/states/stateList';
import type { CommandWords } from '../../../../nodes/core/commands/vocabulary';
import type { ApiRequest, ApiResponse } from '../../../../nodes/core/http/messages';
import type { RateLimit, RequestsInFlight } from '../../../../nodes/core/http/rateLimiter';
import type { Stop } from '../../../../nodes/core/http/stops';
import { found } from '../../../../nodes/core/http/readResult';
import { readObject } from '../../../../nodes/core/util/json';
import { ENDING, RESUMING, SUSPENDING } from './commandWords';

export interface Settings {
	group: string;
	alone: boolean;
	/** Of the item, and of no importance to the vendor. */
	note: string;
}

/** How a vendor of the model is to be spoken to. */
export interface Manners {
	/**
	 * What the command does: it ends its targets; it puts them into a state, as to suspend them; or it releases them from
	 * one, as to resume them, and some end at once then.
	 */
	aim: 'end' | 'hold' | 'release';
	targetsPerRequest: number;
	requestsInFlight: RequestsInFlight;
	isSequential: true | undefined;
	splitsOnTimeout: true | undefined;
	/** Undefined: it documents none. */
	rates: RateLimit[] | undefined;
	inquiry:
		| {
				when: 'first' | 'inDoubt' | 'last';
				/** It lists what runs, and so cannot tell ended from unknown; or it knows every instance. */
				lists: 'running' | 'all';
				targetsPerRequest: number;
				/** How many rows there are on a page of its list of what has not ended. Undefined: it has none. */
				pageSize: number | undefined;
		  }
		| undefined;
}

/** What the vendor of the model says about one target. */
export type Word =
	| 'done'
	| 'ended'
	| 'missing'
	/** No, and whether it still runs is left open. */
	| 'refused'
	/** No, because of a state that only running ones have. */
	| 'stillRuns'
	/** Not now. */
	| 'busy'
	/** Not now, or never: only its state tells. */
	| 'busyOrEnded'
	/** No, perhaps because it has ended. */
	| 'odd'
	/** Yes or no. */
	| 'mumble'
	/** Takes it for the same as another one. */
	| 'repeat'
	/** The same in words that nobody knows. */
	| `foreign ${'done' | 'ended' | 'odd' | 'missing'}`
	/** Not mentioned. */
	| null;

/** The body of an answer. */
export interface Answer {
	words?: Word[];
	states?: Array<TargetState | 'finished' | null>;
	rows?: Row[];
	says?: 'limited' | 'tooMany' | 'fatal';
	atMost?: number;
	acted?: boolean;
	wholeGroup?: boolean;
	scope?: Stop['scope'];
	attempts?: number;
	outcome?: 'failed' | 'unknown' | 'notSent';
	resetsAt?: number;
}

/** A row of a list: the state may be left out. The number says where the next page begins. */
export interface Row {
	number: number;
	id: string;
	state?: TargetState;
}

export const COMMAND_PATH = '/end';

export const QUESTION_PATH = '/state';

export const LIST_PATH = '/list';

/** The body of a request. */
export interface Call {
	group: string;
	/** None for a page of a list. */
	ids: string[];
	/** The number of the row behind which the page begins. */
	after?: number;
}

const SESSION_OVER: Stop = { scope: 'run', reason: 'the session is over' };

/** The contract of the model vendor. */
export function modelContract(manners: Manners): Contract<Settings> {
	const { aim, inquiry, rates, targetsPerRequest, requestsInFlight, isSequential, splitsOnTimeout } = manners;
	const words = WORDS[aim];
	const absent = inquiry?.lists === 'running' ? 'notRunning' : 'notFound';
	return {
		command: 'terminate',
		words,
		targetsPerRequest,
		requestsInFlight,
		...(isSequential && { isSequential }),
		...(splitsOnTimeout && { splitsOnTimeout }),
		...(rates && {
			rates: (wished) => [...rates, ...(wished === undefined ? [] : [{ perSecond: wished, burst: 1 }])],
		}),
		scopeKey: ({ settings }) => settings.group,
		groupKey: ({ settings }) => settings.group,
		needsOwnRequest: ({ settings }) => settings.alone,
		request: (targets) => requestTo('POST', COMMAND_PATH, targets),
		read: (targets, response) => readCommand(targets, response, { words, absent }),
		...(inquiry && {
			stateQuery: {
				when: inquiry.when,
				absentMeans: absent,
				targetsPerRequest: inquiry.targetsPerRequest,
				request: (targets) => requestTo('GET', QUESTION_PATH, targets),
				read: (targets, { status, text }) => {
					const error = { reason: 'nobody knows' };
					if (status === 401) return { kind: 'sessionExpired', error };
					const { states } = (readObject(text) ?? {}) as Answer;
					if (!states) return { kind: 'tryAgain', error };
					return found(
						targets.map((_, index) => {
							const state = states[index];
							if (!state) return {};
							if (state === 'finished') {
								return { state: 'ended', endedByItself: true, vendorState: 'is finished' };
							}
							const isLate = aim === 'release' && state === 'ended';
							return { state, ...(isLate && { stateAfterCommand: 'inState' }), vendorState: `is ${state}` };
						}),
					);
				},
				...(inquiry.pageSize !== undefined && { list: modelList(inquiry.pageSize) }),
			},
		}),
		describe: ({ settings }) => ({ group: settings.group }),
	};
}

function modelList(pageSize: number): StateList<Settings> {
	return {
		worthFrom: 2,
		keyOf: (id) => id,
		pages: ({ group }) => pagesOf(group, pageSize),
		stateOf: (row) => {
			const { id, state } = row as unknown as Row;
			return state && { id, report: { state, vendorState: `is ${state}` } };
		},
	};
}

function* pagesOf(group: string, pageSize: number): StatePages {
	for (let after = -1; ;) {
		const call: Call = { group, ids: [], after };
		const { rows, found: count } = yield {
			request: { method: 'GET', path: LIST_PATH, body: JSON.stringify(call) },
			read: ({ status, text }) => {
				const error = { reason: 'nobody knows' };
				if (status === 401) return { kind: 'sessionExpired', error };
				const answer = (readObject(text) ?? {}) as Answer;
				return answer.rows
					? found({ rows: answer.rows.map((row) => ({ ...row })) })
					: { kind: 'tryAgain', error };
			},
		};
		if (count === 0 || rows.length < pageSize) return;
		after = Number(rows.at(-1)?.['number']);
	}
}

/** How the command of each aim is called. */
export const WORDS: Readonly<Record<Manners['aim'], CommandWords>> = {
	end: ENDING,
	hold: SUSPENDING,
	release: RESUMING,
};

interface Meant {
	words: CommandWords;
	absent: 'notRunning' | 'notFound';
}

function requestTo(
	method: 'GET' | 'POST',
	path: string,
	targets: ReadonlyArray<Target<Settings>>,
): ApiRequest {
	const call: Call = { group: targets[0]!.settings.group, ids: targets.map(({ id }) => id) };
	return { method, path, body: JSON.stringify(call) };
}

function readCommand(
	targets: ReadonlyArray<Target<Settings>>,
	{ status, text }: ApiResponse,
	meant: Meant,
): CommandResponse {
	if (status === 401) {
		const verdict: Verdict = { outcome: 'notSent', reason: 'the session is over' };
		return { kind: 'sessionExpired', verdict, stop: SESSION_OVER };
	}
	const answer = readObject(text) as Answer | undefined;
	const attempts = answer?.attempts === undefined ? {} : { attempts: answer.attempts };
	const limited: Verdict = {
		outcome: answer?.outcome ?? 'failed',
		reason: 'there were too many requests',
		notRun: true,
		...attempts,
	};
	if (status === 429) return forAll(targets, limited);
	if (status !== 200 || !answer)
		return forAll(targets, { outcome: 'unknown', reason: 'the answer is no answer' });
	const { says, words = [], resetsAt } = answer;
	if (says === 'tooMany') {
		const { atMost, wholeGroup, acted } = answer;
		const verdict: Verdict = { outcome: acted ? 'unknown' : 'failed', reason: 'it is one too many' };
		const scope = wholeGroup ? 'group' : 'request';
		return { kind: 'tooMany', ...(atMost !== undefined && { atMost }), scope, verdict };
	}
	if (says === 'limited') return { ...forAll(targets, limited), throttled: true } as CommandResponse;
	if (says === 'fatal') {
		const stop: Stop = {
			scope: answer.scope ?? 'run',
			reason: 'nobody may',
			hint: 'Ask.',
			hintUntil: (time) => `Ask after ${time}.`,
		};
		const verdict: Verdict = { outcome: 'failed', reason: stop.reason, hint: 'Ask.' };
		return { ...forAll(targets, verdict, stop), ...(resetsAt !== undefined && { resetsAt }) };
	}
	return {
		kind: 'verdicts',
		verdicts: words.map((word) => ({ ...verdictOf(word, meant), ...attempts })),
		...(resetsAt !== undefined && { resetsAt }),
	};
}

function verdictOf(word: Word, { words: { participle, change }, absent }: Meant): Verdict {
	const byState: ByState = {
		ended: { outcome: 'alreadyEnded' },
		absent: { outcome: absent },
		...(change && { inState: { outcome: participle, alreadyInState: true } }),
	};
	switch (word) {
		case 'done':
			return { outcome: participle };
		case 'ended':
			return { outcome: 'alreadyEnded' };
		case 'missing':
			return { outcome: 'notFound' };
		case 'refused':
			return { outcome: 'failed', reason: 'the vendor refused' };
		case 'stillRuns':
			return { outcome: 'failed', reason: 'it must run on', stillRunning: true };
		case 'busy':
			return { outcome: 'failed', reason: 'the vendor is busy', notRun: true };
		case 'busyOrEnded':
			return { outcome: 'failed', reason: 'it is locked or has ended', notRun: true, byState };
		case 'odd':
			return { outcome: 'failed', reason: 'the vendor gave no reason', byState };
		case 'mumble':
			return { outcome: 'unknown', reason: 'the vendor said something', byState };
		case 'repeat':
			return { outcome: 'unknown', reason: 'the vendor takes it for another one', isAlone: true };
		case null:
			return { outcome: 'unknown', reason: 'it was not mentioned' };
		default:
			return { outcome: 'unknown', reason: 'the vendor said something', statement: word };
	}
}
