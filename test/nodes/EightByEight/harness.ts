import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../engine/engine';
import type { NodeResult, NodeRun, Path } from '../../engine/engine';
import { credentialsOf, requestsTo, useVendor } from '../../engine/sandboxes';
import type { JsonObject } from '../../sandbox/core/emulator.ts';
import { createEightByEight } from '../../sandbox/vendors/eightByEight/index.ts';

/** The workflow definition that the emulator seeds instances of, unless told otherwise. */
export const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** What each seeded instance holds in its `data`: it must never come out. */
const PERSONAL = ['test_user_name', 'test_user_id', 'Hello, world!', '9e09ac86-bd74-5465-851d-1eb5a5fdbb9a'];

/** What differs from the usual run. */
export interface Change {
	/** The key of the emulator's credentials. */
	key?: string;
	/** Fields of the credential that have another value. */
	credential?: IDataObject;
	definition?: string;
	options?: IDataObject;
	onError?: NodeRun['onError'];
	path?: Path;
}

/** What the node told of one target, wherever n8n put it. */
export interface Told extends IDataObject {
	id: string;
	outcome: string;
	attempts: number;
}

/** The emulator behind the real engine, for one test file. */
export class EightByEightTest {
	readonly vendor = useVendor(createEightByEight);

	seed(count: number, options: JsonObject = {}): string[] {
		return this.vendor.emulator.seed(count, options);
	}

	/** Seeds one. */
	seedOne(options: JsonObject = {}): string {
		return this.seed(1, options)[0]!;
	}

	/** Runs the node; the result is checked for what must never come out. */
	async terminate(workflowId: unknown, change: Change = {}): Promise<NodeResult> {
		const { key = 'eightByEightAutomationApi', credential = {}, definition = DEFINITION } = change;
		const result = await runNode({
			node: 'eightByEight',
			parameters: {
				resource: 'workflow',
				operation: 'terminate',
				definitionId: { __rl: true, mode: 'id', value: definition },
				workflowId: workflowId as never,
				options: change.options ?? {},
			},
			credentials: { eightByEightAutomationApi: { ...credentialsOf(this.vendor, key), ...credential } },
			...(change.path && { path: change.path }),
			...(change.onError && { onError: change.onError }),
		});
		return this.clean(result);
	}

	/** What the node told of each target, successes first. */
	async tell(workflowId: unknown, change: Change = {}): Promise<Told[]> {
		const { success, errors } = await this.terminate(workflowId, {
			onError: 'continueErrorOutput',
			...change,
		});
		return [...success, ...errors].map(({ json }) => ({
			...json,
			...(json['details'] as IDataObject),
		})) as Told[];
	}

	/** Methods of the requests that the emulator received, in order. */
	methods(): string[] {
		return this.vendor.journal.list().map(({ method }) => method);
	}

	patches(): ReturnType<typeof requestsTo> {
		return requestsTo(this.vendor, 'PATCH');
	}

	/** One instance as the emulator keeps it. */
	instance(id: string): JsonObject {
		const instances = this.vendor.emulator.state()['instances'] as Record<string, JsonObject>;
		return instances[id] ?? {};
	}

	counter(name: string): unknown {
		return (this.vendor.emulator.state()['counters'] as JsonObject)[name];
	}

	/** Resolves as soon as something is so in the emulator. */
	async until(isSo: () => boolean): Promise<void> {
		while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
	}

	/** A request of somebody else. */
	async bySomebodyElse(path: string, init: RequestInit): Promise<void> {
		const { accountId, apiKey, baseUrl } = credentialsOf(this.vendor, 'eightByEightAutomationApi');
		const url = `${String(baseUrl)}/api/v1/accounts/${String(accountId)}/definitions/${DEFINITION}${path}`;
		const headers = { authorization: `Bearer ${String(apiKey)}`, 'content-type': 'application/json' };
		const response = await fetch(url, { ...init, headers });
		if (!response.ok) throw new Error(`The emulator answered ${response.status}`);
		await response.text();
	}

	private clean(result: NodeResult): NodeResult {
		const text = JSON.stringify([result.success, result.errors, result.error, result.run]);
		for (const personal of PERSONAL) {
			if (text.includes(personal)) throw new Error(`Personal data came out: ${personal} in ${text}`);
		}
		const masked = this.vendor.emulator.mask(text);
		if (masked !== text) throw new Error(`A secret came out: ${masked}`);
		return result;
	}
}
