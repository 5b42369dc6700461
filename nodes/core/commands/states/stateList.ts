import type { ReadRequest } from '../../http/readRequest';
import type { JsonRecord } from '../../util/json';
import type { StateReport } from '../contract';

/**
 * A vendor's list of what runs, whose pages hold the states of many targets. Data and pure functions, no I/O. It is read
 * before the command and for a dry run; a target that is not on it is asked about alone, so it may leave out what it likes.
 */
export interface StateList<Settings> {
	/** So many targets of one group are worth a list. Fewer are asked about one by one: that takes no more requests. */
	worthFrom: number;
	/** The pages for one group, some targets of which are looked for. */
	pages(settings: Settings, wanted: WantedKeys): StatePages;
	/** IDs with equal keys are one and the same to the vendor, whatever the user has typed. */
	keyOf(id: string): string;
	/** What a row says. Undefined for a row that says nothing about any target of the group. */
	stateOf(row: JsonRecord, settings: Settings): ListedState | undefined;
}

/** The keys of the targets that are looked for, those that were found left out. */
export type WantedKeys = Pick<ReadonlyMap<string, unknown>, 'size' | 'keys'>;

/** What a row says about one target. */
export interface ListedState {
	id: string;
	report: StateReport;
}

/** One request for a page. */
export interface StatePageRequest extends ReadRequest<StatePage> {
	/** Its rows are no targets; the iterator needs them to go on. */
	auxiliary?: true;
}

/** The rows of a page. */
export interface StatePage {
	rows: readonly JsonRecord[];
}

/** What the iterator gets for the page it asked for. */
export interface StatePageResult extends StatePage {
	/** How many of the targets it is looked through for have been found on this page for the first time. */
	found: number;
	/** How many have not been found on any page so far. */
	missing: number;
}

/**
 * The requests for the pages: a generator that yields a request and is handed its page. It ends when no more of the
 * targets are to be expected. Its caller stops it when all are found, and for good at the first page that fails.
 */
export type StatePages = Generator<StatePageRequest, void, StatePageResult>;
