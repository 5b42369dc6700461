import type { IDataObject } from 'n8n-workflow';

import { asText } from '../../core/http/messages';
import type { JsonRecord } from '../../core/http/messages';

/** How an instance is to be shown. */
export interface Showing {
	definitionId: string;
	isSimple: boolean;
}

/**
 * An instance as the user sees it, with the commands' parameters under their own names. Simplified it leaves out `data`,
 * which holds phone numbers, names and messages; the step log, where there is one, has nothing personal ("Get instance").
 */
export function showInstance(instance: JsonRecord, { definitionId, isSimple }: Showing): IDataObject {
	const workflowId = asText(instance['workflowId']) ?? '';
	const ids = { id: workflowId, workflowId, definitionId: asText(instance['definitionId']) ?? definitionId };
	// Our names come first, and are not overwritten.
	if (!isSimple) return { ...ids, ...instance, ...ids };
	const { version, logs } = instance;
	return {
		...ids,
		version: typeof version === 'number' ? version : null,
		status: asText(instance['status']) ?? null,
		startedAt: asText(instance['startedAt']) ?? null,
		completedAt: asText(instance['completedAt']) ?? null,
		...(logs !== undefined && { logs }),
	};
}
