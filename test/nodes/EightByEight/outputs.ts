import type { IDataObject } from 'n8n-workflow';

import type { Outputs } from '../../package/outputs';

/** The first definition that the emulator knows. */
const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** The verbs of the status command, and a state in which each may be sent. */
const COMMANDS = { resume: 'Suspended', suspend: 'Runnable', terminate: 'Runnable' };

/** What the operations of 8x8 put out. */
const workflow: Outputs = {
	node: 'eightByEight',
	folder: 'EightByEight',
	resource: 'workflow',
	credentialType: 'eightByEightAutomationApi',
	async collect({ emulator, faults }, run) {
		const where = { definitionId: { __rl: true, mode: 'id', value: DEFINITION } };
		const collected: Record<string, IDataObject[]> = {};
		for (const [command, state] of Object.entries(COMMANDS)) {
			const ready = emulator.seed(3, { definitionId: DEFINITION, state });
			const [suspended = ''] = emulator.seed(1, { definitionId: DEFINITION, state: 'Suspended' });
			const [running = ''] = emulator.seed(1, { definitionId: DEFINITION, state: 'Runnable' });
			const ended = emulator.seed(1, { definitionId: DEFINITION, state: 'Complete' });
			const send = async (workflowId: string[], options: IDataObject): Promise<IDataObject[]> =>
				await run(command, { ...where, workflowId, options });
			const dry = await send([...ready, ...ended], { dryRun: true });
			// An answer that gets lost makes the node ask, and say that it may have been this run.
			faults.arm([{ kind: 'reset', when: 'after', method: 'PATCH' }]);
			const [first = '', ...others] = ready;
			const lost = await send([first], {});
			const wet = await send([...others, ...ended, suspended, running], { verify: true });
			const unknown = await send(['60dbe777fe55d99fc083dbff'], { ignoreNotFound: true });
			collected[command] = [...lost, ...wet, ...unknown, ...dry];
		}
		collected['getAll'] = await run('getAll', {
			...where,
			returnAll: true,
			filters: { status: ['Complete', 'runningOrSuspended', 'Terminated'] },
		});
		const workflowId = (collected['getAll'] ?? []).map(({ id }) => String(id));
		const [live] = emulator.seed(1, { definitionId: DEFINITION });
		const [faulted] = emulator.seed(1, { definitionId: DEFINITION, state: 'Terminated', errors: [{}] });
		const get = await run('get', { ...where, workflowId });
		collected['get'] = [
			...get,
			...(await run('get', { ...where, workflowId: live!, includeLogs: true })),
			...(await run('get', { ...where, workflowId: faulted!, includeErrors: true, includeLogs: true })),
		];
		return collected;
	},
};

/** What the operations on definitions put out. */
const definition: Outputs = {
	...workflow,
	resource: 'definition',
	async collect(_vendor, run) {
		return { getAll: await run('getAll', { returnAll: true }) };
	},
};

export const outputs: readonly Outputs[] = [workflow, definition];
