import type { Target } from '../../termination/target';
import { encodeForUrl } from '../../termination/wire';

/** What 8x8 needs beside the workflow (instance) ID. */
export interface WorkflowSettings {
	definitionId: string;
}

/** Where one instance is read and told what to do ("Get instance", "Update workflow instance status"). */
export function instancePath(target: Target<WorkflowSettings> | undefined): string {
	return `/definitions/${encodeForUrl(target?.settings.definitionId ?? '')}/workflows/${encodeForUrl(target?.id ?? '')}`;
}
