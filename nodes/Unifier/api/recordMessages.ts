import type { Verdict } from '../../core/commands/contract';
import { outsideText } from '../../core/util/text';
import { BY_CLASS, CODE, UNCLEAR } from './errors';
import type { RecordClass } from './errors';
import type { RecordNumberIndex } from './recordNumberIndex';
import type { Envelope } from './responses';

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
	 * Reads a message of the form `[number, number] words`, where the space may be missing. Undefined when it names no
	 * record. A number may contain a bracket, so the list is first taken to end at the last one; if it then contains no
	 * requested number, at the first.
	 */
	read(line: string): RecordMessage | undefined {
		const last = line.lastIndexOf(']');
		if (!line.startsWith('[') || last < 0) return undefined;
		const wide = line.slice(last).includes('[') ? undefined : this.readUpTo(line, last);
		if (wide && wide.requested.length > 0) return wide;
		const narrow = this.readUpTo(line, line.indexOf(']'));
		return wide && narrow.requested.length === 0 ? wide : narrow;
	}

	private readUpTo(line: string, close: number): RecordMessage {
		const words = line
			.slice(close + 1)
			.slice(0, MAX_WORDS)
			.trim();
		let statement = this.known.get(words);
		if (!statement) {
			statement = { recordClass: classOf(words), text: outsideText(words), key: this.known.size };
			this.known.set(words, statement);
		}
		const { requested, unrequested } = this.index.split(line.slice(1, close));
		return { statement, requested, unrequested };
	}
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

const CLASS_BY_CODE: Readonly<Record<number, RecordClass>> = {
	[CODE.incorrectNumber]: 'notFound',
	[CODE.inInitiation]: 'inInitiation',
	[CODE.terminal]: 'terminal',
	[CODE.alreadyTerminated]: 'alreadyTerminated',
	[CODE.duplicates]: 'duplicate',
};

/** What the answer as a whole adds to the verdict about one record. */
export interface AnswerContext {
	code: number;
	/** Whether the answer can report a success at all. */
	canReportSuccess: boolean;
	/** The class of unknown words. */
	defaultClass: RecordClass;
	extra: Readonly<Record<string, unknown>>;
}

/**
 * The class of unknown words, a translation for instance: the code of the answer decides if it concerns every record that
 * is named. Code 200 means that the whole request succeeded.
 */
export function classOfUnknownWords({ code, errors }: Envelope, messages: number): RecordClass {
	if (code === CODE.success) return errors.length === 0 ? 'terminated' : 'unclear';
	if (code === CODE.partial) return 'unclear';
	const recordClass = CLASS_BY_CODE[code];
	if (recordClass === undefined) return 'refused';
	return messages === 1 ? recordClass : 'refused';
}

/** The verdict about a record from the statements of the messages that name it. */
export function verdictOf(
	statements: readonly Statement[],
	{ code, canReportSuccess, defaultClass, extra }: AnswerContext,
): Verdict {
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
		extra: { ...extra, ...(messages.length > 0 && { messages }), ...(conflict && { conflict: true }) },
	};
	if (reportsSuccess) {
		// The code of the answer may be about other records.
		return conflict
			? { ...UNCLEAR.contradiction, ...details }
			: { outcome: 'terminated', ...details, code: String(CODE.success) };
	}
	const decisive = MOST_CAUTIOUS_FIRST.find((recordClass) => classes.has(recordClass));
	if (classes.has('unclear') || decisive === undefined) return { ...UNCLEAR.unknownWords, ...details };
	const { code: codeOfClass, stillRunning, ...error } = BY_CLASS[decisive];
	return {
		...error,
		...details,
		...(codeOfClass !== undefined && { code: codeOfClass }),
		// It proves nothing beside a message by which the record has ended.
		...(stillRunning && !conflict && { stillRunning }),
	};
}
