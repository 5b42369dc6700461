import { hasPairedBrackets } from './sentences';

/** The records that a list in a message names. */
export interface NamedRecords {
	/** Positions of requested numbers. */
	requested: number[];
	/** Numbers that were not requested, each once; only the first of them. */
	unrequested: string[];
}

/** With this many numbers that were not requested there are too many to show. */
export const MAX_UNREQUESTED = 21;

/** A place inside numbers, after so many commas. */
interface Node {
	/** What may follow after a comma inside a number, by the text up to that comma. */
	next?: Map<string, Node>;
	/** Positions of the numbers that end here, by their text since the last comma; undefined when there are several. */
	ends?: Map<string, number | undefined>;
}

interface Found {
	position: number | undefined;
	/** The piece after the number. */
	after: number;
}

/**
 * Finds requested record numbers in the lists of Unifier's messages. A number may itself contain commas, so at each place
 * the longest requested number counts. Takes time in proportion to the list, however many numbers were requested.
 */
export class RecordNumberIndex {
	private readonly exact: Node;

	/** Without letter case. Few answers need it. */
	private folded: Node | undefined;

	private paired: boolean | undefined;

	/** The numbers must differ from each other. */
	constructor(private readonly numbers: readonly string[]) {
		this.exact = treeOf(numbers);
	}

	/** Whether in each of the numbers the brackets come in pairs. */
	hasPairedBrackets(): boolean {
		this.paired ??= this.numbers.every(hasPairedBrackets);
		return this.paired;
	}

	/** Splits a list such as `PL-0800, PL-0801`. Letter case counts, unless only one number fits without it. */
	split(list: string): NamedRecords {
		const pieces = list.split(',');
		let foldedPieces: string[] | undefined;
		const requested: number[] = [];
		const unrequested: string[] = [];
		for (let start = 0; start < pieces.length;) {
			let found = longest(this.exact, pieces, start);
			if (!found) {
				this.folded ??= treeOf(this.numbers.map(fold));
				foldedPieces ??= pieces.map(fold);
				found = longest(this.folded, foldedPieces, start);
			}
			const after = found?.after ?? start + 1;
			if (found?.position !== undefined) requested.push(found.position);
			else if (unrequested.length < MAX_UNREQUESTED) {
				const number = pieces.slice(start, after).join(',').trim();
				if (number !== '' && !unrequested.includes(number)) unrequested.push(number);
			}
			start = after;
		}
		return { requested, unrequested };
	}
}

function treeOf(numbers: readonly string[]): Node {
	const root: Node = {};
	numbers.forEach((number, position) => {
		let node = root;
		let start = 0;
		for (let comma = number.indexOf(','); comma >= 0; comma = number.indexOf(',', start)) {
			node = follow(node, number.slice(start, comma));
			start = comma + 1;
		}
		const end = number.slice(start);
		node.ends ??= new Map();
		node.ends.set(end, node.ends.has(end) ? undefined : position);
	});
	return root;
}

function follow(node: Node, piece: string): Node {
	node.next ??= new Map();
	let next = node.next.get(piece);
	if (!next) {
		next = {};
		node.next.set(piece, next);
	}
	return next;
}

/** The longest number that starts with this piece. Spaces around a number do not count. */
function longest(root: Node, pieces: readonly string[], start: number): Found | undefined {
	let found: Found | undefined;
	let node: Node | undefined = root;
	for (let at = start; node && at < pieces.length; at++) {
		const piece = pieces[at] ?? '';
		const text: string = at === start ? piece.trimStart() : piece;
		const end = text.trimEnd();
		if (node.ends?.has(end)) found = { position: node.ends.get(end), after: at + 1 };
		node = node.next?.get(text);
	}
	return found;
}

function fold(text: string): string {
	return text.toLowerCase();
}
