/** A text as HTML that shows the same: several lines as a list, and no character read as markup. */
export function asHtml(text: string): string {
	const lines = text
		.split('\n')
		.map((line) => line.replace(/[&<>"'`]/g, (found) => `&#${found.charCodeAt(0)};`));
	const [only = ''] = lines;
	return lines.length === 1 ? only : `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;
}
