import { invokeAsTool } from '../../../engine/engine';
import { credentialsOf, stateOf, useVendor } from '../../../engine/sandboxes';
import { createEightByEight } from '../../../sandbox/vendors/eightByEight/index.ts';

const UNKNOWN = '60dbe307fe55d99fc083dead';

describe('a node that is called as a tool, without an agent', () => {
	const vendor = useVendor(createEightByEight);

	const invoke = async (calls: Array<{ ids: string }>, options = {}, executionId?: string) =>
		await invokeAsTool(
			{
				node: 'eightByEight',
				parameters: {
					resource: 'workflow',
					operation: 'terminate',
					definitionId: { __rl: true, mode: 'id', value: '5870442f-3ddd-4657-b74c-6e17308f5230' },
					workflowId: "={{ $fromAI('ids', 'IDs of the workflows') }}",
					options,
				},
				credentials: { eightByEightAutomationApi: credentialsOf(vendor, 'eightByEightAutomationApi') },
			},
			calls,
			executionId,
		);

	it('ends what it is given and tells of each', async () => {
		const ids = vendor.emulator.seed(3, {});
		const [one, two] = await invoke([{ ids: ids[0]! }, { ids: ids.slice(1).join(',') }]);
		expect(one).toMatchObject({
			status: 'fulfilled',
			value: expect.stringContaining(`${ids[0]} was terminated`),
		});
		expect(two).toMatchObject({
			status: 'fulfilled',
			value: expect.stringContaining(`${ids[2]} was terminated`),
		});
		expect(ids.map((id) => stateOf(vendor, id))).toEqual(['terminated', 'terminated', 'terminated']);
	});

	it('ends no more than the maximum in all calls of an execution, however many they are', async () => {
		const ids = vendor.emulator.seed(40, {});
		const results = await invoke(
			ids.map((id) => ({ ids: id })),
			{ maxTargets: 3 },
			'many',
		);
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
		expect(ids.filter((id) => stateOf(vendor, id) === 'terminated')).toHaveLength(3);
		const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
		expect((refused.reason as Error).message).toContain("'Maximum Targets' allows only 3 in total");
		const [again] = await invoke([{ ids: ids[39]! }], { maxTargets: 3 }, 'another');
		expect(again?.status).toBe('fulfilled');
	});

	it('does not count a dry run, nor what had ended before', async () => {
		const ids = vendor.emulator.seed(3, {});
		await invoke(
			ids.map((id) => ({ ids: id })),
			{ maxTargets: 1, dryRun: true },
			'dry',
		);
		const results = await invoke([{ ids: ids[0]! }], { maxTargets: 1 }, 'dry');
		expect(results.map(({ status }) => status)).toEqual(['fulfilled']);
		const ended = await invoke([{ ids: ids[0]! }], { maxTargets: 1 }, 'ended');
		const other = await invoke([{ ids: ids[1]! }], { maxTargets: 1 }, 'ended');
		expect([...ended, ...other].map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
	});

	// Every call is one of its own, although n8n gives all of them the data of the node that calls.
	it('says which and why when it fails, and fails no other call', async () => {
		const [id] = vendor.emulator.seed(1, {});
		const [bad, good] = await invoke([{ ids: UNKNOWN }, { ids: id! }]);
		expect(good).toMatchObject({
			status: 'fulfilled',
			value: expect.stringContaining(`${id} was terminated`),
		});
		expect(bad?.status).toBe('rejected');
		const { message } = (bad as PromiseRejectedResult).reason as Error;
		expect(message).toContain(`Workflow ${UNKNOWN} was not found`);
	});
});
