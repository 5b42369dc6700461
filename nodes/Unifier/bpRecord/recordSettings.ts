/** What Unifier needs beside the record number. */
export interface RecordSettings {
	bpName: string;
	/** '' for a business process at company level. */
	projectNumber: string;
	/** Whether the rules of the business process may stop it. */
	applyRules: boolean;
}
