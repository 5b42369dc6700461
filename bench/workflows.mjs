import { SYSTEMS } from '../demo/scenario.mjs';
import { inRow, ours, START } from '../demo/workflow.mjs';
import { ROUTING_PACKAGE } from './package.mjs';

/** The name of the measured node in the run data. */
export const MEASURED = 'Measured';

const ITEMS = 'Items';

/**
 * The workflow of one contestant: a trigger, one item for each ID, and the measured node.
 *
 * @param {string} id
 * @param {keyof typeof SYSTEMS} vendor
 * @param {object} measured the node, without the properties that all nodes share
 */
export function workflow(id, vendor, measured) {
	const { type } = SYSTEMS[vendor].credential;
	const { authentication } = measured.parameters;
	const node = ours({
		system: vendor,
		...measured,
		...(authentication === 'predefinedCredentialType' && {
			parameters: { ...measured.parameters, nodeCredentialType: type },
		}),
		name: MEASURED,
	});
	const items = { name: ITEMS, type: `${ROUTING_PACKAGE}.benchItems` };
	return {
		id,
		name: id,
		trigger: START.name,
		active: false,
		settings: { executionOrder: 'v1' },
		...inRow([START, items, node]),
	};
}
