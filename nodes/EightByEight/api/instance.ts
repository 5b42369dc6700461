import type { Target } from '../../core/commands/target';
import { encodeForUrl } from '../../core/http/messages';

/** The verbs of "Update workflow instance status". */
export type WorkflowCommand = 'terminate' | 'suspend' | 'resume';

/** The states of an instance ("Get instance", field `status`): capitalised words, unlike the verbs of commands. */
export type InstanceState = 'Runnable' | 'Suspended' | 'Complete' | 'Terminated';

/** What 8x8 needs beside the workflow (instance) ID. */
export interface WorkflowSettings {
	definitionId: string;
}

/** How workflow instances are named in sentences for people. */
export const THINGS = { vendor: '8x8', singular: 'workflow', plural: 'workflows' } as const;

/** 8x8 documents no limit for this API; five is polite and still fast. */
export const REQUESTS_IN_FLIGHT = 5;

/** Where one instance is read and told what to do ("Get instance", "Update workflow instance status"). */
export function instancePath({ definitionId }: WorkflowSettings, workflowId: string): string {
	return `/definitions/${encodeForUrl(definitionId)}/workflows/${encodeForUrl(workflowId)}`;
}

/** The same for a target of a command. */
export function pathOf(target: Target<WorkflowSettings> | undefined): string {
	return instancePath(target?.settings ?? { definitionId: '' }, target?.id ?? '');
}
