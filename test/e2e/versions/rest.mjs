/**
 * The result of an execution.
 *
 * @typedef {object} Run
 * @property {string} status
 * @property {{ message: string, description?: string, failure?: { cause: string } } | undefined} error
 * @property {(nodeName: string, output?: number) => object[]} items the output of a node, as n8n shows it
 * @property {(nodeName: string) => Array<{ message: string, type?: string }>} hints what n8n shows above the output of a node
 */

/**
 * Saves a workflow as the editor does on import, and runs it as the editor's button does. Up to n8n 2.0 the editor sends the
 * workflow with the request to run it; later versions ignore that.
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
	const { status, resultData } = await n8n.ended(executionId);
	return {
		status,
		error: resultData.error,
		items: (nodeName, output = 0) =>
			(resultData.runData[nodeName] ?? []).flatMap((run) => run.data?.main?.[output] ?? []),
		hints: (nodeName) => (resultData.runData[nodeName] ?? []).flatMap((run) => run.hints ?? []),
	};
}

/**
 * Tests a credential as the editor's button does.
 *
 * @returns {Promise<{ status: string, message: string }>} status: OK or Error
 */
export async function testCredential(n8n, { id, name, type }, data) {
	return await n8n.json('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
}
