import type { IDataObject } from 'n8n-workflow';

import { MODES } from '../../../engine/commandSuite';
import type { NodeResult } from '../../../engine/engine';
import { credentialsOf, stateOf } from '../../../engine/sandboxes';
import { outcomesOf, PATHS, Portal, toldOf, WEBHOOK } from '../harness';
import type { Options } from '../harness';

const KILL = 'bizproc.workflow.kill';
const CONFIRMED = { confirmDeletion: true };

describe('Bitrix24: Kill', () => {
	const portal = new Portal();
	const { vendor } = portal;

	const kill = async (workflowId: unknown, options: Options = {}): Promise<NodeResult> =>
		await portal.kill(workflowId, { parameters: CONFIRMED, ...options });
	/** The rows of a list as the portal shows them. */
	const rowsOf = async (method: string, body: object): Promise<IDataObject[]> => {
		const { webhookUrl } = credentialsOf(vendor, WEBHOOK);
		const response = await fetch(`${String(webhookUrl)}${method}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return ((await response.json()) as { result: IDataObject[] }).result;
	};
	const tasksOf = async (id: string) => await rowsOf('bizproc.task.list', { FILTER: { WORKFLOW_ID: id } });
	const listed = async (id: string) => await rowsOf('bizproc.workflow.instances', { FILTER: { ID: id } });

	describe('without a confirmation', () => {
		describe.each(PATHS)('%s', (path) => {
			it.each(MODES)('sends nothing and says why, with On Error at %s', async (onError) => {
				const ids = portal.seed(2, {});
				const result = await portal.kill(ids, { path, onError, parameters: { confirmDeletion: false } });
				const [item] = [...result.success, ...result.errors];
				const { message, hint } =
					onError === 'stopWorkflow'
						? { message: result.error?.message, hint: result.error?.description }
						: { message: item?.json['message'], hint: (item?.json['details'] as IDataObject)['hint'] };
				expect(message).toBe(
					"The parameter 'Confirm Deletion' is off, but Kill deletes workflows together with their history [item 0]",
				);
				expect(hint).toMatch(/^Turn it on .*'Dry Run'/);
				expect(vendor.journal.list()).toEqual([]);
				expect(ids.map((id) => stateOf(vendor, id))).toEqual(['running', 'running']);
			});

			it.each(['true', '={{ "true" }}', '={{ undefined }}', '={{ $json.missing }}', '={{ 1 }}'])(
				'sends nothing when it is %p',
				async (confirmDeletion) => {
					const [id] = portal.seed(1, {});
					const result = await portal.kill(id, { path, parameters: { confirmDeletion } });
					expect(result.error?.message).toContain("'Confirm Deletion' must be true or false");
					expect(vendor.journal.list()).toEqual([]);
				},
			);

			it('may be tried as a dry run, which asks and changes nothing', async () => {
				const ids = portal.seed(2, { tasks: 1 });
				const result = await portal.kill(ids, { path, parameters: { options: { dryRun: true } } });
				expect(result.success.map(({ json }) => [json['outcome'], json['message']])).toEqual(
					ids.map((id) => ['dryRun', `Workflow ${id} would be killed`]),
				);
				expect(portal.calls()).toEqual(['2 × bizproc.workflow.instances']);
				expect(ids.map((id) => stateOf(vendor, id))).toEqual(['running', 'running']);
			});
		});

		it('is refused by default', async () => {
			const [id] = portal.seed(1, {});
			const result = await portal.kill(id);
			expect(result.error?.message).toContain("'Confirm Deletion' is off");
			expect(vendor.journal.list()).toEqual([]);
		});

		it('deletes what other items confirm, and only that', async () => {
			const ids = portal.seed(3, {});
			const items = ids.map((id, item) => ({ id, sure: item !== 1 }));
			const result = await portal.kill('={{ $json.id }}', {
				items,
				parameters: { confirmDeletion: '={{ $json.sure }}' },
				onError: 'continueErrorOutput',
			});
			expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
			expect(result.errors.map(({ json }) => json['message'])).toEqual([
				expect.stringMatching(/'Confirm Deletion' is off.* \[item 1\]$/),
			]);
			expect(ids.map((id) => stateOf(vendor, id))).toEqual(['killed', 'running', 'killed']);
		});
	});

	it.each(PATHS)(
		'deletes the workflow with its tasks and history, by the documented request (%s)',
		async (path) => {
			const [id, bystander] = portal.seed(2, { tasks: 2, taskStatus: 1 }) as [string, string];
			expect(await tasksOf(id)).toHaveLength(2);
			vendor.journal.clear();
			const result = await kill(id, { path });
			expect(result.success).toEqual([
				{
					json: { id, ok: true, outcome: 'killed', message: `Workflow ${id} was killed`, attempts: 1 },
					pairedItem: { item: 0 },
				},
			]);
			expect(vendor.journal.list()).toMatchObject([
				{ method: 'POST', url: `/rest/1/***/${KILL}`, body: JSON.stringify({ ID: id }) },
			]);
			expect([stateOf(vendor, id), portal.title(id)]).toEqual(['killed', '']);
			expect(await tasksOf(id)).toEqual([]);
			expect(await listed(id)).toEqual([]);
			expect([stateOf(vendor, bystander), (await tasksOf(bystander)).length]).toEqual(['running', 2]);
		},
	);

	it('puts 50 into a request, and may be run again', async () => {
		const ids = portal.seed(60, {});
		expect(outcomesOf(await kill(ids))).toEqual(ids.map(() => 'killed'));
		expect(portal.calls()).toEqual([`50 × ${KILL}`, `10 × ${KILL}`]);
		const again = await kill(ids);
		expect(again.error).toBeUndefined();
		expect(outcomesOf(again)).toEqual(ids.map(() => 'notRunning'));
		expect(portal.counters()).toMatchObject({ kills: 60, terminates: 0, notFound: 60 });
	});

	it('claims no deletion when its answer was lost', async () => {
		const [id] = portal.seed(1, {});
		portal.arm({ kind: 'reset', when: 'after', path: KILL });
		const result = await kill(id);
		expect(result.success[0]?.json).toMatchObject({
			outcome: 'notRunning',
			maybeByThisRun: true,
			attempts: 1,
			message: expect.stringMatching(/a later check did not find it running$/),
		});
		expect(portal.calls()).toEqual([KILL, 'bizproc.workflow.instances']);
	});

	it('is sent again, and nothing else in its place, where it was lost before it ran', async () => {
		const ids = portal.seed(2, {});
		portal.arm({ kind: 'html', status: 504, path: 'batch' });
		const result = await kill(ids);
		expect(toldOf(result).map(({ outcome, attempts }) => [outcome, attempts])).toEqual(
			ids.map(() => ['killed', 2]),
		);
		expect(portal.calls()).toEqual([`2 × ${KILL}`, '2 × bizproc.workflow.instances', KILL, KILL]);
	});

	it('is never what becomes of a terminate that Bitrix24 objects to', async () => {
		const [id] = portal.seed(1, { error: 'Activity A cannot be cancelled' });
		await portal.terminate(id);
		expect(portal.calls()).not.toContain(KILL);
	});

	it.each([
		['webhookNotAdmin', {}, 'only a Bitrix24 administrator may end workflows'],
		[WEBHOOK, { error: 'No' }, 'Bitrix24 refused to end it'],
	])('tells why one was not killed: %s, %p', async (key, seed, reason) => {
		const [id] = portal.seed(1, seed);
		const one = await kill(id, { key });
		expect(one.error?.message).toContain(`Workflow ${id} was not killed: ${reason} (`);
		expect(stateOf(vendor, id!)).toBe('running');
	});

	it('counts those that were not killed', async () => {
		const ids = portal.seed(2, {});
		const result = await kill(ids, { key: 'webhookNotAdmin' });
		expect(result.error?.message).toBe(
			'2 of 2 workflows were not killed: only a Bitrix24 administrator may end workflows (code ACCESS_DENIED: "Access denied!")',
		);
	});
});
