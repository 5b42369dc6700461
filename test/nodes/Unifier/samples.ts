/** The samples of "Terminate Workflow and Non-Workflow BP Records", white space normalised. */
export const SAMPLES = {
	costRequest:
		'{"options":{"bpname":"Contracts","project_number":"PRJ-004"},"data":[{"record_no":["CON-99993"],"override_rule":"No"}]}',
	costReply:
		'{"data":[],"message":["[CON-99993] terminated successfully."],"status":200,"rest_audit_id":2678}',
	/** The third message has no blank after the bracket. It names records that the request above it does not. */
	mixedReply:
		'{"data":[],"message":["[PL-0800] Duplicate Record found.","[PL-0800666, PL-0800666] is not correct.","[PL-2125]in initiation step.","[PL-0796, PL-0799, PL-0800, PL-0801, PL-0802, PL-0806, PL-0808, PL-0809, PL-0819, PL-2125] already terminated.","[PL-0759] terminated successfully."],"status":12755,"rest_audit_id":2680}',
	mixedRequested: ['PL-0809', 'PL-0819', 'PL-0808', 'PL-2125', 'PL-0806'],
	mixedNamed: [
		'PL-0759',
		'PL-0796',
		'PL-0799',
		'PL-0800',
		'PL-0801',
		'PL-0802',
		'PL-0806',
		'PL-0808',
		'PL-0809',
		'PL-0819',
		'PL-2125',
		'PL-0800666',
	],
	ruleReply: '{"data":[],"message":[],"errors":"Rule failed","status":3000,"rest_audit_id":2681}',
	/** "Get BPs in Shell or Company". */
	wrongShell: '{"data":[],"message":["Project/Shell Number is not correct."],"status":602}',
	/** Other services: an accepted job with a status as text, and objects in the messages. */
	acceptedJob: '{"message":{"@uri":"/ws/rest/service/status/job/110","job_id":"110"},"status":"202"}',
	objectMessages:
		'{"data":[],"message":[{"record_no":"VEN-0023","_record_status":"success"},{"rest_audit_id":17}],"status":200}',
};

/** Wordings of one class: those of the samples and those of the code table. */
export const WORDINGS: Record<string, string[]> = {
	12760: ['[#] Duplicate Record found.', '[# ] are duplicate values in the request.'],
	12759: ['[#] already terminated.', '[ # ] is/are already terminated.', '[#]  ALREADY  TERMINATED'],
	12758: [
		'[ # ] is/are in terminal status. This action can only be performed on records that are not terminated or are not in the terminal step.',
		'[#] in the terminal step',
	],
	12757: ['[#]in initiation step.', '[#] is/are in the initiation step.'],
	12756: ['[#] is not correct.', '[#] do not exist.', '[#] does not exist.', '[#] are not correct'],
	3000: ['[#] Rule failed', '[#] The BP rules failed for it.'],
};
