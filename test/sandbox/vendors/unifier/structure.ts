import type { Json, JsonObject } from '../../core/emulator.ts';
import { areEntries } from '../../core/entries.ts';
import type { Check } from '../../core/entries.ts';
import type { BusinessProcess, Company, Project } from './company.ts';

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isFlag: Check = (value) => typeof value === 'boolean';
const oneOf =
	(...values: string[]): Check =>
	(value) =>
		typeof value === 'string' && values.includes(value);

const PROJECT: Record<keyof Project, Check> = {
	projectnumber: isText,
	projectname: isText,
	status: oneOf('Active', 'Inactive', 'On-Hold', 'View-Only'),
	type: oneOf('wbs_shell', 'generic_shell'),
};

type Setup = Omit<BusinessProcess, 'prefix' | 'records'>;

const PROCESS: Record<keyof Setup, Check> = {
	bpName: isText,
	projectNumber: (value) => value === null || isText(value),
	modelName: isText,
	studioSource: isText,
	studioType: (value) => value === null || isText(value),
	noWorkflow: isFlag,
	active: isFlag,
	terminable: isFlag,
};

/** Whether a seed option names projects: how many, or a list with at least their numbers. */
export function areProjects(value: Json): boolean {
	return (Number.isInteger(value) && Number(value) >= 0) || areEntries(value, 'projectnumber', PROJECT);
}

/** Whether a seed option describes business processes: a list with at least their names. */
export function areProcesses(value: Json): boolean {
	return areEntries(value, 'bpName', PROCESS);
}

const numbered = (count: number): JsonObject[] =>
	Array.from({ length: count }, (_, index) => ({ projectnumber: `P-${String(index + 1).padStart(4, '0')}` }));

/** Adds projects, or changes those that are there. */
export function addProjects(company: Company, given: Json = []): void {
	const entries = typeof given === 'number' ? numbered(given) : (given as JsonObject[]);
	for (const entry of entries) company.setProject(entry as Partial<Project> & { projectnumber: string });
}

/** Adds business processes with their projects, or changes those that are there. No project: company level. */
export function addProcesses(company: Company, given: Json = []): void {
	for (const entry of given as unknown as Array<Partial<Setup> & { bpName: string }>) {
		Object.assign(company.ensure(entry.bpName, entry.projectNumber ?? null), entry);
	}
}
