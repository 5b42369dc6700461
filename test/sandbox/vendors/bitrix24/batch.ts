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

function lookUp(buckets: Buckets, bucket: string, path: string): Json {
	const keys = [...path.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1] ?? '');
	let value: Json = Object.fromEntries(buckets[bucket.toLowerCase() as keyof Buckets]);
	for (const key of keys) {
		const inner: Json | undefined =
			typeof value === 'object' && value !== null && Object.hasOwn(value, key)
				? (value as JsonObject)[key]
				: undefined;
		if (inner === undefined) return null;
		value = inner;
	}
	return value;
}

/** `$result[key]` and its kin in a decoded value are replaced by what earlier commands answered. */
function substitute(value: Json, buckets: Buckets): Json {
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substitute(inner, buckets)]));
	}
	if (typeof value !== 'string') return value;
	const whole = /^\$(result|next|total|time|error)((?:\[[^\]]+\])+)$/i.exec(value);
	if (whole) return lookUp(buckets, whole[1] ?? '', whole[2] ?? '');
	return value.replace(
		/\$(result|next|total|time|error)((?:\[[^\]]+\])+)/gi,
		(_text, bucket: string, path: string) => strval(lookUp(buckets, bucket, path)),
	);
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
