import { forAll } from '../../core/commands/contract';
import type { Reading, Verdict } from '../../core/commands/contract';
import { excerpt, isSuccess, readJson } from '../../core/http/messages';
import type { WireResponse } from '../../core/http/messages';
import { fewerThatTellMore, isKnown, isRefusedWhole, ONLY_ONE, rowForUnnamed } from './codes';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { classOfUnknownWords, verdictOf } from './recordVerdict';
import { RecordLineReader } from './recordMessages';
import type { Meaning, RecordLine } from './recordMessages';
import { MAX_UNREQUESTED, RecordNumberIndex } from './recordNumberIndex';
import { BY_CODE, BY_STATUS, byRange, NOT_UNIFIER, ONE_BY_ONE, SILENT, UNCLEAR } from './errors';
import type { Text } from './errors';

/**
 * Reads the answer to a terminate request. What counts is the `status` in the body and the messages that name records;
 * business refusals come with HTTP 200. Success needs both a 2xx and words or a code that say so.
 */
export function readAnswer(numbers: readonly string[], response: WireResponse): Reading {
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

function fromStatus(numbers: readonly string[], { status, text }: WireResponse): Reading {
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

function fromEnvelope(numbers: readonly string[], envelope: Envelope, ok: boolean): Reading {
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

function forEach(numbers: readonly string[], row: Text, told: Partial<Verdict>): Reading {
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
