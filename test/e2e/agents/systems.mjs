import { locator } from '../../../demo/workflow.mjs';
import { fromModel } from './agentWorld.mjs';

/** The definition that the sandbox's 8x8 workflows belong to. */
const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';
const BP_NAME = 'Punchlist';
const PROJECT = 'PRJ-004';

const UNIFIER_PLACE = {
	projectNumber: locator('number', fromModel('Project')),
	bpName: locator('name', fromModel('Business_Process')),
};
const UNIFIER_ARGS = { Project: PROJECT, Business_Process: BP_NAME };
const EIGHT_DEFINITION = { definitionId: locator('id', fromModel('Definition')) };
const MANY = { returnAll: false, limit: 20, output: 'simplified', filters: {} };

/**
 * The specifics of a system whose node is a tool. The model passes the targets as `IDs`.
 *
 * @typedef {object} ToolSystem
 * @property {string} name the name of the system in descriptions for the model
 * @property {string} thing the noun for a target in messages
 * @property {string} things its plural
 * @property {string} label of the parameter that takes the IDs
 * @property {Record<string, string>} operations the description of each that n8n composes for the model
 * @property {(operation: string, more?: object) => object} parameters of the node
 * @property {[string, string]} fields the name of the ID, and that of a field of simplified items
 * @property {object} args the arguments of the model besides the IDs
 * @property {object} seed options for the sandbox
 * @property {object} ended sandbox options for an instance that has ended
 * @property {object} running filters of Get Many that exclude it
 * @property {string} unknown an ID that does not exist
 * @property {string} absent what the message says about it
 * @property {object} strict options with which it is a failure
 * @property {{ as: string, message: string }} lacking a credential of the sandbox without a required right, and the message for it
 */

/** @type {Record<string, ToolSystem>} */
export const TOOL_SYSTEMS = {
	enosBpm: {
		name: 'EnOS BPM',
		thing: 'Process instance',
		things: 'process instances',
		label: 'Process Instance ID',
		operations: {
			get: 'Get process instance in EnOS BPM',
			getAll: 'Get many process instances in EnOS BPM',
			terminate: 'Terminate process instance permanently in EnOS BPM',
		},
		parameters: (operation, more) => ({
			resource: 'processInstance',
			operation,
			...{
				get: { processInstanceId: fromModel('IDs'), output: 'simplified' },
				getAll: MANY,
				terminate: {
					processInstanceId: fromModel('IDs'),
					deleteReason: fromModel('Reason'),
					options: {},
				},
			}[operation],
			...more,
		}),
		fields: ['processInstanceId', 'name'],
		args: { Reason: 'It is stuck' },
		seed: {},
		ended: { state: 'terminated' },
		running: {},
		unknown: '00000000-ab3d-11ec-8df5-120e04f331d8',
		absent: 'was not found: it does not exist in this organization',
		strict: {},
		lacking: { as: 'withoutRight', message: 'this account may not terminate it' },
	},
	unifier: {
		name: 'Unifier',
		thing: 'BP record',
		things: 'BP records',
		label: 'Record Numbers',
		operations: {
			get: 'Get BP record in Unifier',
			getAll: 'Get many BP records in Unifier',
			terminate: 'Terminate BP record permanently in Unifier',
		},
		parameters: (operation, more) => ({
			resource: 'bpRecord',
			operation,
			...UNIFIER_PLACE,
			...{
				get: { recordNumber: fromModel('IDs'), output: 'simplified' },
				getAll: { ...MANY, recordFields: '' },
				terminate: { recordNumbers: fromModel('IDs'), applyRules: true, options: {} },
			}[operation],
			...more,
		}),
		fields: ['recordNumber', 'status'],
		args: UNIFIER_ARGS,
		seed: { bpName: BP_NAME, projectNumber: PROJECT },
		ended: { state: 'terminated' },
		running: { status: 'Active' },
		unknown: 'PL-9999',
		absent: 'was not found: this business process has no record with this number',
		strict: {},
		lacking: { as: 'withoutRight', message: 'the integration user may not terminate records' },
	},
	bitrix24: {
		name: 'Bitrix24',
		thing: 'Workflow',
		things: 'workflows',
		label: 'Workflow ID',
		operations: {
			get: 'Get workflow in Bitrix24',
			getAll: 'Get many workflows in Bitrix24',
			kill: 'Kill workflow and delete its history in Bitrix24',
			terminate: 'Terminate workflow permanently in Bitrix24',
		},
		parameters: (operation, more) => ({
			authentication: 'webhook',
			resource: 'workflow',
			operation,
			...{
				get: { workflowId: fromModel('IDs'), output: 'simplified' },
				getAll: MANY,
				kill: { workflowId: fromModel('IDs'), options: {} },
				terminate: { workflowId: fromModel('IDs'), statusText: 'Terminated by an agent', options: {} },
			}[operation],
			...more,
		}),
		fields: ['workflowId', 'templateName'],
		args: {},
		seed: {},
		ended: { state: 'completed' },
		running: {},
		unknown: '00000000000000.00000000',
		absent: 'it may already have ended, or the ID may be wrong',
		// Bitrix24 cannot distinguish an ID that never existed from a finished workflow, which is not a failure by itself.
		strict: { failIfAlreadyEnded: true },
		lacking: { as: 'webhookNotAdmin', message: 'only a Bitrix24 administrator may end workflows' },
	},
	eightByEight: {
		name: '8x8',
		thing: 'Workflow',
		things: 'workflows',
		label: 'Workflow ID',
		operations: {
			get: 'Get workflow in 8x8',
			getAll: 'Get many workflows in 8x8',
			getAllDefinitions: 'Get many definitions in 8x8',
			resume: 'Resume workflow in 8x8',
			suspend: 'Suspend workflow in 8x8',
			terminate: 'Terminate workflow permanently in 8x8',
		},
		parameters: (operation, more) => ({
			resource: 'workflow',
			operation,
			...(operation !== 'getAllDefinitions' && EIGHT_DEFINITION),
			...{
				get: { workflowId: fromModel('IDs'), includeErrors: false, includeLogs: false, output: 'simplified' },
				getAll: MANY,
				getAllDefinitions: { ...MANY, resource: 'definition', operation: 'getAll' },
				resume: { workflowId: fromModel('IDs'), options: {} },
				suspend: { workflowId: fromModel('IDs'), options: {} },
				terminate: { workflowId: fromModel('IDs'), options: {} },
			}[operation],
			...more,
		}),
		fields: ['workflowId', 'status'],
		args: { Definition: DEFINITION },
		seed: { definitionId: DEFINITION },
		ended: { state: 'Terminated' },
		running: { status: 'Runnable' },
		unknown: '60dbe307fe55d99fc083dead',
		absent: 'was not found: it does not exist under this definition',
		strict: {},
		lacking: { as: 'wrongKey', message: '8x8 did not accept the API key' },
	},
};

/** One of our nodes as a tool for a scripted agent. */
export function toolOf(system, operation, { parameters, ...more } = {}) {
	return { system, parameters: TOOL_SYSTEMS[system].parameters(operation, parameters), ...more };
}

/** The credentials without a required right, for AgentWorld.open. */
export const LACKING = Object.entries(TOOL_SYSTEMS).map(([system, { lacking }]) => ({
	system,
	as: lacking.as,
}));
