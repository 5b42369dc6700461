import type { InstanceQuery } from '../../../nodes/Bitrix24/api/instances';
import { instanceFilters } from '../../../nodes/Bitrix24/workflow/filters';
import type { ApiResponse } from '../../../nodes/core/http/messages';
import type { ReadResult } from '../../../nodes/core/http/readResult';
import { Filters, readCriteria } from '../../../nodes/core/n8n/parameters/filters';
import type { Page, PageRequest, PageResult, PageIterator } from '../../../nodes/core/queries/list';
import type { JsonRecord } from '../../../nodes/core/util/json';

/** The moment at which the lists of the pure tests are asked for. */
export const NOW = Date.parse('2024-09-16T12:00:00.500Z');

/** A row of page "bizproc.workflow.instances" with all fields. */
export const ROW = {
	ID: '66e412fdc9bd44.36306599',
	MODIFIED: '2024-09-13T10:25:05+00:00',
	OWNED_UNTIL: null,
	MODULE_ID: 'crm',
	ENTITY: 'CCrmDocumentLead',
	DOCUMENT_ID: 'LEAD_1',
	STARTED: '2024-09-13T13:25:01+03:00',
	STARTED_BY: '57',
	TEMPLATE_ID: '212',
};

/** A query with the filters that a user has added, by the names of their fields. */
export function queryOf(filters: JsonRecord = {}): InstanceQuery {
	return {
		criteria: readCriteria(instanceFilters(NOW), new Filters(filters, 'UTC')),
		now: NOW,
		isSimple: true,
	};
}

/** An answer with a body, which is written as JSON unless it is text. */
export function answer(body: unknown, status = 200): ApiResponse {
	return { status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** Rows that differ in their IDs only. */
export function rowsFrom(start: number, count: number): JsonRecord[] {
	return Array.from({ length: count }, (_, index) => ({ ...ROW, ID: `row${start + index}` }));
}

/** The page requests of a list, each answered by the function as the vendor would answer. */
export function stepsOf(
	pages: PageIterator,
	resultFor: (step: PageRequest, number: number) => PageResult,
): PageRequest[] {
	const steps: PageRequest[] = [];
	let next = pages.next();
	while (!next.done) {
		if (steps.push(next.value) > 500) throw new Error('The list does not end');
		next = pages.next(resultFor(next.value, steps.length - 1));
	}
	return steps;
}

/** The page that was found. */
export function pageOf(result: ReadResult<Page>): Page {
	if (result.kind !== 'found') throw new Error(`Unexpected result ${result.kind}`);
	return result.value;
}
