import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { loadPackage } from '../../engine/engine';
import { ROOT } from './markdown';
import { pageAt, PAGES_URL } from './pages';

/** Why an address does not lead to a heading of one of our pages; undefined if it does. */
function whyDead(address: string): string | undefined {
	if (!address.startsWith(`${PAGES_URL}docs/`)) return `${address} is none of our pages`;
	const [path = '', anchor = ''] = address.slice(PAGES_URL.length).split('#');
	if (!existsSync(join(ROOT, path))) return `${address}: there is no ${path}`;
	const isThere = pageAt(path).headings.some((heading) => heading.anchor === anchor);
	return isThere ? undefined : `${address}: ${path} has no heading #${anchor}`;
}

describe('the documentation addresses that n8n shows', () => {
	it('lead from each node and each credential to its place in our pages', async () => {
		const { types } = await loadPackage();
		const addresses = [
			...types.nodes.flatMap(({ codex }) => [
				...(codex?.resources?.primaryDocumentation ?? []),
				...(codex?.resources?.credentialDocumentation ?? []),
			]),
			...types.credentials.map(({ documentationUrl = '' }) => ({ url: documentationUrl })),
		].map(({ url }) => url);
		expect(addresses.length).toBeGreaterThanOrEqual(2 * types.nodes.length + types.credentials.length);
		expect(addresses.map(whyDead).filter((why) => why !== undefined)).toEqual([]);
	});

	it('are the operations for a node, and for a credential the same as in the node', async () => {
		const { types } = await loadPackage();
		for (const { codex, credentials = [] } of types.nodes) {
			const { primaryDocumentation = [], credentialDocumentation = [] } = codex?.resources ?? {};
			expect(primaryDocumentation.map(({ url }) => url.split('#')[1])).toEqual(['operations']);
			const own = credentials.map((use) => types.credentials.find(({ name }) => name === use.name));
			expect(credentialDocumentation.map(({ url }) => url)).toEqual(
				own.map((type) => type?.documentationUrl),
			);
		}
	});

	it.each([
		'https://docs.oracle.com/en/',
		`${PAGES_URL}docs/none.md#operations`,
		`${PAGES_URL}docs/testing.md`,
		`${PAGES_URL}docs/testing.md#none`,
	])('is seen to lead nowhere: %s', (address) => {
		expect(whyDead(address)).toBeDefined();
	});

	it('is seen to lead somewhere', () => {
		expect(whyDead(`${PAGES_URL}docs/testing.md#the-sandbox`)).toBeUndefined();
	});
});
