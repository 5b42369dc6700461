import { loadNames, sharedPlaces, type EditorName, type NodeNames } from './editorNames';
import { pageOf, type Page } from './markdown';
import { OTHER_NAMES } from './otherNames';
import { pageAt, USER_PAGES } from './pages';

/** The pages that explain what most systems have. */
const SHARED_PAGES = ['docs/options.md', 'docs/finding.md', 'docs/agents.md'];
/** Most nodes have these too, but what they do differs. */
const NEVER_SHARED = /^(resource|operation) = /;

/** Bold may lead through menus, and to a value: Settings > Community nodes, Failed Targets: Return as Items. */
const partsOf = (text: string): string[] => text.split(/ > |: /);

/** What is bold in a page and is no name, as `page:line text`. */
function unknownIn(page: Page, known: Set<string>): string[] {
	return page.bold
		.filter(({ text }) => !known.has(text) && !partsOf(text).every((part) => known.has(part)))
		.map(({ text, line }) => `${page.path}:${line} ${text}`);
}

/** The names that none of these pages has in bold or as a heading, as `place: name`. */
function missingIn(pages: Page[], names: EditorName[]): string[] {
	const shown = pages.flatMap((page) => [...page.bold, ...page.headings]);
	const there = new Set(shown.flatMap(({ text }) => [text, ...partsOf(text)]));
	const missing = names.filter(({ text, isDocumented }) => isDocumented && !there.has(text));
	return [...new Set(missing.map(({ text, place }) => `${place}: ${text}`))];
}

describe('the names in the pages for users', () => {
	let nodes: NodeNames[];
	let known: Set<string>;
	beforeAll(async () => {
		nodes = await loadNames();
		const ours = nodes.flatMap(({ names, credentials }) => [...names, ...credentials]);
		known = new Set([...ours.map(({ text }) => text), ...OTHER_NAMES.map(([name]) => name)]);
	});

	it.each(USER_PAGES.map((page) => [page.path, page] as const))(
		'%s: bold is what the editor shows',
		(_, page) => {
			expect(unknownIn(page, known)).toEqual([]);
		},
	);

	it('are all there: each node names its operations, fields, filters, options and credentials in its page', () => {
		const shared = sharedPlaces(nodes);
		const isShared = ({ place }: EditorName): boolean => shared.has(place) && !NEVER_SHARED.test(place);
		const common = SHARED_PAGES.map(pageAt);
		const missing = nodes.flatMap(({ page, names, credentials }) => {
			const own = pageAt(page);
			return [
				...missingIn([own], [...names.filter((name) => !isShared(name)), ...credentials]),
				...missingIn([own, ...common], names.filter(isShared)),
			].map((found) => `${page} ${found}`);
		});
		expect(missing).toEqual([]);
	});

	it('are read as a person reads them: through menus, in tables, over the end of a line', () => {
		const text =
			'# X\n\n**Dry Run**, **Dry\nRun**, **Settings > Nowhere**\n\n| a |\n| - |\n| **Dry run**, *no* |\n';
		expect(unknownIn(pageOf('X.md', text), known)).toEqual(['X.md:4 Settings > Nowhere', 'X.md:8 Dry run']);
	});

	it('of all kinds are looked for', () => {
		const all = nodes.flatMap((node) =>
			missingIn([pageOf('X.md', '**Sort**')], [...node.names, ...node.credentials]).map(
				(found) => `${node.node} ${found}`,
			),
		);
		expect(all).toEqual(
			expect.arrayContaining([
				'eightByEight resource = definition: Definition',
				'bitrix24 operation = kill: Kill',
				'unifier filters.filterCriteria.criteria.field: Element Name',
				'enosBpm options.dryRun: Dry Run',
				'bitrix24 bitrix24BizprocOAuth2Api: Bitrix24 Bizproc OAuth2 API',
				'enosBpm enosBpmApi.orgId: Organization ID',
			]),
		);
		expect(all.filter((found) => /options\.sort|requestOptions|notice|operation: /.test(found))).toEqual([]);
	});
});
