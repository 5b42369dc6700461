import { terminateContract as contract } from '../../../../nodes/Unifier/api/terminate';
import { connection } from '../../../../nodes/Unifier/connection';
import { readApplyRules, readBpName, readProjectNumber } from '../../../../nodes/Unifier/bpRecord/fields';
import type { CommandResponse, Verdict } from '../../../../nodes/core/commands/contract';
import type { Stop } from '../../../../nodes/core/http/stops';
import { SAMPLES, WORDINGS } from '../samples';

const settings = { bpName: 'Punchlist', projectNumber: 'PRJ-004', applyRules: true };
const targets = (...ids: string[]) => ids.map((id) => ({ id, item: 0, settings }));

const text = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const read = (ids: string[], body: unknown, status = 200): CommandResponse =>
	contract.read(targets(...ids), { status, headers: {}, text: text(body) });

const verdicts = (ids: string[], body: unknown, status = 200): Verdict[] => {
	const reading = read(ids, body, status);
	if (reading.kind !== 'verdicts') throw new Error(`Unexpected reading ${reading.kind}`);
	expect(reading.verdicts).toHaveLength(ids.length);
	return reading.verdicts;
};

const verdict = (body: unknown, status = 200, id = 'PL-1'): Verdict =>
	verdicts([id], body, status)[0] as Verdict;

const stopOf = (body: unknown, status = 200): Stop | undefined => {
	const reading = read(['PL-1', 'PL-2'], body, status);
	return reading.kind === 'verdicts' ? reading.stop : undefined;
};

/** A hint is at least one whole sentence. */
const SENTENCE = expect.stringMatching(/^(n8n|[A-Z]).*\.$/) as unknown;

const reply = (status: unknown, ...message: unknown[]) => ({ data: [], message, status });

describe('the request', () => {
	it('is the documented one, byte for byte', () => {
		const target = { id: 'CON-99993', item: 0, settings: { ...settings, bpName: 'Contracts' } };
		expect(contract.request([target])).toEqual({
			method: 'PUT',
			path: '/ws/rest/service/v2/bp/record/terminate',
			body: SAMPLES.costRequest,
		});
	});

	it('leaves the project out at company level, says when rules are ignored, and encodes nothing', () => {
		const own = { bpName: 'Vendors & "Co"', projectNumber: '', applyRules: false };
		const [one, two] = targets('VEN 1/a', 'VEN#ü, 2');
		expect(
			contract.request([
				{ ...one!, settings: own },
				{ ...two!, settings: own },
			]).body,
		).toBe(
			'{"options":{"bpname":"Vendors & \\"Co\\""},"data":[{"record_no":["VEN 1/a","VEN#ü, 2"],"override_rule":"Yes"}]}',
		);
	});

	it('carries up to 10,000 records, one request at a time', () => {
		expect([contract.targetsPerRequest, contract.requestsInFlight]).toEqual([10_000, 1]);
	});

	it('stands in the way of other commands on the same company alone', () => {
		expect(contract.hasCommandLane).toBe(true);
		const keys = ['https://eu.example/acme', 'https://eu.example/acme/stage', 'https://eu.example/other'];
		expect(keys.map((url) => connection.rateKey?.(new URL(url)))).toEqual([
			'eu.example/acme',
			'eu.example/acme/stage',
			'eu.example/other',
		]);
	});

	it('holds records of one process, one project and one way with rules', () => {
		const key = (change: object) =>
			contract.groupKey({ id: 'x', item: 0, settings: { ...settings, ...change } });
		const keys = [
			key({}),
			key({ bpName: 'Contracts' }),
			key({ projectNumber: '' }),
			key({ applyRules: false }),
			key({ bpName: 'Punchlist","PRJ', projectNumber: '-004' }),
		];
		expect(new Set(keys).size).toBe(5);
		expect(key({})).toBe(keys[0]);
	});

	it('describes where a record belongs', () => {
		expect(contract.describe(targets('PL-1')[0]!)).toEqual({
			bpName: 'Punchlist',
			projectNumber: 'PRJ-004',
		});
	});
});

describe('the parameters', () => {
	it('are trimmed', () => {
		expect([readBpName(' Punchlist '), readProjectNumber(' P 1 '), readProjectNumber('')]).toEqual([
			'Punchlist',
			'P 1',
			'',
		]);
	});

	it.each(['', '  ', undefined, 7, ['Punchlist']])('no business process is %p', (value) => {
		expect(() => readBpName(value)).toThrow(/'Business Process'/);
	});

	it.each([2020, undefined, null])('no project is %p', (value) => {
		expect(() => readProjectNumber(value)).toThrow(/'Project'/);
	});

	it('rules apply unless switched off, and nothing else is guessed', () => {
		expect([true, false, undefined, null].map(readApplyRules)).toEqual([true, false, true, true]);
		for (const value of ['false', 'No', 0, '', {}]) {
			expect(() => readApplyRules(value)).toThrow(/'Apply BP Rules'/);
		}
	});
});

describe('the documented samples', () => {
	it('one record of a cost process', () => {
		expect(verdicts(['CON-99993'], SAMPLES.costReply)).toEqual([
			{
				outcome: 'terminated',
				code: '200',
				vendorMessage: 'terminated successfully.',
				extra: { auditId: '2678' },
			},
		]);
	});

	it('the mixed reply, all of its records requested', () => {
		const all = verdicts(SAMPLES.mixedNamed, SAMPLES.mixedReply);
		const told = Object.fromEntries(
			SAMPLES.mixedNamed.map((number, i) => [number, [all[i]?.outcome, all[i]?.code]]),
		);
		const ended = ['alreadyEnded', '12759'];
		expect(told).toEqual({
			'PL-0759': ['terminated', '200'],
			'PL-0796': ended,
			'PL-0799': ended,
			'PL-0800': ended,
			'PL-0801': ended,
			'PL-0802': ended,
			'PL-0806': ended,
			'PL-0808': ended,
			'PL-0809': ended,
			'PL-0819': ended,
			'PL-2125': ['failed', '12757'],
			'PL-0800666': ['notFound', '12756'],
		});
		expect(all[10]?.extra).toEqual({
			auditId: '2680',
			conflict: true,
		});
		expect(all[3]?.extra).toEqual({
			auditId: '2680',
		});
	});

	it('the mixed reply with the request that is printed above it', () => {
		const all = verdicts(SAMPLES.mixedRequested, SAMPLES.mixedReply);
		expect(all.map(({ outcome }) => outcome)).toEqual([
			'alreadyEnded',
			'alreadyEnded',
			'alreadyEnded',
			'failed',
			'alreadyEnded',
		]);
		expect(all[0]?.extra).toEqual({
			auditId: '2680',
			unrequested: ['PL-0800', 'PL-0800666', 'PL-0796', 'PL-0799', 'PL-0801', 'PL-0802', 'PL-0759'],
		});
	});

	it('a rule that refused', () => {
		expect(verdict(SAMPLES.ruleReply)).toEqual({
			outcome: 'failed',
			code: '3000',
			reason: 'a rule of the business process blocked it',
			hint: expect.stringContaining("'Apply BP Rules'"),
			stillRunning: true,
			vendorMessage: 'Rule failed',
			extra: { auditId: '2681' },
		});
	});

	it('replies of other services are no success', () => {
		for (const body of [SAMPLES.acceptedJob, SAMPLES.objectMessages]) {
			expect(verdict(body)).toMatchObject({ outcome: 'unknown', reason: expect.any(String) });
		}
		expect(verdict(SAMPLES.wrongShell)).toMatchObject({ outcome: 'failed', code: '602' });
	});
});

describe('the wordings', () => {
	const OUTCOMES: Record<string, string> = {
		12760: 'unknown',
		12759: 'alreadyEnded',
		12758: 'alreadyEnded',
		12757: 'failed',
		12756: 'notFound',
		3000: 'failed',
	};
	const rows = Object.entries(WORDINGS).flatMap(([code, list]) =>
		list.map((wording) => [code, wording] as const),
	);

	it.each(rows)('%s: %s', (code, wording) => {
		for (const status of [Number(code), code, 12755]) {
			const [one, two] = verdicts(['PL-1', 'PL-2'], reply(status, wording.replace('#', 'PL-1, PL-2')));
			expect(one).toMatchObject({
				outcome: OUTCOMES[code],
				code,
				reason: expect.any(String),
				hint: SENTENCE,
			});
			expect(two).toEqual(one);
		}
	});

	it.each([
		'[#] terminated successfully.',
		'[# ] is/are terminated successfully',
		'[ # ]are Terminated  Successfully.',
	])('success: %s', (wording) => {
		for (const status of [200, '200', 12755, ' 12755 ']) {
			expect(verdict(reply(status, wording.replace('#', 'PL-1'))).outcome).toBe('terminated');
		}
	});

	it.each([
		'[PL-1] not terminated successfully.',
		'[PL-1] terminated successfully, except for its line items.',
		'[PL-1] terminated',
		'[PL-1] could not be terminated',
	])('no success: %s', (wording) => {
		expect(verdict(reply(12755, wording)).outcome).toBe('unknown');
	});

	it('every reason is the second half of a sentence', () => {
		for (const [code, list] of rows) {
			const { reason = '' } = verdict(reply(Number(code), list.replace('#', 'PL-1')));
			expect(reason).not.toMatch(/\.$|\b(error|problem|failure|mistake)\b/i);
		}
	});
});

describe('words that are not known', () => {
	const translated = '[PL-1, PL-2] erfolgreich beendet.';

	it('mean success with code 200', () => {
		expect(verdicts(['PL-1', 'PL-2'], reply(200, translated)).map(({ outcome }) => outcome)).toEqual([
			'terminated',
			'terminated',
		]);
	});

	it('do not with code 200 and something in errors', () => {
		const said = [[translated], [translated, '[PL-1] already terminated.']];
		for (const messages of said) {
			expect(verdict({ ...reply(200, ...messages), errors: 'Regel' }).outcome).toBe('unknown');
		}
		for (const errors of ['', ' ', [''], [], null]) {
			expect(verdict({ ...reply(200, translated), errors }).outcome).toBe('terminated');
		}
	});

	it('do not when there are none', () => {
		const silent = verdict(reply(200, '[PL-1]'));
		expect(silent).toMatchObject({ outcome: 'unknown', extra: {} });
		expect(silent).not.toHaveProperty('vendorMessage');
		for (const words of ['already terminated.', 'terminated successfully.']) {
			expect(verdict(reply(200, '[PL-1]', `[PL-1] ${words}`))).toMatchObject({
				outcome: 'unknown',
				vendorMessage: words,
			});
		}
	});

	it.each([
		[12756, 'notFound'],
		[12757, 'failed'],
		[12758, 'alreadyEnded'],
		[12759, 'alreadyEnded'],
		[12760, 'failed'],
	])('mean what code %i says, if one message names records', (code, outcome) => {
		expect(verdict(reply(code, translated))).toMatchObject({ outcome, code: String(code) });
		const [one, two, three] = verdicts(['PL-1', 'PL-2', 'PL-3'], reply(code, '[PL-3] fremd', translated));
		expect(one).toMatchObject({ outcome: 'unknown', code: String(code) });
		expect(one).not.toHaveProperty('attempts');
		expect(two).toEqual(one);
		expect(three?.statement).not.toBe(one?.statement);
	});

	it.each([4711, 3000, 12755])('hide what they mean behind code %i, with others in the request', (code) => {
		const all = verdicts(
			['PL-1', 'PL-2', 'PL-3', 'PL-4'],
			reply(code, translated, '[PL-3] unbekannt.', '[PL-4] already terminated.'),
		);
		expect(all.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown', 'alreadyEnded']);
		expect(new Set(all.map(({ statement }) => statement)).size).toBe(3);
		expect(all[1]?.statement).toBe(all[0]?.statement);
	});

	it('mean nothing with code 12755', () => {
		expect(verdict(reply(12755, translated))).toMatchObject({ outcome: 'unknown', code: '12755' });
	});

	it('are a refusal with any other code', () => {
		expect(verdict(reply(4711, translated))).toMatchObject({
			outcome: 'failed',
			code: '4711',
			vendorMessage: 'erfolgreich beendet.',
		});
	});
});

describe('a record that several messages name', () => {
	const line = (words: string) => `[PL-1] ${words}`;
	const SAYS = {
		terminated: line('terminated successfully.'),
		duplicate: line('Duplicate Record found.'),
		already: line('already terminated.'),
		terminal: line('in the terminal step.'),
		initiation: line('in initiation step.'),
		notFound: line('is not correct.'),
		rule: line('Rule failed'),
		strange: line('gibt es doch.'),
	};
	it.each<[Array<keyof typeof SAYS>, string, boolean]>([
		[['terminated', 'duplicate'], 'terminated', false],
		[['already', 'terminated'], 'terminated', false],
		[['terminal', 'terminated'], 'terminated', false],
		[['initiation', 'terminated'], 'unknown', true],
		[['notFound', 'terminated'], 'unknown', true],
		[['rule', 'terminated'], 'unknown', true],
		[['strange', 'terminated'], 'unknown', true],
		[['strange', 'already'], 'unknown', false],
		[['already', 'rule'], '3000', true],
		[['rule', 'initiation'], '3000', false],
		[['notFound', 'initiation'], '12757', false],
		[['terminal', 'initiation'], '12757', true],
		[['terminal', 'notFound'], '12756', true],
		[['already', 'terminal'], '12758', false],
		[['duplicate', 'already'], '12759', false],
	])('%p is %s', (names, wanted, conflict) => {
		for (const order of [names, [...names].reverse()]) {
			const told = verdict(reply(12755, ...order.map((name) => SAYS[name])));
			expect(/^\d/.test(wanted) ? told.code : told.outcome).toBe(wanted);
			expect(told.extra?.['conflict'] === true).toBe(conflict);
			for (const name of names) expect(told.vendorMessage).toContain(SAYS[name].replace(/^\[.*\] ?/, ''));
		}
	});

	it.each<[Array<keyof typeof SAYS>, true | undefined]>([
		[['initiation'], true],
		[['rule'], true],
		[['rule', 'initiation'], true],
		[['initiation', 'already'], undefined],
		[['rule', 'terminal'], undefined],
		[['notFound'], undefined],
		[['duplicate'], undefined],
		[['already'], undefined],
		[['terminated', 'rule'], undefined],
	])('%p proves that it has not ended: %p', (names, proof) => {
		expect(verdict(reply(12755, ...names.map((name) => SAYS[name]))).stillRunning).toBe(proof);
	});

	it('in words that are not known or contradict each other is sent once more', () => {
		for (const names of [['strange'], ['terminated', 'rule']] as const) {
			const told = verdict(reply(12755, ...names.map((name) => SAYS[name])));
			expect([told.outcome, told.attempts]).toEqual(['unknown', 2]);
		}
	});

	it('a repeat in the request does not deny that it was ended', () => {
		expect(verdict(reply(12760, SAYS.duplicate, SAYS.terminated)).outcome).toBe('terminated');
	});

	it('"refused" is more cautious than the rest', () => {
		expect(verdict(reply(4711, SAYS.already, SAYS.strange))).toMatchObject({
			reason: 'Unifier refused to terminate it',
			vendorMessage: 'already terminated. gibt es doch.',
			extra: { conflict: true },
		});
	});

	it('and others that share its messages are told apart', () => {
		const lines = Array.from(
			{ length: 13 },
			(_, i) => `[R-${i}${i === 1 || i === 2 ? ', PL-1' : ''}] Word ${i}.`,
		);
		const ids = ['PL-1', ...Array.from({ length: 13 }, (_, i) => `R-${i}`)];
		expect(verdicts(ids, reply(4711, ...lines)).map(({ vendorMessage }) => vendorMessage)).toEqual([
			'Word 1. Word 2.',
			...Array.from({ length: 13 }, (_, i) => `Word ${i}.`),
		]);
		const again = reply(
			12755,
			SAYS.already,
			'[PL-2] is not correct.',
			'[PL-3] already terminated.',
			'[PL-4] Nein.',
		);
		expect(verdicts(['PL-1', 'PL-2', 'PL-3', 'PL-4'], again).map(({ outcome }) => outcome)).toEqual([
			'alreadyEnded',
			'notFound',
			'alreadyEnded',
			'unknown',
		]);
	});

	it('twice in the same words is nothing special', () => {
		expect(
			verdict(reply(12756, '[PL-1, PL-1] is not correct.', '[PL-1] is not correct.')).vendorMessage,
		).toBe('is not correct.');
	});
});

describe('a record that no message names', () => {
	it.each([
		['200', reply(200)],
		['200 and a general message', reply(200, 'Terminated successfully.')],
		['200 and another record', reply(200, '[PL-9] terminated successfully.')],
		['200 and a number that begins like it', reply(200, '[PL-10, PL-1 A] terminated successfully.')],
		['12755', reply(12755, '')],
		['an unknown code', reply(4711, 'Something else.')],
	])('is unknown with %s', (_name, body) => {
		expect(verdict(body)).toMatchObject({
			outcome: 'unknown',
			reason: 'Unifier did not say what happened to this record',
			code: String((body as { status: number }).status),
		});
	});

	it.each([
		[12756, 'notFound', undefined],
		[12757, 'failed', true],
		[12758, 'alreadyEnded', undefined],
		[12759, 'alreadyEnded', undefined],
		[12760, 'failed', undefined],
		[3000, 'failed', undefined],
		[895, 'failed', undefined],
	])('is what code %i says if it was sent alone, whatever the language', (code, outcome, stillRunning) => {
		for (const body of [reply(code, 'Datensatz PL-1: nein.'), { status: code, data: [], errors: 'Nein.' }]) {
			const told = verdict(body);
			expect([told.outcome, told.code, told.stillRunning]).toEqual([outcome, String(code), stillRunning]);
		}
		const [one] = verdicts(['PL-1', 'PL-2'], reply(code, '[PL-2] nein.'));
		expect(['unknown', 'failed']).toContain(one?.outcome);
		expect(verdict(reply(code, '[PL-9] nein.')).outcome).not.toMatch(/alreadyEnded|notFound/);
	});

	it('goes again without the repeats that were the reason for a refusal', () => {
		const body = reply(12760, '[A, a] are duplicate values in the request.');
		const [one, two, three] = verdicts(['A', 'a', 'B'], body);
		expect([one, two]).toEqual([
			expect.objectContaining({ outcome: 'unknown', isAlone: true }),
			expect.objectContaining({ outcome: 'unknown', isAlone: true }),
		]);
		expect(three).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('duplicates') });
		expect(three).not.toHaveProperty('isAlone');
		expect(verdicts(['A'], body)[0]).toMatchObject({ outcome: 'failed', code: '12760' });
	});

	it('does not get the words about others', () => {
		const body = reply(12755, '[PL-9] terminated successfully.', 'See [PL-1] in the log.', 'Or ask.');
		expect(verdict({ ...body, errors: 'Partial.' })).toMatchObject({
			vendorMessage: 'Partial. See [PL-1] in the log. Or ask.',
			extra: { unrequested: ['PL-9'] },
		});
	});

	it('gets no words where there are none', () => {
		expect(verdict(reply(12755, ''))).toEqual({
			outcome: 'unknown',
			code: '12755',
			reason: 'Unifier did not say what happened to this record',
			hint: 'Check the record in Unifier before you do anything else.',
			attempts: 2,
		});
	});

	it('is unknown when a rule stopped one of several, beside records that were ended', () => {
		const body = { ...reply(12755, '[PL-9] terminated successfully.'), errors: 'Rule failed' };
		for (const said of [body, { ...body, message: [] }]) {
			const [one, two] = verdicts(['PL-1', 'PL-2'], said);
			expect(one).toMatchObject({
				outcome: 'unknown',
				code: '12755',
				reason: expect.stringContaining('rule'),
				attempts: 4,
			});
			expect(two).toEqual(one);
			expect(verdict(said)).toEqual(one);
		}
	});

	it.each(['Rule failed', 'Regel verletzt', 'Partial failure.'])(
		'is sent again with fewer when code 3000 says of several that "%s"',
		(errors) => {
			const body = { data: [], message: [], errors, status: 3000, rest_audit_id: 2681 };
			expect(read(['PL-1', 'PL-2'], body)).toEqual({
				kind: 'tooMany',
				scope: 'request',
				verdict: {
					outcome: 'unknown',
					code: '3000',
					reason: expect.stringContaining('rule'),
					hint: SENTENCE,
					vendorMessage: errors,
					extra: { auditId: '2681' },
				},
			});
		},
	);

	it('is not sent again with fewer where another record is named, so that this is no answer about all', () => {
		const named = { ...reply(3000, '[PL-0] already terminated.'), errors: 'Rule failed' };
		expect(verdicts(['PL-0', 'PL-1'], named).map(({ outcome }) => outcome)).toEqual([
			'alreadyEnded',
			'unknown',
		]);
	});
});

describe('the forms of a message', () => {
	const said = '[PL-1] already terminated.';
	it.each([
		['a list', [said]],
		['a text', said],
		['lines of a text', `General.\r\n [PL-9] is not correct.\n${said}`],
		['indented lines of a text', `General.\r\n [PL-9] is not correct.\n\t${said}`],
		['an object', { a: 1, b: said }],
		['a list of objects', [{ message: said }, null, 7]],
	])('%s', (_name, message) => {
		expect(verdict({ status: '12759', message })).toMatchObject({ outcome: 'alreadyEnded', code: '12759' });
	});

	it('also stands in errors', () => {
		expect(verdict({ status: 3000, message: [], errors: ['[PL-1] Rule failed'] })).toMatchObject({
			outcome: 'failed',
			code: '3000',
		});
		expect(
			verdict({ status: 12755, message: ['[PL-1] terminated successfully.'], errors: '[PL-1] Rule failed' })
				.outcome,
		).toBe('unknown');
	});

	it('the audit ID may be a text or missing', () => {
		expect(verdict({ status: 12759, message: said, rest_audit_id: ' a-1 ' }).extra?.['auditId']).toBe('a-1');
		expect(verdict({ status: 12759, message: said, rest_audit_id: null }).extra).not.toHaveProperty(
			'auditId',
		);
	});
});

describe('lists of record numbers', () => {
	const named = (list: string, ids: string[]) =>
		verdicts(ids, reply(12755, `[${list}] already terminated.`)).map(
			({ outcome }) => outcome === 'alreadyEnded',
		);

	it.each<[string, string[], boolean[]]>([
		['PL-1,PL-2', ['PL-1', 'PL-2'], [true, true]],
		[' PL-1 , , PL-2 ', ['PL-1', 'PL-2'], [true, true]],
		['A, B, C', ['A, B', 'C', 'B'], [true, true, false]],
		['A, B, C', ['A, B, D', 'A', 'B', 'C'], [false, true, true, true]],
		['A, B, C', ['A', 'A, B', 'A, B, C'], [false, false, true]],
		['A', ['A,'], [false]],
		['X, ,A', [',A'], [true]],
		['A,B, A, B', ['A,B', 'A, B'], [true, true]],
		['X, A,', ['A,', 'A'], [true, false]],
		['PL [1], PL]2', ['PL [1]', 'PL]2'], [true, true]],
		['PL-1, PL]2', ['PL-1', 'PL]2'], [true, true]],
		['pl-1', ['PL-1'], [true]],
		['pl-1', ['PL-1', 'Pl-1'], [false, false]],
		['PL-1', ['PL-1', 'pl-1'], [true, false]],
		['a, b', ['A, B'], [true]],
		['MASS-1', ['Maß-1'], [false]],
		['PL-1 PL-2', ['PL-1', 'PL-2'], [false, false]],
		['PL-1 0', ['PL-1'], [false]],
		['__proto__, constructor', ['__proto__', 'constructor', 'toString'], [true, true, false]],
	])('[%s] names of %p %p', (list, ids, wanted) => {
		expect(named(list, ids)).toEqual(wanted);
	});

	it('end at the first bracket when the words have brackets too', () => {
		expect(verdict(reply(12759, '[PL-1] already terminated (see [audit log])')).outcome).toBe('alreadyEnded');
		expect(verdict(reply(12759, '[PL-1] already terminated, see [x]')).outcome).toBe('alreadyEnded');
	});

	it('without an end name nobody', () => {
		for (const line of ['[PL-1 already terminated.', '[PL-1, already terminated.']) {
			expect(verdict(reply(12755, line))).toMatchObject({ outcome: 'unknown', vendorMessage: line });
		}
	});

	it.each([
		['PL-1, , PL-2,', ['PL-1', 'PL-2'], undefined],
		['PL[9], PL-1', ['PL-1'], ['PL[9]']],
		['PL[9]', ['PL-1'], ['PL[9]']],
		['Pl,a', ['PL,A', 'pl,a'], ['Pl,a']],
	])('[%s] names of %p and besides %p', (list, ids, unrequested) => {
		const [one] = verdicts(ids, reply(12755, `[${list}] already terminated.`));
		expect(one?.extra?.['unrequested']).toEqual(unrequested);
	});

	it('with more than 20 unrequested numbers are not repeated', () => {
		const many = (count: number) =>
			verdict(
				reply(
					12755,
					`[${Array.from({ length: count }, (_, i) => `X-${i}`).join(', ')}, PL-1] already terminated.`,
				),
			).extra;
		expect(many(20)?.['unrequested']).toHaveLength(20);
		expect(many(21)).not.toHaveProperty('unrequested');
		const repeated = reply(12755, `[${'X, '.repeat(30)} Y, X, PL-1] already terminated.`);
		expect(verdict(repeated).extra?.['unrequested']).toEqual(['X', 'Y']);
	});

	it.each([
		['plain', (i: number) => `PL-${i}`],
		['with commas', (i: number) => `PL, ${i % 100}, part ${i}, end`],
		['with one long beginning', (i: number) => `A, A, A, A, A, A, A, A, ${i}`],
		['in other letters', (i: number) => `Pl-${i}x`],
		['with brackets', (i: number) => `PL[${i}]`],
	])('of many numbers, %s, are split', (name, number) => {
		const ids = Array.from({ length: 300 }, (_, i) => number(i));
		const list = [...ids].sort().join(', ');
		const body = JSON.stringify(
			reply(200, `[${name === 'in other letters' ? list.toUpperCase() : list}] terminated successfully.`),
		);
		expect(new Set(verdicts(ids, body).map(({ outcome }) => outcome))).toEqual(new Set(['terminated']));
	});

	it('a repeated target gets the verdict of its number', () => {
		expect(
			verdicts(['PL-1', 'PL-1'], reply(12759, '[PL-1] already terminated.')).map(({ outcome }) => outcome),
		).toEqual(['alreadyEnded', 'alreadyEnded']);
	});
});

describe('codes that concern the whole request', () => {
	it.each<[number, string, RegExp, Stop['scope'] | undefined, (string | undefined)?]>([
		[500, 'unknown', /having trouble/, undefined, 'unavailable'],
		[602, 'failed', /project/, 'group', 'configuration'],
		[603, 'failed', /business process/, 'group', 'configuration'],
		[811, 'failed', /could not process the request/, undefined, 'configuration'],
		[1101, 'failed', /could not process the request/, undefined, 'configuration'],
		[1245, 'failed', /several/, 'group', 'configuration'],
		[3002, 'failed', /could not process the request/, undefined, 'configuration'],
		[3006, 'failed', /not active/, 'group', 'configuration'],
		[12761, 'failed', /does not offer termination/, 'group', 'configuration'],
		[13001, 'failed', /project or shell/, 'group', 'configuration'],
		[17004, 'failed', /no record number/, undefined, undefined],
	])('%i', (code, outcome, reason, scope, kind) => {
		const body = { ...reply(code, 'What Unifier says.'), rest_audit_id: 7 };
		for (const status of [200, 400]) {
			const [one, two] = verdicts(['PL-1', 'PL-2'], body, status);
			expect(one).toEqual({
				outcome,
				code: String(code),
				reason: expect.stringMatching(reason),
				hint: SENTENCE,
				...(kind !== undefined && { cause: { kind } }),
				vendorMessage: 'What Unifier says.',
				extra: { auditId: '7' },
			});
			expect(two).toEqual(one);
			expect(one?.reason).not.toMatch(/\.$|\b(error|problem|failure|mistake)\b/i);
			expect(stopOf(body, status)).toEqual(
				scope && { scope, reason: one?.reason, hint: one?.hint, cause: one?.cause },
			);
		}
	});

	it.each([
		[657, 'failed', /one of the record numbers/, 'configuration'],
		[895, 'failed', /assignee/, 'busy'],
		[12760, 'unknown', /duplicates/, undefined],
	])(
		'%i about several that names none: those that are not meant go without them',
		(code, outcome, reason, kind) => {
			expect(read(['PL-1', 'PL-2'], reply(code))).toEqual({
				kind: 'tooMany',
				scope: 'request',
				verdict: {
					outcome,
					code: String(code),
					reason: expect.stringMatching(reason),
					hint: SENTENCE,
					...(kind !== undefined && { cause: { kind } }),
				},
			});
		},
	);

	it.each([
		[2, 1],
		[3_001, 1_501],
	])('12753 about %d sends at most %d at a time from then on', (count, atMost) => {
		const ids = Array.from({ length: count }, (_, i) => `PL-${i}`);
		const told = { outcome: 'failed', reason: expect.stringMatching(/more records than/), hint: SENTENCE };
		expect(read(ids, reply(12753))).toMatchObject({ kind: 'tooMany', atMost, scope: 'group', verdict: told });
		expect(verdict(reply(12753))).toMatchObject(told);
	});

	it('657 for a single record says that it is not there', () => {
		expect(verdict(reply(657, 'Invalid record_no'))).toMatchObject({ outcome: 'notFound', code: '657' });
	});

	it('do not go together with a success', () => {
		expect(verdict(reply(603, '[PL-1] terminated successfully.'))).toMatchObject({
			outcome: 'unknown',
			extra: { conflict: true },
		});
	});

	it.each([['PL-1'], ['PL-1', 'PL-2']])('12754 sends %s one by one', (...ids) => {
		const words = 'You cannot terminate multiple records simultaneously for Cost Type Business Process.';
		expect(read(ids, { ...reply('12754', words), rest_audit_id: 3 })).toEqual({
			kind: 'tooMany',
			atMost: 1,
			scope: 'group',
			verdict: {
				outcome: 'failed',
				code: '12754',
				reason: expect.stringContaining('cost business process'),
				hint: SENTENCE,
				vendorMessage: words,
				extra: { auditId: '3' },
			},
		});
	});
});

describe('HTTP statuses', () => {
	const SUCCESS = reply(200, '[PL-1] terminated successfully.');

	it.each<[number, unknown, string, RegExp, boolean]>([
		[401, 'Unauthorized', 'failed', /token/, true],
		[401, SUCCESS, 'failed', /token/, true],
		[403, 'Forbidden', 'failed', /may not terminate/, true],
		[403, SUCCESS, 'failed', /may not terminate/, true],
		[404, '<html><h1>404</h1></html>', 'failed', /does not seem to come from Unifier/, true],
		[404, { status: 404, error: 'Not Found' }, 'failed', /does not seem to come from Unifier/, true],
		[405, '<html>405</html>', 'failed', /does not seem to come from Unifier/, true],
		[405, '', 'unknown', /does not seem to come from Unifier/, true],
		[404, ' ', 'unknown', /does not seem to come from Unifier/, true],
		[403, '', 'unknown', /may not terminate/, true],
		[401, '', 'unknown', /token/, true],
		[408, '', 'unknown', /408/, false],
		[429, '', 'unknown', /429/, false],
		[400, '<html>Bad Request</html>', 'failed', /HTTP 400/, false],
		[400, '', 'unknown', /HTTP 400/, false],
		[400, SAMPLES.ruleReply, 'failed', /a rule of the business process/, false],
		[400, { status: 40001, message: 'Bad Request' }, 'failed', /HTTP 400/, false],
		[415, 'Unsupported', 'failed', /HTTP 415/, false],
		[415, '<html></html>', 'unknown', /HTTP 415/, false],
		[500, 'Boom', 'unknown', /HTTP 500/, false],
		[502, '<html><h1>502 Bad Gateway</h1></html>', 'unknown', /HTTP 502/, false],
		[503, '{"status":', 'unknown', /HTTP 503/, false],
		[300, '<html>Choose</html>', 'unknown', /could not be read/, false],
		[304, '', 'unknown', /could not be read/, false],
	])('%i with %p', (status, body, outcome, reason, stops) => {
		const told = verdict(body, status);
		expect(told).toMatchObject({ outcome, reason: expect.stringMatching(reason), hint: SENTENCE });
		expect(told.reason).not.toMatch(/\.$|\b(error|problem|failure|mistake)\b/i);
		expect(stopOf(body, status)?.scope).toBe(stops ? 'run' : undefined);
	});

	it.each([
		[413, 'failed', /too large/],
		[504, 'unknown', /HTTP 504/],
	])('%i sends half as many at a time from then on', (status, outcome, reason) => {
		const page = '<html><h1>nginx</h1></html>';
		expect(read(['PL-1', 'PL-2', 'PL-3'], page, status)).toEqual({
			kind: 'tooMany',
			atMost: 2,
			scope: 'group',
			verdict: {
				outcome,
				reason: expect.stringMatching(reason),
				hint: SENTENCE,
				...(status === 504 && { cause: { kind: 'unavailable' } }),
				vendorMessage: page,
			},
		});
		expect(verdict(page, status)).toMatchObject({ outcome });
	});

	it('500 in the body says that the server is down', () => {
		expect(read(['PL-1'], reply(500, 'Server is encountering issues'))).toMatchObject({ isDown: true });
		expect(read(['PL-1'], reply(15001, 'The record is locked by another user.'))).not.toHaveProperty(
			'isDown',
		);
	});

	it('a refusal without a word is asked for once more', () => {
		expect(verdict('', 400)).toMatchObject({ outcome: 'unknown', attempts: 2 });
		expect(verdict('Bad Request', 400)).not.toHaveProperty('attempts');
		// Nothing more than usual is known about a server in trouble.
		expect(verdict('', 502)).not.toHaveProperty('attempts');
	});

	it('names what the integration user needs', () => {
		expect(verdict('Forbidden', 403).hint).toContain('Update access for Business Process Services');
		expect(verdict('Unauthorized', 401).hint).toContain('give n8n its own');
		expect(verdict('', 404).hint).toContain("'Base URL'");
	});

	it.each([300, 304, 400, 429, 500, 502])('%i never reports a success', (status) => {
		for (const body of [SUCCESS, reply(12755, '[PL-1] terminated successfully.')]) {
			expect(verdict(body, status)).toMatchObject({ outcome: 'unknown', extra: { conflict: true } });
		}
		expect(verdict(reply(12759, '[PL-1] already terminated.'), status).outcome).toBe('alreadyEnded');
	});
});

describe('ugly bodies with HTTP 200', () => {
	it.each([
		['an HTML page', '<html><title>Sign in</title></html>', true],
		['an HTML page with a script', '<html><script>{[]}</script></html>', true],
		['nothing', '', true],
		['blanks', ' \n', true],
		['plain text', 'OK', true],
		['truncated JSON', '{"data":[],"message":["[PL-1] terminated succ', false],
		['null', 'null', false],
		['true', 'true', false],
		['a number', '200', false],
		['a text', '"[PL-1] terminated successfully."', false],
		['a list', [{ status: 200, message: ['[PL-1] terminated successfully.'] }], false],
		['an empty object', {}, false],
		['no status', { message: ['[PL-1] terminated successfully.'] }, false],
		['status null', reply(null, '[PL-1] terminated successfully.'), false],
		['status blank', reply(' ', '[PL-1] terminated successfully.'), false],
		['status true', reply(true, '[PL-1] terminated successfully.'), false],
		['a status in a list', reply([200], '[PL-1] terminated successfully.'), false],
		['status 200.5', reply(200.5, '[PL-1] terminated successfully.'), false],
		['status OK', reply('OK', '[PL-1] terminated successfully.'), false],
	])('%s is no success', (_name, body, stops) => {
		expect(verdict(body)).toMatchObject({ outcome: 'unknown', hint: SENTENCE });
		expect(verdict(body)).not.toHaveProperty('code');
		expect(stopOf(body)?.scope).toBe(stops ? 'run' : undefined);
	});

	it.each([
		['no message', { status: 200 }, undefined],
		['message null', { status: 200, message: null }, undefined],
		['message of numbers', { status: 200, message: [1, [2, [3]]] }, undefined],
		['brackets only', reply(200, '[', ']', '[]', '[[]]', '][', '[] terminated successfully.'), '[ ] ]['],
		['deep nesting', `{"status":200,"message":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, undefined],
		['errors of any kind', { status: 200, errors: { a: [null, 1, {}] }, message: 7 }, undefined],
	])('%s is no success', (_name, body, vendorMessage) => {
		const told = verdict(body);
		expect([told.outcome, told.vendorMessage]).toEqual(['unknown', vendorMessage]);
	});

	it('passes on what came as it is', () => {
		const page = '<html><b>Sign in</b></html>';
		expect(verdict(page).vendorMessage).toBe(page);
	});
});
