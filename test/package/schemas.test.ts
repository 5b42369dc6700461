import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { outputs as bitrix24 } from '../nodes/Bitrix24/outputs';
import { definitionOutputs, outputs as eightByEight } from '../nodes/EightByEight/outputs';
import { outputs as enosBpm } from '../nodes/EnosBpm/outputs';
import { outputs as unifier } from '../nodes/Unifier/outputs';
import type { Emulator } from '../sandbox/core/emulator.ts';
import { startAlone } from '../sandbox/support.ts';
import { createBitrix24 } from '../sandbox/vendors/bitrix24/index.ts';
import { createEightByEight } from '../sandbox/vendors/eightByEight/index.ts';
import { createEnosBpm } from '../sandbox/vendors/enosBpm/index.ts';
import { createUnifier } from '../sandbox/vendors/unifier/index.ts';
import { loadPackage, ROOT } from '../engine/engine';
import { schemaOf } from './jsonSchema';
import { runnerOf } from './outputs';
import type { Outputs } from './outputs';

/** `UPDATE_SCHEMAS=1` writes the files anew, from what the nodes put out. */
const UPDATE = process.env['UPDATE_SCHEMAS'] === '1';
const SOURCE = join(__dirname, '..', '..');

const VENDORS: Array<[node: string, outputs: Outputs, createEmulator: () => Emulator]> = [
	['EnOS BPM', enosBpm, createEnosBpm],
	['Unifier', unifier, createUnifier],
	['Bitrix24', bitrix24, createBitrix24],
	['8x8', eightByEight, createEightByEight],
	['8x8 definitions', definitionOutputs, createEightByEight],
];

const pathOf = ({ folder, resource }: Outputs, operation: string): string =>
	join('nodes', folder, '__schema__', 'v1.0.0', resource, `${operation}.json`);

describe.each(VENDORS)('%s', (_node, outputs, createEmulator) => {
	it('says before the first run which fields each operation puts out', async () => {
		const vendor = await startAlone(createEmulator());
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
	});
});
