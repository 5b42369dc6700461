/** The workloads that rows belong to, in their order. @param {import('./comparison.mjs').Row[]} rows */
export function worksOf(rows) {
	return [...new Map(rows.map(({ work }) => [work.key, work])).values()];
}

/**
 * The row of a contestant with a workload.
 *
 * @param {import('./comparison.mjs').Row[]} rows
 * @param {string | undefined} workload its key
 * @param {string} contestant its key
 * @returns {import('./comparison.mjs').Row | undefined}
 */
export function findRow(rows, workload, contestant) {
	return rows.find(({ work, contestant: { key } }) => work.key === workload && key === contestant);
}

/**
 * The node time for all targets of the workload, in proportion where the contestant had fewer.
 *
 * @param {import('./comparison.mjs').Row} row
 */
export function nodeMsForAll({ nodeMs, count, work }) {
	return nodeMs * (work.count / count);
}
