import type { Place } from './record';

/** What Unifier needs beside the record number. */
export interface RecordSettings extends Place {
	/** Whether the rules of the business process may stop it. */
	applyRules: boolean;
}
