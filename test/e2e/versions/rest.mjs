import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { unflatten } from '../../../demo/unflatten.mjs';

const EXECUTION_MS = 60_000;
const POLL_MS = 200;
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/**
 * Saves a workflow as the editor does on import, and runs it as the editor's button does. Up to n8n 2.0 the editor sends the
 * workflow along when it runs it; later versions take no notice of that.
 *
 * @param {import('../../../demo/n8n.mjs').N8n} n8n
 * @param {{ name: string, nodes: object[], connections: object, pinData?: object, settings?: object }} workflow
 * @param {string} trigger
 * @returns {Promise<Run>}
 */
export async function importAndRun(n8n, { name, nodes, connections, pinData, settings = {} }, trigger) {
	const workflow = { name, nodes, connections, pinData, settings, active: false };
	const saved = await n8n.json('POST', '/rest/workflows', workflow);
	const body = { workflowData: saved, triggerToStartFrom: { name: trigger } };
	const { executionId } = await n8n.json('POST', `/rest/workflows/${saved.id}/run`, body);
	return await endOf(n8n, executionId, name);
}

/**
 * What became of an execution.
 *
 * @typedef {object} Run
 * @property {string} status
 * @property {{ message: string, description?: string } | undefined} error
 * @property {(nodeName: string, output?: number) => object[]} items what a node put out, as n8n shows it
 */
async function endOf(n8n, executionId, name) {
	const deadline = Date.now() + EXECUTION_MS;
	while (Date.now() < deadline) {
		const { status, data } = await n8n.json('GET', `/rest/executions/${executionId}`);
		// Older versions write the state a moment before the data.
		const resultData = ENDED.includes(status) ? unflatten(data)?.resultData : undefined;
		if (resultData) {
			return {
				status,
				error: resultData.error,
				items: (nodeName, output = 0) =>
					(resultData.runData[nodeName] ?? []).flatMap((run) => run.data?.main?.[output] ?? []),
			};
		}
		await sleep(POLL_MS);
	}
	return assert.fail(`The workflow "${name}" did not end within ${EXECUTION_MS / 1000} seconds`);
}

/**
 * Tests a credential as the editor's button does.
 *
 * @returns {Promise<{ status: string, message: string }>} status: OK or Error
 */
export async function testCredential(n8n, { id, name, type }, data) {
	return await n8n.json('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
}
