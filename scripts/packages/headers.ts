/** How a file says in its first line that it is generated. Formats without comments cannot: JSON, the licence, pictures. */
const COMMENTS: ReadonlyArray<[file: RegExp, comment: (text: string) => string]> = [
	[/\.(ts|js|mjs)$/, (text) => `// ${text}`],
	[/\.md$/, (text) => `<!-- ${text} -->`],
	[/\.yml$/, (text) => `# ${text}`],
];

/** Texts that n8n's tool compares, and the one that says where all of it comes from. */
const WITHOUT = ['eslint.config.mjs', 'GENERATED.md'];

/**
 * n8n's linter holds every TypeScript file to the rules for nodes, and its strict mode allows no other configuration. Tests
 * use servers, timers and files, none of which gets into what is published.
 */
const NO_LINT =
	'/* eslint-disable -- no part of the published package; linted where it is written, by the rules for tests */';

/** Puts the line before a text that says where it comes from. @param origin the file that has to be changed instead */
export function withHeader(path: string, text: string, origin: string): string {
	if (WITHOUT.includes(path)) return text;
	const comment = COMMENTS.find(([file]) => file.test(path))?.[1];
	if (comment === undefined) return text;
	const lines = [comment(`Generated from ${origin}. Change it there, not here.`)];
	if (/^test\/.+\.ts$/.test(path)) lines.push(NO_LINT);
	return `${lines.join('\n')}\n\n${text}`;
}
