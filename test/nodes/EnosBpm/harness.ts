import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readSettings } from '../../../nodes/EnosBpm/session/settings';
import { Bench } from '../../engine/bench';
import type { Change } from '../../engine/bench';
import { runNode } from '../../engine/engine';
import type { NodeResult, NodeRun, Path } from '../../engine/engine';
import { credentialsOf, moveOn, requestsTo } from '../../engine/sandboxes';
import type { Fault } from '../../sandbox/core/faults.ts';
import type { JournalEntry } from '../../sandbox/core/journal.ts';
import { createEnosBpm } from '../../sandbox/vendors/enosBpm/index.ts';

export { outcomesOf, PATHS, toldOf } from '../../engine/bench';

/** The credential type, which is also the key of the credential data that works. */
export const TYPE = 'enosBpmApi';

/** Which requests are the command, for faults. */
export const COMMAND = { method: 'POST', path: 'action=delete' };

/** Which requests ask how an instance stands. */
export const QUESTION = { method: 'GET', path: 'work/process-instances' };

/** A reason with everything that an encoding can spoil. */
export const REASON = 'Cleaned up: "原因" é & more';

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

/** An emulated EnOS for each test, and the node run against it. Whatever a test does, no process is ever started. */
export class EnosBpmBench extends Bench {
	constructor(path: Path) {
		super({ createEmulator: createEnosBpm, node: 'enosBpm', credentialType: TYPE, path });
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

	prepared(ids: unknown, { parameters, ...change }: Change = {}): NodeRun {
		return this.prepare({
			...change,
			parameters: {
				resource: 'processInstance',
				operation: 'terminate',
				processInstanceId: ids as never,
				deleteReason: REASON,
				...parameters,
			},
		});
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

	/** The commands that EnOS was sent, of one instance or of all. */
	commands(id = ''): JournalEntry[] {
		return requestsTo(this.vendor, COMMAND.method, COMMAND.path).filter(({ url }) => url.includes(id));
	}

	/** The questions how an instance stands. */
	questions(): JournalEntry[] {
		return requestsTo(this.vendor, QUESTION.method, QUESTION.path);
	}

	settingsKey(key: string): string {
		return readSettings(credentialsOf(this.vendor, key) as ICredentialDataDecryptedObject).key;
	}
}
