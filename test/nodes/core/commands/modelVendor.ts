import type { TargetState } from '../../../../nodes/core/commands/contract';
import type { ApiRequest } from '../../../../nodes/core/http/messages';
import type { TransportResult, Transport, TransportFault } from '../../../../nodes/core/http/transport';
import type { VirtualClock } from '../virtualClock';
import { COMMAND_PATH, LIST_PATH } from './modelContract';
import type { Answer, Call, Manners, Row, Word } from './modelContract';

/** Something the vendor may know. */
export interface Instance {
	group: string;
	id: string;
	/** `inState`: as a command that changes a state leaves it. `unknown`: the vendor has none like it. */
	state: 'running' | 'inState' | 'ended' | 'unknown';
	/** Once released, it ends at once. */
	isHasty: boolean;
	/** It has ended by itself, and not by a command; of commands that end their targets. */
	isFinished?: boolean;
}

/** What becomes of one target of a request. The second half says what the vendor has done. */
export type Treatment =
	| 'obey'
	| 'refused'
	| 'stillRuns'
	| 'busy'
	| 'busyOrEnded'
	| 'odd'
	/** It ends by itself in that moment, and the vendor says that it was done. */
	| 'finish'
	/** It obeys, and says so in words that nobody knows. */
	| 'foreign'
	/** It does nothing, because it takes the target for another one. */
	| 'repeat'
	| `${'mumble' | 'omit'} ${'done' | 'undone'}`;

/** What becomes of one request. `acted`: the vendor had carried it out by then. */
export type Fate =
	| { kind: 'obeyed'; resetsAt?: number | undefined }
	| { kind: 'mixed'; treatments: Treatment[]; attempts: number | undefined }
	/** The answer is complete and untrue: the vendor says the word of each target and does nothing. */
	| { kind: 'lied'; word: 'done' | 'ended' }
	| { kind: 'lost'; acted: boolean; code: 'ECONNABORTED' | 'ECONNRESET' }
	| { kind: 'unreadable'; acted: boolean; status: number; text: string; retryAfter: RetryAfter }
	| {
			kind: 'limited';
			by: 'status' | 'body';
			retryAfter: RetryAfter;
			outcome: 'failed' | 'unknown' | 'notSent';
			attempts: number | undefined;
	  }
	| { kind: 'redirected' }
	| { kind: 'expired' }
	/** Fewer at a time; where it has acted all the same, it says that nobody knows. */
	| { kind: 'tooMany'; atMost: number | undefined; wholeGroup: boolean; acted: boolean }
	| { kind: 'fatal'; scope: 'run' | 'group'; resetsAt: number | undefined }
	| { kind: 'unreachable'; stopsRun: boolean }
	/** The engine broke the request off. */
	| { kind: 'brokenOff'; acted: boolean };

/** The header, in seconds or as a date so many seconds ahead; or as it stands. */
export type RetryAfter = { in: number; as: 'seconds' | 'date' } | { text: string } | undefined;

/** One request as the vendor saw it. */
export interface Exchange {
	kind: 'command' | 'question' | 'list';
	call: Call;
	fate: Fate;
	startedAt: number;
	/** What the answer says about the targets, where it arrived and could be read. */
	told: Map<string, Word | TargetState | 'finished'>;
}

/** What happened, in order. */
export type Happening =
	/** `doneThen`: the keys of those of its targets to which the command had nothing left to do. */
	| { what: 'start'; exchange: Exchange; at: number; doneThen: string[] }
	/** `doneNow`: the keys of those with which it has worked. */
	| { what: 'end'; exchange: Exchange; at: number; doneNow: string[] }
	| { what: 'renewal' | 'cancellation'; at: number };

/** What the vendor's login does: nothing where there is none. */
export type Login = 'works' | 'refuses' | 'none';

export interface Script {
	fates: Fate[];
	/** What becomes of all requests after those. */
	afterwards: Fate;
	/** How long requests take, one after the other, over and over. */
	latencies: number[];
	login: Login;
}

/** An in-memory vendor that does with each request what the script says, and keeps a journal. */
export class ModelVendor {
	readonly journal: Happening[] = [];

	readonly exchanges: Exchange[] = [];

	/** Those with which commands of this run have worked. */
	readonly doneByRun = new Set<Instance>();

	private readonly known = new Map<string, Instance>();

	constructor(
		instances: readonly Instance[],
		private readonly manners: Manners,
		private readonly script: Script,
		private readonly clock: VirtualClock,
	) {
		for (const instance of instances) this.known.set(keyOf(instance.group, instance.id), { ...instance });
	}

	instance(group: string, id: string): Instance {
		return this.known.get(keyOf(group, id))!;
	}

	transport(): Transport {
		const { login } = this.script;
		return {
			send: async (request) => await this.receive(request),
			...(login !== 'none' && { renew: async () => this.renew(login) }),
		};
	}

	note(what: 'renewal' | 'cancellation'): void {
		this.journal.push({ what, at: this.clock.elapsed() });
	}

	private renew(login: Login): TransportFault | undefined {
		this.note('renewal');
		if (login === 'works') return undefined;
		return { maybeSent: false, stopsRun: true, reason: 'the password is wrong', hint: 'Correct it.' };
	}

	private async receive({ path, body }: ApiRequest): Promise<TransportResult> {
		const { fates, afterwards, latencies } = this.script;
		const number = this.exchanges.length;
		const exchange: Exchange = {
			kind: path === COMMAND_PATH ? 'command' : path === LIST_PATH ? 'list' : 'question',
			call: JSON.parse(body!) as Call,
			fate: fates[number] ?? afterwards,
			startedAt: this.clock.elapsed(),
			told: new Map(),
		};
		this.exchanges.push(exchange);
		const doneThen = this.doneOf(exchange);
		this.journal.push({ what: 'start', exchange, at: this.clock.elapsed(), doneThen });
		const latency = latencies[number % latencies.length] ?? 0;
		await new Promise<void>((resolve) => this.clock.at(this.clock.elapsed() + latency, resolve));
		const delivery = this.deliver(exchange);
		const doneNow = this.doneOf(exchange).filter((key) => !doneThen.includes(key));
		this.journal.push({ what: 'end', exchange, at: this.clock.elapsed(), doneNow });
		return delivery;
	}

	private doneOf({ call: { group, ids } }: Exchange): string[] {
		const isDone = (id: string) => ['inState', 'ended'].includes(this.instance(group, id).state);
		return ids.filter(isDone).map((id) => keyOf(group, id));
	}

	private deliver(exchange: Exchange): TransportResult {
		const { fate } = exchange;
		switch (fate.kind) {
			case 'obeyed':
				return this.answer(
					exchange,
					['obey'],
					fate.resetsAt === undefined ? {} : { resetsAt: fate.resetsAt },
				);
			case 'mixed':
				return this.answer(
					exchange,
					fate.treatments,
					fate.attempts === undefined ? {} : { attempts: fate.attempts },
				);
			case 'lied':
				if (exchange.kind !== 'command') return this.answer(exchange, ['obey'], {});
				return ok({ words: exchange.call.ids.map(() => fate.word) });
			case 'lost':
				if (fate.acted) this.act(exchange);
				return fault(fate.code, true, false, 'the connection broke');
			case 'unreadable':
				if (fate.acted) this.act(exchange);
				return this.response(fate.status, fate.text, fate.retryAfter);
			case 'limited': {
				const { outcome, attempts } = fate;
				const body: Answer = { says: 'limited', outcome, ...(attempts !== undefined && { attempts }) };
				return this.response(fate.by === 'status' ? 429 : 200, JSON.stringify(body), fate.retryAfter);
			}
			case 'redirected':
				return {
					kind: 'response',
					response: { status: 302, headers: { location: 'https://other.example/x' }, text: '' },
				};
			case 'expired':
				return this.response(401, '', undefined);
			case 'tooMany': {
				const { atMost, wholeGroup, acted } = fate;
				if (exchange.kind !== 'command' || exchange.call.ids.length <= (atMost ?? 1))
					return this.answer(exchange, ['obey'], {});
				if (acted) this.act(exchange);
				return ok({ says: 'tooMany', ...(atMost !== undefined && { atMost }), wholeGroup, acted });
			}
			case 'fatal': {
				const { scope, resetsAt } = fate;
				return ok({ says: 'fatal', scope, ...(resetsAt !== undefined && { resetsAt }) });
			}
			case 'unreachable':
				return fault('ECONNREFUSED', false, fate.stopsRun, 'the server refused the connection');
			case 'brokenOff':
				if (fate.acted) this.act(exchange);
				return fault('ERR_CANCELED', true, true, 'the execution was cancelled');
		}
	}

	/** A whole answer, about a command or a question. */
	private answer(
		{ kind, call, told }: Exchange,
		treatments: readonly Treatment[],
		more: Partial<Answer>,
	): TransportResult {
		const treatmentOf = (index: number) => treatments[index % treatments.length] ?? 'obey';
		if (kind === 'list') {
			const rows = this.rowsOf(call).map(({ state, ...row }, index): Row => {
				if (/^(omit|mumble)/.test(treatmentOf(index))) return row;
				told.set(row.id, state);
				return { ...row, state };
			});
			return ok({ rows });
		}
		if (kind === 'question') {
			const states = call.ids.map((id, index) => {
				const isLeftOpen = /^(omit|mumble)/.test(treatmentOf(index));
				const state = isLeftOpen ? null : this.stateOf(this.instance(call.group, id));
				if (state) told.set(id, state);
				return state;
			});
			return ok({ states });
		}
		const words = call.ids.map((id, index) => {
			const word = this.treat(this.instance(call.group, id), treatmentOf(index));
			told.set(id, word);
			return word;
		});
		return ok({ ...more, words });
	}

	/** A page of what has not ended in a group. */
	private rowsOf({ group, after = -1 }: Call): Array<Required<Row>> {
		return [...this.known.values()]
			.map((instance, number) => ({ ...instance, number }))
			.filter((one) => one.group === group && one.number > after)
			.flatMap(({ id, state, number }) =>
				state === 'running' || state === 'inState' ? [{ id, state, number }] : [],
			)
			.slice(0, this.manners.inquiry?.pageSize);
	}

	private treat(instance: Instance, treatment: Treatment): Word {
		switch (treatment) {
			case 'obey':
				return this.obey(instance);
			case 'stillRuns':
				return instance.state === 'running' ? 'stillRuns' : this.obey(instance);
			case 'finish':
				if (instance.state !== 'running' || this.manners.aim !== 'end') return this.obey(instance);
				Object.assign(instance, { state: 'ended', isFinished: true });
				return 'done';
			case 'foreign':
				return `foreign ${this.obey(instance)}`;
			case 'mumble done':
			case 'omit done':
				this.obey(instance);
				return treatment === 'omit done' ? null : 'mumble';
			case 'mumble undone':
				return 'mumble';
			case 'omit undone':
				return null;
			default:
				return treatment;
		}
	}

	private act({ kind, call }: Exchange): void {
		if (kind === 'command') for (const id of call.ids) this.obey(this.instance(call.group, id));
	}

	private obey(instance: Instance): 'done' | 'ended' | 'odd' | 'missing' {
		const { aim } = this.manners;
		if (instance.state === 'unknown') return 'missing';
		// Of a state that does not fit a change, the vendor only says no.
		if (instance.state !== 'running') return aim === 'end' ? 'ended' : 'odd';
		const endsNow = aim === 'end' || (aim === 'release' && instance.isHasty);
		instance.state = endsNow ? 'ended' : 'inState';
		this.doneByRun.add(instance);
		return 'done';
	}

	private stateOf({ state, isFinished }: Instance): TargetState | 'finished' {
		if (isFinished && this.manners.inquiry?.lists === 'all') return 'finished';
		if (state === 'running' || state === 'inState') return state;
		return state === 'ended' && this.manners.inquiry?.lists === 'all' ? 'ended' : 'absent';
	}

	private response(status: number, text: string, retryAfter: RetryAfter): TransportResult {
		const headers: Record<string, string> = {};
		if (retryAfter) headers['retry-after'] = this.headerOf(retryAfter);
		// Its clock has little to do with the machine's.
		headers['date'] = new Date(this.time()).toUTCString();
		return { kind: 'response', response: { status, headers, text } };
	}

	private headerOf(retryAfter: NonNullable<RetryAfter>): string {
		if ('text' in retryAfter) return retryAfter.text;
		if (retryAfter.as === 'seconds') return String(retryAfter.in);
		return new Date(this.time() + retryAfter.in * 1000).toUTCString();
	}

	private time(): number {
		return Date.UTC(1999, 11, 31) + this.clock.elapsed();
	}
}

/** Instances are told apart by group and ID. */
export function keyOf(group: string, id: string): string {
	return JSON.stringify([group, id]);
}

function ok(answer: Answer): TransportResult {
	return { kind: 'response', response: { status: 200, headers: {}, text: JSON.stringify(answer) } };
}

function fault(code: string, maybeSent: boolean, stopsRun: boolean, reason: string): TransportResult {
	const timedOut = code === 'ECONNABORTED' ? ({ timedOut: true } as const) : {};
	return { kind: 'fault', fault: { code, maybeSent, stopsRun, ...timedOut, reason, hint: 'Look.' } };
}
