import type { Contract, TargetState, Target } from '../../../../nodes/core/commands/contract';
import { run } from '../../../../nodes/core/commands/run';
import type { RunOptions } from '../../../../nodes/core/commands/run';
import type { TargetOutcome } from '../../../../nodes/core/commands/outcome';
import type { StatePageRequest, StatePages } from '../../../../nodes/core/commands/states/stateList';
import type { ApiResponse } from '../../../../nodes/core/http/messages';
import { found } from '../../../../nodes/core/http/readResult';
import type { ReadResult } from '../../../../nodes/core/http/readResult';
import type { TransportResult, Transport } from '../../../../nodes/core/http/transport';
import { readJson } from '../../../../nodes/core/util/json';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { VirtualClock } from '../virtualClock';
import { fault, response, withStateQuery } from './scripted';
import type { Settings } from './scripted';

/** How the row of one looks on its list. `normal`: as it should. */
export type RowShape =
	'normal' | 'left out' | 'without ID' | 'without state' | 'odd state' | 'of another group';

/** Something that the vendor knows, and lists while it runs. */
export interface ListedThing {
	id: string;
	group: string;
	/** Which of the lists of its group has it. */
	list: number;
	/** `odd`: one that nobody here knows. */
	state: TargetState | 'odd';
	row: RowShape;
	/** Milliseconds after the start at which it ends by itself. */
	endsAt?: number | undefined;
}

/** How the vendor behaves. Milliseconds for its answers. */
export interface ListManners {
	lists: number;
	pageSize: number;
	/** Every list has everything, what has ended among it. */
	isIgnorant: boolean;
	/** It answers nothing but requests for lists. */
	answersOnlyLists: boolean;
	listMs: number;
	questionMs: number;
	commandMs: number;
	/** What becomes of the requests for lists, in their order; undefined where nothing does. */
	mishaps: ReadonlyArray<Mishap | undefined>;
}

export type Mishap =
	'reset' | 'timeout' | 'gateway timeout' | 'page' | 'cut' | 'refused' | 'down' | 'limited' | 'redirect';

export const MISHAPS: readonly Mishap[] = [
	'reset',
	'timeout',
	'gateway timeout',
	'page',
	'cut',
	'refused',
	'down',
	'limited',
	'redirect',
];

const MANNERS: ListManners = {
	lists: 1,
	pageSize: 500,
	isIgnorant: false,
	answersOnlyLists: false,
	listMs: 0,
	questionMs: 0,
	commandMs: 0,
	mishaps: [],
};

/** One request as the vendor saw it. */
export interface Asked {
	kind: 'lists' | 'page' | 'question' | 'command';
	/** For a question or a command. */
	id: string;
	path: string;
	at: number;
	/** Commands: whether the target had ended when the request came. */
	wasOver?: boolean;
	/** Those that the answer has shown to run. */
	running: string[];
}

/** A vendor of the model that lists what runs, page by page behind the last ID of the one before. */
export class ListedVendor {
	readonly journal: Asked[] = [];

	/** How many requests for lists were open at a time. */
	mostListsOpen = 0;

	private listsOpen = 0;

	private readonly manners: ListManners;

	private listRequests = 0;

	constructor(
		private readonly things: ListedThing[],
		private readonly clock: VirtualClock,
		manners: Partial<ListManners> = {},
	) {
		this.manners = { ...MANNERS, ...manners };
		for (const thing of things) {
			if (thing.endsAt === undefined) continue;
			clock.at(thing.endsAt, () => (thing.state = thing.state === 'running' ? 'ended' : thing.state));
		}
	}

	transport(): Transport {
		return {
			send: async ({ path, body }) => {
				const kind = kindOf(path);
				const id = body === undefined ? (path.split('/')[2] ?? '') : (JSON.parse(body) as string[])[0]!;
				const asked: Asked = { kind, id, path, at: this.clock.elapsed(), running: [] };
				if (kind === 'command') asked.wasOver = this.thing(id)?.state !== 'running';
				this.journal.push(asked);
				const isList = kind === 'lists' || kind === 'page';
				if (isList) this.mostListsOpen = Math.max(this.mostListsOpen, (this.listsOpen += 1));
				const { commandMs, questionMs, listMs } = this.manners;
				await this.pass(kind === 'command' ? commandMs : kind === 'question' ? questionMs : listMs);
				if (isList) this.listsOpen -= 1;
				return this.answer(asked);
			},
		};
	}

	/** So many requests of this kind there were. */
	count(...kinds: Array<Asked['kind']>): number {
		return this.journal.filter(({ kind }) => kinds.includes(kind)).length;
	}

	thing(id: string): ListedThing | undefined {
		return this.things.find((one) => one.id === id);
	}

	private async pass(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.clock.at(this.clock.elapsed() + ms, resolve));
	}

	private answer(asked: Asked): TransportResult {
		const { kind, id, path } = asked;
		if (kind === 'lists' || kind === 'page') {
			const mishap = this.manners.mishaps[this.listRequests++];
			if (mishap) return mishapped(mishap);
			if (kind === 'lists') return response(200, this.listsOf());
			const rows = this.pageOf(path);
			asked.running = rows.filter(({ state }) => state === 'running').map((row) => String(row['id']));
			return response(200, rows);
		}
		if (this.manners.answersOnlyLists) return { kind: 'fault', fault: fault() };
		const thing = this.thing(id);
		if (kind === 'question') {
			if (thing?.state === 'running') asked.running = [id];
			return response(200, [thing?.state ?? 'absent']);
		}
		if (thing?.state !== 'running') return response(200, ['alreadyEnded']);
		thing.state = 'ended';
		return response(200, ['terminated']);
	}

	private listsOf(): JsonRecord[] {
		return Array.from({ length: this.manners.lists }, (_, number) => ({ number }));
	}

	private pageOf(path: string): JsonRecord[] {
		const url = new URL(`https://host.example${path}`);
		const [, , group = '', number = ''] = url.pathname.split('/');
		const after = url.searchParams.get('after') ?? '';
		const isListed = ({ list, state }: ListedThing): boolean =>
			this.manners.isIgnorant || (list === Number(number) && state === 'running');
		return this.things
			.filter((thing) => thing.group === group && thing.row !== 'left out' && isListed(thing))
			.sort((a, b) => (a.id < b.id ? -1 : 1))
			.filter(({ id }) => id > after)
			.slice(0, this.manners.pageSize)
			.map(rowOf);
	}
}

function kindOf(path: string): Asked['kind'] {
	if (path.startsWith('/lists/')) return path.includes('?') ? 'page' : 'lists';
	return path.startsWith('/state/') ? 'question' : 'command';
}

function rowOf({ id, group, state, row }: ListedThing): JsonRecord {
	switch (row) {
		case 'without ID':
			return { state, group, mark: id };
		case 'without state':
			return { id, group, mark: id };
		case 'odd state':
			return { id, state: 'odd', group, mark: id };
		case 'of another group':
			return { id, state: 'ended', group: `not ${group}`, mark: id };
		default:
			return { id, state, group, mark: id };
	}
}

function mishapped(mishap: Mishap): TransportResult {
	switch (mishap) {
		case 'reset':
			return { kind: 'fault', fault: fault() };
		case 'timeout':
			return { kind: 'fault', fault: fault({ timedOut: true }) };
		case 'gateway timeout':
			return response(504, '');
		case 'page':
			return response(200, '<html>Welcome</html>');
		case 'cut':
			return response(200, '[{"id":"a"');
		case 'refused':
			return response(403, '{}');
		case 'down':
			// What comes with such a status is no answer, even where it looks like one.
			return response(503, '[]');
		case 'limited':
			return response(429, '', { 'retry-after': '1' });
		case 'redirect':
			return response(302, '', { location: 'https://x.example' });
	}
}

/** Of the model: one target a request, five requests at a time, and a list of what runs, which may be left out. */
export function listedContract(pageSize: number, hasList = true): Contract<Settings> {
	const by = withStateQuery('first', { targetsPerRequest: 1, requestsInFlight: 5 });
	const stateQuery = { ...by.stateQuery!, targetsPerRequest: 1 };
	if (!hasList) return { ...by, stateQuery };
	return {
		...by,
		stateQuery: {
			...stateQuery,
			list: {
				worthFrom: 4,
				keyOf: (id) => id.toLowerCase(),
				pages: (settings, { size }) => pagesOf(settings, size, pageSize),
				stateOf: ({ id, state, group }, settings) => {
					if (typeof id !== 'string' || group !== settings.group) return undefined;
					if (state !== 'running' && state !== 'ended') return undefined;
					return { id, report: { state, vendorState: state.toUpperCase() } };
				},
			},
		},
	};
}

function* pagesOf({ group }: Settings, wanted: number, pageSize: number): StatePages {
	const { rows: lists } = yield { ...pageRequest(`/lists/${group}`), auxiliary: true };
	let missing = wanted;
	for (const [index] of lists.entries()) {
		if (missing <= lists.length - index) return;
		for (let after = ''; ;) {
			const page = yield pageRequest(`/lists/${group}/${index}?after=${after}`);
			({ missing } = page);
			after = String(page.rows.at(-1)?.['mark'] ?? '');
			if (page.found === 0 || missing <= 1 || page.rows.length < pageSize) break;
		}
	}
}

function pageRequest(path: string): StatePageRequest {
	return { request: { method: 'GET', path }, read: readPage };
}

function readPage({ status, text }: ApiResponse): ReadResult<{ rows: JsonRecord[] }> {
	const rows = readJson(text);
	const error = { reason: `it answered with ${status}` };
	if (status === 403) return { kind: 'failed', error: { ...error, stopsRun: true } };
	return Array.isArray(rows) ? found({ rows: rows as JsonRecord[] }) : { kind: 'tryAgain', error };
}

/** One that runs, on the first list. */
export function thing(id: string, more: Partial<ListedThing> = {}): ListedThing {
	return { id, group: 'g', list: 0, state: 'running', row: 'normal', ...more };
}

/** So many of them, in the order of their IDs. */
export function things(count: number, more: Partial<ListedThing> = {}, letter = 't'): ListedThing[] {
	return Array.from({ length: count }, (_, index) =>
		thing(`${letter}${String(index).padStart(5, '0')}`, more),
	);
}

/** Lets a run happen in no time. */
export async function goListed(
	all: ListedThing[],
	targets: Array<Target<Settings>>,
	{
		hasList = true,
		manners = {},
		clock = new VirtualClock(),
		change = (by) => by,
		...options
	}: {
		hasList?: boolean;
		manners?: Partial<ListManners>;
		clock?: VirtualClock;
		change?: (by: Contract<Settings>) => Contract<Settings>;
	} & RunOptions<Settings> = {},
): Promise<{ outcomes: TargetOutcome[]; vendor: ListedVendor; clock: VirtualClock }> {
	const vendor = new ListedVendor(all, clock, manners);
	const by = change(listedContract(manners.pageSize ?? MANNERS.pageSize, hasList));
	const outcomes = await clock.finish(run(targets, by, vendor.transport(), { ...options, clock }));
	return { outcomes, vendor, clock };
}
