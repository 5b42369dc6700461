import type { JsonObject } from '../../core/emulator.ts';
import { checked, filledText, flag, listOf, object, oneOf, orNull } from '../../core/rules.ts';
import type { Values } from '../../core/rules.ts';
import type { BpRecord, BusinessProcess, Company } from './company.ts';
import { addProcesses, addProjects, bps, projects } from './structure.ts';

const OPTIONS = {
	bpName: filledText,
	projectNumber: orNull(filledText),
	ids: listOf(filledText),
	state: oneOf('active', 'initiation', 'terminal', 'terminated'),
	ruleFails: flag,
	/** Another user has it open: a request with it is refused with a code that no page lists. */
	locked: flag,
	inInitiation: flag,
	status: filledText,
	fields: object,
	lineItems: listOf(object),
	projects,
	bps,
};

type Options = Partial<Values<typeof OPTIONS>>;

/** Adds projects, business processes and records; `ids` replaces the count. */
export function seedRecords(company: Company, count: number, given: JsonObject): string[] {
	const options = checked('Unifier', 'seed option', OPTIONS, given);
	addProjects(company, options.projects);
	addProcesses(company, options.bps);
	const process = target(company, options);
	const recordNumbers = options.ids ?? Array.from({ length: count }, () => company.newNumber(process));
	for (const recordNo of recordNumbers) {
		if (process.records.has(recordNo)) throw new Error(`Unifier already has a record ${recordNo}`);
		process.records.set(recordNo, newRecord(recordNo, options));
	}
	return [...recordNumbers];
}

function target(company: Company, { bpName = 'Punchlist', projectNumber }: Options): BusinessProcess {
	const usual = company.named(bpName)[0]?.projectNumber ?? null;
	return company.ensure(bpName, projectNumber === undefined ? usual : projectNumber);
}

function newRecord(recordNo: string, options: Options): BpRecord {
	const { state = 'active' } = options;
	return {
		recordNo,
		state: state === 'active' ? 'running' : state,
		inInitiation: state === 'initiation' || options.inInitiation === true,
		ruleFails: options.ruleFails === true,
		locked: options.locked === true,
		status: options.status,
		fields: {
			title: `Record ${recordNo}`,
			uuu_user_id: 'user-a',
			uuu_record_last_update_date: '2018/04/23 11:06',
			end_date: null,
			...options.fields,
		},
		lineItems: structuredClone(options.lineItems ?? [{ title: 'Line 1', uuu_tab_id: 'Line Items' }]),
	};
}
