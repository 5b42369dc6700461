import { SYSTEMS } from '../../../demo/scenario.mjs';
import { TRIALS } from './trials.mjs';

export const TRIGGER = 'Start';
export const NODE = 'Vendor';

/**
 * A trigger whose items are pinned, and the node of a vendor behind it.
 *
 * @param {keyof typeof TRIALS} vendor
 * @param {{ operation: string, parameters: object, items?: object[], onError?: string }} what
 */
export function workflowFor(vendor, { operation, parameters, items = [{}], onError }) {
	const { credential } = SYSTEMS[vendor];
	const { id, name, type } = credential;
	return {
		name: `${vendor} ${operation}`,
		pinData: { [TRIGGER]: items.map((json) => ({ json })) },
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'vendor',
				name: NODE,
				type: `n8n-nodes-terminate.${vendor}`,
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					resource: TRIALS[vendor].resource,
					operation,
					...TRIALS[vendor].parameters,
					...parameters,
				},
				credentials: { [type]: { id, name } },
				...(onError && { onError }),
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
	};
}
