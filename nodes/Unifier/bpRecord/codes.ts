import { BY_CLASS, BY_CODE, UNCLEAR } from './texts';
import type { Text } from './texts';

/** The code of many records of a cost business process in one request. */
export const ONLY_ONE = 12754;

const SUCCESS = 200;
const RULE = 3000;
const INVALID_NUMBER = 657;
const DUPLICATES = 12760;

/** With so few records it is no matter to send each of them alone, to learn which one a rule stopped. */
const FEW = 100;

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
export function rowForUnnamed({ code, general, asked, namesRecords }: Whole): Text {
	const ofRule = general.some((text) => /\brules?\b/i.test(text));
	if (code === RULE && ofRule && asked === 1) return BY_CLASS.ruleRefused;
	if (code === RULE && ofRule && !namesRecords) {
		return asked > FEW ? UNCLEAR.ruleAmongMany : UNCLEAR.ruleAmongFew;
	}
	if (code === INVALID_NUMBER && asked === 1) return BY_CLASS.notFound;
	return BY_CODE[code] ?? (ofRule ? UNCLEAR.ruleSomewhere : UNCLEAR.notNamed);
}

/** Codes by which Unifier refuses a request before it looks at any record. */
export function isRefusedWhole(code: number): boolean {
	return BY_CODE[code] !== undefined && code !== DUPLICATES;
}

/** Codes of the terminate page, which nobody but Unifier would send. */
export function isKnown(code: number): boolean {
	return code === SUCCESS || code === RULE || (code >= 12753 && code <= 12761) || BY_CODE[code] !== undefined;
}
