/** A narrower message is not readable. */
const NARROWEST_MESSAGE = 40;

/**
 * Formats a table for the terminal. The last column is wrapped at the width of the terminal.
 *
 * @param {string[]} headings
 * @param {string[][]} rows
 * @param {number | undefined} width columns of the terminal; undefined means no wrapping
 */
export function table(headings, rows, width) {
	const last = headings.length - 1;
	const widths = headings.map((heading, column) =>
		Math.max(heading.length, ...rows.map((row) => row[column].length)),
	);
	const used = widths.slice(0, last).reduce((sum, each) => sum + each + 2, 0);
	if (width !== undefined)
		widths[last] = Math.min(widths[last], Math.max(width - used - 1, NARROWEST_MESSAGE));
	const line = (cells) =>
		cells
			.map((cell, column) => cell.padEnd(widths[column]))
			.join('  ')
			.trimEnd();
	return [
		line(headings),
		line(widths.map((each) => '-'.repeat(each))),
		...rows.flatMap((row) =>
			wrap(row[last], widths[last]).map((part, index) =>
				line([...row.slice(0, last).map((cell) => (index === 0 ? cell : '')), part]),
			),
		),
	].join('\n');
}

function wrap(text, width) {
	const lines = [''];
	for (const word of text.split(/\s+/)) {
		const current = lines[lines.length - 1];
		const longer = current === '' ? word : `${current} ${word}`;
		if (longer.length > width && current !== '') lines.push(word);
		else lines[lines.length - 1] = longer;
	}
	return lines;
}

/** `7 terminated, 2 alreadyEnded, ...`, the most frequent first. @param {Array<{ outcome: string }>} rows */
export function counts(rows) {
	const byOutcome = new Map();
	for (const { outcome } of rows) byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + 1);
	return [...byOutcome]
		.sort(([, left], [, right]) => right - left)
		.map(([outcome, count]) => `${count} ${outcome}`)
		.join(', ');
}
