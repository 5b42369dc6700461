import type { StateQuery, StateReport, Target } from '../../core/commands/contract';
import type { ApiRequest } from '../../core/http/messages';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { CODE, NOT_FOUND_CODES } from './errors';
import { numberOf, recordRequest } from './record';
import type { RecordSettings } from './record';
import { recordsRequest } from './records';
import { classify } from './responses';
import type { Envelope } from './responses';

/** No limit is documented; a filter of this size is a small request, and 10,000 records are 100 of them. */
const RECORDS_PER_REQUEST = 100;

/**
 * The state of records. One record is read by "Get BP Record", because only its error proves that there is no such record;
 * several by "Fetch BP Record List", whose filter takes many numbers. Both need the right Get, which a user who may
 * terminate need not have. And both return only the status, a text that the customer defines. So the command is the surer
 * question: its answer says when a record has ended.
 */
export const recordState: StateQuery<RecordSettings> = {
	when: 'last',
	absentMeans: 'notFound',
	targetsPerRequest: RECORDS_PER_REQUEST,
	request: (targets) => {
		const [target] = targets;
		return target && targets.length === 1 ? recordRequest(target.settings, target.id) : listRequest(targets);
	},
	read: (targets, response) => {
		const answer = classify(response);
		if (answer.kind !== 'envelope' || !answer.hasSuccessStatus) return targets.map(() => ({}));
		const { envelope } = answer;
		if (envelope.code === CODE.serverError) return 'tryAgain';
		const [target] = targets;
		return target && targets.length === 1 ? [readState(target, envelope)] : readStates(targets, envelope);
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

function readState({ id }: Target<RecordSettings>, { code, data }: Envelope): StateReport {
	if (NOT_FOUND_CODES.includes(code)) return { state: 'absent' };
	const record = asObject(Array.isArray(data) && data.length === 1 ? data[0] : undefined);
	// Its fields are those of the integration interface, so its number may be missing.
	if (code !== CODE.success || !record || (numberOf(record) ?? id) !== id) return {};
	return reportOf(record);
}

/**
 * Each row is checked again: Unifier answers a filter that it does not understand with all records or with none. So a
 * record counts as absent only if there are rows, and all of them were asked for.
 */
function readStates(targets: ReadonlyArray<Target<RecordSettings>>, { code, data }: Envelope): StateReport[] {
	if (code !== CODE.success || !Array.isArray(data)) return targets.map(() => ({}));
	const wanted = new Set(targets.map(({ id }) => id));
	const found = new Map<string, StateReport>();
	let isFiltered = true;
	for (const row of data as unknown[]) {
		const record = asObject(row) ?? {};
		const number = numberOf(record);
		if (number === undefined || !wanted.has(number)) isFiltered = false;
		// Two records cannot have one number, so this proves nothing.
		else found.set(number, found.has(number) ? {} : reportOf(record));
	}
	const missing: StateReport = isFiltered && found.size > 0 ? { state: 'absent' } : {};
	return targets.map(({ id }) => found.get(id) ?? missing);
}

/**
 * Customers define the statuses themselves, and a record that is "To be terminated" has not ended. No status proves that
 * a record is still running.
 */
function reportOf(record: JsonRecord): StateReport {
	const vendorState = asText(record['status']);
	if (vendorState === undefined) return {};
	return { ...(vendorState.toLowerCase() === 'terminated' && { state: 'ended' }), vendorState };
}
