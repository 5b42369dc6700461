/** Bodies of the vendor's pages and code samples; what no page shows is put together from its tables. */

/** "Terminate Process Instance", return sample. */
export const TERMINATED = '{\n  "code": 0,\n  "msg": "",\n  "data": true\n}';

/** "About EnOS API", the general sample of a refusal. */
export const GENERAL_REFUSAL = {
	code: 99400,
	msg: 'Invalid Argument action:action is missing',
	requestId: '4d4bfd4d-b5c5-4b9c-b452-833516153b49',
	data: null,
};

/** "Terminate Process Instance", error codes. */
export const NOT_FOUND = { code: 33404, msg: 'The process instance ID does not exist.', data: null };

/** "Get Token Information", error codes. */
export const NO_ORGANIZATION = { code: 31512, message: 'Organization unselected', data: null };

/** "Invoking API with Access Token", error codes. */
export const APP_TOKEN_EXPIRED = {
	status: 1203,
	msg: 'The access token has expired.',
	business: 'apim-token-service',
	data: null,
};

/** "Get Process Instance", from the table of its return data. */
export const INSTANCE = {
	id: '54366b8f-ab3d-11ec-8df5-120e04f331d8',
	name: 'Demo',
	businessKey: null,
	processDefinitionId: '312844b2-ab3d-11ec-8df5-120e04f331d8',
	processDefinitionName: 'Demo',
	processDefinitionKey: 'demo',
	processDefinitionVersion: 1,
	graphicalNotationDefined: true,
	startFormDefined: false,
	tenantId: 'o10000000000001',
	createdTime: 1648000000000,
	completedTime: null,
	terminable: true,
	terminatedTime: null,
	terminateReason: null,
	startedBy: { id: 'u10000000000000001', fullName: 'Demo User' },
	terminatedBy: null,
	assignee: null,
	taskName: 'Approve',
	url: null,
};

/** Bodies that are no answer of EnOS, or only half of one. */
export const UGLY: ReadonlyArray<[name: string, body: string]> = [
	['nothing', ''],
	['blanks', ' \n '],
	['an HTML page', '<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>'],
	['truncated JSON', '{"code": 0, "msg": "", "data": tr'],
	['null', 'null'],
	['true', 'true'],
	['zero', '0'],
	['a text', '"ok"'],
	['a list', '[{"code":0,"data":true}]'],
	['an empty object', '{}'],
	['a code of null', '{"code":null,"data":true}'],
	['a code in words', '{"code":"OK","data":true}'],
	['zero as text', '{"code":"0","data":true}'],
	['a code inside an object', '{"code":{"code":0},"data":true}'],
	['half a code', '{"code":0.5,"data":true}'],
	['the envelope of another service', '{"status":0,"msg":"SUCCESS","data":true}'],
	['data alone', '{"data":true}'],
];
