import type { IDataObject } from 'n8n-workflow';

import { runNode } from './engine';
import type { NodeResult, NodeRun, Path } from './engine';
import { credentialsOf, useVendor } from './sandboxes';
import type { Emulator, JsonObject } from '../sandbox/core/emulator.ts';
import type { Fault } from '../sandbox/core/faults.ts';
import type { JournalEntry } from '../sandbox/core/journal.ts';
import type { VendorListener } from '../sandbox/core/listener.ts';

/** Both ways in which n8n runs a node. */
export const PATHS: readonly Path[] = ['wholeInput', 'routing'];

/** What all runs of a node have in common. */
export interface Setup {
	createEmulator: () => Emulator;
	/** Switches of the emulator that hold in all tests. */
	switches?: JsonObject;
	/** The node's name in the package. */
	node: string;
	/** Credential type, which is also the key of working credentials in the emulator. */
	credentialType: string;
	/** Where no run says otherwise. */
	path?: Path;
}

/** How one run differs from the usual. */
export interface Change extends Partial<Pick<NodeRun, 'items' | 'onError' | 'path'>> {
	/** Where the node takes credentials of several types. */
	credentialType?: string;
	/** Key of the credential data in the emulator's list. Default: the type. */
	key?: string;
	/** Fields of the credential that have another value. */
	credential?: object;
	parameters?: IDataObject;
	options?: IDataObject;
}

/** An emulated vendor with one of our nodes in front of it, for the tests of a suite. */
export class Bench {
	readonly vendor: VendorListener;

	constructor(private readonly setup: Setup) {
		this.vendor = useVendor(setup.createEmulator, setup.switches);
	}

	/** A run that is ready to start. */
	prepare(given: Change): NodeRun {
		const { node, path } = this.setup;
		const { credentialType = this.setup.credentialType, key = credentialType, ...others } = given;
		const { credential, parameters, options, ...change } = others;
		const data = credentialsOf(this.vendor, key);
		return {
			node,
			...(path && { path }),
			...change,
			parameters: { ...parameters, ...(options && { options }) },
			credentials: { [credentialType]: { ...data, ...credential } },
		};
	}

	/** Runs the node; the result is checked for what must never come out. */
	async run(change: Change): Promise<NodeResult> {
		return this.checked(await runNode(this.prepare(change)));
	}

	/** Whatever the emulator would mask is a secret that came out. */
	checked(result: NodeResult): NodeResult {
		const { success, errors, error, run } = result;
		const all = JSON.stringify([success, errors, error, error?.message, run]);
		// Not with `expect`, which takes long over texts of this size and would print them.
		if (this.vendor.emulator.mask(all) !== all) throw new Error('A secret came out');
		return result;
	}

	seed(count: number, options: JsonObject = {}): string[] {
		return this.vendor.emulator.seed(count, options);
	}

	/** Seeds one. */
	seedOne(options: JsonObject = {}): string {
		return this.seed(1, options)[0]!;
	}

	configure(switches: JsonObject): void {
		this.vendor.emulator.configure(switches);
	}

	arm(...faults: Fault[]): void {
		this.vendor.faults.arm(faults);
	}

	/** What the emulator has counted. */
	counters(): Record<string, number> {
		return this.vendor.emulator.state()['counters'] as Record<string, number>;
	}

	/** All instances as the emulator keeps them, by ID. */
	instances(): Record<string, JsonObject> {
		return this.vendor.emulator.state()['instances'] as Record<string, JsonObject>;
	}

	/** One instance as the emulator keeps it. */
	instance(id: string): JsonObject {
		return this.instances()[id] ?? {};
	}

	/** All requests whose address contains a text, oldest first. */
	requests(text = ''): JournalEntry[] {
		return this.vendor.journal.list().filter(({ url }) => url.includes(text));
	}

	/** The methods of all requests, oldest first. */
	methods(): string[] {
		return this.requests().map(({ method }) => method);
	}
}

/** What the node said of one target. */
export interface Told extends IDataObject {
	id: string;
	outcome: string;
	attempts: number;
}

/** What the node said of each target, wherever n8n put it, in the order of the input. */
export function toldOf({ success, errors, error }: NodeResult): Told[] {
	const stopped = error?.context['data'] as { outcomes: Told[] } | undefined;
	if (stopped) return stopped.outcomes;
	return [...success, ...errors]
		.map(({ json, pairedItem }) => ({ json, item: (pairedItem as unknown as { item: number }).item }))
		.sort((a, b) => a.item - b.item)
		.map(({ json }) => ({ ...json, ...(json['details'] as object | undefined) }) as Told);
}

/** The outcome of each target. */
export const outcomesOf = (result: NodeResult): string[] => toldOf(result).map(({ outcome }) => outcome);
