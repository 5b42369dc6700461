import type { Json } from '../../core/emulator.ts';
import { errors } from './errors.ts';
import type { Params } from './input.ts';
import type { Method } from './method.ts';
import { arrayValues, intval, isEmpty, strval } from './php.ts';
import type { Portal } from './portal.ts';
import type { Template } from './workflows.ts';

const QUOTE = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Quote';
const DYNAMIC = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Dynamic';
const INVOICE = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\SmartInvoice';

/** Documents that start accepts: module, entity, shape of the element ID, shape of the template's type. */
const DOCUMENTS: ReadonlyArray<readonly [string, string, RegExp, RegExp]> = [
	['crm', 'CCrmDocumentLead', /^LEAD_\d+$/, /^LEAD$/],
	['crm', 'CCrmDocumentCompany', /^COMPANY_\d+$/, /^COMPANY$/],
	['crm', 'CCrmDocumentContact', /^CONTACT_\d+$/, /^CONTACT$/],
	['crm', 'CCrmDocumentDeal', /^DEAL_\d+$/, /^DEAL$/],
	['crm', QUOTE, /^QUOTE_\d+$/, /^QUOTE$/],
	['crm', DYNAMIC, /^DYNAMIC_\d+_\d+$/, /^DYNAMIC_\d+$/],
	['crm', INVOICE, /^SMART_INVOICE_\d+$/, /^SMART_INVOICE$/],
	['disk', 'Bitrix\\Disk\\BizProcDocument', /^\d+$/, /^STORAGE_\d+$/],
	['lists', 'BizprocDocument', /^\d+$/, /^iblock_\d+$/],
	['lists', 'Bitrix\\Lists\\BizprocDocumentLists', /^\d+$/, /^iblock_\d+$/],
];

function readTemplate(portal: Portal, params: Params): Template {
	const id = params['TEMPLATE_ID'];
	if (isEmpty(id)) throw errors.emptyTemplateId();
	const template = portal.workflows.templates.get(intval(id));
	if (!template) throw errors.templateNotFound();
	return template;
}

function readDocument(given: Json | undefined, template: Template): [string, string, string] {
	const parts = arrayValues(given)?.map(strval) ?? [];
	const [moduleId = '', entity = '', element = ''] = parts;
	if (parts.length !== 3 || parts.includes('')) throw errors.engine('Wrong DOCUMENT_ID!');
	const known = DOCUMENTS.find(([m, e, shape]) => m === moduleId && e === entity && shape.test(element));
	if (!known) throw errors.engine('Incorrect document type!');
	const same =
		template.moduleId === moduleId && template.entity === entity && known[3].test(template.documentType);
	// A smart process carries its type in the element ID.
	const dynamic = entity !== DYNAMIC || element.startsWith(`${template.documentType}_`);
	if (!same || !dynamic) throw errors.engine('Template type and DOCUMENT_ID mismatch!');
	return [moduleId, entity, element];
}

/** Page "bizproc.workflow.start": parameters are checked first, the right to start last. */
export const start: Method = {
	scope: 'bizproc',
	run: (portal, user, params) => {
		const template = readTemplate(portal, params);
		const [moduleId, entity, documentId] = readDocument(params['DOCUMENT_ID'], template);
		if (!portal.isAdmin(user)) throw errors.accessDenied();
		const now = Math.floor(portal.now() / 1000) * 1000;
		const id = portal.workflows.newId(now);
		portal.workflows.instances.set(id, {
			id,
			state: 'running',
			title: '',
			moduleId,
			entity,
			documentId,
			templateId: template.id,
			startedBy: user.id,
			started: now,
			modified: now,
			ownedUntil: null,
			endedAt: null,
			failure: null,
			activityGone: false,
			parameters: params['PARAMETERS'] ?? {},
		});
		portal.counters.starts += 1;
		return { result: id };
	},
};
