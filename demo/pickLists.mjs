import { isDeepStrictEqual } from 'node:util';

import { SYSTEMS } from './scenario.mjs';
import { locator, PACKAGE } from './workflow.mjs';

/** Credentials without the right that a pick list needs, by vendor; `variant` is the sandbox's name for them. */
export const LACKING = {
	unifier: {
		variant: 'withoutAdmin',
		id: 'unifierNoAdmin01',
		name: 'Unifier account without the right Admin',
	},
	bitrix24: {
		variant: 'webhookNotAdmin',
		id: 'bitrix24NoAdmin1',
		name: 'Bitrix24 webhook of no administrator',
	},
	eightByEight: { variant: 'foreignAccount', id: '8x8Foreign000001', name: '8x8 key of another account' },
};

/** Two definitions with the same name, in a list that is longer than a page. */
const NAMESAKES = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
const MANY = 130;
const DEFINITIONS = Array.from({ length: MANY }, (_, index) => ({
	id: NAMESAKES[index] ?? `cccccccc-0000-4000-8000-${String(index).padStart(12, '0')}`,
	name: index < NAMESAKES.length ? 'Welcome new customers' : `Campaign ${index}`,
}));

const inProject = (number) => ({
	resource: 'bpRecord',
	operation: 'terminate',
	projectNumber: locator('number', number),
	bpName: locator('list'),
});

/** The fields with a pick list: where the editor finds the list, and the values of the other fields. */
const LISTS = {
	projects: {
		vendor: 'unifier',
		path: 'parameters.projectNumber',
		methodName: 'searchProjects',
		parameters: { ...inProject(''), projectNumber: locator('list') },
	},
	businessProcesses: {
		vendor: 'unifier',
		path: 'parameters.bpName',
		methodName: 'searchBusinessProcesses',
		parameters: inProject('PRJ-004'),
	},
	companyLevel: {
		vendor: 'unifier',
		path: 'parameters.bpName',
		methodName: 'searchBusinessProcesses',
		parameters: inProject(''),
	},
	definitions: {
		vendor: 'eightByEight',
		path: 'parameters.definitionId',
		methodName: 'searchDefinitions',
		parameters: { resource: 'workflow', operation: 'terminate', definitionId: locator('list') },
	},
	templates: {
		vendor: 'bitrix24',
		path: 'parameters.filters.templateId',
		methodName: 'searchTemplates',
		parameters: {
			authentication: 'webhook',
			resource: 'workflow',
			operation: 'getAll',
			filters: { templateId: locator('list') },
		},
	},
};

/** Credentials for n8n's import, in addition to those of the examples. */
export async function lackingCredentials(control) {
	const vendors = await control.vendors();
	return Object.entries(LACKING).map(([vendor, { variant, id, name }]) => ({
		id,
		name,
		type: SYSTEMS[vendor].credential.type,
		data: vendors[vendor].credentials[variant],
	}));
}

/**
 * Opens each pick list of the nodes as the editor does: reads all pages, searches, and tries a credential without the right.
 *
 * @param {{ n8n: import('./n8n.mjs').N8n, control: object }} stage
 * @param {(line: string) => void} say receives one line for each list
 * @returns {Promise<string[]>} the differences from what is expected
 */
export async function checkPickLists({ n8n, control }, say) {
	await control.reset();
	await control.seed('unifier', 0, { projects: 250 });
	await control.seed('eightByEight', 0, { definitions: DEFINITIONS });
	await control.seed('bitrix24', 0, { templates: 60 });
	const found = [];
	for (const [title, check] of Object.entries(CHECKS)) {
		const report = new Report(title);
		const summary = await check(new Editor(n8n), report);
		say(
			`Pick list of ${title}: ${report.found.length === 0 ? summary : `${report.found.length} differences`}`,
		);
		found.push(...report.found);
	}
	return found;
}

/** What a user sees in each list. Each check returns a short summary. */
const CHECKS = {
	'Unifier projects': async (editor, report) => {
		const all = await editor.readAll(LISTS.projects);
		report.atLeast('pages', all.pages, 2);
		report.equal('repeated entries', all.repeated, 0);
		report.has(all.entries, 'PRJ-004 · Sandbox project PRJ-004', 'PRJ-004');
		report.has(all.entries, 'PRJ-INACTIVE · Sandbox project PRJ-INACTIVE (Inactive)', 'PRJ-INACTIVE');
		const searched = await editor.readAll(LISTS.projects, 'p-0249');
		report.equal('found by its number', valuesOf(searched), ['P-0249']);
		await editor.expectRefusal(LISTS.projects, report);
		return `${all.entries.length} on ${all.pages} pages`;
	},
	'Unifier business processes': async (editor, report) => {
		const all = await editor.readAll(LISTS.businessProcesses);
		report.has(all.entries, 'Punchlist', 'Punchlist');
		report.has(all.entries, 'Contracts (cost: one record per request)', 'Contracts');
		const searched = await editor.readAll(LISTS.businessProcesses, 'punch');
		report.equal('found by its name', valuesOf(searched), ['Punchlist']);
		const companyList = await editor.readAll(LISTS.companyLevel);
		report.equal('of the company', valuesOf(companyList), ['Vendors']);
		await editor.expectRefusal(LISTS.businessProcesses, report);
		return `${all.entries.length} in the project, ${companyList.entries.length} of the company`;
	},
	'8x8 definitions': async (editor, report) => {
		const all = await editor.readAll(LISTS.definitions);
		report.atLeast('pages', all.pages, 2);
		report.equal('repeated entries', all.repeated, 0);
		report.equal(
			'definitions that are missing',
			DEFINITIONS.filter(({ id }) => !valuesOf(all).includes(id)).map(({ id }) => id),
			[],
		);
		const searched = await editor.readAll(LISTS.definitions, 'welcome');
		report.equal('found by their name', valuesOf(searched).sort(), NAMESAKES);
		report.equal('labels of two namesakes', new Set(searched.entries.map(({ name }) => name)).size, 2);
		await editor.expectRefusal(LISTS.definitions, report);
		return `${all.entries.length} on ${all.pages} pages, namesakes told apart`;
	},
	'Bitrix24 templates': async (editor, report) => {
		const all = await editor.readAll(LISTS.templates);
		report.atLeast('pages', all.pages, 2);
		report.atLeast('entries', all.entries.length, 60);
		report.equal('repeated entries', all.repeated, 0);
		const [first] = all.entries;
		const text = first.name.replace(/ \(ID \d+\)$/, '');
		const searched = await editor.readAll(LISTS.templates, text.toUpperCase());
		report.has(searched.entries, first.name, first.value);
		report.equal(
			'found without the text in it',
			searched.entries.filter(({ name }) => !name.toLowerCase().includes(text.toLowerCase())),
			[],
		);
		await editor.expectRefusal(LISTS.templates, report);
		return `${all.entries.length} on ${all.pages} pages`;
	},
};

const valuesOf = ({ entries }) => entries.map(({ value }) => value);

/** Requests lists from n8n as the editor does. */
class Editor {
	#n8n;

	constructor(n8n) {
		this.#n8n = n8n;
	}

	/** Reads all pages of a list. @param {string} [filter] the text in the search field */
	async readAll(list, filter) {
		const entries = [];
		let pages = 0;
		let paginationToken;
		do {
			const { ok, answer } = await this.#ask(list, SYSTEMS[list.vendor].credential, filter, paginationToken);
			if (!ok) return { entries, pages, repeated: 0, error: answer };
			entries.push(...answer.results);
			paginationToken = answer.paginationToken;
			pages += 1;
		} while (paginationToken && pages < 20);
		return { entries, pages, repeated: entries.length - new Set(entries.map(({ value }) => value)).size };
	}

	/** Opens a list with a credential without the right: the editor has to get a message that says so, and a remedy. */
	async expectRefusal(list, report) {
		const { ok, answer } = await this.#ask(list, LACKING[list.vendor]);
		report.equal('refused for want of the right', !ok, true);
		report.equal('what the editor shows of it', /could not be listed: \S/.test(answer.message), true);
		report.equal(
			'the way out below it',
			typeof answer.description === 'string' && answer.description !== '',
			true,
		);
	}

	async #ask({ vendor, path, methodName, parameters }, { id, name }, filter, paginationToken) {
		return await this.#n8n.pickList({
			nodeTypeAndVersion: { name: `${PACKAGE}.${vendor}`, version: 1 },
			path,
			methodName,
			currentNodeParameters: parameters,
			credentials: { [SYSTEMS[vendor].credential.type]: { id, name } },
			filter,
			paginationToken,
		});
	}
}

/** Collects the differences between a list and what is expected. */
class Report {
	found = [];

	constructor(title) {
		this.title = title;
	}

	equal(what, is, wanted) {
		if (isDeepStrictEqual(is, wanted)) return;
		this.#add(`${what}: ${JSON.stringify(is)}, expected ${JSON.stringify(wanted)}`);
	}

	atLeast(what, is, wanted) {
		if (is < wanted) this.#add(`${what}: ${is}, expected at least ${wanted}`);
	}

	has(entries, name, value) {
		if (entries.some((entry) => entry.name === name && entry.value === value)) return;
		this.#add(`there is no entry "${name}" for ${value}`);
	}

	#add(difference) {
		this.found.push(`Pick list of ${this.title}: ${difference}`);
	}
}
