import { setTimeout as sleep } from 'node:timers/promises';

import { counts } from '../demo/table.mjs';
import { MEASURED } from './workflows.mjs';

const POLL_MS = 500;
const PATIENCE_MS = 25 * 60_000;

/**
 * The times of one run.
 *
 * @typedef {object} Clocked
 * @property {number} nodeMs the execution time of the node, or of the bare loop
 * @property {number} wallMs the time of the whole execution
 * @property {string} [failure] why the run failed
 * @property {string} [outcomes] the outcomes that the node reports, if it reports any
 */

/**
 * Runs a contestant once. Returns a function that reads the result later: reading the items of a long list takes time that
 * is not part of the run.
 *
 * @callback Runner
 * @param {import('./nodes/targets.cjs').Range} range
 * @returns {Promise<() => Promise<Clocked>>}
 */

/**
 * @param {import('./stage.mjs').Stage} stage
 * @param {{ id: string, name: string, trigger: string }} workflow
 * @returns {Runner}
 */
export function inN8n({ n8n, n8nProbe }, workflow) {
	return async (range) => {
		await n8nProbe.range(range);
		const id = await n8n.launch(workflow);
		const deadline = Date.now() + PATIENCE_MS;
		do await sleep(POLL_MS);
		while (Date.now() < deadline && (await patiently(() => n8n.isRunning(id, workflow))));
		if (Date.now() < deadline) {
			return async () => readExecution(await patiently(() => n8n.execution(id)));
		}
		await n8n.stop(id);
		const failure = `did not end within ${PATIENCE_MS / 60_000} minutes and was stopped`;
		return async () => ({ nodeMs: PATIENCE_MS, wallMs: PATIENCE_MS, failure });
	};
}

/**
 * Asks again after a dropped connection, or when n8n believes that it has lost its database: both happen when its event loop
 * was blocked for seconds. `main.mjs` notices when n8n has ended altogether.
 */
async function patiently(ask) {
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			if (!/^fetch failed$|Database is not ready/.test(error?.message)) throw error;
			await sleep(POLL_MS);
		}
	}
}

function readExecution({ startedAt, stoppedAt, status, resultData }) {
	const [run] = resultData.runData[MEASURED] ?? [];
	const items = (run?.data?.main ?? []).flatMap((output) => output ?? []);
	const outcomes = items.map(({ json }) => json).filter(({ outcome }) => outcome !== undefined);
	return {
		nodeMs: run?.executionTime ?? 0,
		wallMs: Date.parse(stoppedAt) - Date.parse(startedAt),
		...(outcomes.length > 0 && { outcomes: counts(outcomes) }),
		...(status !== 'success' && { failure: resultData.error?.message ?? status }),
	};
}

/**
 * @param {import('./stage.mjs').Stage} stage
 * @param {string} vendor
 * @returns {Runner}
 */
export function bareLoop({ bare, bases }, vendor) {
	const { bare: baseUrl, headers } = bases[vendor];
	return async (range) => {
		const answer = new Promise((resolve) => {
			const read = (message) => {
				if (!message?.bare) return;
				bare.off('message', read);
				resolve(message.bare);
			};
			bare.on('message', read);
		});
		bare.send({ bare: { vendor, range, baseUrl, headers } });
		const { ms, failure } = await answer;
		return async () => ({ nodeMs: ms, wallMs: ms, ...(failure && { failure }) });
	};
}
