import { inRow, ours, START } from '../../../demo/workflow.mjs';

/**
 * Saves a workflow that terminates Bitrix24 workflows with a credential.
 *
 * @param {import('../../../demo/n8n.mjs').N8n} n8n signed in
 * @param {{ id: string, name: string, type: string }} credential
 * @param {string[]} workflowIds of Bitrix24
 */
export async function terminating(n8n, credential, workflowIds) {
	const terminate = ours({
		system: 'bitrix24',
		credential,
		name: 'Terminate',
		parameters: {
			authentication: 'oAuth2',
			resource: 'workflow',
			operation: 'terminate',
			workflowId: workflowIds.join('\n'),
			options: {},
		},
	});
	const { id, name } = await n8n.json('POST', '/rest/workflows', {
		name: `Terminate ${workflowIds.join(', ')}`,
		...inRow([START, terminate]),
		settings: {},
		active: false,
	});
	return { id, name, trigger: START.name };
}

/** The newest credential of the type. @param {import('../../../demo/n8n.mjs').N8n} n8n */
export async function newestCredential(n8n, type) {
	const all = await n8n.json('GET', '/rest/credentials');
	const [newest] = all
		.filter((credential) => credential.type === type)
		.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
	return newest;
}
