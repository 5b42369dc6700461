import type { Connection } from '../../connection/connection';
import type { RateLimitedClient } from '../../http/client';
import type { ApiResponse } from '../../http/messages';
import { sendRead } from '../../http/readRequest';
import type { QueryError, ReadResult } from '../../http/readResult';
import type { Display } from '../../queries/display';
import { asBatchLookup, isBatchLookup } from '../../queries/lookup';
import type { BatchLookup, Lookup, LookupAnswer } from '../../queries/lookup';
import { addNames } from '../../queries/names';
import { chunk, mapWithLimit, mapYielding } from '../../util/concurrency';
import type { JsonRecord } from '../../util/json';
import { capitalise } from '../../util/text';
import type { ResourceNoun } from '../../util/text';
import type { QueryFailure, QueryResult } from '../output/queryItems';
import { nothingSelected, selecting } from '../output/selectFields';
import { readIdentifiers } from '../parameters/identifiers';
import type { IdentifierRule } from '../parameters/identifiers';
import type { ParameterReader } from '../parameters/reader';
import type { Operation } from './operation';
import { queryOperation } from './queryOperation';
import type { Query, QueryItem, QueryResults } from './queryOperation';

/** A Get as one vendor's node offers it. */
export interface LookupDefinition<Wanted extends Display> {
	lookup: Lookup<Wanted> | BatchLookup<Wanted>;
	/** The parameter that holds one ID or several. */
	identifier: IdentifierRule & { name: string };
	/** What is asked for besides the IDs. Throws ParameterError. */
	query: (read: ParameterReader) => Wanted;
	/** Throws ParameterError for an ID that cannot be meant beside what else is asked for. */
	refuse?: (id: string, wanted: Wanted) => void;
	connection: (read: ParameterReader) => Connection;
}

/** A Get as an operation of a node. */
export function lookupOperation<Wanted extends Display>(definition: LookupDefinition<Wanted>): Operation {
	return queryOperation(lookupForItems(definition));
}

/** A Get: one result for each ID of an input item, in its order. */
export function lookupForItems<Wanted extends Display>(definition: LookupDefinition<Wanted>): Query {
	const asked = asBatchLookup(definition.lookup);
	const lookup: BatchLookup<Wanted> = {
		...asked,
		show: selecting<Wanted, [string]>((row, wanted, id) => asked.show(row, wanted, id)),
	};
	const { noun, requestsInFlight, rates = [] } = lookup;
	return {
		noun,
		connection: definition.connection,
		requestsInFlight,
		rates,
		async run({ read, client }) {
			const [answers = NOTHING] = await answerAll([questionsOf(definition, read)], lookup, client);
			return answers;
		},
		...(isBatchLookup(definition.lookup) && {
			together: async (items: readonly QueryItem[]) => {
				const [first] = items;
				if (!first) return [];
				const read = await mapYielding(items, (item) => readable(definition, item));
				const questions = read.map((one) => ('questions' in one ? one.questions : []));
				const answers = await answerAll(questions, lookup, first.client);
				return read.map((one, index) => ('unreadable' in one ? one : (answers[index] ?? NOTHING)));
			},
		}),
	};
}

const NOTHING: QueryResults = { results: [], notes: [] };

/** One ID, and what is asked for besides. */
interface Question<Wanted> {
	id: string;
	wanted: Wanted;
}

/** Throws ParameterError. */
function questionsOf<Wanted extends Display>(
	{ query, identifier, refuse }: LookupDefinition<Wanted>,
	read: ParameterReader,
): Array<Question<Wanted>> {
	const wanted = query(read);
	const ids = readIdentifiers(read(identifier.name), identifier);
	for (const id of ids) refuse?.(id, wanted);
	return ids.map((id) => ({ id, wanted }));
}

function readable<Wanted extends Display>(
	definition: LookupDefinition<Wanted>,
	{ read }: QueryItem,
): { questions: Array<Question<Wanted>> } | { unreadable: unknown } {
	try {
		return { questions: questionsOf(definition, read) };
	} catch (error) {
		return { unreadable: error };
	}
}

/** The answers to the questions of several input items, item by item. Never rejects. */
async function answerAll<Wanted extends Display>(
	byItem: ReadonlyArray<ReadonlyArray<Question<Wanted>>>,
	lookup: BatchLookup<Wanted>,
	client: RateLimitedClient,
): Promise<QueryResults[]> {
	const questions = byItem.flat();
	const answers = await ask(questions, lookup, client);
	const found = questions.flatMap((question) => {
		const answer = answers.get(question);
		return answer && 'row' in answer ? [{ question, row: answer.row, query: question.wanted }] : [];
	});
	const { rows, note } = await addNames(found, lookup.names, client);
	const named = new Map(found.map(({ question }, index) => [question, rows[index]]));
	const resultOf = (question: Question<Wanted>): QueryResult => {
		const { id, wanted } = question;
		const row = named.get(question);
		if (row) return { json: lookup.show(row, wanted, id) };
		const answer = answers.get(question);
		return { failure: failureOf(id, lookup.noun, answer && 'error' in answer ? answer.error : UNANSWERED) };
	};
	const results = await mapYielding(byItem, (asked) => asked.map(resultOf));
	return results.map((some, index) => {
		const rows = some.flatMap((one) => ('json' in one ? [one.json] : []));
		const ownNote = nothingSelected(byItem[index]?.[0]?.wanted.selection, rows, lookup.noun);
		return { results: some, notes: [note, ownNote].filter((one) => one !== undefined) };
	});
}

/** A vendor's module that gives fewer answers than there were IDs. */
const UNANSWERED: QueryError = { reason: 'the response does not mention it' };

/** Asks in as few requests as the vendor allows, and for no more where every other request would fail alike. */
async function ask<Wanted>(
	questions: ReadonlyArray<Question<Wanted>>,
	lookup: BatchLookup<Wanted>,
	client: RateLimitedClient,
): Promise<ReadonlyMap<Question<Wanted>, LookupAnswer>> {
	const answers = new Map<Question<Wanted>, LookupAnswer>();
	let stop: QueryError | undefined;
	const askFor = async (part: ReadonlyArray<Question<Wanted>>): Promise<void> => {
		const [first] = part;
		if (!first) return;
		if (stop) {
			for (const question of part) answers.set(question, { error: { ...stop, notSent: true } });
			return;
		}
		const ids = part.map(({ id }) => id);
		const request = {
			request: lookup.request(ids, first.wanted),
			read: (response: ApiResponse) => lookup.read(ids, first.wanted, response),
		};
		const outcome = await sendRead(request, client);
		for (const [index, question] of part.entries()) {
			const first = outcome.kind === 'found' ? outcome.value[index] : outcome;
			if (!first) continue;
			const answer = 'row' in first ? await withDetail(question, first.row, lookup, client) : first;
			answers.set(question, answer);
			if ('error' in answer && answer.error.stopsRun) stop ??= answer.error;
		}
	};
	const groups = new Map<string, Array<Question<Wanted>>>();
	for (const question of questions) {
		const key = lookup.groupKey(question.wanted);
		const group = groups.get(key);
		if (group) group.push(question);
		else groups.set(key, [question]);
	}
	const parts = [...groups.values()].flatMap((group) => chunk(group, lookup.idsPerRequest));
	await mapWithLimit(parts, () => client.requestsInFlight(), askFor);
	return answers;
}

/** What was found, with what a second call adds to it. */
async function withDetail<Wanted>(
	{ id, wanted }: Question<Wanted>,
	row: JsonRecord,
	{ detail }: BatchLookup<Wanted>,
	client: RateLimitedClient,
): Promise<LookupAnswer> {
	if (!detail?.isNeeded(wanted)) return { row };
	const read = (response: ApiResponse): ReadResult<JsonRecord> => detail.read(id, row, response);
	const outcome = await sendRead({ request: detail.request(id, wanted), read }, client);
	return outcome.kind === 'found' ? { row: outcome.value } : { error: outcome.error };
}

function failureOf(id: string, { singular }: ResourceNoun, error: QueryError): QueryFailure {
	const verb = error.notFound ? 'was not found' : 'could not be read';
	return { id, before: `${capitalise(singular)} ${id} ${verb}: `, error };
}
