import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';

import { eventually } from '../../../demo/eventually.mjs';
import { locator } from '../../../demo/workflow.mjs';
import { keepPicture } from './browser.mjs';
import { openEditor } from './nodesEditor.mjs';

/**
 * How users find the nodes, and the fields of each operation: `words` find the node, and `operations` has the labels of each
 * operation, from below Operation to the end of the panel.
 */
const NODES = [
	{
		node: 'enosBpm',
		displayName: 'EnOS BPM',
		resource: ['processInstance', 'Process Instance'],
		words: ['envision', 'business process', 'BPM', 'terminate process instance'],
		actions: [/^Get process instance$/, /^Get many process instances$/, /^Terminate process instance\b/],
		operations: {
			get: ['Process Instance ID', 'Simplify'],
			getAll: ['Return All', 'Limit', 'Simplify', 'Filters', 'Options'],
			terminate: ['Process Instance ID', 'Delete Reason', 'Options'],
		},
	},
	{
		node: 'unifier',
		displayName: 'Unifier',
		resource: ['bpRecord', 'BP Record'],
		words: ['oracle', 'Oracle Primavera', 'Primavera Unifier', 'terminate BP record'],
		actions: [/^Get BP record$/, /^Get many BP records$/, /^Terminate BP record\b/],
		operations: {
			get: [
				'Project',
				'Business Process',
				'Record Number',
				'Simplify',
				'Record Fields',
				'Include Line Items',
			],
			getAll: [
				'Project',
				'Business Process',
				'Return All',
				'Limit',
				'Simplify',
				'Record Fields',
				'Filters',
				'Options',
			],
			terminate: ['Project', 'Business Process', 'Record Numbers', 'Apply BP Rules', 'Options'],
		},
	},
	{
		node: 'bitrix24',
		displayName: 'Bitrix24',
		resource: ['workflow', 'Workflow'],
		words: ['bitrix', 'bizproc', 'stuck', 'terminate workflow', 'kill workflow'],
		actions: [/^Get workflow$/, /^Get many workflows$/, /^Kill workflow\b/, /^Terminate workflow\b/],
		operations: {
			get: ['Workflow ID', 'Simplify'],
			getAll: ['Return All', 'Limit', 'Simplify', 'Filters', 'Options'],
			kill: ['Workflow ID', 'Confirm Deletion', 'Options'],
			terminate: ['Workflow ID', 'Status Text', 'Options'],
		},
	},
	{
		node: 'eightByEight',
		displayName: '8x8',
		resource: ['workflow', 'Workflow'],
		words: ['8x8 automation', 'CPaaS', 'suspend', 'terminate workflow', 'resume workflow'],
		actions: [
			/^Get workflow$/,
			/^Get many workflows$/,
			/^Resume workflow\b/,
			/^Suspend workflow\b/,
			/^Terminate workflow\b/,
		],
		operations: {
			get: ['Definition', 'Workflow ID', 'Include Errors', 'Include Logs', 'Simplify'],
			getAll: ['Definition', 'Return All', 'Limit', 'Simplify', 'Filters', 'Options'],
			resume: ['Definition', 'Workflow ID', 'Options'],
			suspend: ['Definition', 'Workflow ID', 'Options'],
			terminate: ['Definition', 'Workflow ID', 'Options'],
		},
		lists: [{ resource: 'Definition', action: /^Get many definitions$/ }],
	},
];

/** The names of the operations in their list. */
const OPERATIONS = {
	get: 'Get',
	getAll: 'Get Many',
	kill: 'Kill',
	resume: 'Resume',
	suspend: 'Suspend',
	terminate: 'Terminate',
};

/** The placeholder, the hint and the tooltip of the fields that need more explanation than their label. */
const FIELDS = [
	{
		name: 'IDs',
		node: 'enosBpm',
		parameters: { resource: 'processInstance', operation: 'terminate' },
		placeholders: { processInstanceId: 'e.g. 54366b8f-ab3d-11ec-8df5-120e04f331d8' },
		tooltips: { 'Process Instance ID': /with commas or new lines, or use an expression/ },
	},
	{
		name: 'At company level',
		node: 'unifier',
		parameters: { resource: 'bpRecord', operation: 'terminate' },
		placeholders: { recordNumbers: 'e.g. PL-0809' },
		hints: { projectNumber: 'Leave empty for the company level' },
		tooltips: { Project: /company level/, 'Apply BP Rules': /Unifier ignores them/ },
	},
	{
		name: 'By number',
		node: 'unifier',
		parameters: { resource: 'bpRecord', operation: 'get', projectNumber: locator('number') },
		placeholders: { projectNumber: 'e.g. PRJ-004' },
		hints: { projectNumber: 'Leave empty for the company level' },
		tooltips: { 'Record Number': /The number of the record to read/ },
	},
	{
		name: 'Deletion',
		node: 'bitrix24',
		parameters: { resource: 'workflow', operation: 'kill' },
		placeholders: { workflowId: 'e.g. 65e5a449e8f135.21284909' },
		tooltips: { 'Confirm Deletion': /This cannot be undone/ },
	},
	{
		name: 'A template',
		node: 'bitrix24',
		parameters: {
			resource: 'workflow',
			operation: 'getAll',
			filters: { templateId: locator('id') },
		},
		placeholders: { templateId: 'e.g. 212' },
		hints: {
			templateId:
				'Bitrix24 does not list the templates of automation rules; enter the ID of such a template here',
		},
		tooltips: { Template: /The template that the workflows were started from/ },
	},
	{
		name: 'By ID',
		node: 'eightByEight',
		parameters: { resource: 'workflow', operation: 'suspend', definitionId: locator('id') },
		placeholders: {
			definitionId: 'e.g. 5870442f-3ddd-4657-b74c-6e17308f5230',
			workflowId: 'e.g. 60dbe307fe55d99fc083db61',
		},
		hints: {
			definitionId:
				'A disabled definition may be missing from the list although its workflows are still running; its ID works here',
		},
		tooltips: { 'Workflow ID': /with commas or new lines, or use an expression/ },
	},
];

const SHARED_OPTIONS = [
	'Dry Run',
	'Expected Targets',
	'Fail If Already Ended',
	'Failed Targets',
	'Ignore Not Found',
	'Maximum Targets',
	'Requests per Second',
	'Stop After Failures',
	'Verify',
];

/** How long a panel may take to show its contents. */
const PATIENCE_MS = 10_000;

describe('the nodes in the editor', () => {
	let opened;
	let editor;

	before(async () => {
		opened = await openEditor({ name: 'browser-nodes', command: 'npm run e2e:browser' });
		({ editor } = opened);
	});
	after(async () => await opened?.close());
	afterEach(async (test) => await keepPicture(test, opened?.session, opened?.world));

	describe('the node panel', () => {
		for (const { displayName, words } of NODES) {
			it(`finds ${displayName} by its name and by what people call it`, async () => {
				await editor.openNodePanel();
				const named = await editor.searchNodes(displayName, displayName);
				assert.equal(named[0], displayName, `"${displayName}" finds ${named.join(', ')}`);
				for (const said of words) {
					const found = await editor.searchNodes(said, displayName);
					assert.ok(found.includes(displayName), `"${said}" finds ${found.join(', ') || 'nothing'}`);
				}
			});
		}

		for (const { displayName, actions, resource, operations, lists = [] } of NODES) {
			it(`lists what ${displayName} does, and opens what is chosen`, async () => {
				const chosen = Object.keys(operations).map((operation) => OPERATIONS[operation]);
				const offered = [
					...actions.map((action, index) => ({ action, resource: resource[1], operation: chosen[index] })),
					...lists.map((list) => ({ ...list, operation: OPERATIONS.getAll })),
				];
				await editor.openNodePanel();
				for (const [index, { action, ...opened }] of offered.entries()) {
					if (index > 0) await editor.reopenNodePanel();
					await editor.searchNodes(displayName, displayName);
					const listed = await editor.chooseNode(displayName);
					assert.equal(listed.length, offered.length, `${displayName} lists ${listed.join(', ')}`);
					assert.match(listed[index], action);
					await editor.nodeInPanel(listed[index]).click();
					await editor.part('node-parameters').waitFor();
					assert.equal(await editor.chosen('resource'), opened.resource, `after choosing ${listed[index]}`);
					assert.equal(await editor.chosen('operation'), opened.operation, `after choosing ${listed[index]}`);
					await editor.closeNode();
				}
			});
		}
	});

	describe('the parameters', () => {
		for (const { node, displayName, resource, operations } of NODES) {
			it(`${displayName}: the fields of each operation in their order, and what helps to fill them in`, async () => {
				const ofOperations = Object.keys(operations).map((operation) => ({
					name: OPERATIONS[operation],
					node,
					parameters: { resource: resource[0], operation },
				}));
				const withHelp = FIELDS.filter((one) => one.node === node);
				await editor.openNew([...ofOperations, ...withHelp]);
				for (const [operation, labels] of Object.entries(operations)) {
					await editor.openNode(OPERATIONS[operation]);
					const wanted = ['Credential', 'Resource', 'Operation', ...labels];
					const shown = await eventually(
						async () => await editor.labels(),
						(found) => isDeepStrictEqual(found, wanted),
						PATIENCE_MS,
					);
					assert.deepEqual(shown, wanted, OPERATIONS[operation]);
					await editor.closeNode();
				}
				for (const { name, placeholders = {}, hints = {}, tooltips = {} } of withHelp) {
					await editor.openNode(name);
					for (const [field, text] of Object.entries(placeholders)) {
						assert.equal(await editor.placeholderOf(field), text);
					}
					for (const [field, text] of Object.entries(hints)) {
						const lines = await editor.linesAt(field);
						assert.ok(lines.includes(text), `${field} says: ${lines.join(' | ')}`);
					}
					for (const [label, text] of Object.entries(tooltips)) {
						assert.match(await editor.tooltipOf(label), text);
					}
					await editor.closeNode();
				}
				await editor.openNode('Terminate');
				const { names, cut } = await editor.openOptions('operation');
				const offered = names.filter((name) => name !== 'Custom API Call');
				assert.deepEqual(
					offered,
					Object.keys(operations).map((operation) => OPERATIONS[operation]),
				);
				assert.deepEqual(cut, [], 'descriptions that are cut off');
			});
		}

		it('the options of a command, each added from the list', async () => {
			const parameters = { resource: 'processInstance', operation: 'terminate' };
			await editor.openNew([{ name: 'EnOS BPM', node: 'enosBpm', parameters }]);
			await editor.openNode('EnOS BPM');
			for (const option of SHARED_OPTIONS) await editor.addToCollection(option);
			assert.deepEqual((await editor.labels()).slice(-SHARED_OPTIONS.length), SHARED_OPTIONS);
			assert.match(
				await editor.tooltipOf('Dry Run'),
				/change nothing and only show the current state of each process instance/,
			);
		});
	});
});
