import { SYSTEMS } from '../demo/scenario.mjs';
import { ROUTING_PACKAGE } from './package.mjs';

/** The node that is measured, as the run data names it. */
export const MEASURED = 'Measured';

const TRIGGER = 'Start';
const ITEMS = 'Items';

/**
 * The workflow of one contestant: start, one item for each ID, the node that is measured.
 *
 * @param {string} id
 * @param {keyof typeof SYSTEMS} vendor
 * @param {object} measured the node, without what every node has
 */
export function workflow(id, vendor, measured) {
	const { credential } = SYSTEMS[vendor];
	const { type, id: credentialId, name } = credential;
	const { authentication } = measured.parameters;
	const node = {
		...measured,
		...(authentication === 'predefinedCredentialType' && {
			parameters: { ...measured.parameters, nodeCredentialType: type },
		}),
		credentials: { [type]: { id: credentialId, name } },
	};
	const nodes = [
		{ type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {}, name: TRIGGER },
		{ type: `${ROUTING_PACKAGE}.benchItems`, typeVersion: 1, parameters: {}, name: ITEMS },
		{ ...node, name: MEASURED },
	].map((each, index) => ({
		id: `${id}-${index}`,
		position: [index * 240, 0],
		...each,
	}));
	return {
		id,
		name: id,
		trigger: TRIGGER,
		active: false,
		settings: { executionOrder: 'v1' },
		nodes,
		connections: {
			[TRIGGER]: { main: [[{ node: ITEMS, type: 'main', index: 0 }]] },
			[ITEMS]: { main: [[{ node: MEASURED, type: 'main', index: 0 }]] },
		},
	};
}
