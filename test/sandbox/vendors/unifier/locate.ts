import { Refusal } from './envelope.ts';
import type { BusinessProcess, Company } from './company.ts';

/** What a caller may give as project number: nothing, one, or by mistake several. */
export type ProjectNumber = string | string[] | undefined;

/** Finds a business process, or refuses in the order of the terminate page's table. */
export function locate(
	company: Company,
	bpName: string | undefined,
	projectNumber: ProjectNumber,
): BusinessProcess {
	if (bpName === undefined || bpName.trim() === '') throw new Refusal(603);
	const named = company.named(bpName);
	if (named.length === 0) throw new Refusal(603);
	if (projectNumber === undefined) {
		const atCompany = company.find(bpName, null);
		if (!atCompany) throw new Refusal(13001);
		return atCompany;
	}
	checkProject(company, projectNumber);
	const inProject = company.find(bpName, String(projectNumber));
	if (!inProject) throw new Refusal(603);
	return inProject;
}

/** Refuses several, unknown and inactive projects. */
export function checkProject(company: Company, projectNumber: string | string[]): void {
	if (Array.isArray(projectNumber)) throw new Refusal(1245);
	const project = company.projectOf(projectNumber);
	if (!project && projectNumber.includes(',')) throw new Refusal(1245);
	if (project?.status !== 'Active') throw new Refusal(602);
}
