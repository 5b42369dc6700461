import type { Display } from '../../core/queries/display';
import type { NameQuery } from '../../core/queries/names';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { TEMPLATE_NAME, textOf } from './instance';
import { readPage } from './pages';
import { COMMANDS_PER_BATCH, listByIds } from './requests';

/** The method that lists templates, without those of automation rules. */
export const TEMPLATES = 'bizproc.workflow.template.list';

/** How templates are named in messages. */
export const TEMPLATES_PLURAL = 'workflow templates';

/** The names of the templates that workflows follow (page "bizproc.workflow.template.list"). */
export const templateNames: NameQuery<Display> = {
	plural: TEMPLATES_PLURAL,
	idsPerRequest: COMMANDS_PER_BATCH,
	idIn: (row, { isSimple, selection }) => {
		const isWanted = selection ? selection.fields.includes('templateName') : isSimple;
		const id = isWanted ? textOf(row, 'TEMPLATE_ID') : undefined;
		return id !== undefined && /^[1-9]\d*$/.test(id) ? id : undefined;
	},
	request: (ids) => ({
		request: listByIds(TEMPLATES, ids, ['ID', 'NAME']),
		read: (response) => {
			const page = readPage(response, ids.length, TEMPLATES_PLURAL);
			return page.kind === 'found' ? { kind: 'found', value: namesIn(page.value.rows) } : page;
		},
	}),
	add: (row, name) => (name === undefined ? row : { ...row, [TEMPLATE_NAME]: name }),
};

function namesIn(rows: readonly JsonRecord[]): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	for (const { ID: given, NAME: name } of rows) {
		const id = typeof given === 'number' ? String(given) : asText(given);
		const text = asText(name);
		if (id !== undefined && text !== undefined) names.set(id, text);
	}
	return names;
}
