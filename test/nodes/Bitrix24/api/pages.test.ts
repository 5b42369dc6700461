import { readPage } from '../../../../nodes/Bitrix24/api/pages';
import type { ReadResult, QueryError } from '../../../../nodes/core/http/readResult';
import type { Page } from '../../../../nodes/core/queries/list';
import { answer } from '../findingSamples';
import { INSTANCES, NO_INSTANCES, NOT_FOUND_EN, TIME, UGLY, batchAnswer } from '../samples';

const read = (body: unknown, status = 200, calls = 1): ReadResult<Page> =>
	readPage(answer(body, status), calls, 'workflows');

const errorOf = (result: ReadResult<Page>): QueryError => {
	if (result.kind === 'found') throw new Error('Found');
	return result.error;
};

const rejected = (error: string, error_description: string, status: number): ReadResult<Page> =>
	read({ error, error_description }, status);

const AGAIN = 'Nothing was changed. Run the node again later.';
const RIGHTS = /^Select 'Business processes' \(bizproc\)/;

describe('a page', () => {
	it('has the rows and the total', () => {
		expect(read(INSTANCES)).toEqual({ kind: 'found', value: { rows: INSTANCES.result, total: 2 } });
		expect(read(NO_INSTANCES)).toEqual({ kind: 'found', value: { rows: [], total: 0 } });
	});

	it('counts what is no row, and has no total where there is none', () => {
		expect(read({ result: [{ ID: 'a' }, null, 'b'] })).toEqual({
			kind: 'found',
			value: { rows: [{ ID: 'a' }, {}, {}] },
		});
		expect(read({ result: [], total: '7' })).toEqual({ kind: 'found', value: { rows: [] } });
	});
});

/** Why, where it is known; the others are told in words that only Bitrix24 can explain. */
const CAUSES: Readonly<Record<string, string>> = {
	ACCESS_DENIED: 'configuration',
	insufficient_scope: 'configuration',
	INVALID_CREDENTIALS: 'credential',
	NO_AUTH_FOUND: 'credential',
	user_access_error: 'credential',
	ERROR_METHOD_NOT_FOUND: 'configuration',
	PAYMENT_REQUIRED: 'configuration',
	PORTAL_DELETED: 'configuration',
	METHOD_CONFIRM_WAITING: 'configuration',
	INVALID_REQUEST: 'configuration',
	OPERATION_TIME_LIMIT: 'quotaExhausted',
};

describe('an error', () => {
	it.each<[code: string, words: string, status: number, reason: RegExp, hint: RegExp]>([
		[
			'ACCESS_DENIED',
			'Access denied!',
			403,
			/^only a Bitrix24 administrator may list workflows$/,
			/administrator to create/,
		],
		[
			'ACCESS_DENIED',
			'Access denied!',
			400,
			/^only a Bitrix24 administrator may list workflows$/,
			/administrator to create/,
		],
		[
			'ACCESS_DENIED',
			'REST API is available only on commercial plans',
			401,
			/plan of this portal/,
			/paid plan/,
		],
		[
			'ACCESS_DENIED',
			'Access denied! Application context required',
			403,
			/come from an application/,
			/OAuth2/,
		],
		['insufficient_scope', '', 401, /lacks the permission 'Business processes'/, RIGHTS],
		['INVALID_CREDENTIALS', 'Invalid request credentials', 401, /did not accept the credential/, /revoked/],
		['NO_AUTH_FOUND', 'Wrong authorization data', 401, /did not accept the credential/, /revoked/],
		['user_access_error', '', 401, /user or the application/, /Reconnect/],
		['ERROR_METHOD_NOT_FOUND', 'Method not found!', 404, /business processes are not available/, /plan/],
		[
			'OVERLOAD_LIMIT',
			'REST API is blocked due to overload.',
			503,
			/because of overload/,
			/Only Bitrix24 support/,
		],
		['PAYMENT_REQUIRED', 'Payment required', 401, /subscription/, /Renew/],
		['PORTAL_DELETED', '', 403, /portal is closed/, /address/],
		['SOMETHING_NEW', 'Words', 401, /refused the request/, /REST documentation/],
		['SOMETHING_NEW', 'Words', 403, /refused the request/, /REST documentation/],
		['SOMETHING_NEW', 'Words', 404, /refused the request/, /REST documentation/],
		['METHOD_CONFIRM_WAITING', 'Waiting for confirmation', 401, /requires an administrator/, /confirm/],
		['INVALID_REQUEST', 'Https required', 400, /over HTTPS only/, /https/],
		[
			'OPERATION_TIME_LIMIT',
			'Method is blocked due to operation time limit.',
			429,
			/used up its execution time/,
			/ten minutes/,
		],
	])('%s "%s" (HTTP %i) stops everything', (code, words, status, reason, hint) => {
		const result = rejected(code, words, status);
		expect(result.kind).toBe('failed');
		expect(errorOf(result)).toEqual({
			reason: expect.stringMatching(reason),
			hint: expect.stringMatching(hint),
			...(CAUSES[code] !== undefined && { cause: { kind: CAUSES[code] } }),
			code,
			...(words !== '' && { vendorMessage: words }),
			httpStatus: status,
			stopsRun: true,
		});
	});

	it.each<[code: string, words: string, status: number, throttled: boolean]>([
		['QUERY_LIMIT_EXCEEDED', 'Too many requests', 503, true],
		['query_limit_exceeded', '', 200, true],
		['CONNECTION_ERROR', '', 401, false],
		['INTERNAL_SERVER_ERROR', '', 500, false],
		['ERROR_UNEXPECTED_ANSWER', '', 200, false],
		['SOMETHING_NEW', '', 502, false],
	])('%s "%s" (HTTP %i) passes', (code, words, status, throttled) => {
		const result = rejected(code, words, status);
		expect(result).toMatchObject({ kind: 'tryAgain', error: { code, stopsRun: true } });
		expect('throttled' in result).toBe(throttled);
		expect(errorOf(result).reason).toMatch(/is limiting the number|authorization server|having trouble/);
	});

	it('because the session has ended asks for a new one', () => {
		expect(rejected('expired_token', 'The access token provided has expired', 401)).toMatchObject({
			kind: 'sessionExpired',
			error: { hint: 'Reconnect the credential.', stopsRun: true },
		});
	});

	it.each([
		['', 'Something is wrong', 400],
		['', NOT_FOUND_EN.error_description, 400],
		['ERROR_WRONG_WORKFLOW_ID', 'Empty workflow instance ID', 400],
		['ERROR_CORE', 'Mysql query error', 400],
		['SOMETHING_NEW', 'No', 200],
	])('%p "%s" is about this list', (code, words, status) => {
		const result = rejected(code, words, status);
		expect(result.kind).toBe('failed');
		expect(errorOf(result)).toMatchObject({
			reason: 'Bitrix24 refused to list the workflows',
			vendorMessage: words,
		});
		expect(errorOf(result)).not.toHaveProperty('stopsRun');
	});

	it('never speaks of ending', () => {
		const codes = [
			'',
			'ACCESS_DENIED',
			'ERROR_WRONG_WORKFLOW_ID',
			'ERROR_BATCH_LENGTH_EXCEEDED',
			'ERROR_CORE',
		];
		for (const code of [
			...codes,
			'INTERNAL_SERVER_ERROR',
			'ERROR_BATCH_METHOD_NOT_ALLOWED',
			'QUERY_LIMIT_EXCEEDED',
		]) {
			const { reason, hint } = errorOf(rejected(code, '', 400));
			expect(`${reason} ${hint}`).not.toMatch(/\bend(ed|ing)?\b|terminat|kill|this workflow/i);
		}
	});
});

describe('an answer that cannot be read', () => {
	it.each([
		[401, 'failed', 'Bitrix24 did not accept the credential', /^The webhook may be wrong/],
		[403, 'failed', 'the response could not be read', /^A proxy may/],
		[404, 'failed', 'the response does not seem to come from the REST API of Bitrix24', /^Check the address/],
		[408, 'tryAgain', 'the Bitrix24 server could not handle the request (HTTP 408)', /^Nothing was changed/],
		[429, 'tryAgain', 'Bitrix24 is limiting the number of requests (HTTP 429)', /^Nothing was changed/],
		[502, 'tryAgain', 'the Bitrix24 server could not handle the request (HTTP 502)', /^Nothing was changed/],
	])('HTML with HTTP %i: %s', (status, kind, reason, hint) => {
		const page = '<html><body>Gate</body></html>';
		expect(read(page, status)).toMatchObject({
			kind,
			error: { reason, hint: expect.stringMatching(hint), httpStatus: status, vendorMessage: page },
		});
	});

	it('goes by the status where a success comes with a bad one', () => {
		expect(read(INSTANCES, 500)).toMatchObject({
			kind: 'tryAgain',
			error: { hint: AGAIN, httpStatus: 500 },
		});
	});

	it('may be a whole one the next time, if it came as a success', () => {
		for (const text of ['', '{"result":[{"ID":', '<html><body>Overload</body></html>', '{}']) {
			expect(read(text)).toMatchObject({
				kind: 'tryAgain',
				error: { reason: 'the response could not be read', hint: expect.stringMatching(/^A proxy may/) },
			});
		}
	});

	it.each(UGLY)('%s is no list', (name, text) => {
		// Rows that are none have no ID, and are counted as such.
		if (name === 'result a list') expect(read(text)).toEqual({ kind: 'found', value: { rows: [{}, {}] } });
		else expect(read(text).kind).not.toBe('found');
		expect(read(text, 200, 2).kind).not.toBe('found');
	});
});

describe('a batch', () => {
	const rows = [{ ID: 'a' }];
	const batch = (parts: Parameters<typeof batchAnswer>[0]): ReadResult<Page> =>
		read(batchAnswer(parts), 200, 2);

	it('of empty pages is an empty page', () => {
		const pages = [{ length: 0 }, { length: 0 }];
		expect(batch({ result: { w0: [], w1: [] } })).toEqual({ kind: 'found', value: { rows: [], pages } });
	});

	it('is counted by its last page that has rows: behind the end the total is the offset', () => {
		const totalOf = (result: object, result_total: object): unknown => {
			const page = batch({ result, result_total });
			return page.kind === 'found' && page.value.total;
		};
		expect(totalOf({ w0: rows, w1: rows }, { w0: 60, w1: 59 })).toBe(59);
		expect(totalOf({ w0: rows, w1: [] }, { w0: 60, w1: 100 })).toBe(60);
		expect(totalOf({ w0: [], w1: rows }, { w0: 100, w1: 60 })).toBe(60);
		expect(totalOf({ w0: [], w1: [] }, { w0: 100, w1: 50 })).toBe(50);
	});

	it('without one of its pages is asked for again', () => {
		expect(batch({ result: { w0: rows } })).toMatchObject({
			kind: 'tryAgain',
			error: { reason: 'Bitrix24 left out part of the list', hint: AGAIN },
		});
	});

	it('with one page refused is refused, whatever else passes', () => {
		const result_error = { w1: { error: 'insufficient_scope', error_description: '' } };
		expect(batch({ result: { w0: rows }, result_error }).kind).toBe('failed');
		expect(batch({ result_error })).toMatchObject({
			kind: 'failed',
			error: { hint: expect.stringMatching(RIGHTS) },
		});
		const busy = { error: 'QUERY_LIMIT_EXCEEDED', error_description: '' };
		expect(batch({ result_error: { w0: busy, ...result_error } }).kind).toBe('failed');
		expect(batch({ result: { w1: rows }, result_error: { w0: busy } }).kind).toBe('tryAgain');
	});

	it('says when a method has time again, as far as an earlier page said', () => {
		const blocked = {
			error: 'OPERATION_TIME_LIMIT',
			error_description: 'Method is blocked due to operation time limit.',
		};
		const result = batch({ result: { w0: rows }, result_error: { w1: blocked }, result_time: { w0: TIME } });
		expect(errorOf(result).hint).toBe(
			'Try again shortly after 2024-09-16 08:51 UTC, or use a separate webhook.',
		);
	});

	it.each(['ERROR_BATCH_LENGTH_EXCEEDED', 'ERROR_BATCH_METHOD_NOT_ALLOWED'])(
		'that is not taken (%s)',
		(error) => {
			const result = batch({ result: { w0: rows }, result_error: { w1: { error, error_description: '' } } });
			expect(result).toMatchObject({
				kind: 'failed',
				error: { hint: expect.stringMatching(/set 'Limit' to 50/) },
			});
		},
	);

	it('as a whole may be refused too', () => {
		expect(read({ error: 'QUERY_LIMIT_EXCEEDED', error_description: '' }, 503, 2)).toMatchObject({
			kind: 'tryAgain',
			throttled: true,
		});
		expect(read({ error: '', error_description: 'Words' }, 400, 2)).toMatchObject({
			kind: 'failed',
			error: { reason: 'Bitrix24 refused the request', vendorMessage: 'Words', stopsRun: true },
		});
	});
});
