import { excerpt } from '../../core/util/text';
import type { RecordNumberIndex } from './recordNumberIndex';

/** What a message says about the records it names. */
export type RecordClass =
	| 'duplicate'
	| 'alreadyTerminated'
	| 'terminal'
	| 'inInitiation'
	| 'notFound'
	| 'ruleRefused'
	| 'refused'
	| 'unclear'
	| 'terminated';

/** What is said about records, shared by all messages that say it in the same words. */
export interface Meaning {
	/** Undefined where its words are not among the known ones. */
	recordClass: RecordClass | undefined;
	/** The words, fit to be shown. */
	said: string;
	/** Tells this meaning from the others of one answer. */
	key: number;
}

/** A message that names records. */
export interface RecordLine {
	meaning: Meaning;
	/** Positions of the requested numbers it names. */
	requested: number[];
	/** Numbers it names that nobody asked for. */
	unrequested: string[];
}

/**
 * The wordings of the samples and of the code table of "Terminate Workflow and Non-Workflow BP Records", which differ.
 * Tested in this order: refusals loosely, success last and strictly, because the text of code 12758 contains "not
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

/** Longer words about records are no wording that is known, and not worth a pattern's time. */
const MAX_WORDS = 1_000;

/** Reads the messages of one answer. Equal words are looked at once, however many messages have them. */
export class RecordLineReader {
	private readonly known = new Map<string, Meaning>();

	constructor(private readonly index: RecordNumberIndex) {}

	/**
	 * Reads a message of the form `[number, number] words`, where the blank may be missing. Undefined when it names no
	 * record. A number may hold a bracket, so the list first goes on to the last one; if that yields no requested number, to
	 * the first.
	 */
	read(line: string): RecordLine | undefined {
		const last = line.lastIndexOf(']');
		if (!line.startsWith('[') || last < 0) return undefined;
		const wide = line.slice(last).includes('[') ? undefined : this.readUpTo(line, last);
		if (wide && wide.requested.length > 0) return wide;
		const narrow = this.readUpTo(line, line.indexOf(']'));
		return wide && narrow.requested.length === 0 ? wide : narrow;
	}

	private readUpTo(line: string, close: number): RecordLine {
		const words = line
			.slice(close + 1)
			.slice(0, MAX_WORDS)
			.trim();
		let meaning = this.known.get(words);
		if (!meaning) {
			meaning = { recordClass: classOf(words), said: excerpt(words), key: this.known.size };
			this.known.set(words, meaning);
		}
		const { requested, unrequested } = this.index.split(line.slice(1, close));
		return { meaning, requested, unrequested };
	}
}

function classOf(words: string): RecordClass | undefined {
	// Nothing is said about the records at all.
	if (words === '') return 'unclear';
	return WORDINGS.find(([, wording]) => wording.test(words))?.[0];
}
