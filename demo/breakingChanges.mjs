import { readdirSync } from 'node:fs';

import { readExample } from './examples.mjs';
import { EXAMPLES } from './paths.mjs';

/** The next major version of n8n, as its report of breaking changes names it. */
const NEXT = 'v3';

/** A workflow that does not survive the next major version: with it, the report is known to find something. */
const PLANTED = {
	name: 'Planted: a node that n8n 3 has removed',
	nodes: [
		{
			id: '1e5c8f1a-6f0e-4a53-9d5e-0c1d7d1c2b3a',
			name: 'Function',
			type: 'n8n-nodes-base.function',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
	],
	connections: {},
	settings: {},
};
const PLANTED_RULE = 'function-removed-v3';

/**
 * What n8n's own rules for the next major version find in the examples. n8n 2 has the rules in the report that its settings
 * show (Migration report); those about the instance are not looked at, because they concern the demo's own settings.
 *
 * @param {import('./n8n.mjs').N8n} n8n with all examples imported
 * @returns {Promise<{ line: string, found: string[] }>} `line`: a sentence that sums up; `found`: one entry for each finding
 */
export async function checkBreakingChanges(n8n) {
	const examples = readdirSync(EXAMPLES)
		.filter((file) => file.endsWith('.json'))
		.map(readExample);
	const planted = await n8n.json('POST', '/rest/workflows', PLANTED);
	try {
		const { report, totalWorkflows } = await n8n.json(
			'POST',
			`/rest/breaking-changes/report/refresh?version=${NEXT}`,
		);
		const findings = await findingsIn(n8n, report);
		const found = problems({ findings, examples, planted, totalWorkflows });
		const verdict =
			found.length === 0 ? 'nothing to change; a planted workflow was found' : `${found.length} problems`;
		return { line: `${examples.length} examples, n8n's rules for ${NEXT}: ${verdict}`, found };
	} finally {
		await n8n.json('POST', `/rest/workflows/${planted.id}/archive`, {});
		await n8n.json('DELETE', `/rest/workflows/${planted.id}`);
	}
}

/** The report counts the workflows of a rule; which they are is a question of its own for each rule. */
async function findingsIn(n8n, { workflowResults }) {
	const findings = [];
	for (const { ruleId, ruleTitle } of workflowResults) {
		const { affectedWorkflows } = await n8n.json('GET', `/rest/breaking-changes/report/${ruleId}`);
		for (const { id, name, issues } of affectedWorkflows) {
			findings.push({
				ruleId,
				ruleTitle,
				workflowId: id,
				workflow: name,
				issues: issues.map(({ title }) => title),
			});
		}
	}
	return findings;
}

/**
 * What is not as it should be, in words.
 *
 * @param {object} seen
 * @param {Array<{ ruleId: string, ruleTitle: string, workflowId: string, workflow: string, issues: string[] }>} seen.findings
 * @param {Array<{ id: string }>} seen.examples
 * @param {{ id: string }} seen.planted
 * @param {number} seen.totalWorkflows how many workflows n8n has looked at
 * @returns {string[]}
 */
export function problems({ findings, examples, planted, totalWorkflows }) {
	const ids = new Set(examples.map(({ id }) => id));
	const found = findings
		.filter(({ workflowId }) => ids.has(workflowId))
		.map(
			({ workflow, ruleTitle, ruleId, issues }) =>
				`${workflow}: ${ruleTitle} (${ruleId})${issues.map((issue) => `; ${issue}`).join('')}`,
		);
	if (totalWorkflows < examples.length + 1) {
		found.push(`n8n looked at ${totalWorkflows} workflows, and there are ${examples.length} examples`);
	}
	if (!findings.some(({ workflowId, ruleId }) => workflowId === planted.id && ruleId === PLANTED_RULE)) {
		found.push(`${PLANTED.name}: n8n's report does not name it, so it proves nothing`);
	}
	return found;
}
