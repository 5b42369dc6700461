import { isFilterList } from '../../core/dropFilters.ts';
import type { Json, JsonObject } from '../../core/emulator.ts';

/**
 * What the vendor's pages leave open, one switch each. The first value is the default.
 * `expireNow` is a trigger: it acts when it is set and reads back as 'none'.
 */
const CHOICES = {
	errorHttpStatus: [200, 'mapped'],
	terminate: ['normal', 'denied', 'dataFalse', 33500],
	/** The pages name no right to read; both refusals are what neighbouring pages have. */
	read: ['normal', 33403, 99403],
	finishedInstance: [33404, 33500, 'dataFalse'],
	reasonKey: ['deleteReason', 'both'],
	missingReason: [33500, 'accept'],
	timestamps: ['epochMs', 'digits', 'iso'],
	completedTimeOfTerminated: ['null', 'set'],
	listRow: ['full', 'firstFields'],
	omitTotal: [false, true],
	nameMatch: ['contains', 'exact'],
	expiredUserToken: [31401, 33401, 'http401', 1203],
	orgRequired: [31512, 'notRequired'],
	signature: ['whenSent', 'required', 'ignored'],
	sessionSetToken: ['same', 'new'],
	secondLogin: ['keepsTokens', 'endsTokens'],
	mfaType: ['NONE', 'absent', 'TOTP'],
	portalPaths: ['v2.2', 'v2.0'],
	portalSuccess: [0, 200],
	tokenStatusKey: ['status', 'stauts'],
	expireNow: ['none', 'userTokens', 'refreshTokens', 'appTokens', 'all'],
} as const;

/** Switches that take a whole number: the default and the smallest allowed value. */
const NUMBERS = {
	clockOffsetMs: { value: 0, minimum: Number.MIN_SAFE_INTEGER },
	/** How far a signed timestamp may be away; 0 = not checked. */
	clockToleranceMs: { value: 0, minimum: 0 },
	userTokenLifetimeMs: { value: 7_200_000, minimum: 1 },
	refreshTokenLifetimeMs: { value: 2_592_000_000, minimum: 1 },
	appTokenLifetimeMs: { value: 7_200_000, minimum: 1 },
	/** Wrong passwords until an account is locked, and for how long. */
	loginAttempts: { value: 5, minimum: 1 },
	lockMs: { value: 900_000, minimum: 1 },
	/** A larger page size is cut down to this; 0 = no cap. */
	maxPageSize: { value: 0, minimum: 0 },
	/** So many of the found running instances (the oldest) complete by themselves after each answer of queryList. */
	finishPerPage: { value: 0, minimum: 0 },
} as const;

/** Filters of the page "Query Process Instance". */
const FILTERS = [
	'processStatus',
	'processName',
	'processInstanceId',
	'startBy',
	'startedBefore',
	'startedAfter',
];

type ChoiceName = keyof typeof CHOICES;
type NumberName = keyof typeof NUMBERS;

/** All switches with their current values. */
export type Switches = { [K in ChoiceName]: (typeof CHOICES)[K][number] } & Record<NumberName, number> & {
		/** Filters that queryList overlooks; `*` stands for all. */
		dropFilters: string[];
	};

/** A fresh set of default values. */
export function defaultSwitches(): Switches {
	const entries: Array<[string, Json]> = [['dropFilters', []]];
	for (const [name, values] of Object.entries(CHOICES)) entries.push([name, values[0]]);
	for (const [name, { value }] of Object.entries(NUMBERS)) entries.push([name, value]);
	return Object.fromEntries(entries) as Switches;
}

/** The wanted switches, checked; throws before anything is set. */
export function checkSwitches(wanted: JsonObject): Partial<Switches> {
	for (const [name, value] of Object.entries(wanted)) {
		if (name === 'dropFilters') checkFilters(value);
		else if (Object.hasOwn(CHOICES, name)) checkChoice(name as ChoiceName, value);
		else if (Object.hasOwn(NUMBERS, name)) checkNumber(name as NumberName, value);
		else throw new Error(`EnOS BPM has no switch named ${name}`);
	}
	return wanted;
}

function checkChoice(name: ChoiceName, value: Json): void {
	const values: readonly Json[] = CHOICES[name];
	if (values.includes(value)) return;
	throw new Error(`EnOS BPM switch ${name} takes ${values.map((one) => JSON.stringify(one)).join(' | ')}`);
}

function checkFilters(value: Json): void {
	if (isFilterList(value, (name) => FILTERS.includes(name))) return;
	throw new Error(`EnOS BPM switch dropFilters takes a list of ${FILTERS.join(' | ')} | *`);
}

function checkNumber(name: NumberName, value: Json): void {
	const { minimum } = NUMBERS[name];
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum) return;
	throw new Error(`EnOS BPM switch ${name} takes a whole number from ${minimum}`);
}
