import { found, refuse } from '../../core/http/readResult';
import type { Reading, Refusal } from '../../core/http/readResult';
import { asObject } from '../../core/http/messages';
import type { JsonRecord, WireResponse } from '../../core/http/messages';
import { NOT_THERE } from './codes';
import { readData } from './responses';
import { numberOf } from './record';
import { BY_CLASS, BY_CODE } from './errors';

/** What is read, and the module whose right Get that needs ("Creating Integration Users"). */
const RECORDS = { things: 'records', module: 'Business Process Services' } as const;

/** In an answer whose code is in no table. */
const NOT_THERE_WORDS = /\bnot found\b|\b(?:does|do) not exist\b/i;

/** Reads the records in an answer. */
export function readRecords(response: WireResponse): Reading<JsonRecord[]> {
	return readData(response, RECORDS, (data) =>
		Array.isArray(data) ? data.map((record: unknown) => asObject(record) ?? {}) : undefined,
	);
}

/** Reads the answer of "Get BP Record" about the record of this number. */
export function readRecord(recordNumber: string, response: WireResponse): Reading<JsonRecord> {
	const reading = readRecords(response);
	if (reading.kind === 'refused' && isAbsence(reading.refusal)) return absent(reading.refusal);
	if (reading.kind !== 'found') return reading;
	const [record, ...others] = reading.value;
	if (record === undefined) return absent({ httpStatus: response.status });
	// Its fields are those of the integration interface, so its number may be missing.
	const isIt = others.length === 0 && (numberOf(record) ?? recordNumber) === recordNumber;
	if (isIt) return found(record);
	return refuse({
		reason: 'Unifier answered with another record',
		hint: 'Enter the record number exactly as Unifier shows it.',
		httpStatus: response.status,
	});
}

function isAbsence({ code, vendorMessage = '' }: Refusal): boolean {
	if (code === undefined) return false;
	if (NOT_THERE.includes(Number(code))) return true;
	return BY_CODE[Number(code)] === undefined && NOT_THERE_WORDS.test(vendorMessage);
}

function absent(told: Partial<Refusal>): Reading<never> {
	const { reason, hint } = BY_CLASS.notFound;
	return refuse({ ...told, reason, hint, notFound: true });
}
