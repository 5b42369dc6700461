import { forAll } from '../../core/commands/contract';
import type { CommandResponse, Verdict } from '../../core/commands/contract';
import { isSuccess } from '../../core/http/messages';
import { excerpt } from '../../core/util/text';
import { readJson } from '../../core/util/json';
import type { ApiResponse } from '../../core/http/messages';
import { fewerThatTellMore, isKnown, isRefusedWhole, ONLY_ONE, rowForUnnamed } from './codes';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { RecordLineReader } from './recordMessages';
import type { Meaning, RecordLine, RecordClass } from './recordMessages';
import { MAX_UNREQUESTED, RecordNumberIndex } from './recordNumberIndex';
import { BY_CODE, BY_STATUS, byRange, NOT_UNIFIER, ONE_BY_ONE, SILENT, UNCLEAR, BY_CLASS } from './errors';
import type { Text } from './errors';

/**
 * Reads the answer to a terminate request. What counts is the `status` in the body and the messages that name records;
 * business refusals come with HTTP 200. Success needs both a 2xx and words or a code that say so.
 */
export function readAnswer(numbers: readonly string[], response: ApiResponse): CommandResponse {
	const { status, text } = response;
	if (status === 401 || status === 403) return fromStatus(numbers, response);
	const envelope = readEnvelope(text);
	const ok = isSuccess(status);
	if (!envelope || !(ok || isKnown(envelope.code))) return fromStatus(numbers, response);
	if (envelope.code === ONLY_ONE) {
		const told = toldBy(envelope, [...envelope.errors, ...envelope.messages]);
		return {
			kind: 'tooMany',
			atMost: 1,
			scope: 'group',
			verdict: { ...wordsOf(ONE_BY_ONE), ...told, ...withExtra(extraOf(envelope)) },
		};
	}
	return fromEnvelope(numbers, envelope, ok);
}

function fromStatus(numbers: readonly string[], { status, text }: ApiResponse): CommandResponse {
	const row = isSuccess(status) ? unreadable(text) : (BY_STATUS[status] ?? byRange(status));
	const vendorMessage = excerpt(text);
	if (vendorMessage !== '') return forEach(numbers, row, { vendorMessage });
	return forEach(numbers, row.outcome === 'failed' ? { ...row, ...SILENT } : row, {});
}

/** JSON, or the beginning of it, came from some service; a page or nothing came from somewhere else. */
function unreadable(text: string): Text {
	const isJson = readJson(text) !== undefined || /^\s*[{[]/.test(text);
	return isJson ? UNCLEAR.noEnvelope : NOT_UNIFIER;
}

function fromEnvelope(numbers: readonly string[], envelope: Envelope, ok: boolean): CommandResponse {
	const { code } = envelope;
	const unique = [...new Set(numbers)];
	const { lines, general } = sort(envelope, new RecordLineReader(new RecordNumberIndex(unique)));
	const whole = { code, general, asked: unique.length, namesRecords: lines.length > 0 };
	const row = rowForUnnamed(whole);
	const extra = extraOf(envelope, lines);
	const unnamed: Verdict = { ...wordsOf(row), ...toldBy(envelope, general), ...withExtra(extra) };
	const atMost = fewerThatTellMore(whole);
	if (atMost !== undefined) return { kind: 'tooMany', atMost, scope: 'request', verdict: unnamed };

	const trusted = ok && !isRefusedWhole(code);
	const otherwise = classOfUnknownWords(envelope, lines.length);
	// Records about which the same is said share one verdict, so that 10,000 of them cost next to nothing.
	const known = new Map<string, Verdict>();
	const verdicts = meaningsOf(unique.length, lines).map((meanings) => {
		if (meanings.length === 0) return unnamed;
		const key = meanings.map((meaning) => meaning.key).join(' ');
		let verdict = known.get(key);
		if (!verdict) {
			verdict = verdictOf(meanings, { code, trusted, otherwise, extra });
			known.set(key, verdict);
		}
		return verdict;
	});
	const { stop } = BY_CODE[code] ?? {};
	const { reason, hint } = row;
	return {
		kind: 'verdicts',
		verdicts: unique.length === numbers.length ? verdicts : forRepeats(numbers, unique, verdicts),
		...(stop !== undefined && { stop: { scope: stop, reason, hint } }),
	};
}

/** What is said about each of so many requested records. */
function meaningsOf(count: number, lines: readonly RecordLine[]): Meaning[][] {
	const meanings = Array.from({ length: count }, (): Meaning[] => []);
	for (const { meaning, requested } of lines) {
		for (const position of requested) meanings[position]?.push(meaning);
	}
	return meanings;
}

/** The verdicts of numbers of which some are the same. */
function forRepeats(
	numbers: readonly string[],
	unique: readonly string[],
	verdicts: readonly Verdict[],
): Verdict[] {
	const byNumber = new Map(unique.map((number, position) => [number, verdicts[position]]));
	return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

/** The messages that name records, and those that speak of none. */
function sort(envelope: Envelope, reader: RecordLineReader): { lines: RecordLine[]; general: string[] } {
	const lines: RecordLine[] = [];
	const general: string[] = [];
	for (const message of [...envelope.errors, ...envelope.messages]) {
		const line = reader.read(message);
		if (line) lines.push(line);
		else general.push(message);
	}
	return { lines, general };
}

function extraOf({ auditId }: Envelope, lines: readonly RecordLine[] = []): Record<string, unknown> {
	const unrequested = new Set<string>();
	for (const line of lines) for (const number of line.unrequested) unrequested.add(number);
	// Longer lists would swell every output item.
	const isShown = unrequested.size > 0 && unrequested.size < MAX_UNREQUESTED;
	return {
		...(auditId !== undefined && { auditId }),
		...(isShown && { unrequested: [...unrequested].map(excerpt) }),
	};
}

function toldBy({ code }: Envelope, texts: readonly string[]): Pick<Verdict, 'code' | 'vendorMessage'> {
	const vendorMessage = excerpt(texts.join(' '));
	return { code: String(code), ...(vendorMessage !== '' && { vendorMessage }) };
}

function forEach(numbers: readonly string[], row: Text, told: Partial<Verdict>): CommandResponse {
	const { reason, hint, stop } = row;
	const verdict: Verdict = { ...wordsOf(row), ...told };
	return forAll(numbers, verdict, stop && { scope: stop, reason, hint });
}

/** The row as a verdict. */
function wordsOf({ stop: _stop, ...words }: Text): Verdict {
	return words;
}

function withExtra(extra: Record<string, unknown>): Pick<Verdict, 'extra'> {
	return Object.keys(extra).length > 0 ? { extra } : {};
}

/** Where several messages name a record, the first of these that is among them counts. */
const MOST_CAUTIOUS_FIRST = [
	'refused',
	'ruleRefused',
	'inInitiation',
	'notFound',
	'terminal',
	'alreadyTerminated',
	'duplicate',
] as const;

/** Classes that contradict an end which another message reports. */
const REFUSALS: readonly RecordClass[] = ['inInitiation', 'notFound', 'ruleRefused', 'refused'];

const CLASS_OF_CODE: Readonly<Record<number, RecordClass>> = {
	12756: 'notFound',
	12757: 'inInitiation',
	12758: 'terminal',
	12759: 'alreadyTerminated',
	12760: 'duplicate',
};

/** The code of a request in which all went well. */
const SUCCESS = '200';

/** What the answer as a whole adds to the verdict about one record. */
interface Circumstances {
	code: number;
	/** Whether the answer can report a success at all. */
	trusted: boolean;
	/** What words mean that are not known. */
	otherwise: RecordClass;
	extra: Readonly<Record<string, unknown>>;
}

/**
 * What words mean that are not known, a translation for instance: the code of the answer decides where it speaks of every
 * record that is named. Code 200 means that the whole request succeeded.
 */
export function classOfUnknownWords({ code, errors }: Envelope, lines: number): RecordClass {
	if (code === 200) return errors.length === 0 ? 'terminated' : 'unclear';
	if (code === 12755) return 'unclear';
	const ofCode = CLASS_OF_CODE[code];
	if (ofCode === undefined) return 'refused';
	return lines === 1 ? ofCode : 'refused';
}

/** The verdict about a record from what the messages that name it mean. */
export function verdictOf(
	meanings: readonly Meaning[],
	{ code, trusted, otherwise, extra }: Circumstances,
): Verdict {
	const classes = new Set(meanings.map(({ recordClass }) => recordClass ?? otherwise));
	const messages = [...new Set(meanings.map(({ said }) => said))].filter((said) => said !== '');
	const refused = REFUSALS.some((recordClass) => classes.has(recordClass));
	const reportsSuccess = classes.has('terminated');
	const reportsEnd = classes.has('alreadyTerminated') || classes.has('terminal');
	const conflict = reportsSuccess ? refused || classes.has('unclear') || !trusted : refused && reportsEnd;
	const told = {
		code: String(code),
		...(messages.length > 0 && { vendorMessage: excerpt(messages.join(' ')) }),
		extra: { ...extra, ...(messages.length > 0 && { messages }), ...(conflict && { conflict: true }) },
	};
	if (reportsSuccess) {
		// The code of the answer tells how others fared.
		return conflict
			? { ...UNCLEAR.contradiction, ...told }
			: { outcome: 'terminated', ...told, code: SUCCESS };
	}
	const decisive = MOST_CAUTIOUS_FIRST.find((recordClass) => classes.has(recordClass));
	if (classes.has('unclear') || decisive === undefined) return { ...UNCLEAR.unknownWords, ...told };
	const { code: ofClass, stillRunning, ...words } = BY_CLASS[decisive];
	return {
		...words,
		...told,
		...(ofClass !== undefined && { code: ofClass }),
		// Beside a message that it has ended this one proves nothing.
		...(stillRunning && !conflict && { stillRunning }),
	};
}
