const LIMIT_STATUSES = [429, 503];
/**
 * This package starts with five requests in flight and opens one more for each full window of good answers, up to twenty:
 * 5 + 6 + ... + 19 = 180 requests. Where the pace matters, the first requests are left out, for everybody.
 */
const RAMP_UP = 200;
/** From this age on, a state from a list is asked again before the command. */
const STALE_MS = 10_000;

/**
 * What the sandbox received in one run.
 *
 * @typedef {object} Traffic
 * @property {number} writes
 * @property {number} reads
 * @property {number} askedAgain of the reads, how many asked for the state of one target because the list was too old
 * @property {number} logins
 * @property {number} limitErrors answers 429 and 503
 * @property {number} otherErrors other answers with a status of 400 or above, and dropped connections
 * @property {number} inFlight the most requests that were open at once
 * @property {number} [writeMs] milliseconds for each write after the ramp-up, if there were enough of them
 */

/**
 * @param {Array<{ method: string, url: string, body: string, status: number, inFlight: number, at: number }>} entries the
 * journal of the sandbox
 * @param {import('./vendors.mjs').Vendor} vendor
 * @returns {Traffic}
 */
export function trafficOf(entries, { kind, readsOne = () => false }) {
	const kinds = { write: [], read: [], login: [] };
	for (const entry of entries) kinds[kind(entry)].push(entry);
	const limitErrors = entries.filter(({ status }) => LIMIT_STATUSES.includes(status)).length;
	const errors = entries.filter(({ status }) => status === 0 || status >= 400).length;
	return {
		writes: kinds.write.length,
		reads: kinds.read.length,
		askedAgain: askedAgain(kinds.read, readsOne),
		logins: kinds.login.length,
		limitErrors,
		otherErrors: errors - limitErrors,
		inFlight: entries.reduce((most, { inFlight }) => Math.max(most, inFlight), 0),
		writeMs: paceOf(kinds.write),
	};
}

/** The reads of one target that came too late for the list before them. */
function askedAgain(reads, readsOne) {
	let listedAt = Infinity;
	let found = 0;
	for (const entry of reads) {
		if (!readsOne(entry)) listedAt = entry.at;
		else if (entry.at - listedAt >= STALE_MS) found += 1;
	}
	return found;
}

/** From the arrival of the last request of the ramp-up to that of the last one. */
function paceOf(writes) {
	const counted = writes.length - RAMP_UP;
	return counted > 0 ? (writes.at(-1).at - writes[RAMP_UP - 1].at) / counted : undefined;
}
