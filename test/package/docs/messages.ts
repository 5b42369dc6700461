import MarkdownIt from 'markdown-it';

/**
 * Compares the messages that a page quotes with the texts in the sources. In a quotation `…` stands for any words; in a text
 * `{part}` is what the code fills in. A quotation may leave out the start and the end, and fill in a part.
 */

/** A quotation counts as found if this much of it stands literally in a text. */
const SHARE = 0.7;
/** The shortest piece of a quotation that a text of its own can give, in characters. */
const SHORTEST_PIECE = 8;

/** The messages that a page quotes: the code in the first lines of each list entry. */
export function quotationsIn(markdown: string): string[] {
	const found: string[] = [];
	let isFirst = false;
	for (const { type, children } of new MarkdownIt().parse(markdown, {})) {
		if (type === 'list_item_open') isFirst = true;
		if (type !== 'inline') continue;
		if (isFirst) found.push(...(children ?? []).filter(isCode).map(({ content }) => content));
		isFirst = false;
	}
	return found;
}

const isCode = ({ type }: { type: string }): boolean => type === 'code_inline';

/** The texts in the snapshot of all texts: one for each list entry. */
export const textsIn = (snapshot: string): string[] =>
	snapshot
		.split(/^- /m)
		.slice(1)
		.map((entry) => entry.replace(/^#.*$/gm, '').replace(/\s+/g, ' ').trim());

/** Whether the code can show this message: one text has it, or two of which one is a part of the other. */
export function isShown(quotation: string, texts: readonly string[]): boolean {
	const stem = quotation.replace(/^[… ]+|[… .]+$/g, '');
	if (isIn(stem, texts)) return true;
	const words = stem.split(' ');
	return words.some((_, index) => {
		const pieces = [words.slice(0, index).join(' '), words.slice(index).join(' ')];
		return pieces.every((piece) => literalsIn(piece) >= SHORTEST_PIECE && isIn(piece, texts));
	});
}

const literalsIn = (quotation: string): number => quotation.replaceAll('…', '').length;

function isIn(quotation: string, texts: readonly string[]): boolean {
	const needed = literalsIn(quotation) * SHARE;
	const words = quotation.split(/[^\p{L}]+/u).filter((word) => word.length > 3);
	return texts.some((text) => {
		const common = words.filter((word) => text.includes(word)).length;
		return common >= words.length / 2 && commonLiterals(quotation, text) >= needed;
	});
}

const PART = '\0';

/**
 * How many characters of a quotation stand literally in a text, in the best way to lay the one on the other; -Infinity if
 * there is no way.
 */
function commonLiterals(quotation: string, text: string): number {
	const template = text.replace(/\{[^{}]*\}/g, PART);
	/** What follows from each position of the text, for the rest of the quotation; at first for its end. */
	let next = Array.from({ length: template.length + 1 }, () => 0);
	for (let at = quotation.length - 1; at >= 0; at -= 1) {
		const character = quotation[at];
		const here: number[] = [];
		for (let place = template.length; place >= 0; place -= 1) {
			const after = next[place] ?? -Infinity;
			const further = here[place + 1] ?? -Infinity;
			if (character === '…') here[place] = Math.max(after, further);
			// What the code fills in may be any words of the quotation, but ends where a quoted name ends; it may be nothing.
			else if (template[place] === PART) here[place] = character === "'" ? further : Math.max(after, further);
			else if (template[place] === character) here[place] = 1 + (next[place + 1] ?? -Infinity);
			else here[place] = -Infinity;
		}
		next = here;
	}
	return Math.max(...next);
}
