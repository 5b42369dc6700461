import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { SEED_DEFAULTS } from '../../../demo/scenario.mjs';
import { locator } from '../../../demo/workflow.mjs';
import { keepPicture } from './browser.mjs';
import { openEditor } from './nodesEditor.mjs';

const { bpName, projectNumber } = SEED_DEFAULTS.unifier;
const { definitionId } = SEED_DEFAULTS.eightByEight;

const RECORDS = { 'PL-0759': 'active', 'PL-0796': 'terminated', 'PL-2125': 'initiation' };
const NO_RECORD = 'PL-0800666';
const ALL_RECORDS = [...Object.keys(RECORDS), NO_RECORD];
const RUNNING = ['60dbe307fe55d99fc083db61', '60dbe412fe55d99fc083db7a'];
const ENDED = '60dbe5a0fe55d99fc083db92';
/** For a picture: everything is where it ends up. */
const STILL = { animations: 'disabled' };
/** What n8n's table shows for a field that an item does not have. */
const ABSENT = 'undefined';
/** As many rows as the table has on a page. */
const REFUSED = 25;
const FAILURES = 3;
/** At most so many requests are open in EnOS, and on their way when the last failure comes in. */
const MAX_IN_FLIGHT = 20;

const terminateRecords = (recordNumbers, options = {}) => ({
	resource: 'bpRecord',
	operation: 'terminate',
	projectNumber: locator('number', projectNumber),
	bpName: locator('name', bpName),
	recordNumbers: recordNumbers.join(', '),
	options,
});
const terminateWorkflows = (ids, options = {}) => ({
	resource: 'workflow',
	operation: 'terminate',
	definitionId: locator('id', definitionId),
	workflowId: ids.join(', '),
	options,
});
const terminateInstances = (ids, options = {}) => ({
	resource: 'processInstance',
	operation: 'terminate',
	processInstanceId: ids.join(', '),
	deleteReason: 'Stuck',
	options,
});

describe('the options of a command and what they show, in the editor', () => {
	let opened;
	let editor;
	let control;

	before(async () => {
		opened = await openEditor({ name: 'browser-options', command: 'npm run e2e:browser' });
		({ editor, control } = opened);
	});
	after(async () => await opened?.close());
	afterEach(async (test) => await keepPicture(test, opened?.session, opened?.world));

	beforeEach(async () => {
		await control.reset();
		for (const [id, state] of Object.entries(RECORDS)) {
			await control.seed('unifier', 1, { ...SEED_DEFAULTS.unifier, ids: [id], state });
		}
		await control.seed('eightByEight', RUNNING.length, { ids: RUNNING, definitionId, state: 'Runnable' });
		await control.seed('eightByEight', 1, { ids: [ENDED], definitionId, state: 'Terminated' });
	});

	/** Opens a node and returns a function that waits until n8n has saved the wanted options. */
	const open = async (node, parameters, more) => {
		const id = await editor.openNew([{ name: 'Ours', node, parameters, more }]);
		await editor.openNode('Ours');
		await control.forgetRequests(node);
		return async (isRight) => (await editor.saved(id, 'Ours', ({ options }) => isRight(options))).options;
	};
	const stateOf = async (vendor, id) => (await control.instances(vendor))[id]?.state;
	/** Saves pictures for people to look at: the page, and as wide as it takes to see all columns. */
	const picture = async (name) => {
		const { page, screenshot } = opened.session;
		const size = page.viewportSize();
		await screenshot(name, STILL);
		await page.setViewportSize({ ...size, width: 2 * size.width });
		await screenshot(`${name}, wide`, STILL);
		await page.setViewportSize(size);
	};

	it('takes a column that is pasted as one ID on each line', async () => {
		const parameters = terminateRecords([], { dryRun: true, failedTargets: 'return' });
		const id = await editor.openNew([{ name: 'Ours', node: 'unifier', parameters }]);
		await editor.openNode('Ours');
		await editor.paste('recordNumbers', `${ALL_RECORDS.join('\n')}\n`);
		const wanted = ({ recordNumbers }) => recordNumbers?.includes(NO_RECORD);
		const { recordNumbers } = await editor.saved(id, 'Ours', wanted);
		assert.deepEqual(recordNumbers.trim().split('\n'), ALL_RECORDS);
		await editor.execute();
		const rows = await editor.outputRows();
		assert.deepEqual(
			rows.map((row) => row.id),
			ALL_RECORDS,
		);
	});

	it('Failed Targets: Return as Items puts every target on the one output, the failed ones with a hint', async () => {
		const saved = await open('unifier', terminateRecords(ALL_RECORDS));
		await editor.addToCollection('Failed Targets');
		assert.equal(await editor.chosen('failedTargets'), 'Fail the Node', 'when added');
		const { names, cut } = await editor.chooseOption('failedTargets', 'Return as Items');
		assert.deepEqual([names, cut], [['Fail the Node', 'Return as Items'], []]);
		assert.equal((await saved(({ failedTargets }) => failedTargets === 'return')).failedTargets, 'return');
		await editor.execute();
		const rows = await editor.outputRows();
		await picture('failed targets as items');
		assert.deepEqual(
			rows.map(({ id, ok, outcome }) => [id, ok, outcome]),
			[
				['PL-0759', 'true', 'terminated'],
				['PL-0796', 'true', 'alreadyEnded'],
				['PL-2125', 'false', 'failed'],
				[NO_RECORD, 'false', 'notFound'],
			],
		);
		assert.match(rows[2].hint, /^A draft that was never sent cannot be ended/);
		assert.match(rows[3].hint, /^Check the record number/);
		assert.deepEqual(await editor.hints(), [
			{ text: '4 BP records: 1 terminated, 1 had already ended, 1 not found, 1 failed', isWarning: false },
		]);
		assert.equal(await stateOf('unifier', 'PL-0759'), 'terminated');
	});

	it('Expected Targets: another number sends nothing and says both, the right one ends them', async () => {
		const saved = await open('eightByEight', terminateWorkflows(RUNNING));
		await editor.addToCollection('Expected Targets');
		assert.equal((await saved(({ expectedTargets }) => expectedTargets === 1)).expectedTargets, 1);
		await editor.execute();
		const { message, lines } = await editor.failure();
		await picture('expected targets differ');
		assert.equal(
			message,
			"2 of 2 workflows were not terminated: the input contains 2 workflows, but 'Expected Targets' is set to 1",
		);
		assert.equal(lines.length, 2, lines.join('\n'));
		assert.deepEqual(await control.requests('eightByEight'), [], 'something was sent');

		await editor.addToCollection('Failed Targets');
		await editor.chooseOption('failedTargets', 'Return as Items');
		await editor.execute();
		const refused = await editor.outputRows();
		await picture('expected targets differ, as items');
		assert.deepEqual(
			refused.map(({ id, ok, outcome }) => [id, ok, outcome]),
			RUNNING.map((id) => [id, 'false', 'notSent']),
		);
		for (const row of refused) {
			assert.match(row.message, /the input contains 2 workflows, but 'Expected Targets' is set to 1$/);
		}
		assert.deepEqual(await control.requests('eightByEight'), [], 'something was sent');

		await editor.fillNumber('expectedTargets', 2);
		assert.equal((await saved(({ expectedTargets }) => expectedTargets === 2)).expectedTargets, 2);
		await editor.execute();
		const done = await editor.outputRows();
		assert.deepEqual(
			done.map(({ id, outcome }) => [id, outcome]),
			RUNNING.map((id) => [id, 'terminated']),
		);
	});

	it('Stop After Failures: the rest is not sent, and says why', async () => {
		const { ids } = await control.seed('enosBpm', REFUSED, { terminable: false });
		const saved = await open('enosBpm', terminateInstances(ids, { failedTargets: 'return' }));
		await editor.addToCollection('Stop After Failures');
		await editor.fillNumber('stopAfterFailures', FAILURES);
		const isSet = ({ stopAfterFailures }) => stopAfterFailures === FAILURES;
		assert.ok(isSet(await saved(isSet)));
		await editor.execute();
		const rows = await editor.outputRows();
		await picture('stopped after failures');
		assert.equal(rows.length, REFUSED);
		const failed = rows.filter(({ outcome }) => outcome === 'failed');
		const notSent = rows.filter(({ outcome }) => outcome === 'notSent');
		assert.equal(failed.length + notSent.length, REFUSED);
		assert.ok(failed.length >= FAILURES, `${failed.length} failed`);
		assert.ok(failed.length <= FAILURES + MAX_IN_FLIGHT, `${failed.length} failed`);
		for (const { message, ok } of notSent) {
			assert.equal(ok, 'false');
			assert.match(message, /\d process instances have failed, and 'Stop After Failures' is set to 3$/);
		}
		// Each ID once: the first requests of a node may come back for a login.
		const requests = await control.requests('enosBpm');
		const sent = ids.filter((id) => requests.some(({ url }) => url.includes(id)));
		assert.deepEqual(
			failed.map(({ id }) => id),
			sent,
		);
		assert.deepEqual(await editor.hints(), [
			{
				text: `${REFUSED} process instances: ${failed.length} failed, ${notSent.length} not sent`,
				isWarning: false,
			},
		]);
	});

	it('Dry Run, added and left as it comes: nothing ends, the table has the states and, last, the requests', async () => {
		const saved = await open('eightByEight', terminateWorkflows([...RUNNING, ENDED]));
		await editor.addToCollection('Dry Run');
		assert.equal((await saved(({ dryRun }) => dryRun !== undefined)).dryRun, true, 'when added');
		await editor.execute();
		const rows = await editor.outputRows();
		await picture('dry run');
		assert.deepEqual(
			rows.map(({ id, ok, outcome, currentState, vendorState }) => [
				id,
				ok,
				outcome,
				currentState,
				vendorState,
			]),
			[
				...RUNNING.map((id) => [id, 'true', 'dryRun', 'running', 'Runnable']),
				[ENDED, 'true', 'dryRun', 'ended', 'Terminated'],
			],
		);
		assert.deepEqual(
			rows.map(({ message }) => message),
			[
				...RUNNING.map((id) => `Workflow ${id} would be terminated`),
				`Nothing would change: workflow ${ENDED} has already ended`,
			],
		);
		assert.equal(Object.keys(rows[0]).at(-1), 'request');
		assert.match(rows[0].request, /^method:\s*PATCH/);
		assert.equal(rows[2].request, ABSENT, 'a request that would not be sent');
		assert.deepEqual(await editor.hints(), [
			{ text: 'Dry run of 3 workflows: 2 would be terminated, 1 would not change', isWarning: false },
		]);
		for (const id of RUNNING) assert.equal(await stateOf('eightByEight', id), 'running');
		const written = (await control.requests('eightByEight')).filter(({ method }) => method !== 'GET');
		assert.deepEqual(written, [], 'something was sent');
	});

	it('the summary is a warning where the result of a target is unknown', async () => {
		const { ids } = await control.seed('enosBpm', 3, {});
		// EnOS says that it has ended this one, and it goes on.
		const accepted = JSON.stringify({ code: 0, msg: 'OK', data: true });
		await control.arm('enosBpm', [
			{ kind: 'status', status: 200, method: 'POST', path: ids[1], body: accepted },
		]);
		await open('enosBpm', terminateInstances(ids), { onError: 'continueErrorOutput' });
		await editor.addToCollection('Verify');
		await editor.toggle('verify');
		await editor.execute();
		await editor.outputRows();
		await picture('summary with an unknown result');
		assert.deepEqual(await editor.hints(), [
			{ text: '3 process instances: 2 terminated, 1 with an unknown result', isWarning: true },
		]);
		assert.equal(await stateOf('enosBpm', ids[1]), 'running');
	});
});
