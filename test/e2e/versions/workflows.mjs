import { SYSTEMS } from '../../../demo/scenario.mjs';
import { inRow, ours, START } from '../../../demo/workflow.mjs';
import { TRIALS } from './trials.mjs';

export const TRIGGER = START.name;
export const NODE = 'Vendor';

/**
 * A trigger with pinned items, followed by the node of a vendor.
 *
 * @param {keyof typeof TRIALS} vendor
 * @param {{ operation: string, parameters: object, items?: object[], onError?: string,
 * credential?: { id: string, name: string } }} what `credential`: by default the one that works
 */
export function workflowFor(vendor, { operation, parameters, items = [{}], onError, credential }) {
	const node = ours({
		system: vendor,
		credential: { ...SYSTEMS[vendor].credential, ...credential },
		name: NODE,
		parameters: {
			resource: TRIALS[vendor].resource,
			operation,
			...TRIALS[vendor].parameters,
			...parameters,
		},
		...(onError && { onError }),
	});
	return {
		name: `${vendor} ${operation}`,
		pinData: { [TRIGGER]: items.map((json) => ({ json })) },
		...inRow([START, node]),
	};
}
