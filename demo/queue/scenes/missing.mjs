import { pathOf } from '../cleanups.mjs';
import { inInstances, unless } from '../differences.mjs';
import { ended, executionsOf, reportOf, retry } from '../executions.mjs';

const WITHIN_MS = 60_000;
const MESSAGE = /Unrecognized node type: n8n-nodes-terminate\.bitrix24/;

/** An execution on a worker without this package, and then the same call on a worker that has it. */
export async function missing({ n8n, control, workflows, workers, makeWorker }) {
	const [, packaged] = workers;
	await packaged.stop();
	const bare = await makeWorker({ name: 'worker-without', packaged: false });
	await bare.start();
	const { ids } = await control.seed('bitrix24', 1);
	const before = await control.instances('bitrix24');
	const earlier = (await executionsOf(n8n, workflows.bitrix24)).map(({ id }) => id);
	await n8n.callWebhook(pathOf('bitrix24'), {}, { ids });
	const [failed] = await ended(n8n, workflows.bitrix24, { before: earlier, count: 1, withinMs: WITHIN_MS });
	const { error } = await reportOf(n8n, failed.id);
	const untouched = inInstances(before, await control.instances('bitrix24'), []);
	await bare.stop();
	await packaged.start();
	const retried = await retry(n8n, failed.id);
	const after = [...earlier, failed.id, retried.id];
	await n8n.callWebhook(pathOf('bitrix24'), {}, { ids });
	const [again] = await ended(n8n, workflows.bitrix24, { before: after, count: 1, withinMs: WITHIN_MS });
	return {
		found: [
			...unless(failed.status === 'error', `n8n says ${failed.status} of the execution, expected error`),
			...unless(MESSAGE.test(error?.message), `n8n says: ${error?.message}`),
			...untouched,
			...unless(again.status === 'success', `The same call on a worker that has it: ${again.status}`),
			...inInstances(before, await control.instances('bitrix24'), ids),
		],
		summary: [
			`a worker without it: the execution fails with "${error?.message}", and nothing is sent`,
			`on a worker that has it: Retry ends with ${retried.status}, because n8n no longer has the input; the same call again with ${again.status}`,
		],
	};
}
