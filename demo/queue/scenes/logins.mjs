import { pathOf, PROJECT } from '../cleanups.mjs';
import { inConfirmed, inInstances, inOutcomes, unless } from '../differences.mjs';
import { ended, executionsOf, reportOf } from '../executions.mjs';

const ROUNDS = 3;
const CALLS = 20;
const WITHIN_MS = 120_000;
const DAY_MS = 86_400_000;
/** Twice for each worker and round: where both log in at once, one of the two has to do it again. */
const MOST_LOGINS = 4 * ROUNDS;
/** As of a vendor on the internet; it is in this time that a login of the other worker voids a token. */
const LATENCY_MS = 50;

/** Executions on all workers whose session is over at the same time, in a system where each login voids the last token. */
export async function logins(cluster) {
	const { n8n, control } = cluster;
	await control.configure('unifier', { loginInvalidates: 'all' });
	await control.latency(LATENCY_MS);
	await control.forgetRequests('unifier');
	const found = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		// Every token is dead then; the first time there is none.
		await control.configure('unifier', { clockOffsetMs: round * 30 * DAY_MS });
		found.push(...(await playRound(cluster)));
	}
	await control.latency(0);
	const requests = await control.requests('unifier');
	const logIns = requests.filter(({ url }) => url.includes('/auth/token')).length;
	const voided = requests.filter(({ status }) => status === 401).length;
	return {
		found: [
			...found,
			...inConfirmed(confirmed(requests), [...confirmed(requests).keys()]),
			...unless(voided >= ROUNDS - 1, 'No session was refused: nothing was to be shown'),
			...unless(logIns <= MOST_LOGINS, `${logIns} logins: the workers voided each other's tokens`),
		],
		told: [
			`${ROUNDS} times ${CALLS} executions whose session was over: ${ROUNDS * CALLS} records of Unifier ended, ${found.length === 0 ? 'no execution failed' : 'not as they should have'}`,
			`${logIns} logins by ${cluster.workers.length} workers, ${voided} requests refused because the other worker had logged in or the token was old`,
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
	const due = new Map(ids.map((id) => [id, 'terminated']));
	return [
		...reports.filter(({ error }) => error).map(({ error }) => `An execution failed: ${error.message}`),
		...inOutcomes(
			reports.flatMap(({ outcomes }) => outcomes),
			due,
		),
		...inInstances(was, await control.instances('unifier'), ids),
	];
}

/** How often each record was terminated in a request that Unifier took. */
function confirmed(requests) {
	const counts = new Map();
	for (const { method, status, body } of requests) {
		if (method !== 'PUT' || status !== 200) continue;
		for (const id of JSON.parse(body).data[0].record_no) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}
