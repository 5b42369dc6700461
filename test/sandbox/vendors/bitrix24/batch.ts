import type { Json, JsonObject } from '../../core/emulator.ts';
import type { Caller } from './auth.ts';
import { RestError, errors } from './errors.ts';
import { execute, unusedBudget } from './execute.ts';
import type { Executed } from './execute.ts';
import { normaliseNames } from './input.ts';
import type { Params } from './input.ts';
import { methodName } from './methods.ts';
import { arrayEntries, isEmpty, parseStr, shape, strval } from './php.ts';
import type { Portal } from './portal.ts';
import type { OperatingReading } from './time.ts';

/** Page "batch": more commands than this are refused one by one. */
const MAX_COMMANDS = 50;

type Bucket = Array<[string, Json]>;

/** What a batch has gathered so far. */
interface Buckets {
	result: Bucket;
	error: Bucket;
	total: Bucket;
	next: Bucket;
	time: Bucket;
}

const emptyBuckets = (): Buckets => ({ result: [], error: [], total: [], next: [], time: [] });

/** PHP renumbers integer keys when it merges arrays, so such an error loses the name of its command. */
function errorBucket(entries: Bucket): Json {
	let number = 0;
	return shape(
		entries.map(([key, value]) => (/^(?:0|[1-9]\d*)$/.test(key) ? [String(number++), value] : [key, value])),
	);
}

/**
 * References in the whole of a value: the name of a bucket in any case, and whatever follows up to the next blank of
 * ASCII. The server reads bytes, so that other blanks do not end it.
 */
const REFERENCE = /\$(result|next|total|time|error)([^ \t\n\v\f\r]*)/gi;

const isSet = (value: Json | undefined): value is Json => value !== undefined && value !== null;

/**
 * What a reference stands for, undefined for one without a key in brackets. Buckets are known in lower case only, and
 * behind the last key that exists the others are overlooked.
 */
function lookUp(buckets: Buckets, bucket: string, path: string): Json | undefined {
	const keys = [...path.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1] ?? '');
	if (keys.length === 0) return undefined;
	const named: Bucket | undefined = Object.hasOwn(buckets, bucket)
		? buckets[bucket as keyof Buckets]
		: undefined;
	let value: Json = named ? Object.fromEntries(named) : null;
	for (const key of keys) {
		const inner: Json | undefined =
			typeof value === 'object' && value !== null && Object.hasOwn(value, key)
				? (value as JsonObject)[key]
				: undefined;
		if (!isSet(inner)) break;
		value = inner;
	}
	return value;
}

/**
 * `$result[key]` and its kin in a decoded value are replaced by what earlier commands answered: a value that is nothing
 * else by whatever it is, a part of a text by texts and numbers only.
 */
function substitute(value: Json, buckets: Buckets): Json {
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substitute(inner, buckets)]));
	}
	if (typeof value !== 'string') return value;
	let text = value;
	for (const [reference, bucket = '', path = ''] of value.matchAll(REFERENCE)) {
		const found = lookUp(buckets, bucket, path);
		if (found === undefined) continue;
		if (reference === text) return found;
		if (typeof found === 'string' || typeof found === 'number')
			text = text.replaceAll(reference, String(found));
	}
	return text;
}

/** A command is read like a URL: a raw `#` cuts it. */
function readCommand(command: string, buckets: Buckets): { name: string; params: Params } {
	const [text = ''] = command.split('#');
	const mark = text.indexOf('?');
	const name = methodName(mark < 0 ? text : text.slice(0, mark));
	const query = mark < 0 ? {} : parseStr(text.slice(mark + 1));
	return { name, params: normaliseNames(substitute(query, buckets) as JsonObject) };
}

function runCommand(portal: Portal, caller: Caller, command: string, buckets: Buckets): Executed {
	const { name, params } = readCommand(command, buckets);
	if (name === 'batch') throw errors.batchMethod();
	portal.counters.batchCommands += 1;
	return execute(portal, caller, name, params, { startedAt: portal.now(), scopeText: '' });
}

function keep(buckets: Buckets, key: string, { answer, time }: Executed): void {
	buckets.result.push([key, answer.result]);
	buckets.time.push([key, time]);
	if (answer.total !== undefined) buckets.total.push([key, answer.total]);
	if (answer.next !== undefined) buckets.next.push([key, answer.next]);
}

/** Page "batch": commands run one after another; what is not a string lands in no bucket. */
export function runBatch(
	portal: Portal,
	caller: Caller,
	params: Params,
): { result: Json; operating: OperatingReading } {
	portal.counters.batches += 1;
	const buckets = emptyBuckets();
	let operating = unusedBudget(portal);
	const commands = arrayEntries(params['CMD']) ?? [];
	for (const [index, [key, command]] of commands.entries()) {
		if (index < MAX_COMMANDS && typeof command !== 'string') continue;
		try {
			if (index >= MAX_COMMANDS) throw errors.batchLength();
			const executed = runCommand(portal, caller, strval(command), buckets);
			operating = executed.operating;
			keep(buckets, key, executed);
		} catch (error) {
			if (!(error instanceof RestError)) throw error;
			buckets.error.push([key, { error: error.code, error_description: error.description }]);
			if (!isEmpty(params['HALT'])) break;
		}
	}
	return {
		result: {
			result: shape(buckets.result),
			result_error: errorBucket(buckets.error),
			result_total: shape(buckets.total),
			result_next: shape(buckets.next),
			result_time: shape(buckets.time),
		},
		operating,
	};
}
