import { readRecord, readRecords } from '../../../../nodes/Unifier/api/record';
import { SAMPLES } from '../samples';

const answer = (body: unknown, status = 200) => ({
	status,
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
});
const list = (body: unknown, status = 200) => readRecords(answer(body, status));
const one = (body: unknown, status = 200) => readRecord('VEN-0023', answer(body, status));
const refused = (code: number, message: unknown = ['No.']) => ({ data: [], message, status: code });

describe('one record', () => {
	it.each([
		SAMPLES.record,
		{ data: [{ status: 'Active' }], status: '200' },
		{ data: [{ record_no: null, status: 'Active' }], status: 200 },
		{ data: [{ record_no: '', status: 'Active' }], status: 200 },
		{ data: [{ record_no: 'VEN-0023' }], message: [''], status: 200 },
	])('is found in %j', (body) => expect(one(body)).toMatchObject({ kind: 'found' }));

	it.each([
		refused(657, ['Invalid record_no']),
		refused(12756, ['[VEN-0023] is not correct.']),
		refused(4711, ['Record not found']),
		refused(4711, 'This record does not exist.'),
		{ data: [], message: ['success'], status: 200 },
	])('is not there by %j', (body) => {
		expect(one(body)).toMatchObject({
			kind: 'failed',
			error: {
				notFound: true,
				reason: 'this business process has no record with this number',
				hint: expect.stringContaining('Check the record number'),
			},
		});
	});

	it.each([refused(602, ['Project not found']), refused(603, ['does not exist'])])(
		'a project or a process that is not there is something else: %j',
		(body) => expect(one(body)).not.toMatchObject({ error: { notFound: true } }),
	);

	it.each([
		[{ data: [{ record_no: 'VEN-0024' }], status: 200 }],
		[{ data: [{ record_no: 2 ** 53 }], status: 200 }],
		[{ data: [{ record_no: 'VEN-0023' }, { record_no: 'VEN-0024' }], status: 200 }],
	])('is not another one: %j', (body) => {
		expect(one(body)).toMatchObject({
			kind: 'failed',
			error: { reason: 'Unifier returned a different record' },
		});
	});
});

describe('refusals', () => {
	it.each<[number, RegExp, RegExp]>([
		[602, /did not accept the project/, /must be active/],
		[603, /did not accept the business process/, /same letter case/],
		[811, /did not accept the filter/, /element names/],
		[1101, /could not process the request/, /Check/],
		[1245, /as several numbers/, /one number/],
		[3002, /could not process the request/, /Check/],
		[3006, /not active/, /Activate/],
		[13001, /belongs to a project/, /Project/],
		[4711, /refused to return the data \(code 4711\)/, /^Check the business process/],
	])('code %d concerns one item, in words of its own', (code, reason, hint) => {
		const reading = list(refused(code));
		expect(reading).toMatchObject({
			kind: 'failed',
			error: {
				reason: expect.stringMatching(reason),
				hint: expect.stringMatching(hint),
				code: String(code),
				vendorMessage: 'No.',
				httpStatus: 200,
			},
		});
		expect(reading).not.toMatchObject({ error: { stopsRun: true } });
		expect(JSON.stringify(reading)).not.toMatch(/terminat|may have worked/i);
	});

	it('a code counts before the HTTP status', () => {
		expect(list(SAMPLES.wrongShell, 500)).toMatchObject({ kind: 'failed', error: { code: '602' } });
	});

	it('a code at an HTTP status of failure is no success', () => {
		expect(list({ data: [], status: 200 }, 400)).toMatchObject({
			kind: 'failed',
			error: { httpStatus: 400 },
		});
	});

	it.each([
		[refused(500, ['Server is encountering issues']), 200],
		['<html>Bad Gateway</html>', 502],
		['', 408],
	])('trouble may pass: %j (HTTP %d)', (body, status) => {
		const reading = list(body, status);
		expect(reading).toMatchObject({ kind: 'tryAgain', error: { stopsRun: true } });
		expect(JSON.stringify(reading)).toContain('Nothing was changed');
	});

	it('too many requests are asked again', () => {
		expect(list('', 429)).toMatchObject({
			kind: 'tryAgain',
			error: { reason: 'Unifier is limiting the number of requests (HTTP 429)' },
		});
	});

	it('a refused token is a session to renew', () => {
		expect(list('Unauthorized', 401)).toMatchObject({
			kind: 'sessionExpired',
			error: { reason: 'Unifier did not accept the token', stopsRun: true, httpStatus: 401 },
		});
	});

	it('a refused token that was pasted says so', () => {
		const pasted = { ...answer('Unauthorized', 401), hasPastedToken: true } as const;
		expect(readRecords(pasted)).toMatchObject({
			kind: 'sessionExpired',
			error: {
				reason: 'Unifier did not accept the access token that was pasted into the credential',
				hint: expect.stringContaining('Paste a new one'),
				stopsRun: true,
				httpStatus: 401,
			},
		});
		// Whatever else is wrong is not the token.
		expect(readRecords({ ...pasted, status: 403 })).toMatchObject({
			error: { reason: 'the integration user may not read records' },
		});
	});

	it('a missing right is the one that reading needs', () => {
		expect(list('', 403)).toEqual({
			kind: 'failed',
			error: {
				reason: 'the integration user may not read records',
				hint: 'Give the integration user Get access for Business Process Services.',
				cause: { kind: 'configuration' },
				httpStatus: 403,
				stopsRun: true,
			},
		});
	});

	it.each([
		['<html>Sign in</html>', 200],
		['', 200],
		['<html>Not here</html>', 404],
		['', 405],
	])('something else answered: %j (HTTP %d)', (body, status) => {
		expect(list(body, status)).toMatchObject({
			kind: 'failed',
			error: {
				reason: 'the response does not seem to come from Unifier',
				hint: expect.stringMatching(/^Check the 'Base URL'.*acme\.$/),
				stopsRun: true,
			},
		});
	});

	it.each([
		'{"data":[{"record_no":"PL-0759"',
		'[]',
		'{"data":[]}',
		{ data: {}, status: 200 },
		{ data: null, status: 200 },
		{ status: 200 },
	])('a broken answer is asked for again: %j', (body) => {
		expect(list(body)).toMatchObject({
			kind: 'tryAgain',
			error: { reason: 'the response could not be read' },
		});
	});
});
