import type { INode } from 'n8n-workflow';

/**
 * Whether a model reads what the node says, and of an error its message alone. n8n gives the tool that it makes of a node
 * a type of its own.
 */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}
