import type { Json, JsonObject } from '../../core/emulator.ts';

export type RecordState = 'running' | 'initiation' | 'terminal' | 'terminated';

export interface BpRecord {
	recordNo: string;
	state: RecordState;
	/** The documentation shows a record that is in the initiation step and terminated at once. */
	inInitiation: boolean;
	ruleFails: boolean;
	/** Whether another user has it open. */
	locked: boolean;
	/** The status text; undefined leaves it to the state. */
	status: string | undefined;
	fields: JsonObject;
	lineItems: JsonObject[];
}

/** A business process as it is set up in one project, or in the company (`projectNumber` null). */
export interface BusinessProcess {
	bpName: string;
	projectNumber: string | null;
	prefix: string;
	modelName: string;
	studioSource: string;
	studioType: string | null;
	noWorkflow: boolean;
	active: boolean;
	terminable: boolean;
	records: Map<string, BpRecord>;
}

export interface Project {
	projectname: string;
	projectnumber: string;
	status: 'Active' | 'Inactive' | 'On-Hold' | 'View-Only';
	type: 'wbs_shell' | 'generic_shell';
}

const bp = (
	bpName: string,
	projectNumber: string | null,
	prefix: string,
	changes: Partial<BusinessProcess> = {},
): BusinessProcess => ({
	bpName,
	projectNumber,
	prefix,
	modelName: `u${prefix.toLowerCase()}`,
	studioSource: 'lineitem',
	studioType: null,
	noWorkflow: false,
	active: true,
	terminable: true,
	records: new Map(),
	...changes,
});

const project = (projectnumber: string, changes: Partial<Project> = {}): Project => ({
	projectname: `Sandbox project ${projectnumber}`,
	projectnumber,
	status: 'Active',
	type: 'wbs_shell',
	...changes,
});

/** The projects, business processes and records of one company. */
export class Company {
	projects: Project[] = [];

	bps: BusinessProcess[] = [];

	private nextNumber = 1;

	reset(): void {
		this.nextNumber = 1;
		this.projects = [
			project('AP', { projectname: 'All Projects' }),
			project('PRJ-004'),
			project('PRJ-INACTIVE', { status: 'Inactive' }),
			project('SHELL-01', { type: 'generic_shell' }),
			// Both need percent-encoding in a path.
			project('AM-CO630/620A'),
			project('2020#7'),
		];
		this.bps = [
			bp('Punchlist', 'PRJ-004', 'PL'),
			bp('Contracts', 'PRJ-004', 'CON', { studioSource: 'cost', studioType: 'other' }),
			bp('Retired Forms', 'PRJ-004', 'RF', { active: false }),
			bp('Reservations', 'PRJ-004', 'RES', { studioSource: 'simple', terminable: false }),
			bp('Vendors', null, 'VEN', { studioSource: 'simple', noWorkflow: true }),
			bp('Punchlist', 'PRJ-INACTIVE', 'PL'),
			bp('Punchlist', 'AM-CO630/620A', 'PL'),
			bp('Punchlist', '2020#7', 'PL'),
		];
	}

	projectOf(number: string): Project | undefined {
		return this.projects.find(({ projectnumber }) => projectnumber === number);
	}

	/** Adds a project, or changes the one with that number. */
	setProject(given: Partial<Project> & { projectnumber: string }): void {
		const found = this.projectOf(given.projectnumber);
		if (found) Object.assign(found, given);
		else this.projects.push(project(given.projectnumber, given));
	}

	named(bpName: string): BusinessProcess[] {
		return this.bps.filter((candidate) => candidate.bpName === bpName);
	}

	find(bpName: string, projectNumber: string | null): BusinessProcess | undefined {
		return this.named(bpName).find((candidate) => candidate.projectNumber === projectNumber);
	}

	/** The business process, created with its project when it is not there yet. */
	ensure(bpName: string, projectNumber: string | null): BusinessProcess {
		const found = this.find(bpName, projectNumber);
		if (found) return found;
		if (projectNumber !== null && !this.projectOf(projectNumber)) this.projects.push(project(projectNumber));
		const prefix =
			bpName
				.replace(/[^A-Za-z]/g, '')
				.slice(0, 3)
				.toUpperCase() || 'REC';
		const model = this.named(bpName)[0];
		const created = bp(
			bpName,
			projectNumber,
			prefix,
			model && { ...model, projectNumber, records: new Map() },
		);
		this.bps.push(created);
		return created;
	}

	newNumber(process: BusinessProcess): string {
		let recordNo: string;
		do {
			recordNo = `${process.prefix}-${String(this.nextNumber).padStart(4, '0')}`;
			this.nextNumber += 1;
		} while (process.records.has(recordNo));
		return recordNo;
	}

	instances(statusOf: (record: BpRecord) => string): JsonObject {
		const instances: Record<string, Json> = {};
		for (const process of this.bps) {
			for (const record of process.records.values()) {
				// Record numbers are unique within one business process of one project only.
				const key = Object.hasOwn(instances, record.recordNo)
					? `${record.recordNo}@${process.bpName}/${process.projectNumber ?? ''}`
					: record.recordNo;
				instances[key] = {
					state: record.state,
					recordNo: record.recordNo,
					bpName: process.bpName,
					projectNumber: process.projectNumber,
					status: statusOf(record),
					inInitiation: record.inInitiation,
					ruleFails: record.ruleFails,
				};
			}
		}
		return instances;
	}
}
