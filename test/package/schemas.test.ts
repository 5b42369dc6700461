import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { VENDORS } from '../../scripts/vendors.cjs';
import type { Emulator } from '../sandbox/core/emulator.ts';
import { startAlone } from '../sandbox/support.ts';
import { VENDORS as EMULATORS } from '../sandbox/vendors/index.ts';
import type { VendorName } from '../sandbox/vendors/index.ts';
import { loadPackage, ROOT } from '../engine/engine';
import { schemaOf } from './jsonSchema';
import { runnerOf } from './outputs';
import type { Outputs } from './outputs';

/** `UPDATE_SCHEMAS=1` writes the files anew, from what the nodes put out. */
const UPDATE = process.env['UPDATE_SCHEMAS'] === '1';
const SOURCE = join(__dirname, '..', '..');

const pathOf = ({ folder, resource }: Outputs, operation: string): string =>
	join('nodes', folder, '__schema__', 'v1.0.0', resource, `${operation}.json`);

/** The resources of a vendor, as its tests describe them. */
async function outputsOf(folder: string): Promise<readonly Outputs[]> {
	const { outputs } = (await import(`../nodes/${folder}/outputs`)) as { outputs: readonly Outputs[] };
	return outputs;
}

describe.each(VENDORS)('$displayName', ({ name, folder }) => {
	const createEmulator = EMULATORS[name as VendorName];

	it('has outputs for each resource', async () => {
		const { customOperations = {} } = (await loadPackage()).getNode(name).type as {
			customOperations?: object;
		};
		const described = (await outputsOf(folder)).map(({ resource }) => resource);
		expect(described.sort()).toEqual(Object.keys(customOperations).sort());
	});

	it('says before the first run which fields each operation puts out', async () => {
		for (const outputs of await outputsOf(folder)) await compare(outputs, createEmulator());
	});
});

async function compare(outputs: Outputs, emulator: Emulator): Promise<void> {
	const vendor = await startAlone(emulator);
	const items = await outputs.collect(vendor, runnerOf(outputs, vendor));
	await vendor.app.close();
	const { customOperations = {} } = (await loadPackage()).getNode(outputs.node).type as {
		customOperations?: Record<string, object>;
	};
	expect(Object.keys(items).sort()).toEqual(Object.keys(customOperations[outputs.resource] ?? {}).sort());
	for (const [operation, list] of Object.entries(items)) {
		const seen = { version: 1, ...schemaOf(list) };
		const path = pathOf(outputs, operation);
		if (UPDATE) {
			mkdirSync(dirname(join(SOURCE, path)), { recursive: true });
			writeFileSync(join(SOURCE, path), `${JSON.stringify(seen, null, 2)}\n`);
			continue;
		}
		expect([operation, list.length]).not.toEqual([operation, 0]);
		// From the build, where n8n looks for it.
		const built = join(ROOT, 'dist', path);
		expect([path, existsSync(built)]).toEqual([path, true]);
		expect([operation, JSON.parse(readFileSync(built, 'utf8'))]).toEqual([operation, seen]);
	}
}
