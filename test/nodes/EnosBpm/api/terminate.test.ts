import { terminate } from '../../../../nodes/EnosBpm/processInstance/terminate.operation';
import fc from 'fast-check';

import { readDeleteReason } from '../../../../nodes/EnosBpm/processInstance/fields';
import { terminateContract as contract } from '../../../../nodes/EnosBpm/api/terminate';
import type { CommandResponse, Verdict } from '../../../../nodes/core/commands/contract';
import type { Stop } from '../../../../nodes/core/http/stops';
import {
	APP_TOKEN_EXPIRED,
	GENERAL_REFUSAL,
	INSTANCE,
	NO_ORGANIZATION,
	NOT_FOUND,
	TERMINATED,
	UGLY,
} from '../samples';
import { saidBy } from '../../core/stateAnswers';

const target = { id: INSTANCE.id, item: 0, settings: { deleteReason: 'your_terminate_reason' } };

const answer = (status: number, body: unknown) => ({
	status,
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
});
const read = (status: number, body: unknown): CommandResponse =>
	contract.read([target], answer(status, body));

const verdictOf = (reading: CommandResponse): Verdict & { stop?: Stop } => {
	if (reading.kind !== 'verdicts') throw new Error(`Unexpected reading ${reading.kind}`);
	expect(reading.verdicts).toHaveLength(1);
	return { ...(reading.verdicts[0] as Verdict), ...(reading.stop && { stop: reading.stop }) };
};

const BPM = (code: number) => ({ code, msg: 'the vendor says so', data: null });
const GATEWAY = (status: number) => ({ status, msg: 'the vendor says so', data: null });

describe('the request', () => {
	it('is the documented POST, byte for byte', () => {
		expect(contract.request([target])).toEqual({
			method: 'POST',
			path: `/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId=${INSTANCE.id}`,
			body: '{"deleteReason":"your_terminate_reason"}',
			contentType: 'application/json;charset=UTF-8',
		});
	});

	it('keeps the reason as it is, whatever is in it', () => {
		const deleteReason = 'He said "stop" \\ 原因 é\n{"terminateReason":1}';
		const { body } = contract.request([{ ...target, settings: { deleteReason } }]);
		expect(JSON.parse(body ?? '')).toEqual({ deleteReason });
	});

	const expectSafe = (id: string): void => {
		const { path, method } = contract.request([{ ...target, id }]);
		const url = new URL(`https://host.example${path}`);
		expect(method).toBe('POST');
		expect(url.pathname).toBe('/enos-bpm-service/v2.0/work/process-instances');
		expect([...url.searchParams]).toEqual([
			['action', 'delete'],
			['processInstanceId', id],
		]);
		expect(url.pathname + url.search + url.hash).toBe(path);
	};

	it.each([
		'x&action=',
		'x&action=start',
		'../x',
		'?',
		'#',
		'a b',
		'a+b',
		'%26action=',
		"x'(*)!",
		'&',
		'=',
		'',
	])('does not let %p take action=delete away', expectSafe);

	it('does not let any ID take action=delete away', () => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme' }), expectSafe), { numRuns: 500 });
	});

	it('carries one instance, whatever the reason, and as many at a time as EnOS takes, which documents no limit', () => {
		expect(contract).not.toHaveProperty('rates');
		expect(contract.targetsPerRequest).toBe(1);
		expect(contract.requestsInFlight).toEqual({ first: 5, most: 20 });
		const other = { ...target, settings: { deleteReason: 'another' } };
		expect(contract.scopeKey(other)).toBe(contract.scopeKey(target));
		expect(contract.groupKey(other)).toBe(contract.groupKey(target));
		expect(contract.describe(target)).toEqual({});
	});
});

describe('the reason', () => {
	it('is trimmed', () => expect(readDeleteReason('  why \n')).toBe('why'));
	it.each([undefined, null, '', ' \n'])('must not be %p', (value) => {
		expect(() => readDeleteReason(value)).toThrow("The parameter 'Delete Reason' is empty");
	});
	it('must be text', () => expect(() => readDeleteReason({ a: 1 })).toThrow(/must be text/));
});

describe('success', () => {
	it('is code 0 with data true, as in the sample', () => {
		expect(read(200, TERMINATED)).toEqual({ kind: 'verdicts', verdicts: [{ outcome: 'terminated' }] });
	});

	it('keeps the request ID', () => {
		const verdict = verdictOf(read(200, { code: 0, msg: '', data: true, requestId: 'r-1' }));
		expect(verdict).toEqual({ outcome: 'terminated', extra: { requestId: 'r-1' } });
	});

	it.each([false, null, 'true', 1, {}, [true], undefined])('is not code 0 with data %p', (data) => {
		const verdict = verdictOf(read(200, { code: 0, msg: '', data }));
		expect(verdict).toMatchObject({
			outcome: 'failed',
			code: '0',
			reason: 'EnOS accepted the call but did not terminate the instance',
			byState: { ended: { outcome: 'alreadyEnded' } },
		});
		expect(verdict.stop).toBeUndefined();
		expect(verdict.byState).not.toHaveProperty('running');
	});

	// NaN stands for a status that n8n did not hand over.
	it.each([300, 400, 404, 500, 502, Number.NaN])('is not code 0 behind HTTP %d', (status) => {
		expect(verdictOf(read(status, TERMINATED)).outcome).toMatch(/^(failed|unknown)$/);
	});
});

const ENDED = { ended: { outcome: 'alreadyEnded' } };
const ABSENT = {
	outcome: 'notFound',
	byState: {
		...ENDED,
		running: { outcome: 'failed', reason: expect.stringContaining('still running') },
	},
};
const INTERNAL = {
	outcome: 'unknown',
	attempts: 2,
	reason: 'EnOS reported an internal fault',
	byState: { running: { outcome: 'failed', reason: expect.stringContaining('still running') } },
};
const DOWN = { outcome: 'unknown', reason: expect.stringContaining('could not handle the request') };
const LIMIT = { outcome: 'failed', reason: 'EnOS is limiting the number of requests', notRun: true };

/** What each class says about sending again and asking, besides what the user reads. */
const policyOf = ({ notRun, attempts, byState }: Partial<Verdict>): unknown => ({
	notRun,
	attempts,
	states: Object.keys(byState ?? {}),
});

describe('codes, at any HTTP status', () => {
	it.each<[number, (code: number) => object, object, boolean]>([
		[33403, BPM, { outcome: 'failed', reason: 'this account may not terminate it', byState: ENDED }, false],
		[33404, BPM, ABSENT, false],
		[33500, BPM, INTERNAL, false],
		[1001, GATEWAY, { ...INTERNAL, reason: expect.stringContaining('as a duplicate of another one') }, false],
		[1002, GATEWAY, { outcome: 'failed', reason: "the gateway does not know the 'App Key'" }, true],
		[1003, GATEWAY, { outcome: 'failed', hint: expect.stringMatching(/App Secret.*clock/) }, true],
		[1004, GATEWAY, { outcome: 'failed', hint: expect.stringContaining('App Secret') }, true],
		[1202, GATEWAY, { outcome: 'failed', hint: expect.stringContaining('App Key') }, true],
		[1005, GATEWAY, INTERNAL, false],
		[99400, BPM, { outcome: 'failed', reason: 'EnOS rejected a value', byState: ENDED }, false],
		[99403, BPM, { outcome: 'failed', reason: expect.stringContaining('lacks the permission') }, true],
		[99404, BPM, ABSENT, false],
		[99500, BPM, INTERNAL, false],
		[403, GATEWAY, { outcome: 'failed', reason: 'the gateway denied the request' }, true],
		[404, GATEWAY, { outcome: 'failed', hint: expect.stringContaining('BPM service') }, true],
		[429, GATEWAY, LIMIT, false],
		[497, GATEWAY, { outcome: 'failed', hint: expect.stringContaining('clock') }, true],
		[498, GATEWAY, { outcome: 'failed', reason: expect.stringContaining('not authorized') }, true],
		[500, GATEWAY, INTERNAL, false],
		[503, GATEWAY, DOWN, false],
		[504, GATEWAY, DOWN, false],
		[77777, BPM, { outcome: 'failed', byState: ENDED }, false],
		// A success code of the portal, not of the BPM service.
		[200, BPM, { outcome: 'failed', byState: ENDED }, false],
	])('%d', (code, envelope, expected, stops) => {
		for (const status of [200, 400, 401, 403, 500]) {
			const verdict = verdictOf(read(status, envelope(code)));
			expect(verdict).toMatchObject({ ...expected, code: String(code), vendorMessage: 'the vendor says so' });
			expect(policyOf(verdict)).toEqual(policyOf(expected));
			expect(verdict.hint).toEqual(expect.any(String));
			if (stops) {
				const { reason, hint, cause } = verdict;
				expect(verdict.stop).toEqual({ scope: 'run', reason, hint, cause });
				expect(cause).toBeDefined();
				expect(verdict.byState).toBeUndefined();
			} else expect(verdict.stop).toBeUndefined();
		}
	});

	it('a limit slows the run down, by the code where the HTTP status does not', () => {
		expect(read(200, GATEWAY(429))).toMatchObject({ throttled: true });
		expect(read(429, GATEWAY(429))).not.toHaveProperty('throttled');
		expect(read(200, GATEWAY(503))).not.toHaveProperty('throttled');
	});

	it.each([31401, 33401, 31512, 1203, 1204, 401])('%d asks for a new session', (code) => {
		for (const body of [BPM(code), GATEWAY(code), { code, message: 'the vendor says so' }]) {
			for (const status of [200, 401, 403]) {
				expect(read(status, body)).toMatchObject({
					kind: 'sessionExpired',
					verdict: { outcome: 'failed', code: String(code), vendorMessage: 'the vendor says so' },
					stop: { scope: 'run', reason: 'the session expired and could not be renewed' },
				});
			}
		}
	});

	it.each([4011, 4012])('%d of older gateways asks for a new session', (code) => {
		expect(read(200, { apim_status: code, submsg: 'old' })).toMatchObject({
			kind: 'sessionExpired',
			verdict: { code: String(code), vendorMessage: 'old' },
		});
	});

	it('tells that a pasted token needs a new one', () => {
		const hint = expect.stringContaining('contains a pasted access token, replace') as never;
		expect(read(200, BPM(31401))).toMatchObject({ verdict: { hint }, stop: { hint } });
	});

	it('tells what to do without an organization', () => {
		expect(read(200, NO_ORGANIZATION)).toMatchObject({
			verdict: { hint: "Enter the 'Organization ID' in the credential." },
			stop: { hint: "Enter the 'Organization ID' in the credential." },
		});
	});

	it('reads the documented samples', () => {
		expect(verdictOf(read(200, GENERAL_REFUSAL))).toMatchObject({
			outcome: 'failed',
			code: '99400',
			vendorMessage: 'Invalid Argument action:action is missing',
			extra: { requestId: '4d4bfd4d-b5c5-4b9c-b452-833516153b49' },
		});
		expect(verdictOf(read(404, NOT_FOUND))).toMatchObject({ outcome: 'notFound', code: '33404' });
		expect(read(200, APP_TOKEN_EXPIRED)).toMatchObject({ kind: 'sessionExpired' });
		expect(read(200, { ...APP_TOKEN_EXPIRED, status: undefined, stauts: 1203 })).toMatchObject({
			kind: 'sessionExpired',
		});
	});

	it('takes the code before the status, and msg before message', () => {
		const body = { status: 1203, code: 33403, message: 'second', msg: 'first' };
		expect(verdictOf(read(200, body))).toMatchObject({ code: '33403', vendorMessage: 'first' });
	});

	it('reads a code that came as text', () => {
		expect(verdictOf(read(200, { code: '33403' }))).toMatchObject({ code: '33403', outcome: 'failed' });
	});
});

describe('answers without a code', () => {
	it.each(['', '<html>401</html>', '{}', '{"code":0,"data":true}'])(
		'HTTP 401 asks for a new session: %p',
		(body) => {
			// Nobody knows who answered, so if no session is to be had it stays unknown.
			const { kind, verdict } = read(401, body) as Extract<CommandResponse, { kind: 'sessionExpired' }>;
			expect(kind).toBe('sessionExpired');
			expect(verdict).toMatchObject({ outcome: 'unknown' });
			expect(verdict).not.toHaveProperty('code');
		},
	);

	it.each([
		[408, DOWN, false],
		[
			429,
			{ outcome: 'unknown', reason: expect.stringContaining('is limiting the number of requests') },
			false,
		],
		[500, DOWN, false],
		[502, DOWN, false],
		[503, DOWN, false],
		[504, DOWN, false],
		[404, { outcome: 'unknown', reason: 'the response does not seem to come from EnOS BPM' }, true],
		[300, { outcome: 'unknown', reason: expect.stringContaining('(HTTP 300)') }, true],
		[304, { outcome: 'unknown', reason: expect.stringContaining('(HTTP 304)') }, true],
		[400, { outcome: 'unknown', reason: expect.stringContaining('(HTTP 400)') }, true],
		[403, { outcome: 'unknown', hint: expect.stringContaining("'Base URL'") }, true],
		[405, { outcome: 'unknown', reason: expect.stringContaining('EnOS gateway') }, true],
	])('HTTP %d proves nothing', (status, expected, stops) => {
		for (const body of ['', '<html><body>Oops</body></html>', 'no Route matched', '{"code":0,"data":true}']) {
			const verdict = verdictOf(read(status, body));
			expect(verdict).toMatchObject(expected);
			expect(verdict.stop !== undefined).toBe(stops);
			// The run's own words will do, whatever EnOS says then.
			expect(policyOf(verdict)).toEqual(policyOf({}));
		}
		expect(verdictOf(read(status, '<p>Oops</p>')).vendorMessage).toBe('<p>Oops</p>');
		for (const nothing of ['', ' \n ']) {
			expect(verdictOf(read(status, nothing)).vendorMessage).toBeUndefined();
		}
	});

	it.each(UGLY)('are never a success: %s', (_name, body) => {
		for (const status of [200, 201, 204, 299]) {
			expect(verdictOf(read(status, body))).toMatchObject({ outcome: 'unknown' });
		}
		for (const status of [0, 100, 304, 400, 404, 418, 429, 500, 502, 599]) {
			expect(verdictOf(read(status, body)).outcome).toMatch(/^(failed|unknown)$/);
		}
	});

	it('behind a success status leave it open, and a page in place of EnOS stops the run', () => {
		for (const body of ['', '{"code":0,"da', '{}', '[]']) {
			const verdict = verdictOf(read(200, body));
			expect(verdict).toMatchObject({ outcome: 'unknown', reason: 'the response could not be read' });
			expect(verdict.stop).toBeUndefined();
		}
		for (const page of ['<html></html>', '\n\n<!DOCTYPE html><html></html>']) {
			expect(verdictOf(read(200, page)).stop).toMatchObject({ scope: 'run' });
		}
	});

	it('never throw and never pass for a success, whatever the body is', () => {
		const values = fc.oneof(
			fc.json(),
			fc.string(),
			fc.jsonValue().map((data) => JSON.stringify({ code: 0, data })),
		);
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 599 }), values, (status, body) => {
				const reading = read(status, body);
				if (reading.kind !== 'verdicts') return;
				for (const { outcome } of reading.verdicts.filter((one) => one.outcome === 'terminated')) {
					expect([outcome, Math.trunc(status / 100), JSON.parse(body)]).toEqual([
						'terminated',
						2,
						{ code: 0, data: true },
					]);
				}
				contract.stateQuery?.read([target], answer(status, body));
			}),
			{ numRuns: 500 },
		);
	});
});

describe('words', () => {
	const readings = [
		...[33403, 33404, 33500, 1001, 1002, 1003, 1004, 1005, 1202, 99400, 99403, 99404, 99500].map((code) =>
			read(200, BPM(code)),
		),
		...[403, 404, 429, 497, 498, 500, 503, 504, 31401, 31512, 77777].map((code) => read(200, GATEWAY(code))),
		...[200, 400, 404, 429, 502].map((status) => read(status, '<p>')),
		read(200, ''),
		read(200, { code: 0, data: false }),
	];
	const saidAs = (name: 'reason' | 'hint'): string[] => {
		const texts: string[] = [];
		JSON.stringify(readings, (key, value: unknown) => {
			if (key === name) texts.push(String(value));
			return value;
		});
		return texts;
	};

	it('are our own, without a final period and without words that frighten', () => {
		const reasons = saidAs('reason');
		expect(reasons.length).toBeGreaterThan(30);
		for (const reason of reasons) {
			expect(reason).not.toMatch(/error|problem|failure|mistake|the vendor says so|EPERM|EACCES|ENOENT/i);
			expect(reason).toMatch(/^\w.*[^.!]$/);
		}
	});

	it('say what to do in whole sentences', () => {
		const hints = saidAs('hint');
		expect(hints.length).toBeGreaterThan(30);
		for (const hint of hints) expect(hint).toMatch(/^[A-Z].*\.$/);
	});
});

describe('the state query', () => {
	const { stateQuery } = contract;
	const stateFor = (status: number, body: unknown) =>
		saidBy(stateQuery?.read([target], answer(status, body)));

	it('is the documented GET, for one instance, and only in doubt', () => {
		expect(stateQuery).toMatchObject({ when: 'inDoubt', absentMeans: 'notFound', targetsPerRequest: 1 });
		expect(stateQuery?.request([{ ...target, id: 'a b&c' }])).toEqual({
			method: 'GET',
			path: '/enos-bpm-service/v2.0/work/process-instances?processInstanceId=a%20b%26c',
		});
	});

	it.each([
		['inProgress', {}],
		['inProgress', { terminatedTime: '', completedTime: undefined }],
		['inProgress', { terminatedTime: 0, completedTime: '0' }],
		['inProgress', { terminatedTime: false, completedTime: {} }],
		['terminated', { terminatedTime: 1648000000000 }],
		['terminated', { terminatedTime: '1648000000000' }],
		['terminated', { terminatedTime: '2022-03-24T00:00:00Z' }],
		['terminated', { terminatedTime: 1648000000001, completedTime: 1648000000000 }],
		['completed', { completedTime: 1648000000000 }],
		['completed', { completedTime: '2022-03-24T00:00:00Z', terminatedTime: null }],
	])('says %s, in the words of the query, for %j', (vendorState, times) => {
		expect(stateFor(200, { code: 0, msg: '', data: { ...INSTANCE, ...times } })).toEqual([
			{
				state: vendorState === 'inProgress' ? 'running' : 'ended',
				...(vendorState === 'completed' && { endedByItself: true }),
				vendorState,
				...(vendorState === 'terminated' && { extra: { reasonStored: false } }),
			},
		]);
	});

	const reasonFor = (stored: unknown) =>
		stateFor(200, { code: 0, data: { ...INSTANCE, terminatedTime: 1648000000000, terminateReason: stored } });

	it.each(['', ' ', null, undefined, 'Another reason', 5, {}])(
		'says that the reason is not there, where the instance has %j for it',
		(stored) => {
			expect(reasonFor(stored)).toEqual([
				{ state: 'ended', vendorState: 'terminated', extra: { reasonStored: false } },
			]);
		},
	);

	it('says nothing of the reason where it is there, or where nothing was terminated', () => {
		const { deleteReason } = target.settings;
		for (const stored of [deleteReason, ` ${deleteReason} `])
			expect(reasonFor(stored)).toEqual([{ state: 'ended', vendorState: 'terminated' }]);
	});

	it('says absent for 33404 at any HTTP status', () => {
		expect(stateFor(200, NOT_FOUND)).toEqual([{ state: 'absent' }]);
		expect(stateFor(404, NOT_FOUND)).toEqual([{ state: 'absent' }]);
	});

	it.each([31401, 33401, 31512, 1203, 1204, 401])('asks for a new session at %d', (code) => {
		for (const body of [BPM(code), GATEWAY(code), { stauts: code }]) {
			expect(stateFor(200, body)).toBe('sessionExpired');
			expect(stateFor(403, body)).toBe('sessionExpired');
		}
	});

	it('asks for a new session at HTTP 401, unless a code says something else', () => {
		for (const body of ['', '<html>', { code: 0, data: INSTANCE }]) {
			expect(stateFor(401, body)).toBe('sessionExpired');
		}
		expect(stateFor(401, NOT_FOUND)).toEqual([{ state: 'absent' }]);
	});

	it.each([33500, 99500, 1001, 1005, 429, 500, 503, 504])('asks again at %d, at any HTTP status', (code) => {
		for (const body of [BPM(code), GATEWAY(code)]) {
			expect([stateFor(200, body), stateFor(400, body)]).toEqual(['tryAgain', 'tryAgain']);
		}
	});

	it('is put again after what is not its answer', () => {
		const told = { code: 0, data: INSTANCE };
		expect(stateFor(500, told)).toBe('tryAgain');
		expect(stateFor(200, { ...told, data: { ...INSTANCE, id: 'another' } })).toBe('tryAgain');
		expect(stateFor(200, { ...told, data: null })).toBe('tryAgain');
		for (const [, body] of UGLY)
			expect(['tryAgain', 'failed', 'failed for all']).toContain(stateFor(200, body));
	});

	it('has no answer in a refusal, or in what comes from somewhere else', () => {
		const told = { code: 0, data: INSTANCE };
		expect(stateFor(200, { ...told, code: 33403 })).toBe('failed');
		expect(stateFor(200, { status: 33404 })).toMatch(/^failed/);
		for (const status of [300, 304, 400, Number.NaN])
			expect(stateFor(status, told)).toMatch(/^(failed|tryAgain)/);
	});
});

it('is declared as a termination even where nothing overrides the declaration', () => {
	const declared = terminate.option.routing?.request;
	expect(declared?.method).toBe('POST');
	expect(new URL(declared?.url ?? '', 'https://host.example').searchParams.get('action')).toBe('delete');
});
