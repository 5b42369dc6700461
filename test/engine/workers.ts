import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from './engine';

/**
 * A copy of the package for another worker of n8n, to be given as `root` of its runs: nothing that the nodes remember in one
 * is known in the other, as between two processes. It is there for the tests of a suite.
 */
export function useSecondWorker(): { root: string } {
	const worker = { root: '' };
	beforeAll(() => {
		worker.root = mkdtempSync(join(tmpdir(), 'n8n-terminate-worker-'));
		for (const part of ['package.json', 'dist'])
			cpSync(join(ROOT, part), join(worker.root, part), { recursive: true });
		symlinkSync(join(ROOT, 'node_modules'), join(worker.root, 'node_modules'));
	});
	afterAll(() => rmSync(worker.root, { recursive: true }));
	return worker;
}
