import { forAll } from '../../core/commands/contract';
import type { CommandResponse, Verdict } from '../../core/commands/contract';
import type { ApiResponse } from '../../core/http/messages';
import { omit } from '../../core/util/omit';
import { outsideText } from '../../core/util/text';
import { BY_CLASS, BY_CODE, CODE, ONE_BY_ONE, UNCLEAR } from './errors';
import type { KnownError } from './errors';
import { SILENT, TOO_BIG } from './httpErrors';
import { classOfCode, classOfUnknownWords, RecordMessageReader, verdictOf } from './recordMessages';
import type { RecordMessage, Statement } from './recordMessages';
import { MAX_UNREQUESTED, RecordNumberIndex } from './recordNumberIndex';
import { classify } from './responses';
import type { Envelope } from './responses';

/**
 * Reads the answer to a terminate request. The `status` in the body and the messages that name records count; business
 * errors come with HTTP 200. Success needs both an HTTP status of success and words or a code that report it.
 */
export function readTerminateResponse(numbers: readonly string[], response: ApiResponse): CommandResponse {
	const answer = classify(response);
	if (answer.kind !== 'envelope') return fromOtherAnswer(numbers, answer.error, response);
	const { envelope, hasSuccessStatus } = answer;
	if (envelope.code !== CODE.onlyOne) return fromEnvelope(numbers, envelope, hasSuccessStatus);
	const details = vendorDetails(envelope, [...envelope.errors, ...envelope.messages]);
	return {
		kind: 'tooMany',
		atMost: 1,
		scope: 'group',
		verdict: { ...toVerdict(ONE_BY_ONE), ...details, ...withExtra(extraOf(envelope)) },
	};
}

function fromOtherAnswer(
	numbers: readonly string[],
	error: KnownError,
	{ status, text }: ApiResponse,
): CommandResponse {
	const vendorMessage = outsideText(text);
	const { reason, hint, cause, stop, outcome } = error;
	const verdict: Verdict = {
		...toVerdict(error),
		...(vendorMessage !== '' ? { vendorMessage } : outcome === 'failed' && SILENT),
	};
	if (TOO_BIG.includes(status) && numbers.length > 1) {
		return { kind: 'tooMany', atMost: Math.ceil(numbers.length / 2), scope: 'group', verdict };
	}
	return forAll(numbers, verdict, stop && { scope: stop, reason, hint, ...(cause && { cause }) });
}

function fromEnvelope(
	numbers: readonly string[],
	envelope: Envelope,
	hasSuccessStatus: boolean,
): CommandResponse {
	const { code } = envelope;
	const unique = [...new Set(numbers)];
	const { named, general } = sort(envelope, new RecordMessageReader(new RecordNumberIndex(unique)));
	const summary = { code, general, requested: unique.length, namesRecords: named.length > 0 };
	const error = errorForUnnamed(summary);
	const extra = extraOf(envelope, named);
	const unnamed: Verdict = { ...toVerdict(error), ...vendorDetails(envelope, general), ...withExtra(extra) };
	if (code === CODE.tooManyRecords && unique.length > 1) {
		return { kind: 'tooMany', atMost: Math.ceil(unique.length / 2), scope: 'group', verdict: unnamed };
	}
	if (saysMoreWithFewer(summary)) return { kind: 'tooMany', scope: 'request', verdict: unnamed };

	const requested = unique.length;
	const canReportSuccess = hasSuccessStatus && !rejectsWholeRequest(code);
	const defaultClass = classOfUnknownWords(envelope, { requested, messages: named.length });
	// Records with the same statements share one verdict, so that 10,000 of them cost next to nothing.
	const known = new Map<string, Verdict>();
	const verdicts = statementsOf(unique.length, named).map((statements) => {
		if (statements.length === 0) return unnamed;
		const key = statements.map(({ key: part }) => part).join(' ');
		let verdict = known.get(key);
		if (!verdict) {
			verdict = verdictOf(statements, { code, requested, canReportSuccess, defaultClass, extra });
			known.set(key, verdict);
		}
		return verdict;
	});
	const { stop } = BY_CODE[code] ?? {};
	const { reason, hint, cause } = error;
	return {
		kind: 'verdicts',
		verdicts: unique.length === numbers.length ? verdicts : forRepeats(numbers, unique, verdicts),
		...(code === CODE.serverError && { isDown: true }),
		...(stop !== undefined && { stop: { scope: stop, reason, hint, ...(cause && { cause }) } }),
	};
}

/** The statements about each of so many requested records. */
function statementsOf(count: number, named: readonly RecordMessage[]): Statement[][] {
	const statements = Array.from({ length: count }, (): Statement[] => []);
	for (const { statement, requested } of named) {
		for (const position of requested) statements[position]?.push(statement);
	}
	return statements;
}

/** The verdicts for numbers that contain repeats. */
function forRepeats(
	numbers: readonly string[],
	unique: readonly string[],
	verdicts: readonly Verdict[],
): Verdict[] {
	const byNumber = new Map(unique.map((number, position) => [number, verdicts[position]]));
	return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

/** The messages that name records, and those that do not. */
function sort(
	envelope: Envelope,
	reader: RecordMessageReader,
): { named: RecordMessage[]; general: string[] } {
	const named: RecordMessage[] = [];
	const general: string[] = [];
	for (const text of [...envelope.errors, ...envelope.messages]) {
		const messages = reader.read(text);
		for (const message of messages) named.push(message);
		if (messages.length === 0) general.push(text);
	}
	return { named, general };
}

function extraOf({ auditId }: Envelope, named: readonly RecordMessage[] = []): Record<string, unknown> {
	const unrequested = new Set<string>();
	for (const message of named) for (const number of message.unrequested) unrequested.add(number);
	// Longer lists would swell every output item.
	const isShown = unrequested.size > 0 && unrequested.size < MAX_UNREQUESTED;
	return {
		...(auditId !== undefined && { auditId }),
		...(isShown && { unrequested: [...unrequested].map(outsideText) }),
	};
}

function vendorDetails(
	{ code }: Envelope,
	texts: readonly string[],
): Pick<Verdict, 'code' | 'vendorMessage'> {
	const vendorMessage = outsideText(texts.join(' '));
	return { code: String(code), ...(vendorMessage !== '' && { vendorMessage }) };
}

function toVerdict(error: KnownError): Verdict {
	return omit(error, 'stop');
}

function withExtra(extra: Record<string, unknown>): Pick<Verdict, 'extra'> {
	return Object.keys(extra).length > 0 ? { extra } : {};
}

/** Codes by which Unifier refuses all records because of some of them, and perhaps does not say which. */
const REFUSED_FOR_SOME: readonly number[] = [
	CODE.invalidNumber,
	CODE.taskAccepted,
	CODE.rule,
	CODE.duplicates,
];

/** An answer apart from its messages about single records. */
interface Summary {
	code: number;
	/** The messages that name no record. */
	general: readonly string[];
	/** How many records the request had. */
	requested: number;
	/** Whether any message names a record. */
	namesRecords: boolean;
}

/** The error for a record that no message names. */
function errorForUnnamed(summary: Summary): KnownError {
	const { code, requested, namesRecords } = summary;
	// A record that was sent alone needs no name: the code is about it.
	const isAlone = requested === 1 && !namesRecords;
	const recordClass = isAlone ? classOfCode(code) : undefined;
	if (recordClass !== undefined) return BY_CLASS[recordClass];
	if (code === CODE.invalidNumber && requested === 1) return BY_CLASS.notFound;
	if (code === CODE.duplicates && requested > 1) return UNCLEAR.repeatsAmongThem;
	const isRule = mentionsRule(summary);
	if (code === CODE.rule && isAlone) return isRule ? BY_CLASS.ruleRefused : RULE_PERHAPS;
	if (code === CODE.rule && !namesRecords) return UNCLEAR.ruleAmongThem;
	return BY_CODE[code] ?? (isRule ? UNCLEAR.ruleSomewhere : UNCLEAR.notNamed);
}

/** Code 3000 without the word: other services say "Partial failure." with it ("Response Error Codes"). */
const RULE_PERHAPS = omit(BY_CLASS.ruleRefused, 'stillRunning');

/** Whether the answers to smaller requests would say more. */
function saysMoreWithFewer({ code, requested, namesRecords }: Summary): boolean {
	return requested > 1 && !namesRecords && REFUSED_FOR_SOME.includes(code);
}

function mentionsRule({ general }: Summary): boolean {
	return general.some((text) => /\brules?\b/i.test(text));
}

/** Whether Unifier refuses the request by this code before it looks at any record. */
function rejectsWholeRequest(code: number): boolean {
	return BY_CODE[code] !== undefined && code !== CODE.duplicates;
}
