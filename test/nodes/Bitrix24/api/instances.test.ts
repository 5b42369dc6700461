import { instanceList } from '../../../../nodes/Bitrix24/api/instances';
import type { PageRequest, PageResult } from '../../../../nodes/core/queries/list';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { NOW, ROW, answer, pageOf, queryOf, rowsFrom, stepsOf } from '../findingSamples';
import { INSTANCES, batchAnswer } from '../samples';

const SELECT = [
	'ID',
	'MODIFIED',
	'OWNED_UNTIL',
	'MODULE_ID',
	'ENTITY',
	'DOCUMENT_ID',
	'STARTED',
	'STARTED_BY',
	'TEMPLATE_ID',
];
const ORDER = { ID: 'ASC' };

/** The requests for a list of so many rows. */
const requestsFor = (
	filters: JsonRecord,
	wanted: number | undefined,
	rows: number,
	total?: unknown,
): PageRequest[] =>
	stepsOf(instanceList.pages(queryOf(filters), wanted), ({ request }, number): PageResult => {
		const starts = startsOf(request.body);
		const listed = starts.flatMap((start) => rowsFrom(start, Math.max(0, Math.min(50, rows - start))));
		const pages = starts.map((start) => ({ length: Math.max(0, Math.min(50, rows - start)) }));
		const reported = total === undefined ? rows : total;
		return {
			rows: listed,
			pages,
			seen: rows,
			newRows: number === 0 || listed.length > 0 ? listed.length : 0,
			...(typeof reported === 'number' && { total: reported }),
			...(wanted !== undefined && { remaining: Math.max(1, wanted - 50 * (number + 1)) }),
		};
	});

const bodyOf = ({ request }: PageRequest): JsonRecord => JSON.parse(request.body ?? '') as JsonRecord;
const commandsOf = (step: PageRequest): string[] =>
	Object.values(bodyOf(step)['cmd'] as Record<string, string>);

function startsOf(body = ''): number[] {
	const { cmd, start } = JSON.parse(body) as { cmd?: Record<string, string>; start?: number };
	if (!cmd) return [start ?? -1];
	return Object.values(cmd).map((text) => Number(/&start=(\d+)$/.exec(text)?.[1]));
}

const failed = (filters: JsonRecord, row: JsonRecord): Array<[string, unknown]> =>
	queryOf(filters)
		.criteria.filter(({ passes }) => !passes(row))
		.map(({ displayName, sent }) => [displayName, sent !== undefined]);

describe('the request for the first page', () => {
	it('asks for all fields, in the order of the IDs', () => {
		const [step] = requestsFor({}, undefined, 1);
		expect(step?.request).toMatchObject({ method: 'POST', path: '/bizproc.workflow.instances' });
		expect(bodyOf(step!)).toEqual({ SELECT, ORDER, start: 0 });
	});

	it('carries the filters with their names in upper case, and the earliest start a day earlier', () => {
		const [step] = requestsFor(
			{
				templateId: '212',
				moduleId: 'crm',
				entity: 'CCrmDocumentDeal',
				documentId: 'DEAL_1',
				startedBy: '0',
				startedAfter: Date.UTC(2024, 0, 2, 3, 4, 5, 6),
				startedBefore: Date.UTC(2024, 5, 1),
				stuck: true,
			},
			undefined,
			0,
		);
		expect(bodyOf(step!)['FILTER']).toEqual({
			TEMPLATE_ID: '212',
			MODULE_ID: 'crm',
			ENTITY: 'CCrmDocumentDeal',
			DOCUMENT_ID: 'DEAL_1',
			STARTED_BY: '0',
			'>=STARTED': '2024-01-01T03:04:05.006Z',
			'<OWNED_UNTIL': '2024-09-16T11:55:00.000Z',
		});
	});

	it.each([
		[{ startedBefore: Date.UTC(2024, 5, 1) }],
		[{ startedBefore: Date.UTC(9999, 11, 31, 23, 59, 59) }],
		[{ startedBefore: 8.64e15 }],
		[{ startedBefore: -1e12 }],
	])('does not ask for the latest start, which older servers take for none: %j', (filters) => {
		const [step] = requestsFor(filters, undefined, 0);
		expect(bodyOf(step!)).not.toHaveProperty('FILTER');
	});

	it('asks for an earliest start that a server can read and that may have been', () => {
		const sent = (startedAfter: number): unknown =>
			bodyOf(requestsFor({ startedAfter }, undefined, 0)[0]!)['FILTER'];
		expect(sent(-1e12)).toEqual({ '>=STARTED': '1970-01-01T00:00:00.000Z' });
		const day = 86_400_000;
		expect(sent(NOW + day)).toEqual({ '>=STARTED': '2024-09-16T12:00:00.500Z' });
		for (const future of [NOW + day + 1, Date.UTC(9999, 11, 31), 8.64e15])
			expect(sent(future)).toBeUndefined();
	});

	it('carries the bounds of the last change in whole seconds, as Bitrix24 writes them', () => {
		const filters = { modifiedAfter: Date.UTC(2024, 0, 2, 3, 4, 5, 6), modifiedBefore: Date.UTC(2024, 5, 1) };
		const [step] = requestsFor(filters, undefined, 0);
		expect(bodyOf(step!)['FILTER']).toEqual({
			'>=MODIFIED': '2024-01-02T03:04:05.000Z',
			'<=MODIFIED': '2024-06-01T00:00:00.000Z',
		});
	});

	it('does not ask for a last change that every workflow has behind it, or none', () => {
		const sent = (filters: JsonRecord): unknown => bodyOf(requestsFor(filters, undefined, 0)[0]!)['FILTER'];
		const day = 86_400_000;
		expect(sent({ modifiedBefore: NOW + day })).toEqual({ '<=MODIFIED': '2024-09-17T12:00:00.000Z' });
		expect(sent({ modifiedAfter: NOW + day })).toEqual({ '>=MODIFIED': '2024-09-17T12:00:00.000Z' });
		for (const future of [NOW + day + 1, Date.UTC(9999, 11, 31, 23, 59, 59), 8.64e15]) {
			expect(sent({ modifiedBefore: future })).toBeUndefined();
			expect(sent({ modifiedAfter: future })).toBeUndefined();
		}
		expect(sent({ modifiedBefore: -1e12 })).toEqual({ '<=MODIFIED': '1970-01-01T00:00:00.000Z' });
	});

	it('cannot ask for those that are not stuck', () => {
		const [step] = requestsFor({ stuck: false }, undefined, 0);
		expect(bodyOf(step!)).not.toHaveProperty('FILTER');
	});

	it('asks for a text with a backslash as a range: as a mask it would match nothing', () => {
		const entity = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Quote';
		const [step] = requestsFor({ entity, moduleId: 'crm' }, undefined, 0);
		expect(bodyOf(step!)['FILTER']).toEqual({ '>=ENTITY': entity, '<=ENTITY': entity, MODULE_ID: 'crm' });
	});
});

describe('the pages', () => {
	it.each([
		[0, 1],
		[50, 2],
		[51, 2],
		[2_499, 2],
		[2_500, 3],
		[10_000, 6],
	])('takes, for all of %i, %i requests', (rows, requests) => {
		const steps = requestsFor({}, undefined, rows);
		expect(steps).toHaveLength(requests);
		const starts = steps.flatMap(({ request }) => startsOf(request.body));
		// The first page again at the end, unless it is the only one; and one behind the last, if that is full.
		const pages = rows === 0 ? 1 : Math.ceil(rows / 50) + (rows % 50 === 0 ? 1 : 0);
		const again = pages > 1 ? [...Array(pages).keys()].map((page) => page * 50) : [];
		expect([...starts].sort((a, b) => a - b)).toEqual([0, ...again].sort((a, b) => a - b));
	});

	it('asks for further pages in batches of the documented form', () => {
		const [, step] = requestsFor({ documentId: 'a&b#c+d', startedAfter: NOW }, undefined, 150);
		expect(step?.request.path).toBe('/batch');
		expect(bodyOf(step!)['halt']).toBe(0);
		const select = SELECT.map((name, index) => `SELECT[${index}]=${name}`).join('&');
		const filter = 'FILTER[DOCUMENT_ID]=a%26b%23c%2Bd&FILTER[%3E%3DSTARTED]=2024-09-15T12%3A00%3A00.500Z';
		expect(commandsOf(step!)).toEqual(
			[100, 50, 0].map(
				(start) => `bizproc.workflow.instances?${select}&${filter}&ORDER[ID]=ASC&start=${start}`,
			),
		);
	});

	it('takes one page at a time where a batch would change a filter', () => {
		const steps = requestsFor({ documentId: '$result[w0]' }, undefined, 149);
		expect(steps.map(({ request }) => request.path)).toEqual(Array(4).fill('/bizproc.workflow.instances'));
	});

	it('asks for no more pages than there are, however many are wanted', () => {
		expect(requestsFor({}, 1_000, 120).map(({ request }) => startsOf(request.body))).toEqual([
			[0],
			[100, 50, 0],
		]);
	});

	it.each([[0], [-1], ['120']])('comes to an end with the total %p', (total) => {
		const steps = requestsFor({}, undefined, 120, total);
		expect(new Set(steps.flatMap(({ request }) => startsOf(request.body)))).toEqual(new Set([0, 50, 100]));
	});

	it('reads a page, and a batch of them in the order of its commands', () => {
		const [first, second] = requestsFor({}, undefined, 120);
		expect(pageOf(first!.read(answer(INSTANCES)))).toEqual({ rows: INSTANCES.result, total: 2 });
		const [w0, w1, w2] = [100, 50, 0].map((start) => rowsFrom(start, 2)) as [unknown[], unknown[], unknown[]];
		const text = batchAnswer({ result: { w0, w1, w2 }, result_total: { w0: 6, w1: 6, w2: 5 } });
		const pages = [{ length: 2 }, { length: 2 }, { length: 2 }];
		expect(pageOf(second!.read(answer(text)))).toEqual({ rows: [...w0, ...w1, ...w2], pages, total: 5 });
	});

	it('names what cannot be ended without an ID in text', () => {
		expect(instanceList.idOf(ROW)).toBe(ROW.ID);
		for (const ID of [undefined, null, '', 66412345678901.12]) {
			expect(instanceList.idOf({ ...ROW, ID })).toBeUndefined();
		}
	});
});

describe('a row is checked here too', () => {
	const text: Array<[string, string, keyof typeof ROW, string]> = [
		['templateId', 'Template', 'TEMPLATE_ID', '212'],
		['moduleId', 'Module ID', 'MODULE_ID', 'crm'],
		['entity', 'Entity', 'ENTITY', 'CCrmDocumentLead'],
		['documentId', 'Document ID', 'DOCUMENT_ID', 'LEAD_1'],
		['startedBy', 'Started By', 'STARTED_BY', '57'],
	];

	it.each(text)('%s', (name, displayName, field, value) => {
		expect(failed({ [name]: value }, ROW)).toEqual([]);
		const { [field]: _left, ...without } = ROW;
		for (const row of [{ ...ROW, [field]: `${value}1` }, { ...ROW, [field]: null }, without]) {
			expect(failed({ [name]: value }, row)).toEqual([[displayName, true]]);
		}
	});

	it('letter by letter but for their case, where the server takes _ lightly', () => {
		expect(failed({ documentId: 'LEAD_1' }, { ...ROW, DOCUMENT_ID: 'LEADX1' })).toHaveLength(1);
		expect(failed({ documentId: 'LEAD_1' }, { ...ROW, DOCUMENT_ID: 'lead_1' })).toEqual([]);
	});

	it('with no user as the starter 0', () => {
		for (const STARTED_BY of ['0', 0, null, '']) {
			expect(failed({ startedBy: '0' }, { ...ROW, STARTED_BY })).toEqual([]);
		}
		expect(failed({ startedBy: '0' }, ROW)).toHaveLength(1);
	});

	it('by times as instants, and the user hears only of those that Bitrix24 was to leave out', () => {
		const started = Date.UTC(2024, 8, 13, 10, 25, 1);
		expect(failed({ startedAfter: started, startedBefore: started }, ROW)).toEqual([]);
		expect(failed({ startedAfter: started + 1 }, ROW)).toEqual([['Started After', false]]);
		expect(failed({ startedBefore: started - 1 }, ROW)).toEqual([['Started Before', false]]);
		const day = 86_400_000;
		expect(failed({ startedAfter: started + day }, ROW)).toEqual([['Started After', false]]);
		expect(failed({ startedAfter: started + day + 1 }, ROW)).toContainEqual(['Started After', true]);
		expect(failed({ startedBefore: started - day - 1 }, ROW)).toEqual([['Started Before', false]]);
		expect(failed({ startedAfter: Date.UTC(9999, 11, 31) }, ROW)).toEqual([['Started After', false]]);
		expect(failed({ startedAfter: started }, { ...ROW, STARTED: null })).not.toEqual([]);
	});

	it('by the last change, to the millisecond', () => {
		const modified = Date.UTC(2024, 8, 13, 10, 25, 5);
		expect(failed({ modifiedAfter: modified, modifiedBefore: modified }, ROW)).toEqual([]);
		expect(failed({ modifiedAfter: modified - 1, modifiedBefore: modified + 1 }, ROW)).toEqual([]);
		// Within the second that was asked for, so Bitrix24 was right to list it.
		expect(failed({ modifiedAfter: modified + 1 }, ROW)).toEqual([['Modified After', false]]);
		expect(failed({ modifiedAfter: modified + 1_000 }, ROW)).toContainEqual(['Modified After', true]);
		expect(failed({ modifiedBefore: modified - 1 }, ROW)).toContainEqual(['Modified Before', true]);
		expect(failed({ modifiedBefore: modified }, { ...ROW, MODIFIED: null })).not.toEqual([]);
		expect(failed({ modifiedAfter: Date.UTC(9999, 11, 31) }, ROW)).toEqual([['Modified After', false]]);
	});

	it('for being stuck, or not', () => {
		const stuck = { ...ROW, OWNED_UNTIL: '2024-09-16T11:54:59+00:00' };
		const locked = { ...ROW, OWNED_UNTIL: '2024-09-16T11:55:00+00:00' };
		expect(failed({ stuck: true }, stuck)).toEqual([]);
		expect(failed({ stuck: true }, locked)).toEqual([['Stuck', true]]);
		expect(failed({ stuck: false }, stuck)).toEqual([['Stuck', false]]);
		expect(failed({ stuck: false }, locked)).toEqual([]);
		expect(failed({ stuck: false }, ROW)).toEqual([]);
		const { OWNED_UNTIL: _left, ...silent } = ROW;
		expect(failed({ stuck: false }, silent)).toHaveLength(1);
		expect(failed({ stuck: true }, silent)).toHaveLength(1);
	});
});
