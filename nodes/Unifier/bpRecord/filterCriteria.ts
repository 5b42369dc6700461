import type { INodeProperties } from 'n8n-workflow';

import { Filters } from '../../core/n8n/parameters/filters';
import { ParameterError } from '../../core/n8n/parameters/parameterError';
import { asObject } from '../../core/util/json';
import { CONDITION_TYPES, elementCriterion } from '../api/criterion';
import type { RecordCriterion } from '../api/criterion';
import { DATE_FORMATS, isInFormat, orderOf, writeDate } from '../api/dateFormats';
import type { DateFormat } from '../api/dateFormats';
import { isBackwards, isDate, possibleOrders } from '../api/dates';
import type { DateOrder } from '../api/dates';
import { asNumber } from '../api/values';

/** Where n8n keeps the entries of Filter Criteria. */
const ENTRIES = 'criteria';

const VALUE = 'Value';
const LAST_VALUE = 'Last Value';
const DATE_FORMAT = 'Date Format';

/** Dates are passed on unchanged. */
const AS_WRITTEN = 'asWritten';

const entryFields: INodeProperties[] = [
	{
		displayName: 'Element Name',
		name: 'field',
		type: 'string',
		default: '',
		placeholder: 'e.g. uuu_record_last_update_date',
		description: 'The name of the data element, as in the design of the business process',
	},
	{
		displayName: 'Condition',
		name: 'conditionType',
		type: 'options',
		options: [
			{
				name: 'After',
				value: 'after',
				description:
					'Later than a date; Unifier has no such condition, so the node checks the whole list itself',
			},
			{
				name: 'Before',
				value: 'before',
				description:
					'Earlier than a date; Unifier has no such condition, so the node checks the whole list itself',
			},
			{ name: 'Equals', value: 'eq', description: 'The same value; case-sensitive' },
			{ name: 'In Range', value: 'range', description: 'Between two numbers or dates, both included' },
			{
				name: 'Like',
				value: 'like',
				description: 'Text with the wildcards % (any text) and _ (one character)',
			},
		],
		default: 'eq',
		description: 'How the element is compared with the value',
	},
	{
		displayName: VALUE,
		name: 'value',
		type: 'string',
		default: '',
		description: 'The value to compare with; for a range, its start',
	},
	{
		displayName: LAST_VALUE,
		name: 'value2',
		type: 'string',
		displayOptions: { show: { conditionType: ['range'] } },
		default: '',
		description: 'The end of the range, in the same format; it is included',
	},
	{
		displayName: DATE_FORMAT,
		name: 'dateFormat',
		type: 'options',
		displayOptions: { show: { conditionType: ['after', 'before', 'range'] } },
		options: [
			{ name: 'As Written', value: AS_WRITTEN },
			...DATE_FORMATS.map((format) => ({ name: format, value: format })),
		],
		default: AS_WRITTEN,
		description:
			'The date format that is set on the integration user. If you choose one, n8n dates and ISO 8601 dates are converted to it, in the time zone of the n8n workflow.',
	},
];

/** Conditions on elements of any name. */
export const filterCriteriaField: INodeProperties = {
	displayName: 'Filter Criteria',
	name: 'filterCriteria',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add criterion',
	default: {},
	description: "Conditions on data elements. A record must meet all of them, unless 'Join' says otherwise.",
	options: [{ displayName: 'Criterion', name: ENTRIES, values: entryFields }],
};

/**
 * The criteria of the filter Filter Criteria, each with a number in messages. `given` is the value of the filter.
 *
 * @throws ParameterError when there is none, or one that cannot be checked
 */
export function readFilterCriteria(given: unknown, zone: string): RecordCriterion[] {
	const { displayName } = filterCriteriaField;
	return entriesOf(given, displayName).map((entry, index) =>
		new EntryReader(entry, `${displayName} ${index + 1}`, zone).criterion(),
	);
}

function entriesOf(value: unknown, displayName: string): unknown[] {
	const entries = asObject(value)?.[ENTRIES];
	if (Array.isArray(entries) && entries.length > 0) return entries;
	throw new ParameterError(
		`The filter '${displayName}' was added but has no criterion`,
		'Without one, everything would be listed. Add a criterion, or remove the filter.',
	);
}

/** A text in ISO 8601 with a time, which no format of Unifier looks like. */
const ISO_MOMENT = /^[+-]?\d{4,6}-\d\d-\d\dT/;

/** A date in ISO 8601, with a time or without. */
const ISO_DATE = /^[+-]?\d{4,6}-\d\d-\d\d(?:$|[T ])/;

/** A number or a date, as Unifier reads it; with epoch milliseconds if the node has converted it. */
interface End {
	written: string;
	millis?: number;
}

/** Reads one entry of Filter Criteria. Its methods throw ParameterError. */
class EntryReader {
	private readonly entry: Filters;

	constructor(
		private readonly given: unknown,
		private readonly entryName: string,
		private readonly zone: string,
	) {
		this.entry = new Filters(given, zone);
	}

	criterion(): RecordCriterion {
		const field = this.elementName();
		const type = this.entry.choice('conditionType', this.label('Condition'), CONDITION_TYPES) ?? 'eq';
		const displayName = this.label(field);
		if (type === 'eq' || type === 'like') {
			return elementCriterion(displayName, { field, value: this.text('value', VALUE), type });
		}
		const format = this.format();
		const { written: value, millis } = this.end('value', VALUE, format);
		const condition = {
			field,
			type,
			value,
			...(type === 'range' && { value2: this.end('value2', LAST_VALUE, format).written }),
			...(format && { dateOrder: orderOf(format) }),
		};
		if (type === 'range') checkRange(displayName, condition);
		else if (!isDate(value)) throw notADate(this.label(VALUE));
		const criterion = elementCriterion(displayName, condition);
		return type === 'before' && millis !== undefined ? { ...criterion, latest: millis } : criterion;
	}

	private elementName(): string {
		const field = this.text('field', 'Element Name');
		if (!/[,;\s]/.test(field)) return field;
		throw new ParameterError(
			`The filter '${this.label('Element Name')}' must be the name of one element`,
			'Enter the name of one data element, such as uuu_record_last_update_date. For several elements, add a criterion for each.',
		);
	}

	private format(): DateFormat | undefined {
		const words = [AS_WRITTEN, ...DATE_FORMATS] as const;
		const choice = this.entry.choice('dateFormat', this.label(DATE_FORMAT), words) ?? AS_WRITTEN;
		return choice === AS_WRITTEN ? undefined : choice;
	}

	/** An end of a range, or the one of an open range. */
	private end(name: string, part: string, format: DateFormat | undefined): End {
		const value = asObject(this.given)?.[name];
		const isMoment = typeof value === 'object' && value !== null && !Array.isArray(value);
		if (isMoment) return this.moment(name, part, format);
		const text = this.text(name, part);
		if (format && isInFormat(text, format)) return { written: text };
		if ((format && ISO_DATE.test(text)) || ISO_MOMENT.test(text)) return this.moment(name, part, format);
		if (!format || asNumber(text) !== undefined) return { written: text };
		throw new ParameterError(
			`The value of the filter '${this.label(part)}' is not a date in the format ${format}`,
			"Enter it in that format or as an ISO 8601 date, or choose another 'Date Format'.",
		);
	}

	private moment(name: string, part: string, format: DateFormat | undefined): End {
		const displayName = this.label(part);
		if (!format) {
			throw new ParameterError(
				`The value of the filter '${displayName}' is an n8n date or an ISO 8601 date, which Unifier cannot read`,
				`Choose the '${DATE_FORMAT}' that is set on the integration user, so that the node can convert the date.`,
			);
		}
		const millis = this.entry.moment(name, displayName);
		if (millis === undefined) throw notADate(displayName);
		return { written: writeDate(millis, this.zone, format), millis };
	}

	private text(name: string, part: string): string {
		const value = this.entry.text(name, this.label(part));
		if (value !== undefined) return value;
		throw new ParameterError(
			`The filter '${this.label(part)}' has no value`,
			'Without it, other records would be listed. Enter a value, or remove the criterion.',
		);
	}

	private label(part: string): string {
		return `${this.entryName}: ${part}`;
	}
}

function notADate(displayName: string): ParameterError {
	return new ParameterError(
		`The value of the filter '${displayName}' is not a date`,
		'Enter it as Unifier shows dates to the integration user, such as 2018/04/23 or 04/23/2018 11:06 AM.',
	);
}

/**
 * Accepts a range that Unifier's answer can be checked by.
 *
 * @throws ParameterError when its ends are neither numbers nor dates of one format, or given backwards
 */
function checkRange(
	displayName: string,
	{ value, value2 = '', dateOrder }: { value: string; value2?: string; dateOrder?: DateOrder },
): void {
	const [from, to] = [asNumber(value), asNumber(value2)];
	const areNumbers = from !== undefined && to !== undefined;
	const orders = dateOrder ? [dateOrder] : possibleOrders([value, value2]);
	if (!areNumbers && !(isDate(value) && isDate(value2) && orders.length > 0)) {
		throw new ParameterError(
			`The range of the filter '${displayName}' must consist of two numbers or two dates`,
			'Enter numbers without separators. Enter both dates in the same format, as Unifier shows them to the integration user, such as 2018/04/23 or 04/23/2018 11:06 AM.',
		);
	}
	const isReversed = areNumbers ? from > to : orders.every((order) => isBackwards(value, value2, order));
	if (!isReversed) return;
	throw new ParameterError(
		`The range of the filter '${displayName}' is reversed: ${value} comes after ${value2}`,
		`Enter the earlier or smaller value as '${VALUE}' and the other one as '${LAST_VALUE}'.`,
	);
}
