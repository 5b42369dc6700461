import { tryToParseDateTime } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import type { Criterion } from '../../queries/criteria';
import { asObject } from '../../util/json';
import { ParameterError } from './parameterError';
import { requireWellFormed } from './reader';

/** A date, with a time or without; whatever else a text may mean to a parser is refused. */
const ISO_DATE = /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d))?)?)?/i;

/**
 * One filter of a Get Many, all of it in one place: the field that the user sees, and for a value the criteria, which say
 * what the vendor is asked for and how a row is tested.
 */
export interface FilterDefinition<Sent> {
	field: INodeProperties;
	/** Called only where the user has added the filter. Throws ParameterError. */
	criteria: (value: FilterValue) => Array<Criterion<Sent>>;
}

/** The value of one filter that the user has added. Each of its methods throws ParameterError where the value does not fit. */
export interface FilterValue {
	/** The filter's label. */
	displayName: string;
	/** A text, trimmed; a number as the text that it is. */
	text: () => string;
	/** One of the vendor's words. */
	choice: <Word extends string>(words: readonly Word[]) => Word;
	/** Some of the vendor's words, at least one: a list, or a text separated by commas. */
	choices: <Word extends string>(words: readonly Word[]) => Word[];
	/** A whole number above zero. */
	count: () => number;
	/** True or false. */
	flag: () => boolean;
	/** Epoch milliseconds. */
	moment: () => number;
}

/**
 * The criteria that rows have to meet, by the filters that the user has added, in the order of the definitions.
 *
 * @throws ParameterError when a filter was added and has no value, or one that does not fit
 */
export function readCriteria<Sent>(
	definitions: ReadonlyArray<FilterDefinition<Sent>>,
	filters: Filters,
): Array<Criterion<Sent>> {
	return definitions.flatMap(({ field: { name, displayName }, criteria }) =>
		filters.has(name) ? criteria(valueOf(filters, name, displayName)) : [],
	);
}

function valueOf(filters: Filters, name: string, displayName: string): FilterValue {
	return {
		displayName,
		text: () => present(filters.text(name, displayName)),
		choice: (words) => present(filters.choice(name, displayName, words)),
		choices: (words) => present(filters.choices(name, displayName, words)),
		count: () => present(filters.count(name, displayName)),
		flag: () => present(filters.flag(name, displayName)),
		moment: () => present(filters.moment(name, displayName)),
	};
}

function present<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('The filter was not added');
	return value;
}

/**
 * The filters that a user has added. A filter that was not added is undefined. One that was added has a value: a filter that
 * comes out empty by accident would list everything, and everything would then be ended.
 */
export class Filters {
	private readonly given: Readonly<Record<string, unknown>>;

	/**
	 * @param value the collection as n8n gives it
	 * @param zone the workflow's time zone, for moments without one of their own
	 * @throws ParameterError when it is no collection
	 */
	constructor(
		value: unknown,
		private readonly zone: string,
	) {
		const given = value === undefined ? {} : asObject(value);
		if (given) {
			this.given = given;
			return;
		}
		throw new ParameterError(
			"The parameter 'Filters' must be an object",
			'If it comes from an expression, make sure that the expression returns an object with filters. Otherwise, remove the expression.',
		);
	}

	has(name: string): boolean {
		return Object.hasOwn(this.given, name);
	}

	/**
	 * A text, trimmed; a number as the text that it is.
	 *
	 * @throws ParameterError when it is empty or no text
	 */
	text(name: string, displayName: string): string | undefined {
		const value = this.value(name, displayName);
		if (value === undefined) return undefined;
		if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
		if (typeof value !== 'string') throw unfit(displayName, 'must be text');
		requireWellFormed(value, `The filter '${displayName}'`);
		return value.trim();
	}

	/**
	 * One of the vendor's words.
	 *
	 * @throws ParameterError when it is another
	 */
	choice<Word extends string>(name: string, displayName: string, words: readonly Word[]): Word | undefined {
		const text = this.text(name, displayName);
		if (text === undefined) return undefined;
		const word = words.find((one) => one === text);
		if (word === undefined) throw unfit(displayName, `must be one of ${words.join(', ')}`);
		return word;
	}

	/**
	 * Some of the vendor's words, each once: from a list of them, or from a text with one or several, separated by commas or
	 * new lines.
	 *
	 * @throws ParameterError when there is none, or another among them
	 */
	choices<Word extends string>(
		name: string,
		displayName: string,
		words: readonly Word[],
	): Word[] | undefined {
		const value = this.value(name, displayName);
		if (value === undefined) return undefined;
		const parts =
			typeof value === 'string' ? value.split(/[,\r\n]/).filter((part) => part.trim() !== '') : value;
		if (!Array.isArray(parts)) throw unfit(displayName, 'must be text or a list');
		if (parts.length === 0) throw withoutValue(displayName);
		const chosen = Array.from(parts, (part: unknown) => {
			const text = typeof part === 'string' ? part.trim() : undefined;
			const word = words.find((one) => one === text);
			if (word === undefined) throw unfit(displayName, `may contain only ${words.join(', ')}`);
			return word;
		});
		return [...new Set(chosen)];
	}

	/**
	 * A whole number above zero.
	 *
	 * @throws ParameterError when it is not
	 */
	count(name: string, displayName: string): number | undefined {
		const text = this.text(name, displayName);
		if (text === undefined) return undefined;
		const number = /^\d+$/.test(text) ? Number(text) : NaN;
		if (!Number.isSafeInteger(number) || number < 1)
			throw unfit(displayName, 'must be a whole number greater than zero');
		return number;
	}

	/**
	 * On or off.
	 *
	 * @throws ParameterError when it is neither
	 */
	flag(name: string, displayName: string): boolean | undefined {
		const value = this.value(name, displayName);
		if (value === undefined || typeof value === 'boolean') return value;
		throw unfit(displayName, 'must be true or false');
	}

	/**
	 * A moment in epoch milliseconds, from n8n's date picker, an ISO 8601 text, a date object of an expression, or epoch
	 * milliseconds. Without a zone of its own it is in the workflow's.
	 *
	 * @throws ParameterError when it is not a date
	 */
	moment(name: string, displayName: string): number | undefined {
		const value = this.value(name, displayName);
		if (value === undefined) return undefined;
		const millis = typeof value === 'number' ? value : this.parse(value);
		// Seconds instead of milliseconds would be a day in January 1970.
		if (!(Math.abs(millis) >= 1e11 && Math.abs(millis) <= 8.64e15))
			throw unfit(displayName, 'must be a date and time');
		return millis;
	}

	private parse(given: unknown): number {
		const value = isoOf(given);
		const isDate = typeof value === 'string' ? isCalendarDate(value.trim()) : !Array.isArray(value);
		if (!isDate) return NaN;
		try {
			return tryToParseDateTime(value, this.zone).toMillis();
		} catch {
			return NaN;
		}
	}

	/** Undefined when the filter was not added. A resource locator comes as its value. */
	private value(name: string, displayName: string): unknown {
		if (!this.has(name)) return undefined;
		const value = locatorValue(this.given[name]);
		if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
			throw withoutValue(displayName);
		}
		return value;
	}
}

function withoutValue(displayName: string): ParameterError {
	return new ParameterError(
		`The filter '${displayName}' was added but has no value`,
		'Without a value, everything would be listed. Enter a value, check the expression, or remove the filter.',
	);
}

/** Whether a text begins with a day and a time that exist: some parsers take the 30th of February for the 1st of March. */
function isCalendarDate(text: string): boolean {
	const parts = ISO_DATE.exec(text);
	if (!parts) return false;
	const [year, month, day, hour = 0, minute = 0, second = 0] = parts
		.slice(1)
		.map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
	const date = new Date(0);
	date.setUTCFullYear(year ?? NaN, (month ?? NaN) - 1, day);
	const isDay = date.getUTCMonth() === (month ?? NaN) - 1 && date.getUTCDate() === day;
	return isDay && hour <= 24 && minute <= 59 && second <= 59;
}

/** n8n's expression engine hands a date object such as `$now` over as a marker that holds its ISO 8601 text. */
function isoOf(value: unknown): unknown {
	return asObject(value)?.['__isoString'] ?? value;
}

function locatorValue(value: unknown): unknown {
	const locator = asObject(value);
	return locator && '__rl' in locator ? locator['value'] : value;
}

function unfit(displayName: string, what: string): ParameterError {
	return new ParameterError(
		`The value of the filter '${displayName}' ${what}`,
		'Check the value or its expression. Without a valid filter, everything would be listed.',
	);
}
