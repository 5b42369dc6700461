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
	/** "Get BP Record", its first keys; number and status are ours. */
	record:
		'{"data":[{"uuu_user_id":"user-a","uuu_record_last_update_date":"2018/04/23 11:06","uveFaxTB16":null,"uveCOIAmoutCA":0.0,"record_no":"VEN-0023","status":"Active"}],"message":["success"],"status":200}',
	/** "Get Project Shell List". */
	projects:
		'{"data":[{"projectname":"All Projects","projectnumber":"AP","status":"Active","type":"wbs_shell"},{"projectname":"Fred\'s Test Project 1","projectnumber":"P-0001","status":"Active","type":"wbs_shell"},{"projectname":"Ray\'s Test Project 1","projectnumber":"P-0002","status":"Active","type":"wbs_shell"}],"message":["Success"],"status":200}',
	/** "Get BPs in Shell or Company". */
	businessProcesses:
		'{"data":[{"bp_model_name":"uab","bp_name":"Annual Budget","studio_source":"cost","studio_type":"other","no_workflow":false},{"bp_model_name":"uatc","bp_name":"Assets Creator","studio_source":"simple","studio_type":null,"no_workflow":false},{"bp_model_name":"ubcfm","bp_name":"Budget Changes-FM","studio_source":"cost","studio_type":"other","no_workflow":false}],"message":[""],"status":200}',
	/** The same, of a project that is not there. */
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
