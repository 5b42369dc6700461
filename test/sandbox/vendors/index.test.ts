import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { VENDORS } from './index.ts';

const foldersIn = (path: string): string[] =>
	readdirSync(path, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort();

describe('the vendors of the sandbox', () => {
	const names = Object.keys(VENDORS).sort();

	it('are the folders beside the list', () => {
		expect(foldersIn(__dirname)).toEqual(names);
	});

	it('are the vendors of the package', () => {
		const nodes = foldersIn(join(__dirname, '../../../nodes')).filter((name) => name !== 'core');
		expect(nodes.map((name) => name.charAt(0).toLowerCase() + name.slice(1))).toEqual(names);
	});

	it.each(Object.entries(VENDORS))('%s bears the name of its folder', (name, create) => {
		expect(create().vendor).toBe(name);
	});
});
