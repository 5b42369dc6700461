import type { IDataObject } from 'n8n-workflow';

import { Bench, toldOf } from '../../engine/bench';
import type { Change as AnyChange } from '../../engine/bench';
import type { NodeResult, Path } from '../../engine/engine';
import { requestsTo } from '../../engine/sandboxes';
import type { JournalEntry } from '../../sandbox/core/journal.ts';
import { createUnifier } from '../../sandbox/vendors/unifier/index.ts';

export { PATHS, toldOf as told } from '../../engine/bench';

/** The credential type, which is also the key of working credentials in the emulator. */
export const TYPE = 'unifierApi';

/** What a run has other than the usual; its items are given apart. */
export type Change = Omit<AnyChange, 'items' | 'path'>;

/** An emulated Unifier for each test, and the node on one of n8n's paths in front of it. */
export class Unifier extends Bench {
	constructor(path: Path) {
		super({ createEmulator: createUnifier, node: 'unifier', credentialType: TYPE, path });
	}

	/** The terminate requests so far. */
	sent(): JournalEntry[] {
		return requestsTo(this.vendor, 'PUT');
	}

	/** The record numbers of each terminate request. */
	numbersSent(): string[][] {
		return this.sent().map(
			({ body }) => (JSON.parse(body) as { data: Array<{ record_no: string[] }> }).data[0]?.record_no ?? [],
		);
	}

	/** The requests that ask how records stand. */
	asked(): JournalEntry[] {
		return [
			...requestsTo(this.vendor, 'POST', '/bp/records'),
			...requestsTo(this.vendor, 'GET', '/bp/record'),
		];
	}

	/** Runs the node with a record number, or several, for each item. */
	async runItems(ids: unknown[], change: Change = {}): Promise<NodeResult> {
		return await this.runWith(
			ids.map((id) => ({ id }) as IDataObject),
			change,
		);
	}

	/** Runs the node with these items; their `id` holds the record numbers. */
	async runWith(items: IDataObject[], { parameters, ...change }: Change = {}): Promise<NodeResult> {
		return await this.run({
			onError: 'continueErrorOutput',
			...change,
			items,
			parameters: {
				resource: 'bpRecord',
				operation: 'terminate',
				...place('Punchlist'),
				recordNumbers: '={{ $json.id }}',
				...parameters,
			},
		});
	}
}

/** The parameters that say where records belong. */
export function place(bpName: string, projectNumber = 'PRJ-004'): IDataObject {
	return {
		bpName: { __rl: true, mode: 'name', value: bpName },
		projectNumber: { __rl: true, mode: 'number', value: projectNumber },
	};
}

/** What became of each record as one line: number, outcome and code. */
export function outcomes(result: NodeResult): string[] {
	return toldOf(result).map(({ id, outcome, code }) => `${id} ${outcome} ${String(code)}`);
}
