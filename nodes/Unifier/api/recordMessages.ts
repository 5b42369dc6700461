import type { Verdict } from '../../core/commands/contract';
import { omit } from '../../core/util/omit';
import { outsideText } from '../../core/util/text';
import { BY_CLASS, CODE, UNCLEAR } from './errors';
import type { RecordClass } from './errors';
import type { RecordNumberIndex } from './recordNumberIndex';
import type { Envelope } from './responses';
import { sentencesOf, withoutJoint } from './sentences';

/** A statement about records, shared by all messages of an answer that make it in the same words. */
export interface Statement {
	/** Undefined where its words are not among the known ones. */
	recordClass: RecordClass | undefined;
	/** The words, fit to be shown. */
	text: string;
	/** Different for each statement of one answer. */
	key: number;
}

/** A message that names records. */
export interface RecordMessage {
	statement: Statement;
	/** Positions of the requested numbers it names. */
	requested: number[];
	/** Numbers it names that were not requested. */
	unrequested: string[];
}

/**
 * The wordings of the samples and of the code table of "Terminate Workflow and Non-Workflow BP Records", which differ.
 * Tested in this order: failures loosely, success last and strictly, because the text of code 12758 contains "not
 * terminated".
 */
const WORDINGS: ReadonlyArray<[RecordClass, RegExp]> = [
	['duplicate', /\bduplicate\b/i],
	['alreadyTerminated', /\balready\s+terminated\b/i],
	['terminal', /\bin\s+terminal\s+status\b|\bin\s+(the\s+)?terminal\s+step\b/i],
	['inInitiation', /\binitiation\s+step\b/i],
	['notFound', /\b(does|do)\s+not\s+exist\b|\b(is|are)\s+not\s+correct\b/i],
	['ruleRefused', /\brules?\b.*\bfail/i],
	['terminated', /^(is\/are\s+|is\s+|are\s+)?terminated\s+successfully\.?$/i],
];

/** Longer texts are not a known wording, and not worth a pattern's time. */
const MAX_WORDS = 1_000;

/** Reads the messages of one answer. Equal words are classified once, however many messages have them. */
export class RecordMessageReader {
	private readonly known = new Map<string, Statement>();

	constructor(private readonly index: RecordNumberIndex) {}

	/**
	 * Reads a text that begins with a list of records, as one message or several; empty when it names no record. A list that
	 * goes on to the last bracket, whatever is in between, is believed only if it consists of requested numbers, or if
	 * nothing else names any.
	 */
	read(line: string): RecordMessage[] {
		const last = line.lastIndexOf(']');
		if (!line.startsWith('[') || last < 0) return [];
		// Nearly all messages have one list, with no bracket in it or behind it.
		if (line.indexOf(']') === last && line.lastIndexOf('[') === 0) {
			return [this.message(line.slice(1, last), withoutJoint(line.slice(last + 1)))];
		}
		const wide = this.message(line.slice(1, last), withoutJoint(line.slice(last + 1)));
		const apart = sentencesOf(line).map(({ list, words }) => this.message(list, words));
		if (isComplete(wide) && (!apart.some(namesRequested) || sayTheSame(wide, apart))) return [wide];
		// With a single bracket in a number nobody knows where a list ends.
		const isSure = !isComplete(wide) && apart.length > 0 && this.index.hasPairedBrackets();
		if (!isSure) return [this.unclear(line, [wide, ...apart])];
		return apart.length === 1 && !apart.some(namesRequested) ? [wide] : apart;
	}

	private message(list: string, words: string): RecordMessage {
		const said = words.slice(0, MAX_WORDS);
		const { requested, unrequested } = this.index.split(list);
		return { statement: this.statement(said, classOf(said)), requested, unrequested };
	}

	/** Of a text that can be read in two ways. */
	private unclear(text: string, messages: readonly RecordMessage[]): RecordMessage {
		const requested = [...new Set(messages.flatMap((message) => message.requested))];
		return { statement: this.statement(text.slice(0, MAX_WORDS), 'unclear'), requested, unrequested: [] };
	}

	private statement(words: string, recordClass: RecordClass | undefined): Statement {
		let statement = this.known.get(words);
		if (!statement) {
			statement = { recordClass, text: outsideText(words), key: this.known.size };
			this.known.set(words, statement);
		}
		return statement;
	}
}

function namesRequested({ requested }: RecordMessage): boolean {
	return requested.length > 0;
}

/** Whether the message names requested records and nothing else. */
function isComplete({ requested, unrequested }: RecordMessage): boolean {
	return requested.length > 0 && unrequested.length === 0;
}

/** Whether the messages name exactly these records, in the same words. */
function sayTheSame(one: RecordMessage, others: readonly RecordMessage[]): boolean {
	const named = new Set(one.requested);
	const also = new Set(others.flatMap(({ requested }) => requested));
	return (
		others.every(({ statement }) => statement === one.statement) &&
		named.size === also.size &&
		[...named].every((position) => also.has(position))
	);
}

function classOf(words: string): RecordClass | undefined {
	// The message lists records and makes no statement about them.
	if (words === '') return 'unclear';
	return WORDINGS.find(([, wording]) => wording.test(words))?.[0];
}

/** If several messages name a record, the first of these classes that they contain counts. */
const MOST_CAUTIOUS_FIRST = [
	'refused',
	'ruleRefused',
	'inInitiation',
	'notFound',
	'terminal',
	'alreadyTerminated',
	'duplicate',
] as const;

/** Classes that contradict another message by which the record has ended. */
const FAILURE_CLASSES: readonly RecordClass[] = ['inInitiation', 'notFound', 'ruleRefused', 'refused'];

const CLASS_BY_CODE: Readonly<Record<number, keyof typeof BY_CLASS>> = {
	[CODE.incorrectNumber]: 'notFound',
	[CODE.inInitiation]: 'inInitiation',
	[CODE.terminal]: 'terminal',
	[CODE.alreadyTerminated]: 'alreadyTerminated',
	[CODE.duplicates]: 'duplicate',
};

/** What the answer as a whole adds to the verdict about one record. */
export interface AnswerContext {
	code: number;
	/** How many records were requested. */
	requested: number;
	/** Whether the answer can report a success at all. */
	canReportSuccess: boolean;
	/** The class of unknown words. */
	defaultClass: RecordClass;
	extra: Readonly<Record<string, unknown>>;
}

/** What a code says about each record of a request that it concerns as a whole, such as one with a single record. */
export function classOfCode(code: number): keyof typeof BY_CLASS | undefined {
	return CLASS_BY_CODE[code];
}

/**
 * The class of unknown words, a translation for instance: the code of the answer decides if it concerns every record that
 * is named, because there is one record or one message. Code 200 means that the whole request succeeded.
 */
export function classOfUnknownWords(
	{ code, errors }: Envelope,
	{ requested, messages }: { requested: number; messages: number },
): RecordClass {
	if (code === CODE.success) return errors.length === 0 ? 'terminated' : 'unclear';
	if (code === CODE.partial) return 'unclear';
	const recordClass = requested === 1 || messages === 1 ? classOfCode(code) : undefined;
	// With others in the request even a success may hide behind such words.
	return recordClass ?? (requested === 1 ? 'refused' : 'unclear');
}

/** The verdict about a record from the statements of the messages that name it. */
export function verdictOf(
	statements: readonly Statement[],
	{ code, requested, canReportSuccess, defaultClass, extra }: AnswerContext,
): Verdict {
	const isAlone = requested === 1;
	const classes = new Set(statements.map(({ recordClass }) => recordClass ?? defaultClass));
	const messages = [...new Set(statements.map(({ text }) => text))].filter((text) => text !== '');
	const reportsFailure = FAILURE_CLASSES.some((recordClass) => classes.has(recordClass));
	const reportsSuccess = classes.has('terminated');
	const reportsEnd = classes.has('alreadyTerminated') || classes.has('terminal');
	const conflict = reportsSuccess
		? reportsFailure || classes.has('unclear') || !canReportSuccess
		: reportsFailure && reportsEnd;
	const details = {
		code: String(code),
		...(messages.length > 0 && { vendorMessage: outsideText(messages.join(' ')) }),
		extra: { ...extra, ...(conflict && { conflict: true }) },
	};
	if (reportsSuccess) {
		// The code of the answer may be about other records.
		return conflict
			? { ...UNCLEAR.contradiction, ...details }
			: { outcome: 'terminated', ...details, code: String(CODE.success) };
	}
	const decisive = MOST_CAUTIOUS_FIRST.find((recordClass) => classes.has(recordClass));
	if (classes.has('unclear') || decisive === undefined) {
		const statement = statements.map(({ key }) => key).join(' ');
		if (isAlone) return { ...UNCLEAR.unknownWords, ...details };
		// Alone it gets a clearer answer, however many were lost before.
		return { ...omit(UNCLEAR.unknownWords, 'attempts'), ...details, statement };
	}
	const { code: codeOfClass, stillRunning, ...error } = BY_CLASS[decisive];
	return {
		...error,
		...(decisive === 'duplicate' && !isAlone && { outcome: 'unknown', isAlone: true }),
		...details,
		...(codeOfClass !== undefined && { code: codeOfClass }),
		// It proves nothing beside a message by which the record has ended.
		...(stillRunning && !conflict && { stillRunning }),
	};
}
