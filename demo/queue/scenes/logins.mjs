import { pathOf, PROJECT } from '../cleanups.mjs';
import { inConfirmed, inInstances, inOutcomes, unless } from '../differences.mjs';
import { ended, executionsOf, reportOf } from '../executions.mjs';

const ROUNDS = 3;
const CALLS = 20;
const WITHIN_MS = 120_000;
const DAY_MS = 86_400_000;
/** Two logins for each worker and round: if both log in at once, one of them has to log in again. */
const MOST_LOGINS = 4 * ROUNDS;
/** The latency of a vendor on the internet, in which a login of the other worker can void a token. */
const LATENCY_MS = 50;

/** Lets the session of executions on all workers end at the same time, in a system where each login voids the last token. */
export async function logins(cluster) {
	const { n8n, control } = cluster;
	await control.configure('unifier', { loginInvalidates: 'all' });
	await control.latency(LATENCY_MS);
	await control.forgetRequests('unifier');
	const found = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		// This expires every token; in the first round there is none yet.
		await control.configure('unifier', { clockOffsetMs: round * 30 * DAY_MS });
		found.push(...(await playRound(cluster)));
	}
	await control.latency(0);
	const requests = await control.requests('unifier');
	const loginCount = requests.filter(({ url }) => url.includes('/auth/token')).length;
	const voided = requests.filter(({ status }) => status === 401).length;
	return {
		found: [
			...found,
			...inConfirmed(confirmed(requests), [...confirmed(requests).keys()]),
			...unless(voided >= ROUNDS - 1, 'No session was refused: nothing was to be shown'),
			...unless(loginCount <= MOST_LOGINS, `${loginCount} logins: the workers voided each other's tokens`),
		],
		summary: [
			`${ROUNDS} times ${CALLS} executions whose session was over: ${ROUNDS * CALLS} records of Unifier ended, ${found.length === 0 ? 'no execution failed' : 'not as they should have'}`,
			`${loginCount} logins by ${cluster.workers.length} workers, ${voided} requests refused because the other worker had logged in or the token was old`,
		],
	};
}

async function playRound({ n8n, control, workflows }) {
	const before = (await executionsOf(n8n, workflows.unifier)).map(({ id }) => id);
	const { ids } = await control.seed('unifier', CALLS, {
		bpName: PROJECT.bpName,
		projectNumber: PROJECT.number,
	});
	const was = await control.instances('unifier');
	await Promise.all(ids.map(async (id) => await n8n.callWebhook(pathOf('unifier'), {}, { ids: [id] })));
	const executions = await ended(n8n, workflows.unifier, { before, count: CALLS, withinMs: WITHIN_MS });
	const reports = await Promise.all(executions.map(async ({ id }) => await reportOf(n8n, id)));
	const expected = new Map(ids.map((id) => [id, 'terminated']));
	return [
		...reports.filter(({ error }) => error).map(({ error }) => `An execution failed: ${error.message}`),
		...inOutcomes(
			reports.flatMap(({ outcomes }) => outcomes),
			expected,
		),
		...inInstances(was, await control.instances('unifier'), ids),
	];
}

/** How often each record was terminated in a request that Unifier accepted. */
function confirmed(requests) {
	const counts = new Map();
	for (const { method, status, body } of requests) {
		if (method !== 'PUT' || status !== 200) continue;
		for (const id of JSON.parse(body).data[0].record_no) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}
