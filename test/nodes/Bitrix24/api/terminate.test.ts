import { terminateContract as contract } from '../../../../nodes/Bitrix24/api/commands';
import type { TerminateSettings } from '../../../../nodes/Bitrix24/api/commands';
import { knownError, unreadable } from '../../../../nodes/Bitrix24/api/errors';
import { readStatusText } from '../../../../nodes/Bitrix24/workflow/fields';
import type { CommandResponse, Verdict, Target } from '../../../../nodes/core/commands/contract';
import type { Stop } from '../../../../nodes/core/http/stops';
import { ParameterError } from '../../../../nodes/core/n8n/parameters/parameterError';
import {
	ALL_TRUE,
	EMPTY_ID,
	INSTANCES,
	MIXED,
	NOT_ADMINISTRATOR,
	NOT_FOUND_DE,
	NOT_FOUND_EN,
	NOT_FOUND_RU,
	NO_INSTANCES,
	NUMERIC_KEYS,
	SUCCESS,
	TIME,
	UGLY,
	batchAnswer,
} from '../samples';
import { CHANGED_TEXTS, KEPT_TEXTS } from '../../../sandbox/vendors/bitrix24/substitutionTexts.ts';
import { saidBy } from '../../core/stateAnswers';

const FIRST = '65e5a449e8f135.21284909';

const SECOND = '66e412fdc9bd44.36306599';

const target = (id: string, statusText = 'Stopped by n8n'): Target<TerminateSettings> => ({
	id,
	item: 0,
	settings: { statusText },
});

const ONE = [target(FIRST)];

const TWO = [target(FIRST), target(SECOND)];

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const read = (targets: Array<Target<TerminateSettings>>, status: number, body: unknown): CommandResponse =>
	contract.read(targets, { status, headers: {}, text: textOf(body) });

const verdictsOf = (reading: CommandResponse): Verdict[] => {
	if (reading.kind !== 'verdicts') throw new Error(`Unexpected reading ${reading.kind}`);
	return reading.verdicts;
};

const stopOf = (reading: CommandResponse): Stop | undefined =>
	reading.kind === 'verdicts' ? reading.stop : undefined;

describe('the request', () => {
	it('is the documented call for one workflow', () => {
		expect(contract.request(ONE)).toEqual({
			method: 'POST',
			path: '/bizproc.workflow.terminate',
			body: '{"ID":"65e5a449e8f135.21284909","STATUS":"Stopped by n8n"}',
		});
	});

	it('leaves STATUS out when the text is left to Bitrix24', () => {
		expect(contract.request([target(FIRST, '')]).body).toBe('{"ID":"65e5a449e8f135.21284909"}');
		expect(contract.request([target(FIRST, ''), target(SECOND, '')]).body).toBe(
			'{"halt":0,"cmd":{"w0":"bizproc.workflow.terminate?ID=65e5a449e8f135.21284909","w1":"bizproc.workflow.terminate?ID=66e412fdc9bd44.36306599"}}',
		);
	});

	it('is one batch for several', () => {
		expect(contract.request(TWO)).toEqual({
			method: 'POST',
			path: '/batch',
			body: '{"halt":0,"cmd":{"w0":"bizproc.workflow.terminate?ID=65e5a449e8f135.21284909&STATUS=Stopped%20by%20n8n","w1":"bizproc.workflow.terminate?ID=66e412fdc9bd44.36306599&STATUS=Stopped%20by%20n8n"}}',
		});
	});

	it('encodes each value of a command once', () => {
		const statusText = `a&ID=b#c+d %2F 'ü' "🙂" (x)!*=?`;
		const { body } = contract.request([target('1&2#3', statusText), target(SECOND, statusText)]);
		const { cmd } = JSON.parse(String(body)) as { cmd: Record<string, string> };
		const [method, query] = String(cmd['w0']).split('?');
		expect(method).toBe('bizproc.workflow.terminate');
		expect(cmd['w0']).not.toMatch(/[#+ '"()!*]/);
		expect([...new URLSearchParams(query)]).toEqual([
			['ID', '1&2#3'],
			['STATUS', statusText],
		]);
	});

	it('names 50 commands w0 to w49, in order, and no more', () => {
		const targets = Array.from({ length: contract.targetsPerRequest }, (_, index) => target(`id${index}`));
		const { cmd } = JSON.parse(String(contract.request(targets).body)) as { cmd: Record<string, string> };
		expect(contract.targetsPerRequest).toBe(50);
		expect(Object.keys(cmd)).toEqual(Array.from({ length: 50 }, (_, index) => `w${index}`));
		expect(Object.values(cmd).map((text) => /ID=([^&]*)/.exec(text)?.[1])).toEqual(
			targets.map(({ id }) => id),
		);
	});

	it('goes out one at a time', () => {
		expect(contract.requestsInFlight).toBe(1);
	});

	// Page "Limits": thresholds of 50 and 250, drained by 2 and 5 a second.
	it.each([
		[undefined, [{ perSecond: 2, burst: 45 }]],
		[0.5, [{ perSecond: 2, burst: 45 }]],
		[2, [{ perSecond: 2, burst: 45 }]],
		[2.01, [{ perSecond: 5, burst: 240 }]],
		[5, [{ perSecond: 5, burst: 240 }]],
		[100, [{ perSecond: 5, burst: 240 }]],
	])('keeps below the documented rate when %p a second are wished', (wished, rates) => {
		expect(contract.rates?.(wished)).toEqual(rates);
	});

	it('is shared by workflows with different status texts: each command of a batch carries its own', () => {
		expect(contract.groupKey(target(FIRST, 'a'))).toBe(contract.groupKey(target(SECOND, 'b')));
		const { body } = contract.request([target(FIRST, 'a'), target(SECOND, 'b'), target('third', '')]);
		expect(Object.values((JSON.parse(body!) as { cmd: object }).cmd)).toEqual([
			expect.stringMatching(/STATUS=a$/),
			expect.stringMatching(/STATUS=b$/),
			expect.not.stringContaining('STATUS'),
		]);
	});

	it('is about one and the same workflow, whatever the status text', () => {
		expect(contract.scopeKey(target(FIRST, 'a'))).toBe(contract.scopeKey(target(FIRST, 'b')));
	});

	const SURROUNDED = ['by $RESULT[w0][ID]!', '$next[a]', '$total[a]', '$time[a]', '$error[a]'];

	it.each<[text: string, alone: boolean]>([
		...CHANGED_TEXTS.map(({ text }): [string, boolean] => [text, true]),
		...KEPT_TEXTS.map((text): [string, boolean] => [text, false]),
		...SURROUNDED.map((text): [string, boolean] => [text, true]),
		['$ result[w0]', false],
		['', false],
	])('stays out of a batch that would change its text: %j', (text, alone) => {
		expect(contract.needsOwnRequest?.(target(FIRST, text))).toBe(alone);
		expect(contract.needsOwnRequest?.(target(`${text}x`))).toBe(alone);
	});

	it('adds nothing to the output', () => {
		expect(contract.describe(target(FIRST))).toEqual({});
		expect(contract.words).toEqual({
			singular: 'workflow',
			plural: 'workflows',
			participle: 'terminated',
		});
	});
});

describe('the status text', () => {
	it('is trimmed, and may be empty', () => {
		expect(readStatusText('  Done 🙂 ')).toBe('Done 🙂');
		expect(readStatusText('')).toBe('');
		expect(readStatusText(undefined)).toBe('');
	});

	it.each([
		[5, '5'],
		[0, '0'],
		[-1.5, '-1.5'],
		[66412345678901.12, '66412345678901.12'],
	])('may be a number: %p is %p', (value, text) => {
		expect(readStatusText(value)).toBe(text);
	});

	it.each([['cut \ud83d'], ['\ude42 cut'], [NaN], [Infinity], [true], [['a']], [{}]])(
		'is refused when it is %p',
		(value) => {
			expect(() => readStatusText(value)).toThrow(ParameterError);
			expect(() => readStatusText(value)).toThrow(/'Status Text'/);
		},
	);
});

describe('an answer to one call', () => {
	it('is a success with the result true', () => {
		expect(read(ONE, 200, SUCCESS)).toEqual({
			kind: 'verdicts',
			verdicts: [{ outcome: 'terminated' }],
			resetsAt: TIME.operating_reset_at,
		});
	});

	it.each([
		['all parts', TIME],
		['no reset time', { ...TIME, operating_reset_at: undefined }],
		['no operating time', { ...TIME, operating_reset_at: undefined, operating: undefined }],
		['nothing', undefined],
	])('is a success with %s in its time block', (_name, time) => {
		expect(verdictsOf(read(ONE, 200, { result: true, time }))).toEqual([{ outcome: 'terminated' }]);
	});

	// NaN stands for a status that n8n did not hand over.
	it.each([300, 304, 400, 404, 500, 503, Number.NaN])('is no success with HTTP %d', (status) => {
		expect(verdictsOf(read(ONE, status, SUCCESS))[0]?.outcome).not.toBe('terminated');
		for (const { outcome } of verdictsOf(read(TWO, status, ALL_TRUE))) {
			expect(outcome).not.toBe('terminated');
		}
	});

	it.each([
		// code, description, the code that the user sees
		['', 'The business process is not found.', undefined],
		['', 'The business process is not found', undefined],
		[' ', ' business process not found ', undefined],
		['', 'Бизнес-процесс не найден', undefined],
		['', 'Бизнес-процесс не найден.', undefined],
		['404', 'The business process is not found.', '404'],
		['ERROR_CORE', 'Бизнес-процесс не найден', 'ERROR_CORE'],
		['error_core', 'The business process is not found.', 'error_core'],
		[404, 'The business process is not found.', '404'],
		[null, 'The business process is not found.', undefined],
	])('says that no such workflow runs with code %p and %p', (error, error_description, code) => {
		const [verdict] = verdictsOf(read(ONE, 400, { error, error_description }));
		expect(verdict).toMatchObject({
			outcome: 'notRunning',
			reason: expect.stringContaining('already have ended'),
		});
		expect(verdict?.byState).toBeUndefined();
		expect(verdict?.vendorMessage).toBe(error_description.trim());
		expect(verdict?.code).toBe(code);
	});

	it.each([
		['', NOT_FOUND_DE.error_description],
		['', 'Wrong DOCUMENT_ID!'],
		['', 'Template not found'],
		['', ''],
		['', 'Activity A: The business process is not found. Called by B'],
		['', 'Activity A: https://example.com did not answer'],
		['404', 'Nicht gefunden'],
		['ERROR_CORE', 'Something else'],
		['ERROR_ARGUMENT', 'Argument is null or empty'],
		['WRONG_ENCODING', 'Wrong request encoding'],
		['SOMETHING_NEW', 'Words of it'],
	])('asks whether it still runs with code %p and %p', (error, error_description) => {
		const reading = read(ONE, 400, { error, error_description });
		expect(verdictsOf(reading)[0]).toEqual({
			outcome: 'failed',
			reason: 'Bitrix24 refused to end it',
			hint: expect.stringContaining('Open the workflow in Bitrix24'),
			...(error !== '' && { code: error }),
			...(error_description !== '' && { vendorMessage: error_description }),
			byState: {
				absent: {
					outcome: 'notRunning',
					reason: 'it may already have ended, or the ID may be wrong',
					hint: expect.any(String),
				},
			},
		});
		expect(stopOf(reading)).toBeUndefined();
	});

	const CONTEXT = "Current user can't be authorized in this context";
	const REST = 'REST API is available only on commercial plans';
	it.each([
		// code, HTTP status, description, words of the reason, outcome, stops the run
		['ERROR_WRONG_WORKFLOW_ID', 400, EMPTY_ID.error_description, /empty or as a number/, 'failed', false],
		['ACCESS_DENIED', 403, NOT_ADMINISTRATOR.error_description, /administrator/, 'failed', true],
		['ACCESS_DENIED', 400, 'Access denied!', /administrator/, 'failed', true],
		['ACCESS_DENIED', 403, REST, /plan of this portal/, 'failed', true],
		['ACCESS_DENIED', 401, 'REST is available only on commercial plans.', /plan of this/, 'failed', true],
		['ACCESS_DENIED', 403, 'Access denied! Application context required', /application/, 'failed', true],
		['ACCESS_DENIED', 401, 'REST is available only by subscription.', /plan of this/, 'failed', true],
		['ACCESS_DENIED', 403, CONTEXT, /does not allow the user of the credential/, 'failed', true],
		['ACCESS_DENIED', 403, 'No entry today', /denied access/, 'failed', true],
		['insufficient_scope', 403, 'The request requires higher privileges', /bizproc/, 'failed', true],
		['insufficient_scope', 401, '', /bizproc/, 'failed', true],
		['invalid_scope', 400, '', /bizproc/, 'failed', true],
		['INVALID_CREDENTIALS', 403, 'Invalid request credentials', /accept the credential/, 'failed', true],
		['NO_AUTH_FOUND', 401, 'Wrong authorization data', /accept the credential/, 'failed', true],
		['INVALID_REQUEST', 400, 'Https required', /HTTPS only/, 'failed', true],
		['INVALID_REQUEST', 401, 'Https required.', /HTTPS only/, 'failed', true],
		['INVALID_REQUEST', 400, 'Something else', /refused to end it/, 'failed', false],
		['expired_token', 401, 'The access token provided has expired', /has expired/, 'failed', true],
		['invalid_token', 401, '', /user or the application/, 'failed', true],
		['authorization_error', 401, '', /user or the application/, 'failed', true],
		['authorization_error', 401, 'Unable to authorize user', /did not accept the user/, 'failed', true],
		['METHOD_CONFIRM_WAITING', 401, 'Waiting for confirmation', /requires an administrator/, 'failed', true],
		['METHOD_CONFIRM_DENIED', 403, 'Method call denied', /has denied this application/, 'failed', true],
		['allowed_only_intranet_user', 403, 'Only employees', /refused the request/, 'failed', true],
		['ERROR_MANIFEST_IS_NOT_AVAILABLE', 404, '', /refused the request/, 'failed', true],
		['PORTAL_BLOCKED_BY_LICENSE_SCANNER', 403, '', /refused the request/, 'failed', true],
		['APPLICATION_NOT_FOUND', 401, '', /user or the application/, 'failed', true],
		['user_access_error', 403, '', /user or the application/, 'failed', true],
		['ERROR_OAUTH', 401, '', /user or the application/, 'failed', true],
		['verification_needed', 401, '', /user or the application/, 'failed', true],
		['WRONG_AUTH_TYPE', 403, '', /user or the application/, 'failed', true],
		['CONNECTION_ERROR', 401, '', /authorization server/, 'failed', false],
		['ERROR_METHOD_NOT_FOUND', 404, 'Method not found!', /not available on this portal/, 'failed', true],
		['ERROR_METHOD_NOT_FOUND', 400, 'Method not found!', /not available on this portal/, 'failed', true],
		['QUERY_LIMIT_EXCEEDED', 503, 'Too many requests', /did not run this one/, 'failed', false],
		['OPERATION_TIME_LIMIT', 429, 'Method is blocked', /execution time/, 'failed', true],
		['OVERLOAD_LIMIT', 503, 'REST API is blocked due to overload.', /overload/, 'failed', true],
		['OVERLOAD_LIMIT', 401, 'REST API is blocked due to overload.', /overload/, 'failed', true],
		['PAYMENT_REQUIRED', 401, 'Payment required', /subscription/, 'failed', true],
		['PORTAL_DELETED', 500, 'Portal was deleted', /closed/, 'failed', true],
		['PORTAL_DELETED', 403, 'Portal was deleted', /closed/, 'failed', true],
		['INTERNAL_SERVER_ERROR', 500, 'Internal server error', /having trouble/, 'unknown', false],
		['ERROR_UNEXPECTED_ANSWER', 500, '', /having trouble/, 'unknown', false],
		['ERROR_CORE', 500, 'Call to undefined method', /refused to end it/, 'failed', false],
		['SOMETHING_NEW', 500, '', /having trouble/, 'unknown', false],
		['constructor', 400, '', /refused to end it/, 'failed', false],
	])('with code %s, HTTP %d and %p', (error, status, error_description, words, outcome, stops) => {
		for (const written of [error, error.toLowerCase(), error.toUpperCase()]) {
			for (const seen of [status, 200]) {
				if (error === 'SOMETHING_NEW' && seen === 200) continue;
				const reading = read(ONE, seen, { error: written, error_description });
				const [verdict] = verdictsOf(reading);
				expect(verdict).toMatchObject({ outcome, reason: expect.stringMatching(words), code: written });
				expect(verdict?.hint).toBeTruthy();
				expect(verdict?.vendorMessage).toBe(error_description === '' ? undefined : error_description);
				if (stops) {
					expect(stopOf(reading)).toMatchObject({
						scope: 'run',
						reason: verdict?.reason,
						hint: verdict?.hint,
					});
					expect(verdict?.notRun).toBeUndefined();
				} else expect(stopOf(reading)).toBeUndefined();
			}
		}
	});

	it.each([
		['CONNECTION_ERROR', 401, undefined, 3],
		['QUERY_LIMIT_EXCEEDED', 503, true, undefined],
	])('was turned away before it ran with code %s', (error, status, throttled, attempts) => {
		for (const targets of [ONE, TWO]) {
			const reading = read(targets, status, { error, error_description: '' });
			for (const verdict of verdictsOf(reading)) {
				expect(verdict).toMatchObject({ outcome: 'failed', notRun: true });
				expect(verdict.attempts).toBe(attempts);
			}
			expect((reading as { throttled?: true }).throttled).toBe(throttled);
		}
	});

	it.each(['OVERLOAD_LIMIT', 'OPERATION_TIME_LIMIT', 'ERROR_WRONG_WORKFLOW_ID', 'ERROR_CORE', ''])(
		'is not sent again with code %p',
		(error) => {
			const [verdict] = verdictsOf(read(ONE, 503, { error, error_description: 'Words' }));
			expect(verdict?.outcome).toBe('failed');
			expect(verdict?.notRun).toBeUndefined();
		},
	);

	it.each([
		['PORTAL_DELETED', '', /'Temporary closure of the public part of the site'.*address in the credential/],
		['ERROR_METHOD_NOT_FOUND', 'Method not found!', /bizproc.*plan.*address in the credential/],
		['authorization_error', 'Unable to authorize user', /owner of the webhook.*blocked or dismissed/],
		['authorization_error', 'Unable to authorize user.', /blocked or dismissed/],
		['ACCESS_DENIED', 'Access denied!', /^Ask an administrator to create the webhook/],
		['ACCESS_DENIED', 'No entry today', /message from Bitrix24.*administrator/],
		['ACCESS_DENIED', '', /message from Bitrix24.*administrator/],
		['ACCESS_DENIED', "Current user can't be authorized in this context", /blocked.*employee/],
	])('names what helps with code %s and %p', (error, error_description, hint) => {
		const [verdict] = verdictsOf(read(ONE, 403, { error, error_description }));
		expect(verdict?.hint).toMatch(hint);
	});

	it.each([401, 403, 404])('of HTTP %d with an unknown code stops the run, and is quoted', (status) => {
		for (const targets of [ONE, TWO]) {
			const reading = read(targets, status, { error: 'SOMETHING_NEW', error_description: 'Words of it' });
			expect(verdictsOf(reading)).toEqual(
				targets.map(() => ({
					outcome: 'failed',
					reason: 'Bitrix24 refused the request',
					hint: expect.stringContaining('REST documentation'),
					code: 'SOMETHING_NEW',
					vendorMessage: 'Words of it',
				})),
			);
			expect(stopOf(reading)).toMatchObject({ scope: 'run', reason: 'Bitrix24 refused the request' });
		}
	});

	it.each(['', '404', 'ERROR_CORE'])('of the engine about one workflow stops nothing: %p', (error) => {
		for (const status of [400, 401, 403, 404]) {
			const reading = read(ONE, status, { error, error_description: 'Words of it' });
			expect(verdictsOf(reading)[0]).toMatchObject({ reason: 'Bitrix24 refused to end it' });
			expect(stopOf(reading)).toBeUndefined();
		}
	});

	it('says when there is running time again', () => {
		const reading = read(ONE, 429, { error: 'OPERATION_TIME_LIMIT', error_description: '' });
		expect(stopOf(reading)?.hint).toContain('about ten minutes');
		expect(stopOf(reading)?.hintUntil?.('2026-05-14 10:36 UTC')).toContain(
			'after 2026-05-14 10:36 UTC, or use',
		);
		const blocked = read(ONE, 503, { error: 'OVERLOAD_LIMIT', error_description: '' });
		expect(stopOf(blocked)).not.toHaveProperty('hintUntil');
	});

	it('goes by the text only where the code says nothing', () => {
		const error_description = 'The business process is not found.';
		for (const error of ['ERROR_WRONG_WORKFLOW_ID', 'SOMETHING_NEW']) {
			expect(verdictsOf(read(ONE, 400, { error, error_description }))[0]?.outcome).toBe('failed');
		}
		const [verdict] = verdictsOf(read(ONE, 500, { error: '', error_description: 'Something else' }));
		expect(verdict).toMatchObject({ outcome: 'failed', byState: { absent: { outcome: 'notRunning' } } });
	});

	it('understands the nested form of a refusal', () => {
		const body = { error: { code: 'OVERLOAD_LIMIT', message: 'Blocked' } };
		expect(verdictsOf(read(ONE, 503, body))[0]).toMatchObject({
			code: 'OVERLOAD_LIMIT',
			vendorMessage: 'Blocked',
			reason: expect.stringContaining('overload'),
		});
	});

	it('takes a refusal for one that also has a result', () => {
		expect(verdictsOf(read(ONE, 200, { ...SUCCESS, ...NOT_FOUND_EN }))[0]?.outcome).toBe('notRunning');
	});

	it('passes on what was said as it came: others clear and shorten it', () => {
		const error_description = `<b onclick="x">Bad</b> ${'x'.repeat(500)}`;
		const [verdict] = verdictsOf(read(ONE, 400, { error: '', error_description }));
		expect(verdict?.vendorMessage).toBe(error_description);
	});

	it.each([500, 502, 503, 504])(
		'is unknown when a page comes with HTTP %d: Bitrix24 has trouble',
		(status) => {
			const reading = read(ONE, status, '<html>Bad Gateway</html>');
			expect(verdictsOf(reading)[0]).toEqual({
				outcome: 'unknown',
				reason: `Bitrix24 is having trouble (HTTP ${status})`,
				hint: expect.stringContaining('Run the node again'),
				cause: { kind: 'unavailable' },
				vendorMessage: '<html>Bad Gateway</html>',
			});
			expect(stopOf(reading)).toBeUndefined();
		},
	);

	it.each([
		[200, '<html>Log in to this network</html>', '<html>Log in to this network</html>'],
		[200, '{"status":"up"}', '{"status":"up"}'],
		[204, '', undefined],
		[304, '', undefined],
		[403, '<html>Forbidden</html>', '<html>Forbidden</html>'],
		[408, '<html>Request Timeout</html>', '<html>Request Timeout</html>'],
		[418, '<html>Teapot</html>', '<html>Teapot</html>'],
		[429, '<html>Too Many Requests</html>', '<html>Too Many Requests</html>'],
	])('is unknown when HTTP %d comes with %p: it may be from a proxy', (status, text, vendorMessage) => {
		const reading = read(ONE, status, text);
		expect(verdictsOf(reading)[0]).toEqual({
			outcome: 'unknown',
			reason: 'the response could not be read',
			hint: expect.stringContaining('A proxy may have answered'),
			vendorMessage,
		});
		expect(stopOf(reading)).toBeUndefined();
	});

	it.each([
		[401, /accept the credential/],
		[404, /does not seem to come from the REST API/],
	])('stops the run when HTTP %d comes with a page', (status, words) => {
		const reading = read(ONE, status, '<html>Nothing here</html>');
		expect(verdictsOf(reading)[0]).toMatchObject({
			outcome: 'failed',
			reason: expect.stringMatching(words),
		});
		expect(stopOf(reading)?.scope).toBe('run');
	});
});

describe('an answer to a batch', () => {
	it('is read by command', () => {
		expect(verdictsOf(read(TWO, 200, ALL_TRUE))).toEqual([
			{ outcome: 'terminated' },
			{ outcome: 'terminated' },
		]);
		expect(verdictsOf(read(TWO, 200, MIXED))).toEqual([
			{ outcome: 'terminated' },
			{
				outcome: 'notRunning',
				reason: expect.any(String),
				hint: expect.any(String),
				vendorMessage: 'The business process is not found.',
			},
		]);
	});

	it('may be empty of results', () => {
		const reading = read(TWO, 200, batchAnswer({ result_error: { w0: NOT_FOUND_EN, w1: NOT_FOUND_RU } }));
		expect(verdictsOf(reading).map(({ outcome }) => outcome)).toEqual(['notRunning', 'notRunning']);
	});

	it('says that a command it does not mention was not run', () => {
		const [first, second] = verdictsOf(read(TWO, 200, batchAnswer({ result_error: { w0: EMPTY_ID } })));
		expect(first).toMatchObject({ outcome: 'failed', code: 'ERROR_WRONG_WORKFLOW_ID' });
		expect(second).toEqual({
			outcome: 'failed',
			reason: expect.stringContaining('left it out'),
			hint: expect.any(String),
			cause: { kind: 'unavailable' },
			notRun: true,
		});
	});

	it('says nothing about a command when the refusals have lost their names', () => {
		const named = { ...NUMERIC_KEYS.result, result: { w0: true } };
		const [first, second] = verdictsOf(read(TWO, 200, { result: named }));
		expect(first).toEqual({ outcome: 'terminated' });
		expect(second).toEqual({
			outcome: 'unknown',
			reason: expect.any(String),
			hint: expect.any(String),
			vendorMessage: expect.any(String),
		});
		expect(verdictsOf(read(TWO, 200, NUMERIC_KEYS)).map(({ outcome }) => outcome)).toEqual([
			'unknown',
			'unknown',
		]);
	});

	it('tells commands that were turned away from those that ran', () => {
		const limit = { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' };
		const reading = read(TWO, 200, batchAnswer({ result: { w0: true }, result_error: { w1: limit } }));
		expect(verdictsOf(reading)).toEqual([
			{ outcome: 'terminated' },
			expect.objectContaining({ outcome: 'failed', notRun: true }),
		]);
		expect(reading).toMatchObject({ throttled: true });
		expect(read(TWO, 200, MIXED)).not.toHaveProperty('throttled');
	});

	const TOO_LONG = { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' };
	const NOT_ALLOWED = { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED', error_description: 'Method is not allowed' };

	it.each([TOO_LONG, NOT_ALLOWED])('was too much for some: those go again, with $error', (refusal) => {
		const reading = read(TWO, 200, batchAnswer({ result: { w0: true }, result_error: { w1: refusal } }));
		expect(verdictsOf(reading)).toEqual([
			{ outcome: 'terminated' },
			expect.objectContaining({ outcome: 'failed', notRun: true, code: refusal.error }),
		]);
		expect(stopOf(reading)).toBeUndefined();
	});

	it.each([TOO_LONG, NOT_ALLOWED])(
		'was refused for its own sake: each goes alone, with $error',
		(refusal) => {
			const perCommand = batchAnswer({ result_error: { w0: refusal, w1: refusal } });
			for (const reading of [read(TWO, 200, perCommand), read(TWO, 400, refusal), read(TWO, 405, refusal)]) {
				expect(reading).toMatchObject({
					kind: 'tooMany',
					atMost: 1,
					scope: 'group',
					verdict: { outcome: 'failed', reason: expect.stringContaining('batch'), code: refusal.error },
				});
			}
		},
	);

	it('says when there is running time again by the latest of its commands', () => {
		const at = (operating_reset_at: unknown) => ({ ...TIME, operating_reset_at });
		const resetsAt = (result_time: unknown, result: object = { w0: true, w1: true }) =>
			(read(TWO, 200, batchAnswer({ result, result_time })) as { resetsAt?: number }).resetsAt;
		expect(resetsAt({ w0: at(1778747792), w1: at(1778747732) })).toBe(1778747792);
		expect(resetsAt({ w0: at(1778747732), w1: at(1778747792) })).toBe(1778747792);
		expect(resetsAt({ w1: at(1778747732) })).toBe(1778747732);
		// The time block of the batch itself counts nothing, and a command without a result has none.
		expect(resetsAt([])).toBeUndefined();
		expect(resetsAt({ w0: at(1778747792) }, {})).toBeUndefined();
		for (const nonsense of [undefined, null, '1778747792', 0, -1, 1e300, {}, true]) {
			expect(resetsAt({ w0: at(nonsense), w1: at(nonsense) })).toBeUndefined();
		}
		expect(resetsAt({ w0: 5, w1: 'x' })).toBeUndefined();
	});

	it('prefers the refusal where a command has both', () => {
		const body = batchAnswer({ result: { w0: true, w1: true }, result_error: { w1: NOT_FOUND_EN } });
		expect(verdictsOf(read(TWO, 200, body)).map(({ outcome }) => outcome)).toEqual([
			'terminated',
			'notRunning',
		]);
	});

	it('stops the run for a fatal code in one command', () => {
		const scope = { error: 'insufficient_scope', error_description: '' };
		const reading = read(TWO, 200, batchAnswer({ result: { w0: true }, result_error: { w1: scope } }));
		expect(verdictsOf(reading)[0]).toEqual({ outcome: 'terminated' });
		expect(verdictsOf(reading)[1]).toMatchObject({ outcome: 'failed', code: 'insufficient_scope' });
		expect(stopOf(reading)).toMatchObject({ scope: 'run', reason: expect.stringContaining('bizproc') });
	});

	it('takes a refusal without words for one', () => {
		const body = batchAnswer({ result: { w0: true }, result_error: { w1: 'no' } });
		expect(verdictsOf(read(TWO, 200, body))[1]).toMatchObject({ outcome: 'failed' });
	});

	it('holds for all when the batch itself was refused', () => {
		const reading = read(TWO, 503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' });
		expect(verdictsOf(reading)).toHaveLength(2);
		for (const verdict of verdictsOf(reading)) expect(verdict.code).toBe('QUERY_LIMIT_EXCEEDED');
		expect(stopOf(reading)).toBeUndefined();
	});

	it.each([
		['', 400, NOT_FOUND_EN.error_description],
		['', 400, 'Words of it'],
		['', 403, ''],
		['404', 404, 'Nicht gefunden'],
		['ERROR_CORE', 400, 'Words of it'],
		['ERROR_ARGUMENT', 400, 'Argument is null or empty'],
		['ERROR_WRONG_WORKFLOW_ID', 400, EMPTY_ID.error_description],
		['SOMETHING_NEW', 200, 'Words of it'],
		['SOMETHING_NEW', 400, 'Words of it'],
		['SOMETHING_NEW', 429, 'Words of it'],
	])('that is refused with %p (HTTP %d, %p) says nothing about a workflow', (error, status, words) => {
		const reading = read(TWO, status, { error, error_description: words });
		for (const verdict of verdictsOf(reading)) {
			expect(verdict).toMatchObject({ outcome: 'failed', reason: 'Bitrix24 refused the request' });
			expect(verdict.byState).toBeUndefined();
			expect(verdict.vendorMessage).toBe(words === '' ? undefined : words);
		}
		expect(stopOf(reading)).toMatchObject({ scope: 'run', reason: 'Bitrix24 refused the request' });
	});

	it.each(['', 'ERROR_CORE', 'ERROR_WRONG_WORKFLOW_ID', 'SOMETHING_NEW'])(
		'that broke down with %p may have been carried out in part',
		(error) => {
			const reading = read(TWO, 500, { error, error_description: 'Words of it' });
			for (const verdict of verdictsOf(reading)) {
				expect(verdict).toMatchObject({ outcome: 'unknown', vendorMessage: 'Words of it' });
			}
			expect(stopOf(reading)).toBeUndefined();
		},
	);

	it('that belongs to a single call is no success', () => {
		for (const { outcome } of verdictsOf(read(TWO, 200, SUCCESS))) expect(outcome).toBe('unknown');
		expect(verdictsOf(read(ONE, 200, ALL_TRUE))[0]?.outcome).toBe('unknown');
	});
});

describe('any body', () => {
	const named = UGLY.flatMap(([name, text]) =>
		[200, 204, 400, 401, 403, 404, 429, 500, 502].map((status) => [name, status, text] as const),
	);

	it.each(named)('%s with HTTP %d is no success and no exception', (_name, status, text) => {
		for (const targets of [ONE, TWO]) {
			const verdicts = verdictsOf(read(targets, status, text));
			expect(verdicts).toHaveLength(targets.length);
			for (const { outcome, reason, hint } of verdicts) {
				expect(['failed', 'unknown', 'notSent']).toContain(outcome);
				expect(reason).toBeTruthy();
				expect(hint).toBeTruthy();
			}
			const said = saidBy(contract.stateQuery?.read(targets, { status, headers: {}, text }));
			if (Array.isArray(said)) expect(said.map(({ state }) => state)).toEqual(targets.map(() => undefined));
			else expect(said).toMatch(/^(tryAgain|failed for all|sessionExpired)$/);
		}
	});
});

describe('the question what still runs', () => {
	const { stateQuery } = contract;
	if (!stateQuery) throw new Error('There is no state query');
	const ask = (targets: Array<Target<TerminateSettings>>, body: unknown, status = 200) => {
		const said = saidBy(stateQuery.read(targets, { status, headers: {}, text: textOf(body) }));
		return Array.isArray(said) ? said.map(({ state }) => state) : said;
	};
	const listed = (...ids: unknown[]) => ids.map((ID) => ({ ID }));

	it('is asked where nobody knows whether a command worked, and absence says that nothing runs', () => {
		expect(stateQuery).toMatchObject({ when: 'inDoubt', absentMeans: 'notRunning', targetsPerRequest: 50 });
	});

	it('is asked by ID, alone or as a batch', () => {
		expect(stateQuery.request(ONE)).toEqual({
			method: 'POST',
			path: '/bizproc.workflow.instances',
			body: '{"SELECT":["ID"],"FILTER":{"ID":"65e5a449e8f135.21284909"}}',
		});
		expect(stateQuery.request(TWO)).toEqual({
			method: 'POST',
			path: '/batch',
			body: '{"halt":0,"cmd":{"w0":"bizproc.workflow.instances?SELECT[0]=ID&FILTER[ID]=65e5a449e8f135.21284909","w1":"bizproc.workflow.instances?SELECT[0]=ID&FILTER[ID]=66e412fdc9bd44.36306599"}}',
		});
	});

	it('finds a running one, also among rows that were not asked for', () => {
		expect(ask([target(SECOND)], INSTANCES)).toEqual(['running']);
		expect(ask(ONE, { result: listed(FIRST), total: 1 })).toEqual(['running']);
		expect(ask(ONE, { result: listed('x', FIRST.toUpperCase()), next: 50, total: 120 })).toEqual(['running']);
	});

	it('takes one for absent only by a complete list', () => {
		expect(ask(ONE, NO_INSTANCES)).toEqual(['absent']);
		expect(ask(ONE, INSTANCES)).toEqual(['absent']);
		expect(ask(ONE, { result: listed('x'), total: 2 })).toEqual([undefined]);
		expect(ask(ONE, { result: listed('x'), total: 1, next: 1 })).toEqual([undefined]);
		expect(ask(ONE, { result: [], total: 0, next: -1 })).toEqual([undefined]);
		expect(ask(ONE, { result: [] })).toEqual([undefined]);
		expect(ask(ONE, { result: [], total: 3 })).toEqual([undefined]);
		expect(ask(ONE, { result: listed(5), total: 1 })).toEqual([undefined]);
		expect(ask(ONE, { result: [null], total: 1 })).toEqual([undefined]);
	});

	it('learns nothing from a refusal or another status', () => {
		expect(ask(ONE, NOT_ADMINISTRATOR, 403)).toBe('failed for all');
		expect(ask(TWO, NOT_ADMINISTRATOR, 403)).toBe('failed for all');
		expect(ask(ONE, { ...NO_INSTANCES, error: '' })).toEqual([undefined]);
		expect(ask(ONE, NO_INSTANCES, 404)).toBe('failed for all');
		for (const status of [300, 304, 500]) expect(ask(ONE, NO_INSTANCES, status)).toBe('tryAgain');
	});

	it('says why there is no answer about one of several', () => {
		const refused = { error: 'ERROR_CORE', error_description: 'Not this one.' };
		const body = batchAnswer({ result: { w0: [] }, result_total: { w0: 0 }, result_error: { w1: refused } });
		const result = stateQuery.read(TWO, { status: 200, headers: {}, text: textOf(body) });
		expect(result).toMatchObject({
			kind: 'found',
			value: [
				{ state: 'absent' },
				{ error: { code: 'ERROR_CORE', vendorMessage: 'Not this one.', httpStatus: 200 } },
			],
		});
	});

	it('is put again where Bitrix24 could not serve any of it just now, whatever the HTTP status', () => {
		const error = (code: string) => ({ error: code, error_description: 'Words.' });
		const read = (targets: Array<Target<TerminateSettings>>, body: unknown) =>
			saidBy(stateQuery.read(targets, { status: 200, headers: {}, text: textOf(body) }));
		for (const code of ['CONNECTION_ERROR', 'QUERY_LIMIT_EXCEEDED', 'INTERNAL_SERVER_ERROR']) {
			expect([code, read(ONE, error(code))]).toEqual([code, 'tryAgain']);
			const none = batchAnswer({ result: {}, result_error: { w0: error(code), w1: error(code) } });
			expect([code, read(TWO, none)]).toEqual([code, 'tryAgain']);
		}
		expect(read(ONE, error('OPERATION_TIME_LIMIT'))).toBe('failed for all');
		expect(read(ONE, error('ACCESS_DENIED'))).toBe('failed for all');
		// What one of them says is not thrown away for the other.
		const half = batchAnswer({
			result: { w0: [] },
			result_total: { w0: 0 },
			result_error: { w1: error('CONNECTION_ERROR') },
		});
		expect(read(TWO, half)).toMatchObject([{ state: 'absent' }, { error: { code: 'CONNECTION_ERROR' } }]);
	});

	it('reads a batch by command', () => {
		const three = [...TWO, target('third')];
		const body = batchAnswer({
			result: { w0: [], w1: listed(SECOND) },
			result_total: { w0: 0, w1: 1 },
			result_error: { w2: { error: 'OPERATION_TIME_LIMIT', error_description: '' } },
		});
		expect(ask(three, body)).toEqual(['absent', 'running', undefined]);
		const cut = batchAnswer({ result: { w0: [], w1: [] }, result_total: { w0: 0 } });
		expect(ask(TWO, cut)).toEqual(['absent', undefined]);
		const more = batchAnswer({
			result: { w0: listed('x'), w1: [] },
			result_total: { w0: 1, w1: 0 },
			result_next: { w0: 50 },
		});
		expect(ask(TWO, more)).toEqual([undefined, 'absent']);
	});
});

describe('the words', () => {
	const codes = [
		...['', '404', 'ERROR_WRONG_WORKFLOW_ID', 'insufficient_scope', 'INVALID_CREDENTIALS', 'expired_token'],
		...['invalid_token', 'CONNECTION_ERROR', 'ERROR_METHOD_NOT_FOUND', 'QUERY_LIMIT_EXCEEDED'],
		...['OPERATION_TIME_LIMIT', 'OVERLOAD_LIMIT', 'PAYMENT_REQUIRED', 'PORTAL_DELETED', 'ACCESS_DENIED'],
		...['ERROR_BATCH_LENGTH_EXCEEDED', 'INTERNAL_SERVER_ERROR'],
	];
	const descriptions = [
		'',
		'Https required',
		'Application context required',
		'available only on commercial plans',
	];
	const meanings = [
		...codes.flatMap((code) => descriptions.map((description) => knownError({ code, description }, 400))),
		knownError({ code: 'INVALID_REQUEST', description: 'Https required' }, 400),
		knownError({ code: '', description: 'The business process is not found.' }, 400),
		...[200, 401, 404, 500].map((status) => unreadable(status)),
	];

	it('are half sentences for reasons and whole ones for hints, without blame', () => {
		for (const { reason, hint } of meanings) {
			expect(reason).not.toMatch(/\.$|\berror\b|problem|failure|mistake/i);
			expect(reason.charAt(0)).toMatch(/[a-z]|B/);
			expect(hint).toMatch(/^[A-Z].*\.$/);
			expect(hint).not.toMatch(/\berror\b|problem|failure|mistake/i);
		}
	});
});

describe('many targets', () => {
	it('are read without a long stretch', () => {
		const targets = Array.from({ length: 50 }, (_, index) => target(`id${index}`, 'x'.repeat(100)));
		const result = Object.fromEntries(targets.map((_, index) => [`w${index}`, true]));
		const text = textOf(batchAnswer({ result }));
		const started = performance.now();
		for (let round = 0; round < 200; round += 1) {
			contract.request(targets);
			expect(verdictsOf(contract.read(targets, { status: 200, headers: {}, text }))).toHaveLength(50);
		}
		// 10,000 targets in 200 requests; each request is a stretch of its own.
		expect((performance.now() - started) / 200).toBeLessThan(10);
	});
});
