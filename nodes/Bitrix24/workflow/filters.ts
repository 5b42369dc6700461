import type { FilterDefinition, FilterValue } from '../../core/n8n/parameters/filters';
import { ParameterError } from '../../core/n8n/parameters/parameterError';
import { momentFilter } from '../../core/n8n/parameters/queryFields';
import { equals, equalsIgnoringCase, vague, within } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { JsonRecord } from '../../core/util/json';
import { isStuck, stuckBefore, textOf, timeOf } from '../api/instance';
import type { InstanceField } from '../api/instance';
import type { SentFilter } from '../api/instances';

/** The user that Bitrix24 names for workflows that an automation rule started. */
const NOBODY = '0';

/**
 * No page says by which clock a server compares STARTED. It is asked for workflows that started up to this much earlier;
 * the surplus is left out here. For MODIFIED every server converts the zone, and so much lies between a time here and one
 * that is surely in its future.
 */
const DAY_MS = 24 * 60 * 60_000;

/**
 * The filters of Get Many, in the order in which they are sent. Bitrix24 takes names in upper case and the
 * operators `!`, `<`, `<=`, `>` and `>=` only, and ignores any other name without an error.
 *
 * @param now when the list is asked for, in epoch milliseconds
 */
export function instanceFilters(now: number): Array<FilterDefinition<SentFilter>> {
	return [
		{
			field: {
				displayName: 'Document ID',
				name: 'documentId',
				type: 'string',
				default: '',
				placeholder: 'e.g. DEAL_1633',
				description: 'The exact ID of the document that the workflows run on',
			},
			criteria: (value) => equalText(value, 'DOCUMENT_ID'),
		},
		{
			field: {
				displayName: 'Entity',
				name: 'entity',
				type: 'string',
				default: '',
				placeholder: 'e.g. CCrmDocumentDeal',
				description:
					'The exact entity of the documents, which is the name of their class on the Bitrix24 server',
			},
			criteria: (value) => equalText(value, 'ENTITY'),
		},
		{
			field: momentFilter('modifiedAfter', 'Modified After', 'The earliest time of the last change'),
			criteria: (value) => {
				const from = value.moment();
				const second = wholeSecond(from);
				const wanted = within<SentFilter>(value.displayName, undefined, modified, { from });
				if (from > now + DAY_MS) return [wanted];
				const sent = { '>=MODIFIED': isoTime(second) };
				return [within(value.displayName, sent, modified, { from: second }), wanted];
			},
		},
		{
			field: momentFilter(
				'modifiedBefore',
				'Modified Before',
				'The latest time of the last change (a workflow that has not changed for weeks may be abandoned)',
			),
			criteria: (value) => {
				const to = value.moment();
				// Portals east of UTC take the end of 9999 for the year 10000, and then find nothing at all.
				const sent = to > now + DAY_MS ? undefined : { '<=MODIFIED': isoTime(wholeSecond(to)) };
				return [within(value.displayName, sent, modified, { to })];
			},
		},
		{
			field: {
				displayName: 'Module ID',
				name: 'moduleId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: 'The Bitrix24 module that the documents belong to',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						typeOptions: { searchListMethod: 'searchModules', searchable: true },
					},
					{
						displayName: 'By ID',
						name: 'id',
						type: 'string',
						placeholder: 'e.g. crm',
						hint: 'The exact ID of the module; applications may add their own modules',
					},
				],
			},
			criteria: (value) => equalText(value, 'MODULE_ID'),
		},
		{
			field: {
				displayName: 'Template',
				name: 'templateId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: 'The template that the workflows were started from',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
					},
					{
						displayName: 'By ID',
						name: 'id',
						type: 'string',
						placeholder: 'e.g. 212',
						hint: 'Bitrix24 does not list the templates of automation rules; enter the ID of such a template here',
					},
				],
			},
			criteria: (value) => {
				const id = readNumber(value);
				return [equals(value.displayName, { TEMPLATE_ID: id }, (row) => textOf(row, 'TEMPLATE_ID'), id)];
			},
		},
		{
			field: {
				displayName: 'Started By',
				name: 'startedBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. 57',
				description:
					'The ID of the user who started the workflows; enter 0 for workflows that automation started',
			},
			criteria: (value) => {
				const user = readNumber(value);
				return [equals(value.displayName, { STARTED_BY: user }, starterOf, user)];
			},
		},
		{
			field: momentFilter('startedAfter', 'Started After', 'The earliest start time'),
			criteria: (value) => {
				const from = value.moment();
				const wanted = within<SentFilter>(value.displayName, undefined, started, { from });
				const earlier = from - DAY_MS;
				// Portals east of UTC take the end of 9999 for the year 10000, and then find nothing at all.
				if (earlier > now) return [wanted];
				const sent = { '>=STARTED': isoTime(earlier) };
				return [within(value.displayName, sent, started, { from: earlier }), wanted];
			},
		},
		{
			field: momentFilter('startedBefore', 'Started Before', 'The latest start time'),
			// Not sent: a server before main 24.200.300 makes an empty text of the moment, and nothing started before that. With
			// an earliest start the same mistake lists too much, which is left out here.
			criteria: (value) => [
				within<SentFilter>(value.displayName, undefined, started, { to: value.moment() }),
			],
		},
		{
			field: {
				displayName: 'Stuck',
				name: 'stuck',
				type: 'boolean',
				default: true,
				description:
					'Whether to list only stuck workflows, which are those whose lock ended more than five minutes ago. When turned off, only workflows that are not stuck are listed.',
			},
			criteria: (value) => {
				const wanted = value.flag();
				const limit = stuckBefore(now);
				// There is no filter for workflows that are not stuck: most have no lock at all.
				const sent = wanted ? { '<OWNED_UNTIL': isoTime(limit) } : undefined;
				const criterion = equals(value.displayName, sent, (row) => isStuck(row, limit), wanted);
				return [wanted ? criterion : vague(criterion)];
			},
		},
	];
}

/**
 * A text without an operator is a LIKE mask in the server's database, where a backslash protects the next
 * character and is itself lost: the class name of an entity would match nothing. As both ends of a range it
 * is taken literally.
 */
function equalText(value: FilterValue, field: InstanceField): Array<Criterion<SentFilter>> {
	const text = readEqual(value);
	const sent: SentFilter = text.includes('\\')
		? { [`>=${field}`]: text, [`<=${field}`]: text }
		: { [field]: text };
	return [equalsIgnoringCase(value.displayName, sent, (row) => textOf(row, field), text)];
}

/**
 * A text that has to be equal.
 *
 * @throws ParameterError when the filter has no value, is not text, or holds `%`, which Bitrix24 takes for any text
 */
export function readEqual(value: FilterValue): string {
	const text = value.text();
	if (text.includes('%')) {
		throw new ParameterError(
			`The filter '${value.displayName}' contains the character %, which stands for any text in Bitrix24`,
			'The filter matches the exact value only. Enter the full value, or remove this filter and filter the results afterwards.',
		);
	}
	return text;
}

/**
 * A number that Bitrix24 has assigned, as text without leading zeros.
 *
 * @throws ParameterError when the filter has no value or is not such a number: Bitrix24 would take any other
 * text for 0
 */
export function readNumber(value: FilterValue): string {
	const text = value.text();
	if (!/^\d{1,15}$/.test(text)) {
		throw new ParameterError(
			`The filter '${value.displayName}' must be a numeric ID`,
			'Enter only digits, such as 12.',
		);
	}
	return String(Number(text));
}

/** From 1970 on, which every server can read; no workflow started earlier. */
function isoTime(millis: number): string {
	return new Date(Math.max(millis, 0)).toISOString();
}

/** The times of Bitrix24 are in whole seconds. */
function wholeSecond(millis: number): number {
	return Math.floor(millis / 1000) * 1000;
}

/** Bitrix24 does not distinguish no user from user 0. */
function starterOf(row: JsonRecord): string | undefined {
	return row['STARTED_BY'] === null || row['STARTED_BY'] === '' ? NOBODY : textOf(row, 'STARTED_BY');
}

function started(row: JsonRecord): number | undefined {
	return timeOf(row, 'STARTED');
}

function modified(row: JsonRecord): number | undefined {
	return timeOf(row, 'MODIFIED');
}
