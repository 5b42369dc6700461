import type { Display } from '../../core/queries/display';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import type { ResourceNoun } from '../../core/util/text';

/** How workflows are named in messages. */
export const NOUN: ResourceNoun = { vendor: 'Bitrix24', singular: 'workflow', plural: 'workflows' };

/** The method that lists running workflows. */
export const INSTANCES = 'bizproc.workflow.instances';

/** All fields of a running workflow that Bitrix24 returns (page "bizproc.workflow.instances"). */
export const INSTANCE_FIELDS = [
	'ID',
	'MODIFIED',
	'OWNED_UNTIL',
	'MODULE_ID',
	'ENTITY',
	'DOCUMENT_ID',
	'STARTED',
	'STARTED_BY',
	'TEMPLATE_ID',
] as const;

/** One of these fields. */
export type InstanceField = (typeof INSTANCE_FIELDS)[number];

/** The field of a row for the name of the template; Bitrix24 returns only the ID. */
export const TEMPLATE_NAME = 'TEMPLATE_NAME';

/** How workflows are to be shown. */
export interface DisplayOptions extends Display {
	/** When they are asked for, in epoch milliseconds. */
	now: number;
}

/**
 * A step locks its workflow; a lock this far in the past is never lifted (page "bizproc.workflow.instances").
 */
const STUCK_AFTER_MS = 5 * 60_000;

/**
 * A date with its offset, as the REST API writes all of them. Without an offset the moment would be a guess.
 */
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;

/** A field as text, a number converted to text; undefined when it is empty. */
export function textOf(row: JsonRecord, field: InstanceField): string | undefined {
	const value = row[field];
	return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : asText(value);
}

/** The workflow ID. A number does not count, because it has lost digits on its way. */
export function idOf(row: JsonRecord): string | undefined {
	return asText(row['ID']);
}

/** A time of a row in epoch milliseconds; undefined when it has no readable time. */
export function timeOf(row: JsonRecord, field: InstanceField): number | undefined {
	const text = asText(row[field]);
	const millis = text !== undefined && ISO_DATE.test(text) ? Date.parse(text) : NaN;
	return Number.isFinite(millis) ? millis : undefined;
}

/**
 * Workflows whose lock ended before this moment are stuck. In whole seconds, as the times of Bitrix24; epoch
 * milliseconds.
 */
export function stuckBefore(now: number): number {
	return Math.floor((now - STUCK_AFTER_MS) / 1000) * 1000;
}

/**
 * Whether a workflow is stuck: its lock ended before `limit`, in epoch milliseconds. A workflow without a
 * lock waits or has nothing to do. Undefined where the row does not say.
 */
export function isStuck(row: JsonRecord, limit: number): boolean | undefined {
	const lock = row['OWNED_UNTIL'];
	if (lock === null || lock === '') return false;
	const until = timeOf(row, 'OWNED_UNTIL');
	return until === undefined ? undefined : until < limit;
}

/**
 * A running workflow as the user sees it, with its ID under the name that the commands take. Numbers stay
 * text, times are ISO 8601 in UTC.
 *
 * @param limit as for `isStuck`
 */
export function showInstance(row: JsonRecord, isSimple: boolean, limit: number): JsonRecord {
	const id = idOf(row) ?? '';
	if (!isSimple) return { id, workflowId: id, ...row };
	return {
		id,
		workflowId: id,
		templateId: textOf(row, 'TEMPLATE_ID') ?? null,
		templateName: asText(row[TEMPLATE_NAME]) ?? null,
		moduleId: textOf(row, 'MODULE_ID') ?? null,
		entity: textOf(row, 'ENTITY') ?? null,
		documentId: textOf(row, 'DOCUMENT_ID') ?? null,
		started: isoTime(row, 'STARTED'),
		startedBy: textOf(row, 'STARTED_BY') ?? null,
		modified: isoTime(row, 'MODIFIED'),
		ownedUntil: isoTime(row, 'OWNED_UNTIL'),
		stuck: isStuck(row, limit) ?? null,
	};
}

function isoTime(row: JsonRecord, field: InstanceField): string | null {
	const millis = timeOf(row, field);
	return millis === undefined ? null : new Date(millis).toISOString();
}
