import { isFilterList } from '../../core/dropFilters.ts';
import type { Json, JsonObject } from '../../core/emulator.ts';

/** The calls that `deny` can refuse. */
export const CALLS = ['terminate', 'records', 'record', 'bps', 'shells'] as const;

export type Call = (typeof CALLS)[number];

/** How a faulty filter is answered: every record, none, or code 811. */
export type FaultyFilter = 'all' | 'none' | 'refuse';

/** What a test may turn; each one stands for something that the documentation leaves open or that a tenant sets. */
export interface Switches {
	clockOffsetMs: number;
	tokenLifeSeconds: number | null;
	expiresIn: 'number' | 'string';
	loginInvalidates: 'basic' | 'all' | 'none';
	refuseTokens: 'none' | 'once' | 'always';
	multiTenant: boolean;
	deny: Call[];
	wording: 'sample' | 'table' | 'translated';
	statusType: 'number' | 'string';
	messageForm: 'array' | 'objects' | 'object' | 'string' | 'blank' | 'missing';
	restAuditId: 'rising' | 'absent';
	overrideRuleAbsent: 'No' | 'Yes';
	noneEndedCode: 'partial' | 'firstClass';
	ruleFailureInList: 'record' | 'request';
	omitFromMessages: string[];
	nameUnrequested: string[];
	terminatedStatus: string;
	endedRecords: 'listed' | 'hidden';
	faultySimpleFilter: FaultyFilter;
	faultyCriteria: FaultyFilter;
	/** Elements on which the record list overlooks filters of both forms; `*` stands for all. */
	dropFilters: string[];
}

interface Rule {
	initial: Json;
	accepts: (value: Json) => boolean;
	wants: string;
}

const oneOf = (...values: string[]): Rule => ({
	initial: values[0] ?? '',
	accepts: (value) => typeof value === 'string' && values.includes(value),
	wants: values.join(' | '),
});

const isListOf = (value: Json, item: (entry: Json) => boolean): boolean =>
	Array.isArray(value) && value.every(item);

const texts: Rule = {
	initial: [],
	accepts: (value) => isListOf(value, (entry) => typeof entry === 'string'),
	wants: 'a list of strings',
};

const RULES: Record<keyof Switches, Rule> = {
	clockOffsetMs: { initial: 0, accepts: Number.isInteger, wants: 'an integer' },
	tokenLifeSeconds: {
		initial: null,
		accepts: (value) => value === null || (Number.isInteger(value) && Number(value) > 0),
		wants: 'a positive integer or null',
	},
	expiresIn: oneOf('number', 'string'),
	loginInvalidates: oneOf('basic', 'all', 'none'),
	refuseTokens: oneOf('none', 'once', 'always'),
	multiTenant: { initial: false, accepts: (value) => typeof value === 'boolean', wants: 'a boolean' },
	deny: {
		initial: [],
		accepts: (value) => isListOf(value, (entry) => (CALLS as readonly Json[]).includes(entry)),
		wants: `a list of ${CALLS.join(' | ')}`,
	},
	wording: oneOf('sample', 'table', 'translated'),
	statusType: oneOf('number', 'string'),
	messageForm: oneOf('array', 'objects', 'object', 'string', 'blank', 'missing'),
	restAuditId: oneOf('rising', 'absent'),
	overrideRuleAbsent: oneOf('No', 'Yes'),
	noneEndedCode: oneOf('partial', 'firstClass'),
	ruleFailureInList: oneOf('record', 'request'),
	omitFromMessages: texts,
	nameUnrequested: texts,
	terminatedStatus: {
		initial: 'Terminated',
		accepts: (value) => typeof value === 'string' && value !== '',
		wants: 'a string',
	},
	endedRecords: oneOf('listed', 'hidden'),
	faultySimpleFilter: oneOf('all', 'none', 'refuse'),
	faultyCriteria: oneOf('none', 'all', 'refuse'),
	dropFilters: {
		initial: [],
		// Elements are named by each customer, so that any name may be one.
		accepts: (value) => isFilterList(value, (name) => name !== ''),
		wants: 'a list of element names, or *',
	},
};

/** The switches as they stand after a reset. */
export function initialSwitches(): Switches {
	const initial = Object.entries(RULES).map(([name, rule]) => [name, structuredClone(rule.initial)]);
	return Object.fromEntries(initial) as Switches;
}

/** Sets switches in place; nothing is set when one of them is unknown or has a wrong value. */
export function setSwitches(switches: Switches, wanted: JsonObject): void {
	for (const [name, value] of Object.entries(wanted)) {
		if (!Object.hasOwn(RULES, name)) throw new Error(`Unknown switch ${name}`);
		const rule = RULES[name as keyof Switches];
		if (!rule.accepts(value)) throw new Error(`Switch ${name} wants ${rule.wants}`);
	}
	Object.assign(switches, structuredClone(wanted));
}
