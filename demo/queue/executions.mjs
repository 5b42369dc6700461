import { eventually } from '../eventually.mjs';
import { UserError } from '../userError.mjs';
import { NODE } from './cleanups.mjs';

const OPEN = ['new', 'running'];
/** The most executions that n8n lists on a page. */
const PAGE = 100;

/** The latest executions of a workflow, without their data. */
export async function executionsOf(n8n, workflowId) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	return (await n8n.json('GET', `/rest/executions?limit=${PAGE}&filter=${filter}`)).results;
}

/**
 * Waits until `count` new executions of a workflow have ended, and returns them.
 *
 * @param {object} options
 * @param {string[]} options.before the IDs of the earlier executions, which do not count
 * @param {number} options.count at most 100
 * @param {number} options.withinMs
 */
export async function ended(n8n, workflowId, { before, count, withinMs }) {
	const ask = async () => (await executionsOf(n8n, workflowId)).filter(({ id }) => !before.includes(id));
	const endedOf = (latest) => latest.filter(({ status }) => !OPEN.includes(status)).length;
	const areAll = (latest) => latest.length >= count && endedOf(latest) === latest.length;
	const latest = await eventually(ask, areAll, withinMs);
	if (areAll(latest)) return latest;
	throw new UserError(
		`${endedOf(latest)} of ${count} executions had ended after ${withinMs / 1000} seconds.`,
	);
}

/** What our node reported in an execution, and the error if one ended it. */
export async function reportOf(n8n, executionId) {
	const { resultData } = await n8n.execution(executionId);
	const runs = resultData.runData[NODE] ?? [];
	const outcomes = runs.flatMap(({ data }) => data?.main?.flat() ?? []).map(({ json }) => json);
	return { outcomes, error: resultData.error };
}

/** Does what Retry in the list of executions does, and returns the new execution. */
export async function retry(n8n, executionId) {
	return await n8n.json('POST', `/rest/executions/${executionId}/retry`, { loadWorkflow: false });
}
