import type { StateQuery, StateReport, Target } from '../../core/commands/contract';
import { isSuccess } from '../../core/http/messages';
import { asObject, asText } from '../../core/util/json';
import type { ApiRequest } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import { NOT_THERE } from './codes';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { numberOf, recordRequest, recordsRequest } from './record';
import type { RecordSettings } from './record';

/** No limit is documented; a filter of this size is a small request, and 10,000 records are 100 of them. */
const RECORDS_PER_REQUEST = 100;

/** "Server is encountering issues" ("Response Error Codes"), also in a body of HTTP 200. */
const IN_TROUBLE = 500;

/**
 * How records stand. One record is read by "Get BP Record", because only its refusal proves that there is none; several by
 * "Fetch BP Record List", whose filter takes many numbers. Both need the right Get, which whoever may terminate need not
 * have. And both tell only the status, a text that the customer defines, so the command is the surer question: of a record
 * that has ended it says so.
 */
export const recordState: StateQuery<RecordSettings> = {
	when: 'last',
	absentMeans: 'notFound',
	targetsPerRequest: RECORDS_PER_REQUEST,
	request: (targets) => {
		const [target] = targets;
		return target && targets.length === 1 ? recordRequest(target.settings, target.id) : listRequest(targets);
	},
	read: (targets, { status, text }) => {
		const envelope = isSuccess(status) ? readEnvelope(text) : undefined;
		if (!envelope) return targets.map(() => ({}));
		if (envelope.code === IN_TROUBLE) return 'tryAgain';
		const [target] = targets;
		return target && targets.length === 1 ? [readRecord(target, envelope)] : readList(targets, envelope);
	},
};

function listRequest(targets: ReadonlyArray<Target<RecordSettings>>): ApiRequest {
	const place = targets[0]?.settings ?? { bpName: '', projectNumber: '' };
	return recordsRequest(place, {
		fields: ['record_no', 'status'],
		join: 'OR',
		filter: targets.map(({ id }) => ({ field: 'record_no', value: id, condition_type: 'eq' })),
	});
}

function readRecord({ id }: Target<RecordSettings>, { code, data }: Envelope): StateReport {
	if (NOT_THERE.includes(code)) return { state: 'absent' };
	const record = asObject(Array.isArray(data) && data.length === 1 ? data[0] : undefined);
	// Its fields are those of the integration interface, so its number may be missing.
	if (code !== 200 || !record || (numberOf(record) ?? id) !== id) return {};
	return reportOf(record);
}

/**
 * Each row is checked again: Unifier answers a filter that it does not understand with all records or with none. So a record
 * is only taken for absent where all the rows were asked for, and there are some.
 */
function readList(targets: ReadonlyArray<Target<RecordSettings>>, { code, data }: Envelope): StateReport[] {
	if (code !== 200 || !Array.isArray(data)) return targets.map(() => ({}));
	const wanted = new Set(targets.map(({ id }) => id));
	const found = new Map<string, StateReport>();
	let isFiltered = true;
	for (const row of data as unknown[]) {
		const record = asObject(row) ?? {};
		const number = numberOf(record);
		if (number === undefined || !wanted.has(number)) isFiltered = false;
		// Two records cannot have one number; whatever this is, it does not tell.
		else found.set(number, found.has(number) ? {} : reportOf(record));
	}
	const missing: StateReport = isFiltered && found.size > 0 ? { state: 'absent' } : {};
	return targets.map(({ id }) => found.get(id) ?? missing);
}

/**
 * Customers define the statuses themselves, and one named "To be terminated" is no end. No status proves that a record
 * still runs.
 */
function reportOf(record: JsonRecord): StateReport {
	const vendorState = asText(record['status']);
	if (vendorState === undefined) return {};
	return { ...(vendorState.toLowerCase() === 'terminated' && { state: 'ended' }), vendorState };
}
