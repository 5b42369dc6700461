import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { MAX_SEARCH_PAGES } from '../../core/http/limits';
import { listSearch } from '../../core/n8n/listSearch';
import type { PickList } from '../../core/n8n/listSearch';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { PAGE_SIZE, pageRequest } from '../api/pages';
import { ratesFor } from '../api/requests';
import { TEMPLATES, TEMPLATES_PLURAL } from '../api/templates';
import { connectionFor } from '../connection';

const FIELDS = ['ID', 'NAME', 'MODULE_ID', 'ENTITY', 'DOCUMENT_TYPE'] as const;

/**
 * Templates of workflows by name, without those of automation rules (page "bizproc.workflow.template.list").
 */
export const templates: PickList = {
	plural: TEMPLATES_PLURAL,
	connection: connectionFor,
	rates: ratesFor(undefined),
	*search({ text, token }) {
		const results: INodeListSearchItems[] = [];
		let start = /^\d+$/.test(token ?? '') ? Number(token) : 0;
		for (let pages = 0; pages < MAX_SEARCH_PAGES && results.length === 0; pages += 1) {
			const { rows, total } = yield pageRequest({
				method: TEMPLATES,
				plural: templates.plural,
				select: FIELDS,
				filter: text === '' ? {} : { NAME: maskFor(text) },
				order: { NAME: 'ASC', ID: 'ASC' },
				starts: [start],
			});
			results.push(...rows.flatMap((row) => entriesOf(row, text)));
			start += rows.length;
			const isCounted = total !== undefined && total > 0;
			if (isCounted ? start >= total || rows.length === 0 : rows.length < PAGE_SIZE) return { results };
		}
		return { results, paginationToken: String(start) };
	},
};

/**
 * A mask for every name that contains the text. The server takes `%` and `_` for any characters, so each also
 * matches itself; a backslash would not. Other names that the mask matches are left out here.
 */
function maskFor(text: string): string {
	return `%${text.replace(/\\/g, '_')}%`;
}

function entriesOf(row: JsonRecord, text: string): INodeListSearchItems[] {
	const id = asText(row['ID']);
	const name = asText(row['NAME']) ?? 'Unnamed';
	if (id === undefined || !name.toLowerCase().includes(text.toLowerCase())) return [];
	const description = [asText(row['MODULE_ID']), asText(row['DOCUMENT_TYPE'])]
		.filter((part) => part !== undefined)
		.join(', ');
	return [{ name: `${name} (ID ${id})`, value: id, ...(description !== '' && { description }) }];
}

/** The modules whose documents have workflows (page "bizproc.workflow.template.list", `MODULE_ID`). */
const MODULES: readonly INodeListSearchItems[] = [
	{ name: 'CRM', value: 'crm' },
	{ name: 'Drive', value: 'disk' },
	{ name: 'Lists', value: 'lists' },
];

/** The documented modules by name or ID; Bitrix24 has no list of them. */
async function searchModules(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const text = filter.trim().toLowerCase();
	return {
		results: MODULES.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text)),
	};
}

/** The search methods for fields that pick from a list, by name. */
export const workflowPickLists = { searchTemplates: listSearch(templates), searchModules };
