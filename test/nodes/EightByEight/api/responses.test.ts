import { instanceLookup } from '../../../../nodes/EightByEight/api/getInstance';
import { readRows } from '../../../../nodes/EightByEight/api/responses';
import type { ApiResponse } from '../../../../nodes/core/http/messages';
import type { ReadResult, QueryError } from '../../../../nodes/core/http/readResult';

const ID = '60dbe307fe55d99fc083db61';
const PERSONAL = '+6591234567';

/** 8x8's error body, with the fields of the samples. */
const error = (code: number, message: string) => ({
	code,
	message,
	errorId: '2558ff83-c8db-4890-805e-ad64001857a1',
	timestamp: '2021-07-13T01:28:37.66Z',
});

const answer = (status: number, body: unknown) => ({
	status,
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
});

const readInstance = (id: string, response: ApiResponse): ReadResult<unknown> =>
	instanceLookup.read(
		id,
		{ definitionId: '', includeErrors: false, includeLogs: false, isSimple: true },
		response,
	);

function errorOf(result: ReadResult<unknown>): QueryError {
	if (result.kind !== 'failed' && result.kind !== 'tryAgain') throw new Error(`It is ${result.kind}`);
	return result.error;
}

describe('a list', () => {
	it('is the bare array of its answer, without what is no object', () => {
		expect(readRows(answer(200, [{ workflowId: ID }, 7]))).toEqual({
			kind: 'found',
			value: [{ workflowId: ID }, {}],
		});
		expect(readRows(answer(200, []))).toEqual({ kind: 'found', value: [] });
	});

	it.each([
		['another form', {}],
		['no JSON', 'Welcome'],
		['nothing', ''],
		['half of it', `[{"workflowId":"${ID}","data":{"msisdn":"${PERSONAL}"`],
	])('is asked for again when it is %s', (_, body) => {
		const result = readRows(answer(200, body));
		expect(result.kind).toBe('tryAgain');
		expect(errorOf(result)).toMatchObject({ reason: 'the response could not be read', httpStatus: 200 });
		expect(JSON.stringify(result)).not.toContain(PERSONAL);
	});

	it.each(['<html>Sign in</html>', 'Welcome', ''])('would be the same for all others: %p', (body) => {
		for (const result of [readRows(answer(200, body)), readInstance(ID, answer(200, body))]) {
			expect(result).toMatchObject({ kind: 'tryAgain', error: { stopsRun: true } });
		}
	});

	it.each(['{}', `[{"workflowId":"${ID}","da`, '{"workflowId":"60d'])(
		'may be a matter of what was asked for: %p',
		(body) => {
			for (const result of [readRows(answer(200, body)), readInstance(ID, answer(200, body))]) {
				expect(result.kind).toBe('tryAgain');
				expect(errorOf(result)).not.toHaveProperty('stopsRun');
			}
		},
	);

	it('says what a proxy says in its place', () => {
		const result = readRows(answer(200, '<html><title>Sign in</title><p>to the network</p></html>'));
		expect(errorOf(result).vendorMessage).toBe('<html><title>Sign in</title><p>to the network</p></html>');
	});

	it('is refused by an error body whatever the status says', () => {
		const queryError = errorOf(readRows(answer(200, error(1201, 'Access forbidden'))));
		expect(queryError).toMatchObject({ reason: 'the API key has no access to this account', stopsRun: true });
	});

	it('says that a definition does not exist', () => {
		const message = 'Definition 2aa9465e-dec7-4c3e-8fa6-bd168af9eaca not found.';
		expect(errorOf(readRows(answer(404, error(1300, message))))).toMatchObject({
			reason: 'its definition does not exist in this account',
			notFound: true,
			code: '1300',
			vendorMessage: message,
			extra: { errorId: '2558ff83-c8db-4890-805e-ad64001857a1' },
			httpStatus: 404,
		});
	});

	it('says that 8x8 does not know the account, whatever was asked for', () => {
		const response = answer(404, error(1300, 'Account test_account_id not found.'));
		for (const result of [readRows(response), readInstance(ID, response)]) {
			const queryError = errorOf(result);
			expect(queryError).toMatchObject({ reason: '8x8 does not know this account', stopsRun: true });
			expect(queryError).not.toHaveProperty('notFound');
		}
	});

	it('says the same of an account that 8x8 does not find and of one that is not enabled', () => {
		const result = readRows(answer(404, error(1300, "Object wasn't found or is already expired")));
		expect(errorOf(result)).toMatchObject({
			reason: '8x8 did not find the account or the requested data',
			hint: expect.stringContaining('enabled the account for the Automation API'),
			notFound: true,
		});
	});
});

describe('a workflow', () => {
	it('is the object of its answer, in capitals too', () => {
		const instance = { workflowId: ID.toUpperCase(), status: 'Complete' };
		expect(readInstance(ID, answer(200, instance))).toEqual({ kind: 'found', value: instance });
	});

	it.each([
		['another one', { workflowId: '60dbe307fe55d99fc083db62', data: { msisdn: PERSONAL } }],
		['nobody', { status: 'Complete' }],
		['a list', [{ workflowId: ID }]],
	])('is not taken from an answer about %s', (_, body) => {
		const result = readInstance(ID, answer(200, body));
		expect(result.kind).toBe('tryAgain');
		expect(JSON.stringify(result)).not.toContain(PERSONAL);
	});

	it('is not said to be missing where its definition is', () => {
		const queryError = errorOf(readInstance(ID, answer(404, error(1300, `Definition ${ID} not found.`))));
		expect(queryError).toMatchObject({ reason: 'its definition does not exist in this account' });
		expect(queryError).not.toHaveProperty('notFound');
	});

	it('may not exist under this definition', () => {
		const result = readInstance(ID, answer(404, error(1300, `Workflow instance ${ID} not found.`)));
		expect(errorOf(result)).toMatchObject({
			reason: 'it does not exist under this definition',
			notFound: true,
		});
	});
});

describe('an error', () => {
	const read = (status: number, body: unknown): ReadResult<unknown> => readRows(answer(status, body));

	it.each([
		[401, error(1200, 'Unauthorized'), 'did not accept the API key'],
		[401, '', 'did not accept the API key'],
		[403, error(1201, 'Access forbidden'), 'no access to this account'],
		[410, error(2002, 'Gone'), 'no longer offers this version'],
		[426, error(1014, 'TLS'), 'requires TLS 1.3'],
		[400, error(2001, 'Not offered'), 'does not offer this feature'],
		[404, '<html>Not here</html>', 'does not seem to come from the Automation API'],
		[404, '', 'does not seem to come from the Automation API'],
	])('with status %i and %p concerns every request', (status, body, reason) => {
		const result = read(status, body);
		expect(result.kind).toBe('failed');
		expect(errorOf(result)).toMatchObject({
			reason: expect.stringContaining(reason),
			hint: expect.stringMatching(/\w/),
			httpStatus: status,
			stopsRun: true,
		});
	});

	it.each([
		[400, error(1000, 'Invalid definition id.'), 'the definition ID is not valid'],
		[400, error(1000, 'Invalid workflow instance id.'), 'the workflow ID is not valid'],
		[400, error(1000, 'Invalid value of status.'), '8x8 rejected the request (HTTP 400)'],
		[400, '', '8x8 rejected the request (HTTP 400)'],
		[422, error(1999, 'Version 1.5 is none.'), '8x8 rejected the request (HTTP 422)'],
		[400, error(1010, 'Value of limit is out of range.'), '8x8 rejected a value'],
	])('with status %i and %p concerns what was asked for', (status, body, reason) => {
		const result = read(status, body);
		expect(result.kind).toBe('failed');
		const queryError = errorOf(result);
		expect(queryError).toMatchObject({ reason, hint: expect.stringMatching(/\w/), httpStatus: status });
		expect(queryError).not.toHaveProperty('stopsRun');
		expect(queryError).not.toHaveProperty('notFound');
	});

	it.each([
		[500, error(2000, 'Internal Error')],
		[400, error(2000, 'Internal Error')],
		[502, '<html><h1>Bad Gateway</h1></html>'],
		[503, ''],
		[408, ''],
	])('with status %i and %p is worth another try', (status, body) => {
		const result = read(status, body);
		expect(result).toMatchObject({ kind: 'tryAgain', error: { httpStatus: status, stopsRun: true } });
		expect(result).not.toHaveProperty('throttled');
		expect(errorOf(result).hint).toBe('Nothing was changed. Run the node again later.');
	});

	it.each([error(1999, 'Too many'), ''])('with status 429 and %p asks for patience', (body) => {
		expect(read(429, body)).toMatchObject({
			kind: 'tryAgain',
			throttled: true,
			error: { reason: '8x8 is limiting the number of requests', httpStatus: 429 },
		});
	});

	it('never speaks of ending', () => {
		const bodies = [error(1000, 'x'), error(1300, 'x'), error(1010, 'x'), error(2000, 'x'), '', '<html>'];
		for (const status of [200, 400, 401, 403, 404, 408, 410, 422, 426, 429, 500, 503]) {
			for (const body of bodies) {
				for (const result of [read(status, body), readInstance(ID, answer(status, body))]) {
					const { reason, hint } = errorOf(result);
					expect(`${reason} ${hint}`).not.toMatch(/terminat|suspend|resum|what is done/i);
				}
			}
		}
	});
});
