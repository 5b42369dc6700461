import {
	again,
	command,
	dryRun,
	get,
	list,
	listBy,
	locator,
	ofGet,
	ofSettings,
	onlyUnknown,
	terminate,
} from '../steps.mjs';

const number = ofSettings('recordNumber');
const UNKNOWN = "$('Settings').first().json.recordNumber + '-no-such-record'";
const projectNumber = locator('number', ofSettings('projectNumber'));
const bpName = locator('name', ofSettings('bpName'));
const place = { projectNumber, bpName };
const target = { ...place, recordNumbers: number, applyRules: true };
const record = { ...place, recordNumber: number, simplify: true, recordFields: '', includeLineItems: false };
const isRecord = { field: 'record_no', conditionType: 'eq', value: number };
const isNoRecord = { field: 'record_no', conditionType: 'like', value: '%no-such-record%' };
/** Unifier has no start to sort by. */
const inPlace = { parameters: { ...place, recordFields: '' }, sort: null };

/** @type {import('../steps.mjs').SystemCheck} */
export const unifier = {
	file: 'check-your-system-unifier',
	id: 'checkSystemUnif01',
	prefix: '20000002',
	system: 'Unifier',
	type: 'unifier',
	resource: 'bpRecord',
	credential: { unifierApi: { id: 'unifierAccount01', name: 'Unifier account' } },
	ids: {
		projectNumber: { required: false },
		bpName: { required: true },
		recordNumber: { required: true, isTarget: true },
	},
	added: ['id', 'recordNumber', 'bpName', 'projectNumber'],
	first: [
		list(
			'Credential',
			{ ...place, recordFields: '', limit: 1, filters: { recordNumber: number } },
			{ expected: 'records can be listed', lists: 'any', shape: true },
		),
		get('Get', record, { expected: 'it is found', found: true }),
	],
	reading: [
		get(
			'Get, all fields',
			{ ...record, simplify: false, includeLineItems: true },
			{ expected: 'it is found', found: true, shape: true },
		),
		get(
			'Get, unknown ID',
			{ ...record, recordNumber: `={{ ${UNKNOWN} }}` },
			{ expected: 'it is not found', values: { outcome: ['notFound'] } },
		),
		listBy('Record Number', { recordNumber: number }, inPlace),
		listBy(
			'Record Number, a pattern',
			{ recordNumber: "={{ $('Settings').first().json.recordNumber }}%" },
			inPlace,
		),
		listBy('Status', { status: ofGet('status') }, { ...inPlace, needs: 'status' }),
		listBy('Filter Criteria', { filterCriteria: { criteria: [isRecord] } }, inPlace),
		listBy('Join', { filterCriteria: { criteria: [isNoRecord, isRecord] }, join: 'OR' }, inPlace),
		list(
			'Unknown project',
			{ bpName, projectNumber: locator('number', 'no-such-project'), recordFields: '', limit: 1 },
			{ expected: 'the list is refused with code 602', values: { code: [602] } },
		),
		list(
			'Unknown business process',
			{ bpName: locator('name', 'no-such-process'), projectNumber, recordFields: '', limit: 1 },
			{ expected: 'the list is refused with code 603', values: { code: [603] } },
		),
	],
	dryRun: dryRun(target, { expected: 'it would be terminated', values: { outcome: ['dryRun'] } }),
	ending: [
		terminate(target),
		again('Terminate again', 'terminate', target, {
			expected: 'it had already ended, with code 12759',
			values: { outcome: ['alreadyEnded'], code: [12759] },
		}),
		command(
			'Terminate, unknown ID',
			'terminate',
			{ ...target, recordNumbers: onlyUnknown(UNKNOWN) },
			{},
			{ expected: 'it is not found, with code 12756', values: { outcome: ['notFound'], code: [12756] } },
		),
		get(
			'Get afterwards',
			{ ...record, simplify: false },
			{ expected: 'it can still be read', found: true, shape: true },
			{
				name: 'Status afterwards',
				expected: 'the status of an ended record is recorded',
				values: { status: ['Terminated'] },
				records: true,
			},
		),
		listBy('Record Number afterwards', { recordNumber: number }, inPlace),
	],
};
