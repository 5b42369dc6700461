/** How a file says in its first line that it is generated. Formats without comments cannot: JSON, the license, pictures. */
const COMMENTS: ReadonlyArray<[file: RegExp, comment: (text: string) => string]> = [
	[/\.(ts|js|mjs)$/, (text) => `// ${text}`],
	[/\.md$/, (text) => `<!-- ${text} -->`],
	[/\.yml$|^\.(gitignore|npmrc)$/, (text) => `# ${text}`],
];

/** Texts that n8n's tool compares, and the one that says where all of it comes from. */
const WITHOUT = ['eslint.config.mjs', 'GENERATED.md'];

/**
 * n8n's tool holds every TypeScript file to the rules for nodes, and its strict mode allows no other configuration. Tests use
 * servers, timers and invented secrets, none of which gets into what is published. Unlike a comment that disables rules for
 * good, one that configures them is no finding in a file that does not need it.
 */
const NOT_FOR_TESTS = [
	'@n8n/community-nodes/no-hardcoded-secrets',
	'@n8n/community-nodes/no-restricted-globals',
	'@n8n/community-nodes/no-restricted-imports',
	'@n8n/community-nodes/require-node-api-error',
	'@typescript-eslint/no-explicit-any',
	'@typescript-eslint/no-unused-vars',
	'no-loss-of-precision',
	'no-sparse-arrays',
];
const TEST_RULES = NOT_FOR_TESTS.map((rule) => `${rule}: "off"`).join(', ');
const FOR_TESTS = `/* eslint ${TEST_RULES} -- tests are not published; they are linted where they are written */`;

/** Puts the line before a text that says where it comes from. @param origin the file that has to be changed instead */
export function withHeader(path: string, text: string, origin: string): string {
	if (WITHOUT.includes(path)) return text;
	const comment = COMMENTS.find(([file]) => file.test(path))?.[1];
	if (comment === undefined) return text;
	const lines = [comment(`Generated from ${origin}. Change it there, not here.`)];
	if (/^test\/.+\.ts$/.test(path)) lines.push(FOR_TESTS);
	return `${lines.join('\n')}\n\n${text}`;
}
