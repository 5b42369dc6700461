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
];
