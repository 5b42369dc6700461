'use strict';

/**
 * The fewest requests that end a list of targets, and how many of them a considerate client has in flight, by vendor. Used
 * by the bare loop and by the reference inside n8n. Shares no code with the package that is measured.
 *
 * @typedef {import('./targets.cjs').BenchTarget} BenchTarget
 * @typedef {{ method: string, path: string, body?: string }} BareRequest
 * @typedef {{ inFlight: number, reads?: BareRequest[], writes: BareRequest[] }} Minimum the reads come first, one after
 * another; then the writes, `inFlight` at a time
 */

const COMMANDS_PER_BATCH = 50;
const RECORDS_PER_REQUEST = 10_000;
const STATES_PER_PAGE = 500;
/** What this package grows to where a vendor documents no limit. */
const MOST_IN_FLIGHT = 20;

/** What the requests contain besides the IDs; the workflows of the other contestants use the same values. */
const SETTINGS = {
	bitrix24: { statusText: 'Ended by the benchmark' },
	enosBpm: { deleteReason: 'Ended by the benchmark' },
	unifier: { bpName: 'Punchlist', projectNumber: 'PRJ-004' },
	eightByEight: { definitionId: '5870442f-3ddd-4657-b74c-6e17308f5230' },
};

/** The credential types that the references take. */
const CREDENTIALS = {
	bitrix24: 'bitrix24BizprocWebhookApi',
	enosBpm: 'enosBpmApi',
	unifier: 'unifierApi',
	eightByEight: 'eightByEightAutomationApi',
};

/** @type {Record<string, (targets: BenchTarget[]) => Minimum>} */
const MINIMUM = {
	// At most 20 requests, which is within the burst of 50, so the pace of 2 a second does not apply yet.
	bitrix24: (targets) => ({ inFlight: 1, writes: slices(targets, COMMANDS_PER_BATCH).map(batch) }),
	enosBpm: (targets) => ({
		inFlight: MOST_IN_FLIGHT,
		writes: targets.map(({ id }) => ({
			method: 'POST',
			path: `/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId=${id}`,
			body: JSON.stringify(SETTINGS.enosBpm),
		})),
	}),
	unifier: (targets) => ({ inFlight: 1, writes: slices(targets, RECORDS_PER_REQUEST).map(records) }),
	// 8x8 gives the same answer when the workflow had already ended, so a client has to read the states first.
	eightByEight: (targets) => {
		const path = `/definitions/${SETTINGS.eightByEight.definitionId}/workflows`;
		const body = JSON.stringify({ status: 'terminate' });
		return {
			inFlight: MOST_IN_FLIGHT,
			reads: slices(targets, STATES_PER_PAGE).map((_, page) => ({
				method: 'GET',
				path: `${path}?status=Runnable&limit=${STATES_PER_PAGE}&offset=${page}`,
			})),
			writes: targets.map(({ id }) => ({ method: 'PATCH', path: `${path}/${id}`, body })),
		};
	},
};

function batch(targets) {
	const command = ({ id, text = SETTINGS.bitrix24.statusText }) =>
		`bizproc.workflow.terminate?ID=${encodeURIComponent(id)}&STATUS=${encodeURIComponent(text)}`;
	const cmd = Object.fromEntries(targets.map((target, index) => [`w${index}`, command(target)]));
	return { method: 'POST', path: '/batch', body: JSON.stringify({ halt: 0, cmd }) };
}

function records(targets) {
	const { bpName, projectNumber } = SETTINGS.unifier;
	return {
		method: 'PUT',
		path: '/ws/rest/service/v2/bp/record/terminate',
		body: JSON.stringify({
			options: { bpname: bpName, project_number: projectNumber },
			data: [{ record_no: targets.map(({ id }) => id), override_rule: 'No' }],
		}),
	};
}

function slices(list, size) {
	const count = Math.ceil(list.length / size);
	return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}

/** @param {string} vendor @param {BenchTarget[]} targets @returns {Minimum} */
function minimum(vendor, targets) {
	return MINIMUM[vendor](targets);
}

/**
 * Sends all requests.
 *
 * @param {Minimum} minimum
 * @param {(request: BareRequest) => Promise<void>} send
 */
async function sendAll({ inFlight, reads = [], writes }, send) {
	for (const request of reads) await send(request);
	const queue = writes.values();
	const worker = async () => {
		for (const request of queue) await send(request);
	};
	await Promise.all(Array.from({ length: inFlight }, worker));
}

module.exports = { CREDENTIALS, minimum, SETTINGS, sendAll };
