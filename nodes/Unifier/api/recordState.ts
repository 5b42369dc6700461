import type { StateQuery, StateReport, Target } from '../../core/commands/contract';
import type { ApiRequest, ApiResponse } from '../../core/http/messages';
import { found, queryFailed } from '../../core/http/readResult';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { omit } from '../../core/util/omit';
import { NOT_FOUND_CODES } from './errors';
import { numberOf, readRecordData, recordRequest } from './record';
import type { RecordSettings } from './record';
import { recordsRequest } from './records';
import { classify } from './responses';

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
		const [target] = targets;
		const single = targets.length === 1 ? target : undefined;
		if (single && isAbsent(response)) return found([{ state: 'absent' }]);
		const result = readRecordData(response, (data) => {
			if (!Array.isArray(data)) return undefined;
			return single ? [readState(single, data)] : readStates(targets, data);
		});
		if (result.kind !== 'failed' || response.status !== FORBIDDEN) return result;
		// A user who may terminate need not have the right to read, so this says nothing against the command.
		return queryFailed(omit(result.error, 'stopsRun'));
	},
};

const FORBIDDEN = 403;

/** "Get BP Record" proves by its code that there is no such record. */
function isAbsent(response: ApiResponse): boolean {
	const answer = classify(response);
	return (
		answer.kind === 'envelope' && answer.hasSuccessStatus && NOT_FOUND_CODES.includes(answer.envelope.code)
	);
}

function listRequest(targets: ReadonlyArray<Target<RecordSettings>>): ApiRequest {
	const place = targets[0]?.settings ?? { bpName: '', projectNumber: '' };
	return recordsRequest(place, {
		fields: ['record_no', 'status'],
		join: 'OR',
		filter: targets.map(({ id }) => ({ field: 'record_no', value: id, condition_type: 'eq' })),
	});
}

function readState({ id }: Target<RecordSettings>, data: readonly unknown[]): StateReport {
	const record = asObject(data.length === 1 ? data[0] : undefined);
	// Its fields are those of the integration interface, so its number may be missing.
	const hasNumber = (record?.['record_no'] ?? '') !== '';
	if (!record || (hasNumber && numberOf(record) !== id)) return {};
	return reportOf(record);
}

/**
 * Each row is checked again: Unifier answers a filter that it does not understand with all records or with none. So a
 * record counts as absent only if there are rows, and all of them were asked for.
 */
function readStates(targets: ReadonlyArray<Target<RecordSettings>>, data: readonly unknown[]): StateReport[] {
	const wanted = new Set(targets.map(({ id }) => id));
	const found = new Map<string, StateReport>();
	let isFiltered = true;
	for (const row of data) {
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
