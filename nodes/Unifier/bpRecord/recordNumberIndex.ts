/** What a list of record numbers in a message names. */
export interface NamedRecords {
	/** Positions of requested numbers. */
	requested: number[];
	/** Numbers that nobody asked for. */
	unrequested: string[];
}

interface Node {
	/** What may follow after a comma inside a number, by the text up to that comma. */
	next: Map<string, Node>;
	/** Positions of the numbers that end here, by their text since the last comma; undefined when there are several. */
	ends: Map<string, number | undefined>;
}

interface Found {
	position: number | undefined;
	/** The piece after the number. */
	after: number;
}

/**
 * Finds requested record numbers in the lists of Unifier's messages. A number may itself hold commas, so at each place the
 * longest requested number counts. Takes time in proportion to the list, however many numbers were requested.
 */
export class RecordNumberIndex {
	private readonly exact: Node = newNode();

	private readonly folded: Node = newNode();

	/** The numbers must differ from each other. */
	constructor(numbers: readonly string[]) {
		numbers.forEach((number, position) => {
			insert(this.exact, number, position);
			insert(this.folded, fold(number), position);
		});
	}

	/** Splits a list such as `PL-0800, PL-0801`. Letter case counts, unless only one number fits without it. */
	split(list: string): NamedRecords {
		const pieces = list.split(',');
		const foldedPieces = pieces.map(fold);
		const requested: number[] = [];
		const unrequested: string[] = [];
		for (let start = 0; start < pieces.length;) {
			const found = longest(this.exact, pieces, start) ?? longest(this.folded, foldedPieces, start);
			const after = found?.after ?? start + 1;
			if (found?.position !== undefined) requested.push(found.position);
			else unrequested.push(pieces.slice(start, after).join(',').trim());
			start = after;
		}
		return { requested, unrequested: unrequested.filter((number) => number !== '') };
	}
}

function insert(root: Node, number: string, position: number): void {
	const pieces = number.split(',');
	const last = pieces.pop() ?? '';
	let node = root;
	for (const piece of pieces) {
		let next = node.next.get(piece);
		if (!next) {
			next = newNode();
			node.next.set(piece, next);
		}
		node = next;
	}
	node.ends.set(last, node.ends.has(last) ? undefined : position);
}

/** The longest number that starts with this piece. Blanks around a number do not count. */
function longest(root: Node, pieces: readonly string[], start: number): Found | undefined {
	let found: Found | undefined;
	let node: Node | undefined = root;
	for (let at = start; node && at < pieces.length; at++) {
		const piece = pieces[at] ?? '';
		const text: string = at === start ? piece.trimStart() : piece;
		const end = text.trimEnd();
		if (node.ends.has(end)) found = { position: node.ends.get(end), after: at + 1 };
		node = node.next.get(text);
	}
	return found;
}

function newNode(): Node {
	return { next: new Map(), ends: new Map() };
}

function fold(text: string): string {
	return text.toLowerCase();
}
