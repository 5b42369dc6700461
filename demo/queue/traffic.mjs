/**
 * A request to a vendor, from the sandbox's journal.
 *
 * @typedef {{ at: number, status: number, url: string, body: string, method: string }} JournalEntry
 */

/** The status with which Bitrix24 says that there were too many requests. */
const TOO_MANY = 503;

/** @param {JournalEntry[]} entries */
export function refusals(entries) {
	return entries.filter(({ status }) => status === TOO_MANY);
}

/** The time from the first request to the last. @param {JournalEntry[]} entries */
export function seconds(entries) {
	const times = entries.map(({ at }) => at);
	return (Math.max(...times) - Math.min(...times)) / 1000;
}

/**
 * How often each Bitrix24 workflow was terminated in a request that Bitrix24 accepted, by ID. A single command is a call of
 * its own; several are sent as a batch.
 *
 * @param {JournalEntry[]} entries
 * @returns {Map<string, number>}
 */
export function terminations(entries) {
	const counts = new Map();
	for (const { status, body } of entries) {
		if (status !== 200) continue;
		for (const id of terminatedBy(body)) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}

/** The workflows that a request terminates. */
export function terminatedBy(body) {
	const { cmd, ID } = JSON.parse(body || '{}');
	if (typeof ID === 'string') return [ID];
	return Object.values(cmd ?? {})
		.map((command) => new URL(command, 'http://batch'))
		.filter(({ pathname }) => pathname === '/bizproc.workflow.terminate')
		.map(({ searchParams }) => searchParams.get('ID'));
}
