import { forAll } from '../../../../nodes/core/commands/contract';
import type {
	Contract,
	StateQuery,
	CommandResponse,
	TargetState,
	Verdict,
	Target,
} from '../../../../nodes/core/commands/contract';
import type { TargetOutcome } from '../../../../nodes/core/commands/outcome';
import { run } from '../../../../nodes/core/commands/run';
import type { RunOptions } from '../../../../nodes/core/commands/run';
import type { ApiRequest } from '../../../../nodes/core/http/messages';
import type { TransportResult, Transport, TransportFault } from '../../../../nodes/core/http/transport';
import { found } from '../../../../nodes/core/http/readResult';
import { readJson } from '../../../../nodes/core/util/json';
import { VirtualClock } from '../virtualClock';

export interface Settings {
	group: string;
}

const NO: Verdict = { outcome: 'failed', reason: 'the vendor said no' };

/** What the vendor says about one target, beside the outcomes as they are. */
const SAID: Readonly<Record<string, Verdict>> = {
	failed: {
		outcome: 'failed',
		reason: 'odd',
		code: '7',
		byState: {
			absent: { outcome: 'notRunning' },
			running: { outcome: 'failed', reason: 'odd and running' },
		},
	},
	refused: { ...NO, hint: 'Ask somebody.', code: '9' },
	alive: { outcome: 'failed', reason: 'it runs', stillRunning: true },
	busy: { outcome: 'failed', reason: 'busy', notRun: true },
	busyTwice: { outcome: 'failed', reason: 'busy', notRun: true, attempts: 2 },
	locked: {
		outcome: 'failed',
		reason: 'locked',
		notRun: true,
		byState: { ended: { outcome: 'alreadyEnded' } },
	},
	mumble: { outcome: 'unknown', reason: 'it mumbled', hint: 'Listen.' },
	foreign: { outcome: 'unknown', reason: 'in a foreign language', statement: '1', attempts: 2 },
	foreignToo: { outcome: 'unknown', reason: 'in a foreign language', statement: '2', attempts: 2 },
	repeat: { outcome: 'unknown', reason: 'it is a repeat', isAlone: true },
	mumbleOnce: { outcome: 'unknown', reason: 'it mumbled', attempts: 1 },
};

/** A vendor that takes three targets a request and answers each with a word: its outcome, or `stopRun` and the like. */
export const contract: Contract<Settings> = {
	command: 'terminate',
	words: { singular: 'thing', plural: 'things', participle: 'terminated' },
	targetsPerRequest: 3,
	requestsInFlight: 1,
	scopeKey: ({ settings }) => settings.group,
	groupKey: ({ settings }) => settings.group,
	needsOwnRequest: ({ id }) => id.startsWith('alone'),
	request: (targets) => ({ method: 'POST', path: '/end', body: JSON.stringify(targets.map(({ id }) => id)) }),
	read: (targets, { status, text }): CommandResponse => {
		if (status !== 200) return forAll(targets, { outcome: 'unknown', reason: `it answered with ${status}` });
		const words = readJson(text);
		if (text === '{"down":true}') {
			const verdicts = targets.map((): Verdict => ({ outcome: 'unknown', reason: 'it is broken' }));
			return { kind: 'verdicts', verdicts, isDown: true };
		}
		if (!Array.isArray(words))
			return forAll(targets, { outcome: 'unknown', reason: 'it answered with noise' });
		switch (words[0]) {
			case 'expired':
				return { kind: 'sessionExpired', verdict: NO, stop: { scope: 'run', reason: 'the session is over' } };
			case 'oneByOne':
				return { kind: 'tooMany', atMost: 1, scope: 'group', verdict: NO };
			case 'twoByTwo':
				return { kind: 'tooMany', atMost: 2, scope: 'request', verdict: NO };
			case 'oneOfThem':
				return { kind: 'tooMany', atMost: 1, scope: 'request', verdict: SAID['mumble']! };
			case 'someOfThem':
				return { kind: 'tooMany', scope: 'request', verdict: NO };
			case 'stopRun':
				return forAll(targets, NO, { scope: 'run', reason: 'nobody may', hint: 'Ask.' });
			case 'stopGroup':
				return forAll(targets, NO, { scope: 'group', reason: 'this group may not' });
			default:
				return {
					kind: 'verdicts',
					verdicts: words.map((word: string) => SAID[word] ?? { outcome: word as Verdict['outcome'] }),
				};
		}
	},
	describe: ({ settings }) => ({ group: settings.group }),
};

/** The same vendor with a read call about two targets; it answers with their states, or why there are none. */
export function withStateQuery(
	when: StateQuery<Settings>['when'],
	more: Partial<Contract<Settings>> = {},
	absentMeans: StateQuery<Settings>['absentMeans'] = 'notRunning',
): Contract<Settings> {
	return {
		...contract,
		...more,
		stateQuery: {
			when,
			absentMeans,
			targetsPerRequest: 2,
			request: (targets) => ({ method: 'GET', path: `/state/${targets.map(({ id }) => id).join('+')}` }),
			read: (targets, { text }) => {
				const error = { reason: text, hint: 'Ask again.' };
				if (text === 'expired') return { kind: 'sessionExpired', error };
				if (text === 'tryAgain') return { kind: 'tryAgain', error };
				if (text === 'refused') return { kind: 'failed', error };
				if (text === 'refusedToAll') return { kind: 'failed', error: { ...error, stopsRun: true } };
				const states = readJson(text);
				return found(
					targets.map((_, index) => {
						const word = Array.isArray(states)
							? (states[index] as TargetState | 'finished' | 'odd')
							: undefined;
						if (word === undefined) return {};
						const vendorState = word.toUpperCase();
						if (word === 'odd') return { vendorState };
						return word === 'finished'
							? { state: 'ended', endedByItself: true, vendorState }
							: { state: word, vendorState };
					}),
				);
			},
		},
	};
}

export const target = (id: string, group = 'g', item = 0): Target<Settings> => ({
	id,
	item,
	settings: { group },
});

export const targets = (...ids: string[]) => ids.map((id, item) => target(id, 'g', item));

/** One answer: the words about the targets, any text, a fault, or what a function gives. */
export type Step = string[] | string | TransportFault | (() => TransportResult);

export interface Scripted extends Transport {
	sent: ApiRequest[];
}

/** A transport that answers from a script and keeps what it was asked; after the script everything works. */
export function scripted(...script: Step[]): Scripted {
	const sent: ApiRequest[] = [];
	return {
		sent,
		send: async (request) => {
			sent.push(request);
			const next = script.shift();
			if (typeof next === 'function') return next();
			if (next === undefined || Array.isArray(next) || typeof next === 'string') {
				const ids = request.body === undefined ? [] : (JSON.parse(request.body) as string[]);
				return response(200, typeof next === 'string' ? next : (next ?? ids.map(() => 'terminated')));
			}
			return { kind: 'fault', fault: next };
		},
	};
}

/** An answer of the vendor. */
export function response(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): TransportResult {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { kind: 'response', response: { status, headers, text } };
}

/** Lets a run happen in no time. */
export async function go(
	wanted: Array<Target<Settings>>,
	by: Contract<Settings>,
	transport: Transport,
	control: RunOptions & { clock?: VirtualClock } = {},
): Promise<TargetOutcome[]> {
	const { clock = new VirtualClock() } = control;
	return await clock.finish(run(wanted, by, transport, { ...control, clock }));
}

/** Something that may have reached the vendor, or not. */
export const fault = (more: Partial<TransportFault> = {}): TransportFault => ({
	code: 'ECONNRESET',
	maybeSent: true,
	stopsRun: false,
	reason: 'it broke',
	hint: 'Again.',
	...more,
});

/** The same, so many times. */
export const times = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);

export const words = (outcomes: Array<{ id: string; outcome: string }>) =>
	outcomes.map(({ id, outcome }) => `${id} ${outcome}`);

export const bodies = ({ sent }: Scripted) => sent.map(({ body, path }) => body ?? path);
