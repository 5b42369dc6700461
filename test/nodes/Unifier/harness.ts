import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../engine/engine';
import type { NodeResult, Path } from '../../engine/engine';
import { credentialsOf, requestsTo, useVendor } from '../../engine/sandboxes';
import type { JsonObject } from '../../sandbox/core/emulator.ts';
import type { JournalEntry } from '../../sandbox/core/journal.ts';
import { createUnifier } from '../../sandbox/vendors/unifier/index.ts';

/** The credential type, which is also the key of working credentials in the emulator. */
export const TYPE = 'unifierApi';

/** The ways on which n8n runs the node. */
export const PATHS: readonly Path[] = ['wholeInput', 'routing'];

/** What a run has other than the usual. */
export interface Change {
	/** Key of the credentials in the emulator. */
	key?: string;
	credential?: object;
	parameters?: IDataObject;
	options?: IDataObject;
	onError?: 'continueErrorOutput' | 'stopWorkflow';
}

/** An emulator of its own for each test, and the node on one of n8n's paths in front of it. */
export class Unifier {
	readonly vendor = useVendor(createUnifier);

	constructor(readonly path: Path) {}

	seed(count: number, options: JsonObject = {}): string[] {
		return this.vendor.emulator.seed(count, options);
	}

	configure(switches: JsonObject): void {
		this.vendor.emulator.configure(switches);
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

	counters(): Record<string, number> {
		return this.vendor.emulator.state()['counters'] as Record<string, number>;
	}

	/** Runs the node with a record number, or several, for each item. */
	async runItems(ids: unknown[], change: Change = {}): Promise<NodeResult> {
		return await this.run(
			ids.map((id) => ({ id }) as IDataObject),
			change,
		);
	}

	/** Runs the node with these items; their `id` holds the record numbers. */
	async run(
		items: IDataObject[],
		{ key = TYPE, credential = {}, parameters = {}, options, onError = 'continueErrorOutput' }: Change = {},
	): Promise<NodeResult> {
		const result = await runNode({
			node: 'unifier',
			path: this.path,
			parameters: {
				resource: 'bpRecord',
				operation: 'terminate',
				...place('Punchlist'),
				recordNumbers: '={{ $json.id }}',
				...parameters,
				...(options && { options }),
			},
			items,
			credentials: { [TYPE]: { ...credentialsOf(this.vendor, key), ...credential } },
			onError,
		});
		this.noSecrets(result);
		return result;
	}

	/** Every secret that the emulator knows or has handed out would be masked. */
	private noSecrets(result: NodeResult): void {
		const told = JSON.stringify([result.success, result.errors, result.error, result.run]);
		// Not with `expect`, which takes long over texts of this size.
		if (this.vendor.emulator.mask(told) !== told) throw new Error('A secret came out');
	}
}

/** The parameters that say where records belong. */
export function place(bpName: string, projectNumber = 'PRJ-004'): IDataObject {
	return {
		bpName: { __rl: true, mode: 'name', value: bpName },
		projectNumber: { __rl: true, mode: 'number', value: projectNumber },
	};
}

/** What became of each record, in the order of the input. */
export function told({ success, errors }: NodeResult): IDataObject[] {
	return [...success, ...errors]
		.map(({ json, pairedItem }) => ({ json, item: (pairedItem as unknown as { item: number }).item }))
		.sort((a, b) => a.item - b.item)
		.map(({ json }) => (json['details'] ?? json) as IDataObject);
}

/** The same as one line for each record: number, outcome and code. */
export function outcomes(result: NodeResult): string[] {
	return told(result).map(({ id, outcome, code }) => `${String(id)} ${String(outcome)} ${String(code)}`);
}
