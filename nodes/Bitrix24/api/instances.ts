import type { Criterion } from '../../core/queries/criteria';
import type { ListQuery, PageRequest } from '../../core/queries/list';
import { paginateByOffset } from '../../core/queries/pagination';
import type { JsonRecord } from '../../core/util/json';
import {
	INSTANCES,
	INSTANCE_FIELDS,
	STUCK_AFTER_MS,
	THINGS,
	idOf,
	isStuck,
	showInstance,
	textOf,
	timeOf,
} from './instance';
import type { InstanceField } from './instance';
import { PAGE_SIZE, listStep } from './pages';
import { ratesFor, COMMANDS_PER_BATCH, isChangedInBatch } from './requests';

/** What a list of running workflows is asked for. Times in epoch milliseconds, numbers as text. */
export interface InstanceQuery {
	templateId: string | undefined;
	moduleId: string | undefined;
	entity: string | undefined;
	documentId: string | undefined;
	startedBy: string | undefined;
	startedAfter: number | undefined;
	startedBefore: number | undefined;
	stuck: boolean | undefined;
	/** When the list is asked for. */
	now: number;
	isSimple: boolean;
}

/** The labels of the filters. */
export const FILTER = {
	documentId: 'Document ID',
	entity: 'Entity',
	moduleId: 'Module ID',
	startedAfter: 'Started After',
	startedBefore: 'Started Before',
	startedBy: 'Started By',
	stuck: 'Stuck',
	templateId: 'Template',
} as const;

/** Who started what an automation rule started. */
const NOBODY = '0';

/**
 * Older servers read the clock of a STARTED filter without its offset, so that it may be up to 14 hours off. What Bitrix24
 * is asked for is wider by this much; the rest is left out here.
 */
const DAY_MS = 24 * 60 * 60_000;

/** The end of the year 9999. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59);

type TextFilter = 'documentId' | 'entity' | 'moduleId';

const TEXT_FILTERS: ReadonlyArray<[name: TextFilter, field: InstanceField]> = [
	['documentId', 'DOCUMENT_ID'],
	['entity', 'ENTITY'],
	['moduleId', 'MODULE_ID'],
];

/** Running workflows, in the order of their IDs, which is that of their start (page "bizproc.workflow.instances"). */
export const instancesListing: ListQuery<InstanceQuery> = {
	noun: THINGS,
	requestsInFlight: 1,
	rates: ratesFor(undefined),
	pages: (query, wanted) =>
		paginateByOffset({
			pagesPerRequest: isSafeInBatch(query) ? COMMANDS_PER_BATCH : 1,
			wanted,
			request: (pages) => stepFor(query, pages),
		}),
	idOf,
	criteria: checksOf,
	show: (row, query) => showInstance(row, query.isSimple, stuckBefore(query)),
};

function stepFor(query: InstanceQuery, pages: readonly number[]): PageRequest {
	return listStep({
		method: INSTANCES,
		plural: THINGS.plural,
		select: INSTANCE_FIELDS,
		filter: filterOf(query),
		order: { ID: 'ASC' },
		starts: pages.map((page) => page * PAGE_SIZE),
	});
}

function isSafeInBatch(query: InstanceQuery): boolean {
	return !Object.values(filterOf(query)).some(isChangedInBatch);
}

/** What Bitrix24 is asked to leave out: names in upper case and these operators only, others it drops without a word. */
function filterOf(query: InstanceQuery): Record<string, string> {
	const { templateId, startedBy, startedAfter, startedBefore, stuck } = query;
	const texts = TEXT_FILTERS.flatMap(([name, field]) => equalTo(field, query[name]));
	return {
		...Object.fromEntries(texts),
		...(templateId !== undefined && { TEMPLATE_ID: templateId }),
		...(startedBy !== undefined && { STARTED_BY: startedBy }),
		...(startedAfter !== undefined && { '>=STARTED': isoTime(startedAfter - DAY_MS) }),
		...(startedBefore !== undefined && { '<=STARTED': isoTime(startedBefore + DAY_MS) }),
		...(stuck === true && { '<OWNED_UNTIL': isoTime(stuckBefore(query)) }),
	};
}

/**
 * A text without an operator is a mask to the server's database, in which a backslash protects the next character and
 * is itself lost: the class name of an entity would match nothing. As both ends of a range it is taken as it is.
 */
function equalTo(field: InstanceField, text: string | undefined): Array<[name: string, value: string]> {
	if (text === undefined) return [];
	const names = text.includes('\\') ? [`>=${field}`, `<=${field}`] : [field];
	return names.map((name) => [name, text]);
}

/** Within the years that every server can read; no workflow started outside of them. */
function isoTime(millis: number): string {
	return new Date(Math.min(Math.max(millis, 0), LAST_MOMENT)).toISOString();
}

/** In whole seconds, because the times of Bitrix24 have no others. */
function stuckBefore({ now }: InstanceQuery): number {
	return Math.floor((now - STUCK_AFTER_MS) / 1000) * 1000;
}

function checksOf(query: InstanceQuery): Criterion[] {
	const { templateId, startedBy, startedAfter, startedBefore, stuck } = query;
	const checks: Criterion[] = TEXT_FILTERS.flatMap(([name, field]) => {
		const wanted = query[name];
		return wanted === undefined ? [] : [equals(FILTER[name], field, wanted)];
	});
	if (templateId !== undefined) checks.push(equals(FILTER.templateId, 'TEMPLATE_ID', templateId));
	if (startedBy !== undefined) {
		checks.push({
			displayName: FILTER.startedBy,
			sent: true,
			passes: (row) => starterOf(row) === startedBy,
		});
	}
	if (startedAfter !== undefined) {
		const isLater = (limit: number) => (time: number) => time >= limit;
		checks.push(...started(FILTER.startedAfter, isLater(startedAfter), isLater(startedAfter - DAY_MS)));
	}
	if (startedBefore !== undefined) {
		const isEarlier = (limit: number) => (time: number) => time <= limit;
		checks.push(
			...started(FILTER.startedBefore, isEarlier(startedBefore), isEarlier(startedBefore + DAY_MS)),
		);
	}
	if (stuck !== undefined) {
		const limit = stuckBefore(query);
		// There is no way to ask for the others: most have no lock at all.
		checks.push({ displayName: FILTER.stuck, sent: stuck, passes: (row) => isStuck(row, limit) === stuck });
	}
	return checks;
}

function equals(displayName: string, field: InstanceField, wanted: string): Criterion {
	return { displayName, sent: true, passes: (row) => textOf(row, field) === wanted };
}

/** To Bitrix24 no user is the same as user 0. */
function starterOf(row: JsonRecord): string | undefined {
	return row['STARTED_BY'] === null || row['STARTED_BY'] === '' ? NOBODY : textOf(row, 'STARTED_BY');
}

/** What Bitrix24 was asked for, and what the user wants of it. */
function started(
	displayName: string,
	isWanted: (time: number) => boolean,
	isAskedFor: (time: number) => boolean,
): Criterion[] {
	return [
		{ displayName, sent: true, passes: passesBy(isAskedFor) },
		{ displayName, sent: false, passes: passesBy(isWanted) },
	];
}

function passesBy(isWithin: (time: number) => boolean): Criterion['passes'] {
	return (row) => {
		const time = timeOf(row, 'STARTED');
		return time !== undefined && isWithin(time);
	};
}
