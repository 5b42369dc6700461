/**
 * What a vendor was asked, as the sandbox's journal has it.
 *
 * @typedef {{ at: number, status: number, url: string, body: string, method: string }} JournalEntry
 */

/** How Bitrix24 says that there were too many requests. */
const TOO_MANY = 503;

/** @param {JournalEntry[]} entries */
export function refusals(entries) {
	return entries.filter(({ status }) => status === TOO_MANY);
}

/** From the first request to the last. @param {JournalEntry[]} entries */
export function seconds(entries) {
	const times = entries.map(({ at }) => at);
	return (Math.max(...times) - Math.min(...times)) / 1000;
}

/**
 * How often a workflow of Bitrix24 was terminated in a request that Bitrix24 took, by its ID. One command travels as a call
 * of its own, several in a batch.
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

/** The workflows that a request asks to terminate. */
export function terminatedBy(body) {
	const { cmd, ID } = JSON.parse(body || '{}');
	if (typeof ID === 'string') return [ID];
	return Object.values(cmd ?? {})
		.map((command) => new URL(command, 'http://batch'))
		.filter(({ pathname }) => pathname === '/bizproc.workflow.terminate')
		.map(({ searchParams }) => searchParams.get('ID'));
}
