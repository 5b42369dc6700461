/** A list of records, and what is said about them. */
export interface Sentence {
	/** The text inside the brackets. */
	list: string;
	words: string;
}

/** What follows a sentence, or joins it to the next one. */
const TRAILING = /(?:[\s,;|–-]|<br\s*\/?>)+$/i;

/**
 * The sentences of a message. Each has the form `[number, number] words`, where the space may be missing ("Terminate
 * Workflow and Non-Workflow BP Records"); no page says that a text holds only one. Brackets inside a number count in pairs,
 * and a bracket with no words behind it is a remark. Empty where the text does not begin with a bracket, or where one is
 * left open or too many.
 */
export function sentencesOf(text: string): Sentence[] {
	const sentences: Sentence[] = [];
	let open = text.startsWith('[') ? 0 : -1;
	while (open >= 0) {
		const close = closing(text, open);
		if (close < 0) return [];
		const next = nextList(text, close);
		if (next === 'unclosed') return [];
		const words = withoutJoint(text.slice(close + 1, next < 0 ? undefined : next));
		// The list goes on, so it was not this bracket that closed it.
		if (!hasPairedBrackets(words)) return [];
		sentences.push({ list: text.slice(open + 1, close), words });
		open = next;
	}
	return sentences;
}

/** Where the next list with words of its own opens; -1 where there is none. */
function nextList(text: string, from: number): number | 'unclosed' {
	for (let open = text.indexOf('[', from); open >= 0;) {
		const close = closing(text, open);
		if (close < 0) return 'unclosed';
		const next = text.indexOf('[', close);
		if (/\p{L}/u.test(text.slice(close + 1, next < 0 ? undefined : next))) return open;
		open = next;
	}
	return -1;
}

/** The position of the bracket that closes one; -1 where it stays open. */
function closing(text: string, open: number): number {
	let depth = 0;
	for (let at = open; at < text.length; at += 1) {
		if (text[at] === '[') depth += 1;
		else if (text[at] === ']') depth -= 1;
		if (depth === 0) return at;
	}
	return -1;
}

/** Words without what joins them to the next sentence. */
export function withoutJoint(words: string): string {
	return words.trim().replace(TRAILING, '').trimEnd();
}

/** Whether the brackets of a text come in pairs. */
export function hasPairedBrackets(text: string): boolean {
	let depth = 0;
	for (const character of text) {
		if (character === '[') depth += 1;
		else if (character === ']') depth -= 1;
		if (depth < 0) return false;
	}
	return depth === 0;
}
