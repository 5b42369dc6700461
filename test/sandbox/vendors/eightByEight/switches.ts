import { isFilterList } from '../../core/dropFilters.ts';
import type { JsonObject } from '../../core/emulator.ts';
import { parseTime } from './time.ts';

/** What the documentation leaves open, as choices. The first value of each is the default. */
const CHOICES = {
	/** The account's key was disabled on the API Keys page. */
	keyDisabled: [false, true],
	/** The account is not enabled for the Automation API (early access). */
	notEnabled: [false, 403, 404],
	/** Listing the instances of an unknown definition: the reference describes both. */
	unknownDefinitionList: [404, 'empty'],
	/** An instance ID that is not 24 hex digits. */
	malformedInstanceId: [400, 404],
	limitOutOfRange: ['refuse', 'clamp'],
	/** Whether `offset` counts pages or items. */
	offsetMode: ['page', 'item'],
	/** What a refused command looks like. */
	refusal: ['empty400', 'error400', 'noEffect'],
	terminateEnded: ['accept', 'refuse'],
	success: ['empty200', 'empty204', 'json200'],
	/** Where ID and version of a definition are: nested as in the samples, or on top as in the schema. */
	definitionShape: ['sample', 'schema'],
	listDisabled: [false, true],
	errorsShape: ['array', 'object'],
	usageShape: ['object', 'array'],
	startLocation: ['path', 'absolute', 'none'],
	/** What happens after each answer of the instance list. */
	betweenPages: ['none', 'finish', 'fault', 'start'],
} as const;

type Choices = { -readonly [Name in keyof typeof CHOICES]: (typeof CHOICES)[Name][number] };

/** The switches of the emulator. */
export interface Switches extends Choices {
	/** Moves the vendor's clock. */
	clockOffsetMs: number;
	/** Stops the vendor's clock at this ISO 8601 time; the offset still applies. Null: the real clock. */
	frozenAt: string | null;
	/** How long the scheduled deletion of a definition takes. */
	deleteDelayMs: number;
	/** How many instances `betweenPages` concerns after each answer, the newest first. */
	changesPerPage: number;
	/** Filters that the instance list overlooks; `*` stands for all. Without `version` it covers all versions. */
	dropFilters: string[];
}

/** Filters of "Retrieve list of workflow instances". */
const FILTERS = ['version', 'status', 'startTimeFrom', 'startTimeTo'];

/** The switches as they are after a reset. */
export function defaultSwitches(): Switches {
	const first = Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values[0]]));
	return {
		...(first as unknown as Choices),
		clockOffsetMs: 0,
		frozenAt: null,
		deleteDelayMs: 0,
		changesPerPage: 1,
		dropFilters: [],
	};
}

function allowed(name: string, value: unknown): boolean {
	switch (name) {
		case 'clockOffsetMs':
			return Number.isInteger(value);
		case 'deleteDelayMs':
			return Number.isInteger(value) && Number(value) >= 0;
		case 'changesPerPage':
			return Number.isInteger(value) && Number(value) >= 1;
		case 'dropFilters':
			return isFilterList(value, (filter) => FILTERS.includes(filter));
		case 'frozenAt':
			return value === null || (typeof value === 'string' && parseTime(value) !== undefined);
		default:
			return (CHOICES[name as keyof Choices] as readonly unknown[]).includes(value);
	}
}

/** Checks all changes first, so that a wrong one changes nothing. */
export function applySwitches(current: Switches, changes: JsonObject): Switches {
	for (const [name, value] of Object.entries(changes)) {
		if (!Object.hasOwn(current, name)) throw new Error(`8x8 emulator: unknown switch ${name}`);
		if (!allowed(name, value)) {
			throw new Error(`8x8 emulator: switch ${name} cannot be ${JSON.stringify(value)}`);
		}
	}
	return { ...current, ...changes };
}
