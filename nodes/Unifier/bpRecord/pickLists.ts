import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { PickList, Search } from '../../core/n8n/listSearch';
import type { PageRequest } from '../../core/queries/list';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { encodeForUrl } from '../../core/util/url';
import { inProject, textOfNumber } from '../api/record';
import { readData } from '../api/responses';
import type { Subject } from '../api/responses';
import { connection } from '../connection';
import { readProject } from './fields';

/** How many entries are shown at a time. */
const PAGE_SIZE = 200;

/** The service of "Get Project Shell List". Its `options` narrow the list; empty they mean all. */
const SHELLS = `/ws/rest/service/v1/admin/projectshell?options=${encodeForUrl('{}')}`;

/** The service of "Get BPs in Shell or Company". */
const BPS = '/ws/rest/service/v1/admin/bps';

/** The module whose right Get these lists need ("Prerequisites for Creating a Connection" of Oracle's own adapter). */
const ADMIN = 'Admin';

/** Not a literal in the entry, because the linter would take its name for a label that needs other capitals. */
const COMPANY_LEVEL = 'Company level (no project)';

/** The entry for no project, so that a choice can be undone in the list too. */
const COMPANY: INodeListSearchItems = { name: COMPANY_LEVEL, value: '' };

const ACTIVE = 'Active';
const COST = 'cost';

/** The company itself, and its projects and shells. The whole list comes in one answer, so the node searches it. */
export const projects: PickList = {
	plural: 'projects',
	connection: () => connection,
	*search(search) {
		const page = yield pageRequest(SHELLS, {
			plural: 'projects',
			module: ADMIN,
			otherwise: "Without it, switch from the list to 'Number' and enter the number of the project.",
		});
		return entriesFrom([COMPANY, ...page.rows.flatMap(projectEntry)], search);
	},
};

/** The business processes of the chosen project, or of the company. */
export const businessProcesses: PickList = {
	plural: 'business processes',
	connection: () => connection,
	*search(search, read) {
		const page = yield pageRequest(inProject(BPS, readProject(read)), {
			plural: 'business processes',
			module: ADMIN,
			otherwise: "Without it, switch from the list to 'Name' and enter the name of the business process.",
		});
		return entriesFrom(page.rows.flatMap(bpEntry), search);
	},
};

function pageRequest(path: string, subject: Subject): PageRequest {
	return {
		request: { method: 'GET', path },
		read: (response) =>
			readData(response, subject, (data) =>
				Array.isArray(data) ? { rows: data.map((row: unknown) => asObject(row) ?? {}) } : undefined,
			),
	};
}

function projectEntry(row: JsonRecord): INodeListSearchItems[] {
	const value = textOfNumber(row['projectnumber']);
	if (value === undefined) return [];
	const name = asText(row['projectname']);
	const status = asText(row['status']) ?? ACTIVE;
	const label = name === undefined ? value : `${value} · ${name}`;
	return [{ name: status === ACTIVE ? label : `${label} (${status})`, value }];
}

function bpEntry(row: JsonRecord): INodeListSearchItems[] {
	const value = asText(row['bp_name']);
	if (value === undefined) return [];
	const isCost = asText(row['studio_source'])?.toLowerCase() === COST;
	return [{ name: isCost ? `${value} (cost: one record per request)` : value, value }];
}

/** The entries that a search finds, from the position where the last answer ended. */
function entriesFrom(entries: INodeListSearchItems[], { text, token = '0' }: Search): INodeListSearchResult {
	const wanted = text.toLowerCase();
	const found = entries.filter(({ name }) => name.toLowerCase().includes(wanted));
	const from = /^\d+$/.test(token) ? Number(token) : 0;
	const next = from + PAGE_SIZE;
	return {
		results: found.slice(from, next),
		...(next < found.length && { paginationToken: String(next) }),
	};
}
