import { terminateContract as contract } from '../../../../nodes/EightByEight/api/commands';
import { readDefinitionId } from '../../../../nodes/EightByEight/workflow/fields';
import type { CommandResponse, Verdict } from '../../../../nodes/core/commands/contract';

const definitionId = '5870442f-3ddd-4657-b74c-6e17308f5230';
const target = { id: '60dbe307fe55d99fc083db61', item: 0, settings: { definitionId } };

/** The samples of "Update workflow instance status" and "API error codes". */
const SAMPLES = {
	invalidDefinition: {
		code: 1000,
		message: 'Invalid definition id.',
		errorId: '2558ff83-c8db-4890-805e-ad64001857a1',
		timestamp: '2021-07-13T01:28:37.66Z',
	},
	unknownDefinition: {
		code: 1300,
		message: 'Definition 2aa9465e-dec7-4c3e-8fa6-bd168af9eaca not found.',
		errorId: '2558ff83-c8db-4890-805e-ad64001857a1',
		timestamp: '2021-07-13T01:28:37.66Z',
	},
	unknownObject: {
		code: 1300,
		message: "Object wasn't found or is already expired",
		errorId: '1cc1eda1-f5dd-ea11-8288-0263195dd35a',
		timestamp: '2020-12-22T05:52:01.85Z',
	},
};

const answer = (status: number, body: unknown) => ({
	status,
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
});
const read = (status: number, body: unknown): CommandResponse =>
	contract.read([target], answer(status, body));

const verdictOf = (response: CommandResponse): Verdict => {
	if (response.kind !== 'verdicts') throw new Error(`Unexpected response ${response.kind}`);
	expect(response.verdicts).toHaveLength(1);
	return response.verdicts[0] as Verdict;
};

describe('the request', () => {
	it('is the documented PATCH with a lower-case verb', () => {
		expect(contract.request([target])).toEqual({
			method: 'PATCH',
			path: `/definitions/${definitionId}/workflows/60dbe307fe55d99fc083db61`,
			body: '{"status":"terminate"}',
		});
	});

	it('keeps a hostile ID inside its segment', () => {
		const { path } = contract.request([{ ...target, id: '../../x?y#z%2e' }]);
		const url = new URL(`https://host.example${path}`);
		expect(url.pathname + url.search + url.hash).toBe(path);
		expect(path.split('/')).toHaveLength(5);
	});

	it('carries one workflow, apart by definition, and the output names that', () => {
		expect(contract.targetsPerRequest).toBe(1);
		expect(contract.groupKey(target)).toBe(definitionId);
		expect(contract.describe(target)).toEqual({ definitionId });
	});
});

describe('the definition ID', () => {
	it('is a UUID', () => {
		expect(readDefinitionId(` ${definitionId} `)).toBe(definitionId);
	});

	it.each(['', undefined, 'abc', '60dbe307fe55d99fc083db61', `${definitionId}/..`, 5870442])(
		'is not %p',
		(value) => {
			expect(() => readDefinitionId(value)).toThrow(/'Definition'/);
		},
	);
});

describe('success', () => {
	it.each([
		['200 without a body, as documented', 200, ''],
		['204', 204, ''],
		['202', 202, ''],
		['200 with blanks', 200, ' \n'],
		['200 with an object', 200, {}],
		['200 with the instance', 200, { workflowId: target.id, status: 'Terminated' }],
		['200 with a code that is no error', 200, { code: 0, message: 'OK' }],
	])('is %s', (_name, status, body) => {
		expect(verdictOf(read(status, body))).toEqual({ outcome: 'terminated' });
	});

	it.each([
		['an HTML page', '<html><title>Sign in</title></html>'],
		['truncated JSON', '{"workflowId":'],
		['a list', '[]'],
		['null', 'null'],
		['a bare text', '"Terminated"'],
	])('is not 200 with %s', (_name, body) => {
		expect(verdictOf(read(200, body))).toMatchObject({
			outcome: 'unknown',
			reason: 'the response could not be read',
			hint: expect.stringContaining('proxy') as never,
		});
	});

	it.each(['Runnable', 'Suspended', 'Complete'])('is not 200 with a workflow that is %s', (status) => {
		expect(verdictOf(read(200, { workflowId: target.id, status }))).toEqual({
			outcome: 'unknown',
			reason: `8x8 accepted the command but still reports the state ${status}`,
			hint: 'Look up the workflow in 8x8.',
		});
	});

	it('is not a status that n8n did not hand over', () => {
		expect(verdictOf(read(Number.NaN, '')).outcome).toBe('unknown');
	});

	it.each([200, 502])(
		'is not a workflow that was cut off half way, and HTTP %d shows nothing of it',
		(status) => {
			const whole = JSON.stringify({ workflowId: target.id, data: { user: { name: 'test_user_name' } } });
			for (const half of [whole.slice(0, -4), ` \n${whole.slice(0, -4)}`]) {
				const verdict = verdictOf(read(status, half));
				expect(verdict.outcome).toBe('unknown');
				expect(JSON.stringify(verdict)).not.toContain('test_user_name');
			}
		},
	);

	it('quotes a page that came in place of an answer', () => {
		const page = '<html lang="en"><title>Sign in</title></html>';
		expect(verdictOf(read(200, page)).vendorMessage).toBe(page);
		expect(verdictOf(read(503, 'upstream timed out')).vendorMessage).toBe('upstream timed out');
		expect(verdictOf(read(503, ' \n'))).not.toHaveProperty('vendorMessage');
	});

	it('is not 200 with an error inside', () => {
		expect(verdictOf(read(200, SAMPLES.unknownObject))).toMatchObject({ outcome: 'notFound', code: '1300' });
		expect(verdictOf(read(200, SAMPLES.invalidDefinition))).toMatchObject({
			outcome: 'failed',
			code: '1000',
		});
	});
});

const NOT_THE_API = {
	outcome: 'failed',
	reason: 'the response does not seem to come from the Automation API',
} as const;

describe('every row of the status table', () => {
	it.each<[string, number, unknown, Partial<Verdict>, boolean]>([
		[
			'1000',
			400,
			SAMPLES.invalidDefinition,
			{ outcome: 'failed', code: '1000', reason: 'the definition ID is not valid' },
			false,
		],
		[
			'another 400',
			400,
			{ ...SAMPLES.invalidDefinition, message: 'No.' },
			{ outcome: 'failed', code: '1000', reason: '8x8 refused to terminate it (HTTP 400)' },
			false,
		],
		[
			'400 without a body',
			400,
			'',
			{ outcome: 'failed', reason: '8x8 refused to terminate it (HTTP 400)' },
			false,
		],
		['1001', 400, { ...SAMPLES.invalidDefinition, code: 1001 }, { outcome: 'failed', code: '1001' }, false],
		['1008', 400, { ...SAMPLES.invalidDefinition, code: 1008 }, { outcome: 'failed', code: '1008' }, false],
		['1010', 400, { ...SAMPLES.invalidDefinition, code: 1010 }, { outcome: 'failed', code: '1010' }, false],
		...[
			SAMPLES.unknownDefinition.message,
			'The definition with the ID 2aa9465e-dec7-4c3e-8fa6-bd168af9eaca was not found.',
			'A workflow definition with this ID does not exist.',
			'WorkflowDefinition 2aa9465e-dec7-4c3e-8fa6-bd168af9eaca not found.',
			'No definition for workflow 60dbe307fe55d99fc083db61.',
		].map((message): [string, number, unknown, Partial<Verdict>, boolean] => [
			`1300 for a definition: ${message}`,
			404,
			{ ...SAMPLES.unknownDefinition, message },
			{
				outcome: 'failed',
				code: '1300',
				reason: 'its definition does not exist in this account',
			},
			false,
		]),
		...[
			'Account test_account_id not found.',
			'The account test_account_id does not exist or has no workflows.',
			'Sub-account test_account_id_hq not found.',
			'SubAccount not found.',
		].map((message): [string, number, unknown, Partial<Verdict>, boolean] => [
			`1300 for an account: ${message}`,
			404,
			{ ...SAMPLES.unknownDefinition, message },
			{
				outcome: 'failed',
				code: '1300',
				reason: '8x8 does not know this account',
				hint: expect.stringContaining('ends in _hq') as never,
			},
			true,
		]),
		[
			'1300 for a workflow',
			404,
			SAMPLES.unknownObject,
			{
				outcome: 'notFound',
				code: '1300',
				reason: expect.stringContaining('under this definition') as never,
			},
			false,
		],
		[
			'1300 for a workflow that names its definition',
			404,
			{ ...SAMPLES.unknownObject, message: 'Workflow of this definition not found.' },
			{
				outcome: 'notFound',
				code: '1300',
				reason: expect.stringContaining('under this definition') as never,
			},
			false,
		],
		[
			'1300 for an instance that names its definition and its account',
			404,
			{ ...SAMPLES.unknownObject, message: 'Instance 1 of definition 2 does not exist in account 3.' },
			{ outcome: 'notFound', code: '1300' },
			false,
		],
		[
			'404 with another code of 8x8',
			404,
			{ ...SAMPLES.unknownObject, code: 1 },
			{ outcome: 'notFound', code: '1' },
			false,
		],
		['1200', 401, { code: 1200, message: 'Unauthorized' }, { outcome: 'failed', code: '1200' }, true],
		['401 without a body', 401, '', { outcome: 'failed' }, true],
		[
			'1200 with 400',
			400,
			{ code: 1200, message: 'Unauthorized' },
			{ outcome: 'failed', code: '1200' },
			true,
		],
		['1201', 403, { code: 1201, message: 'Access forbidden' }, { outcome: 'failed', code: '1201' }, true],
		['404 that is not the API', 404, '<html>nginx</html>', NOT_THE_API, true],
		['404 of somebody else', 404, { statusCode: 404, message: 'Resource not found' }, NOT_THE_API, true],
		[
			'404 of somebody else with a number for it',
			404,
			{ code: 404, error: 'Not Found' },
			{ ...NOT_THE_API, code: '404' },
			true,
		],
		['410', 410, '', { outcome: 'failed' }, true],
		['2002', 410, { code: 2002, message: 'Gone' }, { outcome: 'failed', code: '2002' }, true],
		[
			'422',
			422,
			{ code: 1, message: 'No' },
			{ outcome: 'failed', code: '1', reason: '8x8 understood the request but could not carry it out' },
			false,
		],
		['426', 426, { code: 1014, message: 'TLS' }, { outcome: 'failed', code: '1014' }, true],
		['408', 408, '', { outcome: 'unknown', reason: '8x8 is having trouble (HTTP 408)' }, false],
		[
			'429',
			429,
			'',
			{ outcome: 'failed', notRun: true, reason: '8x8 is limiting the number of requests' },
			false,
		],
		['2000', 500, { code: 2000, message: 'Internal Error' }, { outcome: 'unknown', code: '2000' }, false],
		[
			'2000 with 200',
			200,
			{ code: 2000, message: 'Internal Error' },
			{ outcome: 'unknown', code: '2000' },
			false,
		],
		['2001', 400, { code: 2001, message: 'Unavailable' }, { outcome: 'failed', code: '2001' }, true],
		['2003', 400, { code: 2003, message: 'Unavailable' }, { outcome: 'failed', code: '2003' }, true],
		[
			'502 with a page',
			502,
			'<h1>Bad gateway</h1>',
			{ outcome: 'unknown', vendorMessage: '<h1>Bad gateway</h1>' },
			false,
		],
		...[300, 304, 500, 503, 504].map((status): [string, number, string, Partial<Verdict>, boolean] => [
			`${status} without a body`,
			status,
			'',
			{ outcome: 'unknown', reason: `8x8 is having trouble (HTTP ${status})` },
			false,
		]),
	])('%s', (_name, status, body, expected, stops) => {
		const response = read(status, body);
		const verdict = verdictOf(response);
		expect(verdict).toMatchObject(expected);
		expect(verdict.code).toBe(expected.code);
		expect(response).toHaveProperty('kind', 'verdicts');
		expect('stop' in response && response.stop.scope === 'run').toBe(stops);
	});

	it('sends again a little later what may have met a lock, and lets the state decide', () => {
		for (const body of ['', { ...SAMPLES.invalidDefinition, message: 'Request is invalid.' }]) {
			expect(verdictOf(read(400, body))).toMatchObject({
				outcome: 'failed',
				notRun: true,
				attempts: 3,
				byState: {
					running: {
						outcome: 'failed',
						reason: '8x8 refused to terminate it (HTTP 400), and it has not ended',
						hint: expect.stringContaining('only a running or suspended workflow can be terminated') as never,
					},
					ended: {
						outcome: 'alreadyEnded',
						reason: '8x8 refused to terminate it (HTTP 400), and it has ended',
					},
					absent: {
						outcome: 'notFound',
						reason: '8x8 refused to terminate it (HTTP 400), and it does not exist under this definition',
					},
				},
			});
		}
	});

	it.each([
		['an invalid definition ID', 400, SAMPLES.invalidDefinition],
		['1001', 400, { ...SAMPLES.invalidDefinition, code: 1001 }],
		['401', 401, ''],
		['404', 404, SAMPLES.unknownObject],
	])('asks nothing about %s, and sends it once', (_name, status, body) => {
		const { byState, notRun } = verdictOf(read(status, body));
		expect([byState, notRun]).toEqual([undefined, undefined]);
	});

	it.each([409, 422])('lets the state decide about HTTP %d, and sends it once', (status) => {
		const { byState, notRun } = verdictOf(read(status, ''));
		expect([byState?.ended?.outcome, notRun]).toEqual(['alreadyEnded', undefined]);
	});

	it('gives the reference that 8x8 support asks for', () => {
		expect(verdictOf(read(404, SAMPLES.unknownObject)).extra).toEqual({
			errorId: SAMPLES.unknownObject.errorId,
		});
		expect(verdictOf(read(404, { ...SAMPLES.unknownObject, errorId: ' ' }))).not.toHaveProperty('extra');
	});
});

it('says why in half a sentence, and what to do in whole ones', () => {
	const withCode = [1000, 1001, 1008, 1010, 1014, 1200, 1201, 1300, 2000, 2001, 2002, 2003, 77777];
	const responses = [
		...withCode.map((code) => read(400, { ...SAMPLES.invalidDefinition, code })),
		...[200, 401, 403, 404, 409, 410, 422, 426, 429, 502].map((status) => read(status, '<p>')),
		read(200, { status: 'Runnable' }),
		read(404, SAMPLES.unknownDefinition),
	];
	const texts: Record<'reason' | 'hint', string[]> = { reason: [], hint: [] };
	JSON.stringify(responses, (key, value: unknown) => {
		if (key === 'reason' || key === 'hint') texts[key].push(String(value));
		return value;
	});
	expect(texts.reason.length).toBeGreaterThan(30);
	for (const reason of texts.reason) expect(reason).toMatch(/^\w.*[^.!]$/);
	expect(texts.hint.length).toBeGreaterThan(30);
	for (const hint of texts.hint) expect(hint).toMatch(/^[A-Z].*\.$/);
});

it('reads whatever comes, and takes none of it for a success', () => {
	const bodies = [
		'null',
		'[]',
		'[1]',
		'"text"',
		'17',
		'true',
		'{"code":"1300"}',
		'{"message":{}}',
		'\u0000',
		'<',
	];
	for (const status of [100, 304, 400, 404, 409, 418, 500, 599]) {
		for (const body of bodies) {
			expect(['failed', 'notFound', 'unknown']).toContain(verdictOf(read(status, body)).outcome);
		}
	}
});
