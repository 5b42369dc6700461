import { HABITS } from './habits';
import type { Habit } from './habits';

/** No sentence is longer. What a template fills in (`{part}`), a piece of code and a link each count as one word. */
export const MAX_WORDS = 30;

/**
 * What a native technical writer would change in a text: its banned habits and its long sentences, each with the words in
 * question. For messages, labels and whole pages of Markdown; code in a page is not looked at.
 */
export function findings(text: string, habits: readonly Habit[] = HABITS): string[] {
	return blocksOf(text).flatMap((block) => {
		const sentences = sentencesOf(block);
		return [
			...habits.flatMap(({ pattern, inSentence, reason }) =>
				(inSentence ? sentences : [block])
					.filter((part) => pattern.test(part))
					.map((part) => `${reason}: ${shortened(part)}`),
			),
			...sentences
				.map((sentence) => ({ sentence, count: wordsIn(sentence) }))
				.filter(({ count }) => count > MAX_WORDS)
				.map(({ sentence, count }) => `${count} words in one sentence: ${shortened(sentence)}`),
		];
	});
}

/** Headings, list items, explained names, table cells and paragraphs, each as one line of plain text. */
function blocksOf(text: string): string[] {
	const lines = withoutCode(text).split('\n');
	const blocks: string[] = [];
	let open = '';
	const close = (): void => {
		if (open.trim() !== '') blocks.push(plain(open));
		open = '';
	};
	for (const line of lines) {
		const isTable = /^\s*\|/.test(line);
		const starts = /^\s*(#{1,6} |[-*+] |\d+\. |>|(`[^`]+`,? ?)+:)/.test(line);
		if (isTable || starts || line.trim() === '') close();
		if (isTable)
			blocks.push(
				...line
					.split('|')
					.map(plain)
					.filter((cell) => /[a-z]/i.test(cell)),
			);
		else open = open === '' ? line : `${open} ${line.trim()}`;
		if (/^\s*#{1,6} /.test(line)) close();
	}
	close();
	return blocks;
}

function withoutCode(text: string): string {
	return text.replace(/^(\s*)(```|~~~)[\s\S]*?^\s*\2.*$/gm, '').replace(/<!--[\s\S]*?-->/g, '');
}

/** Without the marks of Markdown; a piece of code is the word `code`, an address the word `link`. */
function plain(line: string): string {
	return line
		.replace(/^\s*(?:#{1,6} |[-*+] |\d+\. |>\s?)+/, '')
		.replace(/(`+)[^`]*\1/g, 'code')
		.replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
		.replace(/\bhttps?:\/\/\S*[^\s.,;:)]/g, 'link')
		.replace(/<\/?[a-z][^>]*>/gi, ' ')
		.replace(/\*\*|__/g, '')
		.replace(/(?<=^|[\s(])([*_])(?=\S)(.*?\S)\1(?=$|[\s.,;:!?)])/g, '$2')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A sentence ends at a mark that a space follows; the dots of an abbreviation end none. */
export function sentencesOf(block: string): string[] {
	return block
		.replace(/\b(e\.g|i\.e|etc|vs)\.(?=\s+[a-z])/gi, '$1')
		.split(/(?<=[.!?]["')\]]*)\s+|(?<=…["')\]]*)\s+(?=["'([{]*\p{Lu})/u)
		.filter((sentence) => sentence !== '');
}

function wordsIn(sentence: string): number {
	return sentence
		.replace(/\{[^{}]*\}/g, 'X')
		.split(/\s+/)
		.filter((word) => /[\p{L}\d]/u.test(word)).length;
}

function shortened(text: string): string {
	return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
