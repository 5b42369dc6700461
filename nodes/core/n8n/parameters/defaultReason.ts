/** Why a target ends, unless the user says so: names workflow and execution, so that people at the vendor can find out. */
export const DEFAULT_REASON =
	'=Terminated by n8n workflow "{{ $workflow.name }}", execution {{ $execution.id }}';
