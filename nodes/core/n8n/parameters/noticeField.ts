import type { INodeProperties } from 'n8n-workflow';

/** A notice in the form of an operation, such as that it cannot be undone. It holds no value. */
export function noticeField(name: string, text: string): INodeProperties {
	return { displayName: text, name, type: 'notice', default: '' };
}
