import { count, either, entry, filledText, flag, listOf, oneOf, orNull } from '../../core/rules.ts';
import type { Given } from '../../core/rules.ts';
import type { Company } from './company.ts';

/** The seed option `projects`: how many, or a list with at least their numbers. */
export const projects = either(
	count,
	listOf(
		entry(
			{
				projectnumber: filledText,
				projectname: filledText,
				status: oneOf('Active', 'Inactive', 'On-Hold', 'View-Only'),
				type: oneOf('wbs_shell', 'generic_shell'),
			},
			'projectnumber',
		),
	),
);

/** The seed option `bps`: a list of business processes with at least their names. */
export const bps = listOf(
	entry(
		{
			bpName: filledText,
			projectNumber: orNull(filledText),
			modelName: filledText,
			studioSource: filledText,
			studioType: orNull(filledText),
			noWorkflow: flag,
			active: flag,
			terminable: flag,
		},
		'bpName',
	),
);

const numbered = (length: number): Array<{ projectnumber: string }> =>
	Array.from({ length }, (_, index) => ({ projectnumber: `P-${String(index + 1).padStart(4, '0')}` }));

/** Adds projects, or changes those that are there. */
export function addProjects(company: Company, given: Given<typeof projects> = []): void {
	const entries = typeof given === 'number' ? numbered(given) : given;
	for (const project of entries) company.setProject(project);
}

/** Adds business processes with their projects, or changes those that are there. No project: company level. */
export function addProcesses(company: Company, given: Given<typeof bps> = []): void {
	for (const process of given) {
		Object.assign(company.ensure(process.bpName, process.projectNumber ?? null), process);
	}
}
