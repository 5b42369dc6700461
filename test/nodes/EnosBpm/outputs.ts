import type { IDataObject } from 'n8n-workflow';

import type { Outputs } from '../../package/outputs';

/** What the operations of EnOS BPM put out. */
const processInstance: Outputs = {
	node: 'enosBpm',
	folder: 'EnosBpm',
	resource: 'processInstance',
	credentialType: 'enosBpmApi',
	async collect({ emulator, faults }, run) {
		const running = emulator.seed(4, {});
		const ended = emulator.seed(1, { state: 'terminated' });
		const completed = emulator.seed(1, { state: 'completed' });
		const processInstanceId = [...running, ...ended];
		const listed = ['inProgress', 'completed', 'terminated'].map(
			async (processStatus) => await run('getAll', { returnAll: true, filters: { processStatus } }),
		);
		const getAll = (await Promise.all(listed)).flat();
		const get = await run('get', { processInstanceId: [...processInstanceId, ...completed] });
		const end = async (ids: string[], options: IDataObject): Promise<IDataObject[]> =>
			await run('terminate', { processInstanceId: ids, deleteReason: 'Shown', options });
		const dry = await end(processInstanceId, { dryRun: true });
		// An answer that gets lost makes the node ask, and say that it may have been this run.
		faults.arm([{ kind: 'reset', when: 'after', method: 'POST', path: 'action=delete' }]);
		const wet = await end(processInstanceId, { verify: true });
		const unknown = await end(['nobody'], { ignoreNotFound: true });
		return { get, getAll, terminate: [...wet, ...unknown, ...dry] };
	},
};

export const outputs: readonly Outputs[] = [processInstance];
