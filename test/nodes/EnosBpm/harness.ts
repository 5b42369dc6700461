import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { readSettings } from '../../../nodes/EnosBpm/session/settings';
import { runNode } from '../../engine/engine';
import type { NodeResult, NodeRun, Path } from '../../engine/engine';
import { credentialsOf, moveOn, requestsTo, useVendor } from '../../engine/sandboxes';
import type { JsonObject } from '../../sandbox/core/emulator.ts';
import type { Fault } from '../../sandbox/core/faults.ts';
import type { JournalEntry } from '../../sandbox/core/journal.ts';
import { createEnosBpm } from '../../sandbox/vendors/enosBpm/index.ts';

/** The credential type, which is also the key of the credential data that works. */
export const TYPE = 'enosBpmApi';

/** Which requests are the command, for faults. */
export const COMMAND = { method: 'POST', path: 'action=delete' };

/** Which requests ask how an instance stands. */
export const QUESTION = { method: 'GET', path: 'work/process-instances' };

/** A reason with everything that an encoding can spoil. */
export const REASON = 'Cleaned up: "原因" é & more';

/** Both ways on which n8n runs the node. */
export const PATHS: Path[] = ['wholeInput', 'routing'];

/** How a test differs from the plain run. */
export interface Change {
	/** Key of the credential data in the emulator's list. */
	key?: string;
	credential?: IDataObject;
	items?: IDataObject[];
	parameters?: IDataObject;
	options?: IDataObject;
	onError?: NonNullable<NodeRun['onError']>;
}

/** So many times the same outcome. */
export const all = (count: number, outcome = 'terminated'): string[] => Array<string>(count).fill(outcome);

/** An answer of EnOS, or of its gateway, in place of the emulator's own. */
export const answering = (body: object, more: Partial<Fault> = {}): Fault => ({
	kind: 'status',
	status: 200,
	body: JSON.stringify(body),
	...COMMAND,
	...more,
});

/** What the node said of each target, wherever n8n put it. */
export const toldOf = ({ success, errors, error }: NodeResult): IDataObject[] =>
	(error?.context['data'] as { outcomes: IDataObject[] } | undefined)?.outcomes ??
	[...success, ...errors].map(({ json }) => (json['details'] ?? json) as IDataObject);

/** The outcome of each target. */
export const outcomesOf = (result: NodeResult): unknown[] => toldOf(result).map(({ outcome }) => outcome);

/** An emulated EnOS for each test, and the node run against it. Whatever a test does, no process is ever started. */
export class EnosBpmBench {
	readonly vendor = useVendor(createEnosBpm);

	constructor(private readonly path: Path) {
		afterEach(() => {
			const { startCalls, started } = this.counters();
			const others = requestsTo(this.vendor, 'POST', '/process-instances').filter(
				({ url }) => !url.includes('/process-instances?action=delete&processInstanceId='),
			);
			expect({ startCalls, started, others }).toEqual({ startCalls: 0, started: 0, others: [] });
		});
	}

	/** Another EnOS at another address. */
	async restart(): Promise<void> {
		this.vendor.emulator.reset();
		this.vendor.journal.clear();
		await moveOn(this.vendor);
	}

	prepared(ids: unknown, change: Change = {}): NodeRun {
		const { key = TYPE, credential = {}, items, parameters = {}, options, onError } = change;
		return {
			node: 'enosBpm',
			path: this.path,
			parameters: {
				resource: 'processInstance',
				operation: 'terminate',
				processInstanceId: ids as never,
				deleteReason: REASON,
				...(options && { options }),
				...parameters,
			},
			...(items && { items }),
			...(onError && { onError }),
			credentials: { [TYPE]: { ...credentialsOf(this.vendor, key), ...credential } },
		};
	}

	/** Whatever the emulator would mask is a secret that came out. */
	checked(result: NodeResult): NodeResult {
		const told = JSON.stringify([result.success, result.errors, result.error, result.run]);
		expect(this.vendor.emulator.mask(told) === told).toBe(true);
		return result;
	}

	/** All IDs in one item. */
	async terminate(ids: unknown, change: Change = {}): Promise<NodeResult> {
		return this.checked(await runNode(this.prepared(ids, change)));
	}

	preparedItems(ids: string[], change: Change = {}): NodeRun {
		return this.prepared('={{ $json.id }}', { ...change, items: ids.map((id) => ({ id })) });
	}

	/** An item for each ID. */
	async terminateItems(ids: string[], change: Change = {}): Promise<NodeResult> {
		return this.checked(await runNode(this.preparedItems(ids, change)));
	}

	counters(): Record<string, number> {
		return this.vendor.emulator.state()['counters'] as Record<string, number>;
	}

	seed(count: number, options: JsonObject = {}): string[] {
		return this.vendor.emulator.seed(count, options);
	}

	configure(switches: JsonObject): void {
		this.vendor.emulator.configure(switches);
	}

	arm(...faults: Fault[]): void {
		this.vendor.faults.arm(faults);
	}

	/** The commands that EnOS was sent, of one instance or of all. */
	commands(id = ''): JournalEntry[] {
		return requestsTo(this.vendor, COMMAND.method, COMMAND.path).filter(({ url }) => url.includes(id));
	}

	/** All requests whose address contains a text, oldest first. */
	requests(text: string): JournalEntry[] {
		return this.vendor.journal.list().filter(({ url }) => url.includes(text));
	}

	/** The questions how an instance stands. */
	questions(): JournalEntry[] {
		return requestsTo(this.vendor, QUESTION.method, QUESTION.path);
	}

	settingsKey(key: string): string {
		return readSettings(credentialsOf(this.vendor, key) as ICredentialDataDecryptedObject).key;
	}
}
