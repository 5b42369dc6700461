import type { Json, JsonObject } from '../../core/emulator.ts';
import type { BpRecord, BusinessProcess, Company, RecordState } from './company.ts';
import { addProcesses, addProjects, areProcesses, areProjects } from './structure.ts';

const STATES: Record<string, RecordState> = {
	active: 'running',
	initiation: 'initiation',
	terminal: 'terminal',
	terminated: 'terminated',
};

const isText = (value: Json): boolean => typeof value === 'string' && value !== '';
const isFlag = (value: Json): boolean => typeof value === 'boolean';
const isObject = (value: Json): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const OPTIONS: Record<string, (value: Json) => boolean> = {
	bpName: isText,
	projectNumber: (value) => value === null || isText(value),
	ids: (value) => Array.isArray(value) && value.every(isText),
	state: (value) => typeof value === 'string' && Object.hasOwn(STATES, value),
	ruleFails: isFlag,
	inInitiation: isFlag,
	status: isText,
	fields: isObject,
	lineItems: (value) => Array.isArray(value) && value.every(isObject),
	projects: areProjects,
	bps: areProcesses,
};

/** Adds projects, business processes and records; `ids` replaces the count. */
export function seedRecords(company: Company, count: number, options: JsonObject): string[] {
	for (const [name, value] of Object.entries(options)) {
		if (!Object.hasOwn(OPTIONS, name)) throw new Error(`Unknown seed option ${name}`);
		if (!OPTIONS[name]?.(value)) throw new Error(`Seed option ${name} has a wrong value`);
	}
	addProjects(company, options['projects']);
	addProcesses(company, options['bps']);
	const process = target(company, options);
	const ids = options['ids'] as string[] | undefined;
	const recordNumbers = ids ?? Array.from({ length: count }, () => company.newNumber(process));
	for (const recordNo of recordNumbers) {
		if (process.records.has(recordNo)) throw new Error(`Record ${recordNo} is there already`);
		process.records.set(recordNo, newRecord(recordNo, options));
	}
	return [...recordNumbers];
}

function target(company: Company, options: JsonObject): BusinessProcess {
	const bpName = (options['bpName'] ?? 'Punchlist') as string;
	const given = options['projectNumber'] as string | null | undefined;
	const usual = company.named(bpName)[0]?.projectNumber ?? null;
	return company.ensure(bpName, given === undefined ? usual : given);
}

function newRecord(recordNo: string, options: JsonObject): BpRecord {
	const state = STATES[(options['state'] ?? 'active') as string] ?? 'running';
	return {
		recordNo,
		state,
		inInitiation: state === 'initiation' || options['inInitiation'] === true,
		ruleFails: options['ruleFails'] === true,
		status: options['status'] as string | undefined,
		fields: {
			title: `Record ${recordNo}`,
			uuu_user_id: 'user-a',
			uuu_record_last_update_date: '2018/04/23 11:06',
			end_date: null,
			...(options['fields'] as JsonObject | undefined),
		},
		lineItems: structuredClone(
			(options['lineItems'] as JsonObject[] | undefined) ?? [{ title: 'Line 1', uuu_tab_id: 'Line Items' }],
		),
	};
}
