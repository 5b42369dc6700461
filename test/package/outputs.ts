import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../engine/engine';
import { credentialsOf } from '../engine/sandboxes';
import type { VendorListener } from '../sandbox/core/listener.ts';

/**
 * What all operations of a resource can put out, as the vendor's emulator makes it happen. Each vendor has a list of its resources
 * in `test/nodes/<Vendor>/outputs.ts`.
 */
export interface Outputs {
	node: string;
	folder: string;
	resource: string;
	credentialType: string;
	/** Runs each operation until each field that it can put out was seen. The items, by operation. */
	collect(vendor: VendorListener, run: Run): Promise<Record<string, IDataObject[]>>;
}

/** Runs one operation; an item that fails is left out. */
export type Run = (operation: string, parameters: IDataObject) => Promise<IDataObject[]>;

/** A runner of one node's operations against an emulator. */
export function runnerOf(
	{ node, resource, credentialType }: Outputs,
	vendor: VendorListener,
	common: IDataObject = {},
): Run {
	return async (operation, parameters) => {
		const { success } = await runNode({
			node,
			parameters: { ...common, resource, operation, ...parameters },
			credentials: { [credentialType]: credentialsOf(vendor, credentialType) },
			onError: 'continueErrorOutput',
		});
		return success.map(({ json }) => json);
	};
}
