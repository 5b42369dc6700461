/**
 * Saves a workflow that terminates Bitrix24 workflows with a credential.
 *
 * @param {import('../../../demo/n8n.mjs').N8n} n8n signed in
 * @param {{ id: string, name: string }} credential
 * @param {string[]} workflowIds of Bitrix24
 */
export async function terminating(n8n, credential, workflowIds) {
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 };
	const terminate = {
		name: 'Terminate',
		type: 'n8n-nodes-terminate.bitrix24',
		typeVersion: 1,
		parameters: {
			authentication: 'oAuth2',
			resource: 'workflow',
			operation: 'terminate',
			workflowId: workflowIds.join('\n'),
			options: {},
		},
		credentials: { bitrix24BizprocOAuth2Api: { id: credential.id, name: credential.name } },
	};
	const { id, name } = await n8n.json('POST', '/rest/workflows', {
		name: `Terminate ${workflowIds.join(', ')}`,
		nodes: [start, terminate].map((node, index) => ({
			parameters: {},
			...node,
			id: `node-${index}`,
			position: [index * 240, 0],
		})),
		connections: { Start: { main: [[{ node: 'Terminate', type: 'main', index: 0 }]] } },
		settings: {},
		active: false,
	});
	return { id, name, trigger: 'Start' };
}

/** The newest credential of the type. @param {import('../../../demo/n8n.mjs').N8n} n8n */
export async function newestCredential(n8n, type) {
	const all = await n8n.json('GET', '/rest/credentials');
	const [newest] = all
		.filter((credential) => credential.type === type)
		.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
	return newest;
}
