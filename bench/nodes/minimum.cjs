'use strict';

/**
 * The fewest requests that end a list of targets, and how many of them a considerate client has in flight, by vendor. Used
 * by the bare loop and by the reference inside n8n. Shares no code with the package that is measured.
 *
 * @typedef {{ method: string, path: string, body?: string }} BareRequest
 * @typedef {{ inFlight: number, jobs: BareRequest[][] }} Minimum the requests of one job are sent one after another
 */

const COMMANDS_PER_BATCH = 50;
const RECORDS_PER_REQUEST = 10_000;

/** What the requests contain besides the IDs; the workflows of the other contestants use the same values. */
const SETTINGS = {
	bitrix24: { statusText: 'Ended by the benchmark' },
	enosBpm: { deleteReason: 'Ended by the benchmark' },
	unifier: { bpName: 'Punchlist', projectNumber: 'PRJ-004' },
	eightByEight: { definitionId: '5870442f-3ddd-4657-b74c-6e17308f5230' },
};

/** @type {Record<string, (ids: string[]) => Minimum>} */
const MINIMUM = {
	// At most 20 requests, which is within the burst of 50, so the pace of 2 a second does not apply yet.
	bitrix24: (ids) => ({
		inFlight: 1,
		jobs: slices(ids, COMMANDS_PER_BATCH).map((slice) => [batch(slice)]),
	}),
	enosBpm: (ids) => ({
		inFlight: 5,
		jobs: ids.map((id) => [
			{
				method: 'POST',
				path: `/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId=${id}`,
				body: JSON.stringify(SETTINGS.enosBpm),
			},
		]),
	}),
	unifier: (ids) => ({
		inFlight: 1,
		jobs: slices(ids, RECORDS_PER_REQUEST).map((slice) => [records(slice)]),
	}),
	// 8x8 gives the same answer when the workflow had already ended, so a client has to read the state first.
	eightByEight: (ids) => ({
		inFlight: 5,
		jobs: ids.map((id) => {
			const path = `/definitions/${SETTINGS.eightByEight.definitionId}/workflows/${id}`;
			return [
				{ method: 'GET', path },
				{ method: 'PATCH', path, body: JSON.stringify({ status: 'terminate' }) },
			];
		}),
	}),
};

function batch(ids) {
	const { statusText } = SETTINGS.bitrix24;
	const command = (id) =>
		`bizproc.workflow.terminate?ID=${encodeURIComponent(id)}&STATUS=${encodeURIComponent(statusText)}`;
	const cmd = Object.fromEntries(ids.map((id, index) => [`w${index}`, command(id)]));
	return { method: 'POST', path: '/batch', body: JSON.stringify({ halt: 0, cmd }) };
}

function records(ids) {
	const { bpName, projectNumber } = SETTINGS.unifier;
	return {
		method: 'PUT',
		path: '/ws/rest/service/v2/bp/record/terminate',
		body: JSON.stringify({
			options: { bpname: bpName, project_number: projectNumber },
			data: [{ record_no: ids, override_rule: 'No' }],
		}),
	};
}

function slices(list, size) {
	const count = Math.ceil(list.length / size);
	return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}

/** @param {string} vendor @param {string[]} ids @returns {Minimum} */
function minimum(vendor, ids) {
	return MINIMUM[vendor](ids);
}

/**
 * Sends all requests, with `inFlight` jobs at a time.
 *
 * @param {Minimum} minimum
 * @param {(request: BareRequest) => Promise<void>} send
 */
async function sendAll({ inFlight, jobs }, send) {
	const queue = jobs.values();
	const worker = async () => {
		for (const job of queue) {
			for (const request of job) await send(request);
		}
	};
	await Promise.all(Array.from({ length: inFlight }, worker));
}

module.exports = { minimum, SETTINGS, sendAll };
