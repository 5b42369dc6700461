const LIMIT_STATUSES = [429, 503];

/**
 * What the sandbox received in one run.
 *
 * @typedef {object} Traffic
 * @property {number} writes
 * @property {number} reads
 * @property {number} logins
 * @property {number} limitErrors answers 429 and 503
 * @property {number} otherErrors other answers with a status of 400 or above, and dropped connections
 * @property {number} inFlight the most requests that were open at once
 */

/**
 * @param {Array<{ method: string, url: string, body: string, status: number, inFlight: number }>} entries the journal of the sandbox
 * @param {import('./vendors.mjs').Vendor} vendor
 * @returns {Traffic}
 */
export function trafficOf(entries, { kind }) {
	const kinds = { write: 0, read: 0, login: 0 };
	for (const entry of entries) kinds[kind(entry)] += 1;
	const limitErrors = entries.filter(({ status }) => LIMIT_STATUSES.includes(status)).length;
	const errors = entries.filter(({ status }) => status === 0 || status >= 400).length;
	return {
		writes: kinds.write,
		reads: kinds.read,
		logins: kinds.login,
		limitErrors,
		otherErrors: errors - limitErrors,
		inFlight: entries.reduce((most, { inFlight }) => Math.max(most, inFlight), 0),
	};
}
