import { BY_CLASS, BY_CODE, UNCLEAR } from './errors';
import type { Text } from './errors';

/** The code of many records of a cost business process in one request. */
export const ONLY_ONE = 12754;

const SUCCESS = 200;
const RULE = 3000;
const INVALID_NUMBER = 657;
const DUPLICATES = 12760;

/** "Invalid record_no" ("Response Error Codes"), and the same by the page of the terminate service. */
export const NOT_THERE: readonly number[] = [INVALID_NUMBER, 12756];

/** Codes by which Unifier refuses all records for one of them, or for their number, and does not say more. */
const REFUSED_FOR_ONE = [INVALID_NUMBER, 895, 12753];

/** The square root of the most records there can be: two steps lead from all of them to each alone. */
const PART = 100;

/** What an answer says besides the messages about single records. */
export interface Whole {
	code: number;
	/** The messages that name no record. */
	general: readonly string[];
	/** How many records were asked for. */
	asked: number;
	/** Whether any message names a record. */
	namesRecords: boolean;
}

/** What holds for a record that no message names. */
export function rowForUnnamed(whole: Whole): Text {
	const { code, asked, namesRecords } = whole;
	const ofRule = speaksOfRule(whole);
	if (code === RULE && ofRule && asked === 1) return BY_CLASS.ruleRefused;
	if (code === RULE && ofRule && !namesRecords) return UNCLEAR.ruleAmongThem;
	if (code === INVALID_NUMBER && asked === 1) return BY_CLASS.notFound;
	return BY_CODE[code] ?? (ofRule ? UNCLEAR.ruleSomewhere : UNCLEAR.notNamed);
}

/**
 * How many of the records a request should carry so that its answer tells more of each: undefined where this one tells
 * all that there is to know.
 */
export function fewerThatTellMore(whole: Whole): number | undefined {
	const { code, asked, namesRecords } = whole;
	if (asked === 1 || namesRecords) return undefined;
	if (!REFUSED_FOR_ONE.includes(code) && !(code === RULE && speaksOfRule(whole))) return undefined;
	return asked > PART ? PART : 1;
}

function speaksOfRule({ general }: Whole): boolean {
	return general.some((text) => /\brules?\b/i.test(text));
}

/** Codes by which Unifier refuses a request before it looks at any record. */
export function isRefusedWhole(code: number): boolean {
	return BY_CODE[code] !== undefined && code !== DUPLICATES;
}

/** Codes of the terminate page, which nobody but Unifier would send. */
export function isKnown(code: number): boolean {
	return code === SUCCESS || code === RULE || (code >= 12753 && code <= 12761) || BY_CODE[code] !== undefined;
}
