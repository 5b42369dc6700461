import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['.', 'bench', 'demo', 'demo/queue', 'docs', 'docs/decisions', '.github'];

const documents = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);

/** How GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
	heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replaceAll(' ', '-');

describe.each(documents)('the links of %s', (document) => {
	const text = readFileSync(join(ROOT, document), 'utf8').replace(/```[\s\S]*?```/g, '');
	const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
	const local = targets.filter((target) => !/^[a-z]+:/.test(target));

	it('lead to files and headings that there are', () => {
		const dead = local.filter((target) => {
			const [path = '', anchor] = target.split('#');
			const file = path === '' ? join(ROOT, document) : join(ROOT, dirname(document), path);
			if (!existsSync(file)) return true;
			if (anchor === undefined) return false;
			const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)];
			return !headings.some((match) => anchorOf(match[1] ?? '') === anchor);
		});
		expect(dead).toEqual([]);
	});
});
