import { droppedFilters } from '../../core/dropFilters.ts';
import { filledText, flag, integer, listOf, oneOf, orNull, text, wholeNumber } from '../../core/rules.ts';
import { choice, starting, SwitchTable } from '../../core/switches.ts';
import type { SwitchesOf } from '../../core/switches.ts';

/** The calls that `deny` can refuse. */
const CALLS = ['terminate', 'records', 'record', 'bps', 'shells'] as const;

export type Call = (typeof CALLS)[number];

/** How a faulty filter is answered: every record, none, or code 811. */
export type FaultyFilter = 'all' | 'none' | 'refuse';

/** The date formats that a user can choose from (page "Date Format"). */
const DATE_FORMATS = [
	'MM/DD/YYYY',
	'DD/MM/YYYY',
	'MM/DD/YY',
	'DD/MM/YY',
	'MM-DD-YYYY',
	'DD-MM-YYYY',
	'MM-DD-YY',
	'DD-MM-YY',
	'DD.MM.YYYY',
	'YYYY-MM-DD',
	'MMM/DD/YYYY',
	'DD/MMM/YYYY',
	'YYYY/MMM/DD',
	'M/D/YYYY',
	'M/D/YY',
	'D/M/YYYY',
	'D/M/YY',
	'YY/M/D',
	'YYYY/M/D',
	'YY/MM/DD',
	'YYYY/MM/DD',
] as const;

export type DateFormat = (typeof DATE_FORMATS)[number];

/** What a test may turn; each one stands for something that the documentation leaves open or that a tenant sets. */
export const SWITCHES = new SwitchTable('Unifier', {
	clockOffsetMs: starting(0, integer),
	tokenLifeSeconds: starting(null, orNull(wholeNumber(1))),
	expiresIn: choice('number', 'string'),
	loginInvalidates: choice('basic', 'all', 'none'),
	/** Users whose logins are refused by code 1330, whatever their password is. */
	lockedUsers: starting<string[]>([], listOf(text)),
	refuseTokens: choice('none', 'once', 'always'),
	multiTenant: starting(false, flag),
	deny: starting<Call[]>([], listOf(oneOf(...CALLS))),
	wording: choice('sample', 'table', 'translated'),
	/** What joins all sentences of a terminate reply to one text; `none`: each is an entry of its own. */
	joint: choice('none', ' ', '', '<br>', ', '),
	/** Whether record numbers that differ by case only are one record; as repeats in a request they are refused. */
	recordNumbers: choice('exactCase', 'anyCase'),
	/** A proxy refuses terminate requests with more records than this, before Unifier sees them. */
	proxyTakes: starting(null, orNull(wholeNumber(1))),
	/** A gateway gives up on terminate requests with more records than this, after Unifier has carried them out. */
	gatewayWaitsFor: starting(null, orNull(wholeNumber(1))),
	statusType: choice('number', 'string'),
	messageForm: choice('array', 'objects', 'object', 'string', 'blank', 'missing'),
	restAuditId: choice('rising', 'absent'),
	overrideRuleAbsent: choice('No', 'Yes'),
	noneEndedCode: choice('partial', 'firstClass'),
	ruleFailureInList: choice('record', 'request'),
	omitFromMessages: starting<string[]>([], listOf(text)),
	nameUnrequested: starting<string[]>([], listOf(text)),
	terminatedStatus: starting('Terminated', filledText),
	endedRecords: choice('listed', 'hidden'),
	faultySimpleFilter: choice('all', 'none', 'refuse'),
	faultyCriteria: choice('none', 'all', 'refuse'),
	/** The date format of all users, in which filters and records have to be written; null: what fits the order of each user. */
	dateFormat: starting<DateFormat | null>(null, orNull(oneOf(...DATE_FORMATS))),
	/** Elements on which the record list overlooks filters of both forms. Each customer names the elements. */
	dropFilters: droppedFilters(),
});

/** The switches with their values. */
export type Switches = SwitchesOf<typeof SWITCHES>;
