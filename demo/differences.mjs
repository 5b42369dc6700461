import { isDeepStrictEqual } from 'node:util';

import { SYSTEMS, TARGETS } from './scenario.mjs';

/** The node that fails the nightly cleanup when some of the targets have not ended. */
const STOP = 'Stop and Error';
/** The webhook's HTTP status when some of the targets have not ended. */
const SOME_NOT_ENDED = 207;

/**
 * All differences between the scenario and the reports or the systems' own state, in words.
 *
 * @param {{
 *   rows: Array<{ system: string, id: string, outcome: string }>,
 *   stoppedAt: string | undefined,
 *   webhookStatus: number | undefined,
 *   before: object,
 *   after: object,
 * }} seen `stoppedAt`: the node at which the nightly cleanup failed; `webhookStatus`: undefined if only the nightly cleanup has
 * run
 * @returns {string[]}
 */
export function differences({ rows, stoppedAt, webhookStatus, before, after }) {
	const isNightlyOnly = webhookStatus === undefined;
	const targets = TARGETS.filter(({ example }) => !isNightlyOnly || example === 'nightly');
	const inAnswers = isNightlyOnly ? [] : inAnswer(webhookStatus);
	return [...inReports(rows, targets), ...inEnd(stoppedAt), ...inAnswers, ...inState(before, after, targets)];
}

function inEnd(stoppedAt) {
	if (stoppedAt === STOP) return [];
	return [`The nightly cleanup ended at ${stoppedAt ?? 'its end'}, expected an error at ${STOP}`];
}

function inAnswer(status) {
	if (status === SOME_NOT_ENDED) return [];
	return [`The webhook answered HTTP ${status}, expected ${SOME_NOT_ENDED}`];
}

function inReports(rows, targets) {
	const found = [];
	const open = [...rows];
	for (const { system, id, outcome } of targets) {
		const { label } = SYSTEMS[system];
		const index = open.findIndex((row) => row.system === label && row.id === id);
		if (index === -1) {
			found.push(`${label} ${id}: no outcome was reported, expected ${outcome}`);
			continue;
		}
		const [row] = open.splice(index, 1);
		if (row.outcome !== outcome) {
			found.push(`${label} ${id}: ${row.outcome} was reported, expected ${outcome}`);
		}
	}
	for (const { system, id, outcome } of open) {
		found.push(`${system} ${id}: ${outcome} was reported, and nobody asked for it`);
	}
	return found;
}

function inState(before, after, targets) {
	const found = [];
	for (const [vendor, { label }] of Object.entries(SYSTEMS)) {
		const ids = new Set([...Object.keys(before[vendor]), ...Object.keys(after[vendor])]);
		for (const id of ids) {
			const target = targets.find((candidate) => candidate.system === vendor && candidate.id === id);
			const was = before[vendor][id];
			const is = after[vendor][id];
			if (target?.ends) {
				if (is?.state !== 'terminated') {
					found.push(`${label} ${id}: should have ended, and the system says ${is?.state ?? 'gone'}`);
				}
			} else if (!isDeepStrictEqual(was, is)) {
				found.push(
					`${label} ${id}: should not have been touched, was ${was?.state ?? 'absent'}, is ${is?.state ?? 'gone'}`,
				);
			}
		}
	}
	return found;
}
