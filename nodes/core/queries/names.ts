import type { RateLimitedClient } from '../http/client';
import { MAX_STATE_ATTEMPTS } from '../http/limits';
import { sendRead } from '../http/readRequest';
import type { ReadRequest } from '../http/readRequest';
import type { QueryError } from '../http/readResult';
import { chunk, mapWithLimit, mapYielding } from '../util/concurrency';
import type { JsonRecord } from '../util/json';

/**
 * The names of what rows know by its ID alone, from another list of the vendor. An addition for people: what cannot be had
 * is missing, and the rows stay as they are. Data and pure functions, no I/O.
 */
export interface NameQuery<Query> {
	/** Whose names they are, in the plural, for messages: `templates`. */
	plural: string;
	/** The ID whose name a row lacks. Undefined where it lacks none, or none is wanted. */
	idIn(row: JsonRecord, query: Query): string | undefined;
	idsPerRequest: number;
	/** Asks for names by their IDs. IDs without a name are left out of the answer; others in it do no harm. */
	request(ids: readonly string[]): ReadRequest<ReadonlyMap<string, string>>;
	/** The row with the name; undefined where it could not be had. */
	add(row: JsonRecord, name: string | undefined): JsonRecord;
}

/** A row, and what was asked for when it was found. */
export interface FoundRow<Query> {
	row: JsonRecord;
	query: Query;
}

/** Rows with their names, in the same order, and what the user should know besides, as a whole sentence. */
export interface NamedRows {
	rows: JsonRecord[];
	note?: string;
}

/** Adds names to rows, in as few requests as the vendor allows: each ID once. Never rejects. */
export async function addNames<Query>(
	found: ReadonlyArray<FoundRow<Query>>,
	names: NameQuery<Query> | undefined,
	client: RateLimitedClient,
): Promise<NamedRows> {
	if (!names) return { rows: await mapYielding(found, ({ row }) => row) };
	const ids = await mapYielding(found, ({ row, query }) => names.idIn(row, query));
	const wanted = [...new Set(ids)].filter((id) => id !== undefined);
	const { known, error } = await askForNames(wanted, names, client);
	const rows = await mapYielding(found, ({ row }, index) => {
		const id = ids[index];
		return id === undefined ? row : names.add(row, known.get(id));
	});
	return { rows, ...(error && { note: missing(names, error) }) };
}

async function askForNames<Query>(
	ids: readonly string[],
	names: NameQuery<Query>,
	client: RateLimitedClient,
): Promise<{ known: ReadonlyMap<string, string>; error: QueryError | undefined }> {
	const known = new Map<string, string>();
	let error: QueryError | undefined;
	const atOnce = (): number => client.requestsInFlight();
	await mapWithLimit(chunk(ids, names.idsPerRequest), atOnce, async (part) => {
		if (error?.stopsRun) return;
		const outcome = await sendRead(names.request(part), client, { maxAttempts: MAX_STATE_ATTEMPTS });
		if (outcome.kind === 'failed') error = outcome.error;
		else for (const [id, name] of outcome.value) known.set(id, name);
	});
	return { known, error };
}

function missing({ plural }: Pick<NameQuery<unknown>, 'plural'>, { reason }: QueryError): string {
	return `Names of ${plural} are missing because ${reason}.`;
}
