import type { IDataObject } from 'n8n-workflow';

import type { Outputs } from '../../package/outputs';

/** What the operations of Bitrix24 put out. */
const workflow: Outputs = {
	node: 'bitrix24',
	folder: 'Bitrix24',
	resource: 'workflow',
	credentialType: 'bitrix24BizprocWebhookApi',
	async collect({ emulator, faults }, run) {
		const common = { authentication: 'webhook' };
		const collected: Record<string, IDataObject[]> = {};
		for (const command of ['kill', 'terminate']) {
			emulator.configure({ rateLimit: 'off' });
			const running = emulator.seed(3, {});
			const ended = emulator.seed(1, { state: 'completed' });
			const workflowId = [...running, ...ended];
			const end = async (ids: string[], options: IDataObject): Promise<IDataObject[]> =>
				await run(command, { ...common, workflowId: ids, confirmDeletion: true, options });
			const dry = await end(workflowId, { dryRun: true });
			// An answer that gets lost makes the node ask, and say that it may have been this run.
			faults.arm([{ kind: 'reset', when: 'after' }]);
			const [first = '', ...others] = running;
			const lost = await end([first], {});
			const wet = await end([...others, ...ended], { verify: true });
			collected[command] = [...lost, ...wet, ...dry];
		}
		emulator.seed(2, { state: 'stuck', startedBy: 1 });
		emulator.seed(1, { state: 'running' });
		const listed = await run('getAll', { ...common, returnAll: true });
		collected['getAll'] = listed;
		collected['get'] = await run('get', { ...common, workflowId: listed.map(({ id }) => id) });
		return collected;
	},
};

export const outputs: readonly Outputs[] = [workflow];
