import { setTimeout as sleep } from 'node:timers/promises';

import { pathOf } from '../cleanups.mjs';
import { inConfirmed, inInstances, inOutcomes, unless } from '../differences.mjs';
import { ended, reportOf } from '../executions.mjs';
import { refusals, seconds, terminatedBy, terminations } from '../traffic.mjs';

const CALLS = 100;
const PER_CALL = 5;
const BYSTANDERS = 20;
const WITHIN_MS = 300_000;
const POLL_MS = 50;
/** Bitrix24's documented limit ("Limits"). */
const LIMIT = { burst: 50, perSecond: 2 };
/** The method that another program calls. It uses up the burst, so that even a slow machine reaches the limit. */
const ELSEWHERE = 'profile';

/** Runs many executions at once on all workers, against one portal with its rate limit on. */
export async function spread({ n8n, control, workflows, workers }) {
	await control.configure('bitrix24', { rateLimit: 'standard' });
	const { ids: targets } = await control.seed('bitrix24', CALLS * PER_CALL);
	await control.seed('bitrix24', BYSTANDERS);
	const before = await control.instances('bitrix24');
	await control.forgetRequests('bitrix24');
	const calls = Array.from({ length: CALLS }, (_, call) =>
		targets.slice(call * PER_CALL, (call + 1) * PER_CALL),
	);
	const calling = Promise.all(
		calls.map(async (ids) => await n8n.callWebhook(pathOf('bitrix24'), {}, { ids })),
	);
	await Promise.all([calling, useUpBurst(control)]);
	const executions = await ended(n8n, workflows.bitrix24, { before: [], count: CALLS, withinMs: WITHIN_MS });
	const reports = new Map();
	for (const { id } of executions) reports.set(id, await reportOf(n8n, id));

	const journal = await control.requests('bitrix24');
	const isElsewhere = ({ url }) => url.endsWith(ELSEWHERE);
	const requests = journal.filter((entry) => !isElsewhere(entry));
	const expected = new Map(targets.map((id) => [id, 'terminated']));
	const shares = workers.map((worker) => shareOf(worker, reports, requests));
	const refused = refusals(requests).length;
	const usedUpAt = journal.findLast(isElsewhere).at;
	const later = requests.filter(({ at }) => at > usedUpAt);
	const taken = later.length - refusals(later).length;
	// The first request needs no wait if it comes when enough of the bucket has just drained.
	const least = (taken - 1) / LIMIT.perSecond;
	return {
		found: [
			...executions
				.filter(({ status }) => status !== 'success')
				.map(({ id, status }) => `Execution ${id}: ${status}, ${reports.get(id).error?.message}`),
			...inOutcomes(
				[...reports.values()].flatMap(({ outcomes }) => outcomes),
				expected,
			),
			...inInstances(before, await control.instances('bitrix24'), targets),
			...inConfirmed(terminations(requests), targets),
			...shares.flatMap(({ name, executions: ran }) => unless(ran > 0, `${name} took no execution`)),
			...unless(refused > 0, 'Bitrix24 refused nothing: the limit was not met, and nothing had to adapt'),
		],
		summary: [
			`${CALLS} calls, ${targets.length} workflows of Bitrix24 ended, each confirmed once; ${BYSTANDERS} others not touched`,
			...shares.map(
				({ name, executions: ran, sent, refused: no }) =>
					`${name}: ${ran} executions, ${sent} requests, ${no} of them refused for pace`,
			),
			`another program used up the burst; after that ${later.length} requests in ${seconds(later).toFixed(1)} s; the documented limit lets ${taken} through in ${least.toFixed(1)} s`,
		],
	};
}

/** The executions and requests of one worker. */
function shareOf(worker, reports, requests) {
	const ran = worker.executions().filter((id) => reports.has(id));
	const own = new Set(ran.flatMap((id) => reports.get(id).outcomes.map((outcome) => outcome.id)));
	const sent = requests.filter(({ body }) => terminatedBy(body).some((id) => own.has(id)));
	return { name: worker.name, executions: ran.length, sent: sent.length, refused: refusals(sent).length };
}

async function useUpBurst(control) {
	const { bitrix24 } = await control.vendors();
	const { webhookUrl } = bitrix24.credentials.bitrix24BizprocWebhookApi;
	const ask = async () => await (await fetch(new URL(ELSEWHERE, webhookUrl))).arrayBuffer();
	// Waits for the first request of the executions: a burst used up earlier would have recovered.
	while ((await control.requests('bitrix24')).length === 0) await sleep(POLL_MS);
	await Promise.all(Array.from({ length: LIMIT.burst }, ask));
}
