import { templateNames } from '../../../../nodes/Bitrix24/api/templates';
import { ROW, answer } from '../findingSamples';
import { NOT_ADMINISTRATOR, TIME, batchAnswer } from '../samples';

const SIMPLE = { isSimple: true };
const METHOD = 'bizproc.workflow.template.list';

const read = (ids: string[], body: unknown, status = 200) =>
	templateNames.request(ids).read(answer(body, status));
const namesIn = (ids: string[], body: unknown): Array<[string, string]> => {
	const result = read(ids, body);
	if (result.kind !== 'found') throw new Error(`Unexpected result ${result.kind}`);
	return [...result.value];
};

it('names of templates are wanted where a row has a template, and is shown simplified', () => {
	expect(templateNames.idIn(ROW, SIMPLE)).toBe('212');
	expect(templateNames.idIn({ ...ROW, TEMPLATE_ID: 7 }, SIMPLE)).toBe('7');
	expect(templateNames.idIn(ROW, { isSimple: false })).toBeUndefined();
	for (const TEMPLATE_ID of [undefined, null, '', '0', 'x', '$result[w0]']) {
		expect(templateNames.idIn({ ...ROW, TEMPLATE_ID }, SIMPLE)).toBeUndefined();
	}
});

it('names of templates are wanted where they are among the selected fields', () => {
	const wanted = (...fields: string[]) =>
		templateNames.idIn(ROW, { isSimple: true, selection: { idField: 'workflowId', fields } });
	expect(wanted('templateName')).toBe('212');
	expect(wanted('started', 'templateId')).toBeUndefined();
	expect(wanted()).toBeUndefined();
});

it('one is asked for alone, several in a batch, each by a filter that every server knows', () => {
	const one = templateNames.request(['212']).request;
	expect([one.path, JSON.parse(one.body ?? '')]).toEqual([
		`/${METHOD}`,
		{ SELECT: ['ID', 'NAME'], FILTER: { ID: '212' } },
	]);
	const several = templateNames.request(['212', '1']).request;
	expect([several.path, JSON.parse(several.body ?? '')]).toEqual([
		'/batch',
		{
			halt: 0,
			cmd: {
				w0: `${METHOD}?SELECT[0]=ID&SELECT[1]=NAME&FILTER[ID]=212`,
				w1: `${METHOD}?SELECT[0]=ID&SELECT[1]=NAME&FILTER[ID]=1`,
			},
		},
	]);
	expect(templateNames.idsPerRequest).toBe(50);
});

it('each row is read by its own ID, whatever the server makes of the filter', () => {
	const rows = [
		{ ID: '1', NAME: 'Approve lead' },
		{ ID: 212, NAME: 'Approve deal' },
		{ ID: '5' },
		{ NAME: 'x' },
	];
	const names = [
		['1', 'Approve lead'],
		['212', 'Approve deal'],
	];
	expect(namesIn(['212'], { result: rows, total: 4, time: TIME })).toEqual(names);
	const body = batchAnswer({ result: { w0: rows, w1: [] }, result_total: { w0: 4, w1: 0 } });
	expect(namesIn(['212', '900'], body)).toEqual(names);
});

it('a name stands beside the ID; without one the place is empty', () => {
	expect(templateNames.add(ROW, 'Approve deal')).toEqual({ ...ROW, TEMPLATE_NAME: 'Approve deal' });
	expect(templateNames.add(ROW, undefined)).toEqual(ROW);
});

it('a refusal says what may not be read', () => {
	expect(read(['1'], NOT_ADMINISTRATOR, 400)).toMatchObject({
		kind: 'failed',
		error: { reason: 'only a Bitrix24 administrator may list workflow templates' },
	});
});
