import { forAll } from '../../termination/contract';
import type { Reading, Verdict } from '../../termination/contract';
import { excerpt, readJson } from '../../termination/wire';
import type { WireResponse } from '../../termination/wire';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { classOfUnknownWords, verdictOf } from './recordVerdict';
import { RecordLineReader } from './recordLines';
import type { RecordLine } from './recordLines';
import { RecordNumberIndex } from './recordNumberIndex';
import { BY_CLASS, BY_CODE, BY_STATUS, byRange, NOT_UNIFIER, ONE_BY_ONE, UNCLEAR } from './texts';
import type { Text } from './texts';

/** Longer lists of numbers that nobody asked for would swell every output item. */
const MAX_UNREQUESTED = 20;

/** The code of many records of a cost business process in one request. */
const ONLY_ONE = 12754;

/**
 * Reads the answer to a terminate request. What counts is the `status` in the body and the messages that name records;
 * business refusals come with HTTP 200. Success needs both a 2xx and words or a code that say so.
 */
export function readAnswer(numbers: readonly string[], response: WireResponse): Reading {
	const { status, text } = response;
	if (status === 401 || status === 403) return fromStatus(numbers, response);
	const envelope = readEnvelope(text);
	const ok = status >= 200 && status < 300;
	if (!envelope || !(ok || isKnown(envelope.code))) return fromStatus(numbers, response);
	if (envelope.code === ONLY_ONE) {
		const told = toldBy(envelope, [...envelope.errors, ...envelope.messages]);
		return {
			kind: 'oneByOne',
			verdict: { ...wordsOf(ONE_BY_ONE), ...told, ...withExtra(extraOf(envelope)) },
		};
	}
	return fromEnvelope(numbers, envelope, ok);
}

function fromStatus(numbers: readonly string[], { status, text }: WireResponse): Reading {
	const ok = status >= 200 && status < 300;
	const row = ok ? unreadable(text) : (BY_STATUS[status] ?? byRange(status));
	const vendorMessage = excerpt(text);
	return forEach(numbers, row, vendorMessage === '' ? {} : { vendorMessage });
}

/** JSON, or the beginning of it, came from some service; a page or nothing came from somewhere else. */
function unreadable(text: string): Text {
	const isJson = readJson(text) !== undefined || /^\s*[{[]/.test(text);
	return isJson ? UNCLEAR.noEnvelope : NOT_UNIFIER;
}

function fromEnvelope(numbers: readonly string[], envelope: Envelope, ok: boolean): Reading {
	const unique = [...new Set(numbers)];
	const { lines, general } = sort(envelope, new RecordLineReader(new RecordNumberIndex(unique)));
	const named: number[][] = unique.map(() => []);
	lines.forEach(({ requested }, lineNumber) => {
		for (const position of requested) named[position]?.push(lineNumber);
	});

	const extra = extraOf(envelope, lines);
	const row = rowForUnnamed(envelope.code, general, unique.length);
	const unnamed: Verdict = { ...wordsOf(row), ...toldBy(envelope, general), ...withExtra(extra) };
	// Records about which the same is said share one verdict, so that 10,000 of them cost next to nothing.
	const verdicts = new Map<string, Verdict>();
	const byNumber = new Map<string, Verdict>();
	unique.forEach((number, position) => {
		const own = (named[position] ?? []).flatMap((lineNumber) => lines[lineNumber] ?? []);
		const key = own.map(({ recordClass, said }) => `${recordClass} ${said}`).join('\n');
		let verdict = own.length === 0 ? unnamed : verdicts.get(key);
		if (!verdict) {
			const trusted = ok && !isRefusedWhole(envelope.code);
			verdict = verdictOf(own, { code: envelope.code, trusted, extra });
			verdicts.set(key, verdict);
		}
		byNumber.set(number, verdict);
	});
	const stop = BY_CODE[envelope.code]?.stop;
	const { reason, hint } = row;
	return {
		kind: 'verdicts',
		verdicts: numbers.map((number) => byNumber.get(number) ?? unnamed),
		...(stop !== undefined && { stop: { scope: stop, reason, hint } }),
	};
}

/** The messages that name records, each with a class, and those that speak of none. */
function sort(envelope: Envelope, reader: RecordLineReader): { lines: RecordLine[]; general: string[] } {
	const lines: RecordLine[] = [];
	const general: string[] = [];
	for (const message of [...envelope.errors, ...envelope.messages]) {
		const line = reader.read(message);
		if (line) lines.push(line);
		else general.push(message);
	}
	const otherwise = classOfUnknownWords(envelope, lines.length);
	return {
		lines: lines.map((line) => ({ ...line, recordClass: line.recordClass ?? otherwise })),
		general,
	};
}

/** What holds for a record that no message names. */
function rowForUnnamed(code: number, general: readonly string[], asked: number): Text {
	const ofRule = general.some((text) => /\brules?\b/i.test(text));
	if (code === 3000 && ofRule && asked === 1) return BY_CLASS.ruleRefused;
	if (code === 657 && asked === 1) return BY_CLASS.notFound;
	return BY_CODE[code] ?? (ofRule ? UNCLEAR.ruleSomewhere : UNCLEAR.notNamed);
}

function extraOf({ auditId }: Envelope, lines: readonly RecordLine[] = []): Record<string, unknown> {
	const unrequested = [...new Set(lines.flatMap((line) => line.unrequested))];
	return {
		...(auditId !== undefined && { auditId }),
		...(unrequested.length > 0 &&
			unrequested.length <= MAX_UNREQUESTED && { unrequested: unrequested.map(excerpt) }),
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

function wordsOf({ outcome, reason, hint }: Text): Pick<Verdict, 'outcome' | 'reason' | 'hint'> {
	return { outcome, reason, hint };
}

function withExtra(extra: Record<string, unknown>): Pick<Verdict, 'extra'> {
	return Object.keys(extra).length > 0 ? { extra } : {};
}

/** Codes by which Unifier refuses a request before it looks at any record. */
function isRefusedWhole(code: number): boolean {
	return BY_CODE[code] !== undefined && code !== 12760;
}

function isKnown(code: number): boolean {
	return code === 200 || code === 3000 || (code >= 12753 && code <= 12761) || BY_CODE[code] !== undefined;
}
