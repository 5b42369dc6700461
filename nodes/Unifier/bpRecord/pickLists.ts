import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { PickList, Search } from '../../core/n8n/listSearch';
import type { PageRequest } from '../../core/queries/list';
import { encodeForUrl } from '../../core/util/url';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { connection } from '../connection';
import { readProject } from './fields';
import { readData } from '../api/responses';
import type { Subject } from '../api/responses';
import { inProject } from '../api/record';

/** So many entries are shown at a time. */
const PAGE_SIZE = 200;

/** The service of "Get Project Shell List". What it is asked for is in `options`; nothing in it means all. */
const SHELLS = `/ws/rest/service/v1/admin/projectshell?options=${encodeForUrl('{}')}`;

/** The service of "Get BPs in Shell or Company". */
const BPS = '/ws/rest/service/v1/admin/bps';

/** The module whose right Get these lists need ("Prerequisites for Creating a Connection" of Oracle's own adapter). */
const ADMIN = 'Admin';

/** Apart from its entry, because lint takes the name of an entry for a label, and its capitals for wrong. */
const COMPANY_LEVEL = 'Company level (no project)';

/** What stands for no project, so that a choice can be taken back in the list too. */
const COMPANY: INodeListSearchItems = { name: COMPANY_LEVEL, value: '' };

const ACTIVE = 'Active';
const COST = 'cost';

/** The company itself, and its projects and shells. The whole list comes in one answer, so it is searched here. */
export const projects: PickList = {
	plural: 'projects',
	connection: () => connection,
	*search(search) {
		const page = yield stepOf(SHELLS, {
			things: 'projects',
			module: ADMIN,
			otherwise: "Without it, switch from the list to 'Number' and type the number of the project.",
		});
		return pageOf([COMPANY, ...page.rows.flatMap(projectEntry)], search);
	},
};

/** The business processes of the chosen project, or of the company. */
export const businessProcesses: PickList = {
	plural: 'business processes',
	connection: () => connection,
	*search(search, read) {
		const page = yield stepOf(inProject(BPS, readProject(read)), {
			things: 'business processes',
			module: ADMIN,
			otherwise: "Without it, switch from the list to 'Name' and type the name of the business process.",
		});
		return pageOf(page.rows.flatMap(bpEntry), search);
	},
};

function stepOf(path: string, subject: Subject): PageRequest {
	return {
		request: { method: 'GET', path },
		read: (response) =>
			readData(response, subject, (data) =>
				Array.isArray(data) ? { rows: data.map((row: unknown) => asObject(row) ?? {}) } : undefined,
			),
	};
}

function projectEntry(row: JsonRecord): INodeListSearchItems[] {
	const number = row['projectnumber'];
	const value = typeof number === 'number' ? String(number) : asText(number);
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

/** The entries that a search finds, from where the last answer left off. */
function pageOf(entries: INodeListSearchItems[], { text, token = '0' }: Search): INodeListSearchResult {
	const wanted = text.toLowerCase();
	const found = entries.filter(({ name }) => name.toLowerCase().includes(wanted));
	const from = /^\d+$/.test(token) ? Number(token) : 0;
	const next = from + PAGE_SIZE;
	return {
		results: found.slice(from, next),
		...(next < found.length && { paginationToken: String(next) }),
	};
}
