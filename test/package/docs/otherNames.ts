/**
 * The names in bold that are not ours: n8n's own, and those of the vendors' screens. Each with where it is to be seen. A
 * name that is in none of our nodes and not here is a slip of the pen.
 */
export const OTHER_NAMES: ReadonlyArray<readonly [name: string, where: string]> = [
	// n8n: the settings of every node
	['On Error', 'a node’s settings'],
	['Stop Workflow', 'a node’s settings, On Error'],
	['Continue', 'a node’s settings, On Error'],
	['Continue (using error output)', 'a node’s settings, On Error'],
	['Retry On Fail', 'a node’s settings'],
	['Always Output Data', 'a node’s settings'],
	// n8n: its menus and pages
	['Settings', 'the menu of an instance, and the second tab of a node'],
	['Community nodes', 'Settings'],
	['Install', 'Settings > Community nodes'],
	['Execute Once', 'a node’s settings'],
	// n8n: the panels of a node
	['Execute step', 'the button of a node'],
	['Add option', 'the button below the options of a node'],
	['Add criterion', 'the button below Filter Criteria'],
	['Open Edit Window', 'the button beside a text field'],
	['Error details', 'the output panel of a node that failed'],
	['Error data', 'Error details'],
	// n8n: executions and their list
	['Running', 'the list of executions'],
	['Error', 'the list of executions'],
	['Crashed', 'the list of executions'],
	['Retry', 'the list of executions'],
	// n8n: the menu of a workflow
	['Import', 'the menu of a workflow'],
	['From file', 'the menu of a workflow, Import'],
	// n8n: OAuth2 credentials
	['OAuth Redirect URL', 'a credential for OAuth2'],
	['Client ID', 'a credential for OAuth2'],
	['Client Secret', 'a credential for OAuth2'],
	['Connect', 'a credential for OAuth2'],
	['Switch account', 'a credential for OAuth2 that is connected'],
	// n8n: nodes, and their fields
	['HTTP Request', 'the node panel'],
	['Filter', 'the node panel'],
	['Wait', 'the node panel'],
	['Stop and Error', 'the node panel'],
	['Edit Fields (Set)', 'the node panel'],
	['Include Other Input Fields', 'Edit Fields (Set)'],
	['Read/Write Files from Disk', 'the node panel'],
	['Extract from File', 'the node panel'],
	['Extract From CSV', 'the operations of Extract from File'],
	['Extract From XLSX', 'the operations of Extract from File'],
	['Convert to File', 'the node panel'],
	['Convert to CSV', 'the operations of Convert to File'],
	['Convert to XLSX', 'the operations of Convert to File'],
	['Send Email', 'the node panel'],
	['Attachments (File)', 'the options of Send Email'],
	['Attachments', 'the options of Send Email, in older versions'],
	['When Last Node Finishes', 'Respond, in a Webhook node'],
	// n8n: AI agents
	['AI Agent', 'the node panel'],
	['MCP Server Trigger', 'the node panel'],
	['OpenAI Chat Model', 'the node panel'],
	['Extra Body', 'the options of OpenAI Chat Model'],
	['Tool', 'the connector of AI Agent'],
	['Human review', 'the node panel, at the connector for tools'],
	['Approve and Disapprove', 'a step for human review'],
	['Tool Description', 'a tool'],
	['Set Manually', 'Tool Description of a tool'],
	// EnOS
	['Help', 'EnOS Management Console'],
	['Environment Information', 'EnOS Management Console, Help'],
	['Application Registration', 'EnOS Management Console'],
	['Access Key', 'a registered application'],
	['Secret Key', 'a registered application'],
	// Unifier
	['Company Workspace', 'the tabs of Unifier'],
	['Admin', 'the modes of Unifier, and a module of its rights'],
	['User Administration', 'the Admin mode of Unifier'],
	['Integration Users', 'User Administration of Unifier'],
	['Create', 'Integration Users of Unifier; the form of a webhook of Bitrix24'],
	['Update', 'the rights of a Unifier integration user'],
	['Business Process Services', 'the rights of a Unifier integration user'],
	['Company level (no project)', 'the first entry of our list of projects'],
	// Bitrix24
	['Applications', 'the menu of Bitrix24'],
	['Developer resources', 'Applications of Bitrix24'],
	['Common use cases', 'Developer resources of Bitrix24'],
	['Inbound webhook', 'Common use cases of Bitrix24'],
	['Local application', 'Common use cases of Bitrix24'],
	['Assign permissions', 'the form of a webhook of Bitrix24'],
	['Business processes (bizproc)', 'the permissions of Bitrix24'],
	// 8x8
	['Create API Key', 'API Keys of 8x8 Connect'],
];
