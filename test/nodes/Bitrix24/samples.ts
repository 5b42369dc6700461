/** The samples of the method pages, and of a batch answer that was captured from a portal. */

export const TIME = {
	start: 1726476060.581428,
	finish: 1726476060.813776,
	duration: 0.23234796524047852,
	processing: 0.002630949020385742,
	date_start: '2024-09-16T08:41:00+00:00',
	date_finish: '2024-09-16T08:41:00+00:00',
	operating_reset_at: 1726476660,
	operating: 0,
};

export const SUCCESS = { result: true, time: TIME };

export const NOT_ADMINISTRATOR = { error: 'ACCESS_DENIED', error_description: 'Access denied!' };
export const EMPTY_ID = {
	error: 'ERROR_WRONG_WORKFLOW_ID',
	error_description: 'Empty workflow instance ID',
};
export const NOT_FOUND_EN = { error: '', error_description: 'The business process is not found.' };
export const NOT_FOUND_RU = { error: '', error_description: 'Бизнес-процесс не найден' };
export const NOT_FOUND_DE = { error: '', error_description: 'Der Geschäftsprozess wurde nicht gefunden.' };

/** A batch's answer; parts that are left out are empty lists, as PHP writes empty maps. */
export function batchAnswer(parts: {
	result?: unknown;
	result_error?: unknown;
	result_total?: unknown;
	result_next?: unknown;
	result_time?: unknown;
}): unknown {
	return {
		result: { result: [], result_error: [], result_total: [], result_next: [], result_time: [], ...parts },
		time: TIME,
	};
}

export const ALL_TRUE = batchAnswer({
	result: { w0: true, w1: true },
	result_time: { w0: TIME, w1: TIME },
});

export const MIXED = batchAnswer({
	result: { w0: true },
	result_error: { w1: NOT_FOUND_EN },
	result_time: { w0: TIME },
});

/** Numeric keys: the refusals have become a list, and nobody can tell whose they are. */
export const NUMERIC_KEYS = {
	result: {
		result: { 35943: { ID: '35943' } },
		result_error: [
			{ error: '', error_description: 'ID is not defined or invalid.' },
			{ error: '', error_description: 'Not found' },
		],
		result_total: [],
		result_next: [],
		result_time: { 35943: TIME },
	},
	time: TIME,
};

/** Last page of "bizproc.workflow.instances". */
export const INSTANCES = {
	result: [
		{ DOCUMENT_ID: 'LEAD_1', ENTITY: 'CCrmDocumentLead', ID: '66e412fdc9bd44.36306599', STARTED_BY: '0' },
		{ DOCUMENT_ID: 'DEAL_1633', ENTITY: 'CCrmDocumentDeal', ID: '658c4d3d6a2906.51542462', STARTED_BY: '57' },
	],
	total: 2,
	time: TIME,
};

export const NO_INSTANCES = { result: [], total: 0, time: TIME };

/** Bodies that no page documents. */
export const UGLY: ReadonlyArray<[name: string, text: string]> = [
	['nothing', ''],
	['blanks', ' \n'],
	['HTML', '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>'],
	['truncated JSON', '{"result":tr'],
	['a cut batch', '{"result":{"result":{"w0":true,"w1":tr'],
	['null', 'null'],
	['true', 'true'],
	['a number', '1'],
	['a text', '"true"'],
	['a list', '[]'],
	['a list with true', '[true]'],
	['an empty object', '{}'],
	['result null', '{"result":null}'],
	['result false', '{"result":false}'],
	['result 1', '{"result":1}'],
	['result "true"', '{"result":"true"}'],
	['result an object', '{"result":{}}'],
	['result a list', '{"result":[true,true]}'],
	['buckets null', '{"result":{"result":null,"result_error":null}}'],
	['buckets of texts', '{"result":{"result":"w0","result_error":"w1"}}'],
	['buckets as lists', '{"result":{"result":[true,true],"result_error":[]}}'],
	['values of other types', '{"result":{"result":{"w0":"true","w1":1},"result_error":[]}}'],
	['other case', '{"RESULT":true}'],
	['inherited names', '{"__proto__":{"result":true}}'],
	['error null', '{"error":null}'],
	['error with success', '{"result":true,"error":""}'],
	['error a list', '{"error":[],"result":true}'],
];
