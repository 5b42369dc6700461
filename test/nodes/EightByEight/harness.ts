import type { IDataObject } from 'n8n-workflow';

import { Bench, toldOf } from '../../engine/bench';
import type { Change as AnyChange, Told } from '../../engine/bench';
import type { NodeResult } from '../../engine/engine';
import { credentialsOf, requestsTo } from '../../engine/sandboxes';
import type { JournalEntry } from '../../sandbox/core/journal.ts';
import { createEightByEight } from '../../sandbox/vendors/eightByEight/index.ts';

export { PATHS } from '../../engine/bench';
export type { Told } from '../../engine/bench';

/** The workflow definition that the emulator seeds instances of, unless told otherwise. */
export const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** The credential type, which is also the key of working credentials in the emulator. */
export const CREDENTIAL = 'eightByEightAutomationApi';

/** What each seeded instance holds in its `data`: it must never come out. */
const PERSONAL = ['test_user_name', 'test_user_id', 'Hello, world!', '9e09ac86-bd74-5465-851d-1eb5a5fdbb9a'];

/** What differs from the usual run. */
export interface Change extends AnyChange {
	definition?: string;
}

/** An emulated 8x8 for each test, and the node run against it. */
export class EightByEightTest extends Bench {
	constructor() {
		super({ createEmulator: createEightByEight, node: 'eightByEight', credentialType: CREDENTIAL });
	}

	async terminate(
		workflowId: unknown,
		{ definition = DEFINITION, options = {}, parameters: others = {}, ...change }: Change = {},
	): Promise<NodeResult> {
		const parameters: IDataObject = {
			resource: 'workflow',
			operation: 'terminate',
			definitionId: { __rl: true, mode: 'id', value: definition },
			workflowId: workflowId as never,
			...others,
		};
		const result = await this.run({ ...change, options, parameters });
		const text = JSON.stringify([result.success, result.errors, result.error, result.run]);
		for (const personal of PERSONAL) {
			if (text.includes(personal)) throw new Error(`Personal data came out: ${personal} in ${text}`);
		}
		return result;
	}

	/** What the node told of each target. */
	async tell(workflowId: unknown, change: Change = {}): Promise<Told[]> {
		return toldOf(await this.terminate(workflowId, { onError: 'continueErrorOutput', ...change }));
	}

	patches(): JournalEntry[] {
		return requestsTo(this.vendor, 'PATCH');
	}

	counter(name: string): unknown {
		return this.counters()[name];
	}

	/** Resolves as soon as something is so in the emulator. */
	async until(isSo: () => boolean): Promise<void> {
		while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
	}

	/** A request of somebody else. */
	async bySomebodyElse(path: string, init: RequestInit): Promise<void> {
		const { accountId, apiKey, baseUrl } = credentialsOf(this.vendor, CREDENTIAL);
		const url = `${String(baseUrl)}/api/v1/accounts/${String(accountId)}/definitions/${DEFINITION}${path}`;
		const headers = { authorization: `Bearer ${String(apiKey)}`, 'content-type': 'application/json' };
		const response = await fetch(url, { ...init, headers });
		if (!response.ok) throw new Error(`The emulator answered ${response.status}`);
		await response.text();
	}
}
