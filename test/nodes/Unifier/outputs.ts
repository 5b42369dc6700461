import type { IDataObject } from 'n8n-workflow';

import type { Outputs } from '../../package/outputs';
import { place } from './harness';

/** What the operations of Unifier put out; the elements of a record that are not asked for by name depend on the customer. */
const bpRecord: Outputs = {
	node: 'unifier',
	folder: 'Unifier',
	resource: 'bpRecord',
	credentialType: 'unifierApi',
	async collect({ emulator, faults }, run) {
		const where = place('Punchlist');
		const running = emulator.seed(3, {});
		const ended = emulator.seed(1, { state: 'terminated' });
		const all = [...running, ...ended];
		const getAll = await run('getAll', { ...where, returnAll: true });
		const get = await run('get', { ...where, recordNumber: all });
		const end = async (ids: string[], options: IDataObject): Promise<IDataObject[]> =>
			await run('terminate', { ...where, recordNumbers: ids, options });
		const dry = await end(all, { dryRun: true });
		// An answer that gets lost makes the node send the command again, and say that it may have been this run.
		faults.arm([{ kind: 'reset', when: 'after', method: 'PUT' }]);
		const [first = '', ...others] = running;
		const lost = await end([first], {});
		const wet = await end([...others, ...ended], { verify: true });
		const unknown = await end(['PL-0800666'], { ignoreNotFound: true });
		return { get, getAll, terminate: [...lost, ...wet, ...unknown, ...dry] };
	},
};

export const outputs: readonly Outputs[] = [bpRecord];
