import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { eventually } from '../../../demo/eventually.mjs';
import { SEED_DEFAULTS } from '../../../demo/scenario.mjs';
import { locator } from '../../../demo/workflow.mjs';
import { plainPathIn } from '../../../dist/nodes/core/n8n/execution/plainPath.js';
import { keepPicture } from './browser.mjs';
import { behindOf, openEditor } from './nodesEditor.mjs';

const COMMAND = 'npm run e2e:browser';
const { bpName, projectNumber } = SEED_DEFAULTS.unifier;
const { definitionId } = SEED_DEFAULTS.eightByEight;

const RECORDS = {
	'PL-0759': 'active',
	'PL-0796': 'terminated',
	'PL-0801': 'active',
	'PL-2125': 'initiation',
};
const NO_RECORD = 'PL-0800666';
const WORKFLOW = '66e412fd100017.36338717';
const INSTANCES = ['60dbe307fe55d99fc083db61', '60dbe412fe55d99fc083db7a'];

const inUnifier = (operation, more) => ({
	resource: 'bpRecord',
	operation,
	projectNumber: locator('number', projectNumber),
	bpName: locator('name', bpName),
	...more,
});
const killing = (more) => ({ resource: 'workflow', operation: 'kill', workflowId: WORKFLOW, ...more });

describe('runs in the editor', () => {
	let opened;
	let editor;
	let control;

	before(async () => {
		opened = await openEditor({ name: 'browser-runs', command: COMMAND });
		({ editor, control } = opened);
	});
	after(async () => await opened?.close());
	afterEach(async (test) => await keepPicture(test, opened?.session, opened?.world));

	beforeEach(async () => {
		await control.reset();
		for (const [id, state] of Object.entries(RECORDS)) {
			await control.seed('unifier', 1, { ...SEED_DEFAULTS.unifier, ids: [id], state });
		}
		await control.seed('bitrix24', 1, { ids: [WORKFLOW], tasks: 1 });
		await control.seed('eightByEight', 2, { ids: INSTANCES, definitionId, state: 'Runnable' });
	});

	const stateOf = async (vendor, id) => (await control.instances(vendor))[id]?.state;

	const open = async (node, parameters, more) => {
		await editor.openNew([{ name: 'Ours', node, parameters, more }]);
		await editor.openNode('Ours');
	};

	it('Stop: counts what failed, gives each failure a line of its own, and keeps all outcomes', async () => {
		const recordNumbers = ['PL-0759', 'PL-0796', 'PL-2125', NO_RECORD].join(', ');
		await open('unifier', inUnifier('terminate', { recordNumbers }));
		await editor.execute();
		const { message, lines } = await editor.failure();
		assert.equal(message, '2 of 4 BP records were not terminated');
		assert.equal(lines.length, 2, lines.join('\n'));
		assert.match(
			lines[0],
			/^BP record PL-2125 was not terminated: it is in the initiation step \(code 12757: ".*"\)\. \S/,
		);
		assert.match(lines[1], /^BP record PL-0800666 was not found: .*\. Check the record number/);

		const details = await editor.failureDetails('Unifier');
		const { outcomes } = JSON.parse(/\{.*\}/s.exec(details)[0]);
		assert.deepEqual(
			outcomes.map(({ id, outcome, code }) => [id, outcome, code]),
			[
				['PL-0759', 'terminated', '200'],
				['PL-0796', 'alreadyEnded', '12759'],
				['PL-2125', 'failed', '12757'],
				[NO_RECORD, 'notFound', '12756'],
			],
		);
		assert.equal(await stateOf('unifier', 'PL-0759'), 'terminated');
		assert.equal(await stateOf('unifier', 'PL-2125'), 'initiation');
	});

	it('Stop, one target: the message says which and why, the line below it what to do', async () => {
		await open('unifier', inUnifier('terminate', { recordNumbers: 'PL-2125' }));
		await editor.execute();
		const { message, lines } = await editor.failure();
		assert.match(
			message,
			/^BP record PL-2125 was not terminated: it is in the initiation step \(code 12757: ".*"\)$/,
		);
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(lines[0], /^A draft that was never sent cannot be ended/);
	});

	it('Stop: what looks like markup is shown as it is', async () => {
		await open('unifier', inUnifier('terminate', { recordNumbers: 'PL-2125, PL-<i>9</i>&`8`' }));
		await editor.execute();
		const { lines } = await editor.failure();
		assert.match(lines[1] ?? lines[0], /^BP record PL-<i>9<\/i>&`8` was not found/);
	});

	it('the error output: both branches in the output panel', async () => {
		const recordNumbers = ['PL-0759', 'PL-0796', 'PL-2125', NO_RECORD].join(', ');
		await open('unifier', inUnifier('terminate', { recordNumbers }), { onError: 'continueErrorOutput' });
		await editor.execute();
		const branches = await editor.part('branches').innerText();
		assert.match(branches, /Success Branch \(2 items\)\s+Error Branch \(2 items\)/);
		const ended = await editor.outputRows();
		assert.deepEqual(
			ended.map(({ id, outcome, code }) => [id, outcome, code]),
			[
				['PL-0759', 'terminated', '200'],
				['PL-0796', 'alreadyEnded', '12759'],
			],
		);
		await editor.part('tab-1', editor.part('branches')).click();
		const failed = await eventually(
			async () => await editor.outputRows(),
			(rows) => rows[0]?.error !== undefined,
		);
		assert.match(failed[0].message, /^BP record PL-2125 was not terminated/);
		assert.match(failed[1].details, /notFound/);
	});

	it('fields that are dragged from the input panel are plain paths, and what they name is ended', async () => {
		const rows = {
			records: [{ entry: 'PL-0759' }],
			nested: { 'deep down': { größe: 'PL-0801' } },
			'process name': bpName,
			project: projectNumber,
		};
		const input = {
			name: 'Rows',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify(rows), options: {} },
		};
		const empty = { recordNumbers: '', projectNumber: locator('number'), bpName: locator('name') };
		const dragged = [
			{ name: 'Entry', fields: { entry: 'recordNumbers' } },
			{ name: 'Nested', fields: { größe: 'recordNumbers' } },
		];
		const parameters = inUnifier('terminate', empty);
		const id = await editor.openNew(
			dragged.map(({ name }) => ({ name, node: 'unifier', parameters })),
			input,
		);
		await editor.openNode('Rows');
		await editor.execute();
		await editor.closeNode();
		for (const { name, fields } of dragged) {
			await editor.openNode(name);
			const all = { ...fields, project: 'projectNumber', 'process name': 'bpName' };
			for (const [field, parameter] of Object.entries(all)) {
				await editor.drag(field, parameter);
				const valueOf = ({ [parameter]: value }) => value?.value ?? value ?? '';
				const saved = valueOf(await editor.saved(id, name, (now) => valueOf(now).startsWith('=')));
				assert.equal(plainPathIn(saved)?.at(-1), field, saved);
			}
			await editor.execute();
			assert.deepEqual(
				(await editor.outputRows()).map(({ outcome }) => outcome),
				['terminated'],
			);
			await editor.closeNode();
		}
		assert.equal(await stateOf('unifier', 'PL-0759'), 'terminated');
		assert.equal(await stateOf('unifier', 'PL-0801'), 'terminated');
	});

	it('a dry run shows requests and states and changes nothing; switched off, the same node ends them', async () => {
		const parameters = {
			resource: 'workflow',
			operation: 'terminate',
			definitionId: locator('id', definitionId),
			workflowId: INSTANCES.join(','),
			options: { dryRun: true },
		};
		await open('eightByEight', parameters);
		await editor.execute();
		const planned = await editor.outputRows();
		assert.deepEqual(
			planned.map(({ id, outcome, currentState }) => [id, outcome, currentState]),
			INSTANCES.map((id) => [id, 'dryRun', 'running']),
		);
		assert.match(planned[0].request, /method:\s*PATCH/);
		for (const id of INSTANCES) assert.equal(await stateOf('eightByEight', id), 'running');

		await editor.toggle('dryRun');
		await editor.execute();
		const done = await eventually(
			async () => await editor.outputRows(),
			(rows) => rows[0]?.outcome === 'terminated',
		);
		assert.deepEqual(
			done.map(({ id, outcome }) => [id, outcome]),
			INSTANCES.map((id) => [id, 'terminated']),
		);
		for (const id of INSTANCES) assert.equal(await stateOf('eightByEight', id), 'terminated');
	});

	it('Kill without its confirmation is refused in words, and with it deletes', async () => {
		await open('bitrix24', killing());
		await editor.execute();
		const { message, lines } = await editor.failure();
		assert.match(message, /^The parameter 'Confirm Deletion' is off, but Kill deletes workflows/);
		assert.match(lines.join(' '), /Turn it on to delete them permanently\. Terminate .* 'Dry Run'/);
		assert.equal(await stateOf('bitrix24', WORKFLOW), 'running');

		await editor.toggle('confirmDeletion');
		await editor.execute();
		const rows = await editor.outputRows();
		assert.deepEqual(
			rows.map(({ id, outcome }) => [id, outcome]),
			[[WORKFLOW, 'killed']],
		);
		assert.notEqual(await stateOf('bitrix24', WORKFLOW), 'running');
	});

	it('a filter that the vendor overlooks: the rows are left out, and a hint says so', async () => {
		await control.configure('unifier', { dropFilters: ['*'] });
		await open('unifier', inUnifier('getAll', { filters: { recordNumber: 'PL-07%' } }));
		await editor.execute();
		const hint = await editor.part('node-hint', editor.part('output-panel')).innerText();
		assert.match(hint, /^Unifier ignored the filter 'Record Number'\. 2 BP records/);
		const rows = await editor.outputRows();
		assert.deepEqual(rows.map(({ recordNumber }) => recordNumber).sort(), ['PL-0759', 'PL-0796']);
	});

	it('the fields to map from are there before the first run', async () => {
		await editor.openNew([
			{ name: 'Terminate', node: 'unifier', parameters: inUnifier('terminate') },
			{ name: 'Get Many', node: 'eightByEight', parameters: { resource: 'workflow', operation: 'getAll' } },
		]);
		for (const [name, fields] of Object.entries({
			Terminate: ['id', 'outcome', 'message', 'code', 'vendorMessage', 'attempts', 'bpName'],
			'Get Many': ['id', 'definitionId', 'workflowId'],
		})) {
			await editor.openNode(behindOf(name));
			const shown = await editor.previewOfInput();
			assert.deepEqual(
				fields.filter((field) => !shown.includes(field)),
				[],
				`${name} shows ${shown.join(', ')}`,
			);
			await editor.closeNode();
		}
	});
});
