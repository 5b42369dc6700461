import { filesBelow, readPage, type Page } from './markdown';

/** The pages in docs/ that are for developers; all others are for users. */
const FOR_DEVELOPERS = ['docs/adding-a-system.md', 'docs/publishing.md', 'docs/testing.md'];

/** What users read: the README and its pages. */
export const USER_PAGES: Page[] = filesBelow('docs')
	.filter((path) => /^docs\/[^/]+\.md$/.test(path) && !FOR_DEVELOPERS.includes(path))
	.concat('README.md')
	.map(readPage);

/** A page of the repository that has to be there. */
export function pageAt(path: string): Page {
	try {
		return readPage(path);
	} catch {
		throw new Error(`There is no page ${path}.`);
	}
}

/** The address at which GitHub shows the pages of this repository. */
export const PAGES_URL = 'https://github.com/n8n-nodes-terminate/n8n-nodes-terminate/blob/main/';
