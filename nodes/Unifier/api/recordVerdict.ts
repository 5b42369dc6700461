import type { Verdict } from '../../core/commands/contract';
import { excerpt } from '../../core/http/messages';
import type { Envelope } from './envelope';
import type { Meaning, RecordClass } from './recordMessages';
import { BY_CLASS, UNCLEAR } from './errors';

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
