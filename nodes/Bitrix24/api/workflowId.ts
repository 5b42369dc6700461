/**
 * The ID of a workflow, made by PHP `uniqid('', true)`: 13 hexadecimal digits, one digit, a point, 8 digits. Every sample of
 * the documentation has this form ("bizproc.workflow.instances").
 */
const WORKFLOW_ID = /^[0-9a-f]{13}\d\.\d{8}$/i;

/** Why a text is probably no workflow ID: Bitrix24 says of any ID that it does not know that nothing runs under it. */
export function doubtAboutWorkflowId(id: string): string | undefined {
	return WORKFLOW_ID.test(id)
		? undefined
		: `${id} does not look like a workflow ID such as 65e5a449e8f135.21284909`;
}
