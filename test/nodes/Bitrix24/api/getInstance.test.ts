import { instanceLookup } from '../../../../nodes/Bitrix24/api/getInstance';
import type { LookupAnswer } from '../../../../nodes/core/queries/lookup';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { NOW, ROW, answer } from '../findingSamples';
import { NO_INSTANCES, TIME, UGLY, batchAnswer } from '../samples';

const OTHER = '65e5a449e8f135.21284909';
const QUERY = { isSimple: true, now: NOW };

const read = (ids: string[], body: unknown, status = 200) =>
	instanceLookup.read(ids, QUERY, answer(body, status));
const answersOf = (ids: string[], body: unknown): LookupAnswer[] => {
	const result = read(ids, body);
	if (result.kind !== 'found') throw new Error(`Unexpected result ${result.kind}`);
	return result.value;
};
const whole = (...result: JsonRecord[]): unknown => ({ result, total: result.length, time: TIME });

/** What is said of an ID under which nothing runs. */
const MISS = {
	reason: 'it is not running, and Bitrix24 does not say whether it has ended or never existed',
	notFound: true,
};

describe('the request for workflows by their IDs', () => {
	it('asks for one alone, with all fields', () => {
		const { path, body } = instanceLookup.request([ROW.ID], QUERY);
		expect([path, JSON.parse(body ?? '')]).toEqual([
			'/bizproc.workflow.instances',
			{ SELECT: expect.arrayContaining(['ID', 'MODIFIED', 'TEMPLATE_ID']), FILTER: { ID: ROW.ID } },
		]);
	});

	it('asks for up to 50 in one batch, each by a filter of its own', () => {
		const { path, body } = instanceLookup.request([ROW.ID, OTHER], QUERY);
		const { cmd } = JSON.parse(body ?? '') as { cmd: Record<string, string> };
		expect([path, Object.keys(cmd)]).toEqual(['/batch', ['w0', 'w1']]);
		const query = new URLSearchParams(cmd['w1']?.split('?')[1]);
		expect([query.get('FILTER[ID]'), query.get('SELECT[0]'), query.get('SELECT[8]')]).toEqual([
			OTHER,
			'ID',
			'TEMPLATE_ID',
		]);
		expect([instanceLookup.idsPerRequest, instanceLookup.groupKey(QUERY)]).toEqual([
			50,
			instanceLookup.groupKey({ isSimple: false, now: 0 }),
		]);
	});
});

describe('the answer', () => {
	it('is the workflow where it runs, in whatever case its ID was typed', () => {
		expect(answersOf([ROW.ID.toUpperCase()], whole(ROW))).toEqual([{ row: ROW }]);
	});

	it('says of what does not run that nobody knows why', () => {
		expect(answersOf([OTHER], NO_INSTANCES)).toEqual([
			{
				error: {
					...MISS,
					hint: 'Bitrix24 returns running workflows only. If this one should be running, check its ID.',
				},
			},
		]);
		expect(answersOf(['4711'], NO_INSTANCES)).toEqual([
			{
				error: {
					...MISS,
					hint: 'Bitrix24 returns running workflows only. 4711 does not look like a workflow ID such as 65e5a449e8f135.21284909.',
				},
			},
		]);
	});

	it('says of each ID of a batch its own', () => {
		const body = batchAnswer({
			result: { w0: [ROW], w1: [] },
			result_total: { w0: 1, w1: 0 },
			result_error: { w2: { error: 'INTERNAL_ERROR', error_description: 'Oops' } },
		});
		expect(answersOf([ROW.ID, OTHER, 'x'], body)).toEqual([
			{ row: ROW },
			{ error: expect.objectContaining(MISS) },
			{ error: expect.objectContaining({ code: 'INTERNAL_ERROR', vendorMessage: 'Oops' }) },
		]);
	});

	it.each<[string, unknown]>([
		['more are said to follow', { result: [{ ...ROW, ID: 'x' }], total: 60, next: 50, time: TIME }],
		['more are counted than listed', { result: [], total: 3, time: TIME }],
		['a row has no ID', { result: [{}], total: 1, time: TIME }],
	])('does not take it for ended where %s', (_name, body) => {
		const reason = 'the response does not say whether it is running';
		expect(answersOf([OTHER], body)).toEqual([{ error: expect.objectContaining({ reason }) }]);
		expect(answersOf([OTHER], body)).toEqual([{ error: expect.not.objectContaining({ notFound: true }) }]);
	});

	it('takes it for ended where a complete list of others came in its place', () => {
		expect(answersOf([OTHER], whole(ROW, { ...ROW, ID: 'x' }))).toEqual([
			{ error: expect.objectContaining(MISS) },
		]);
		expect(answersOf(['X'], whole(ROW, { ...ROW, ID: 'x' }))).toEqual([{ row: { ...ROW, ID: 'x' } }]);
	});

	it.each(UGLY)('finds nothing in %s', (_name, text) => {
		for (const ids of [[ROW.ID], [ROW.ID, OTHER]]) {
			const result = read(ids, text);
			if (result.kind !== 'found') continue;
			for (const one of result.value) {
				expect(one).toEqual({ error: expect.not.objectContaining({ notFound: true }) });
			}
		}
	});

	it('is an error of the request where the credential is to blame', () => {
		const denied = { error: 'ACCESS_DENIED', error_description: 'Access denied!' };
		expect(read([ROW.ID, OTHER], denied, 403)).toMatchObject({
			kind: 'failed',
			error: { reason: 'only a Bitrix24 administrator may list workflows', stopsRun: true },
		});
	});
});
