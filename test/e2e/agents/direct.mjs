import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { TOOL_SYSTEMS, toolOf } from './systems.mjs';

/** The properties that differ between runs or between instances. */
const VARYING = ['attempts', 'auditId', 'errorId', 'id', 'processInstanceId', 'recordNumber', 'workflowId'];

/**
 * n8n calls a tool directly, without an agent, when a user tries it in the editor and behind an MCP Server Trigger. In both
 * cases its routing engine runs our operations one by one.
 *
 * @param {() => import('./agentWorld.mjs').AgentWorld} world
 */
export function describeDirectCalls(world) {
	describe('a tool that somebody tries in the editor', () => {
		for (const [system, facts] of Object.entries(TOOL_SYSTEMS)) {
			it(`says the same as to an agent: ${facts.name}`, async () =>
				await sameOnBothPaths(world(), system, facts));
		}
	});
}

async function sameOnBothPaths(world, system, { args, seed, strict, thing, things, unknown }) {
	await world.control.reset();
	const ids = await world.seed(system, 4, seed);
	const tool = toolOf(system, 'terminate', { parameters: { options: strict } });
	const name = world.toolName(tool);
	const byAgent = async (IDs) =>
		(await world.runAgent([tool], [[{ tool: name, args: { IDs, ...args } }]])).results[0][0];
	const alone = async (IDs) => await world.tryTool(tool, { IDs, ...args });

	assert.deepEqual(comparable(await alone(ids[0])), comparable(await byAgent(ids[1])), 'one that runs');

	const failed = await alone(unknown);
	const [{ error }] = JSON.parse(await byAgent(unknown));
	assert.ok(failed.includes(error), `one that nobody knows: ${failed}`);

	const some = await alone([ids[2], unknown].join());
	assert.ok(some.includes(`1 of 2 ${things} was not terminated.`), some);
	assert.ok(some.includes(`${thing} ${ids[2]} was terminated`), some);
	assert.ok(some.includes(error), some);

	assert.match(await alone(''), /is empty/);
	assert.deepEqual(await world.states(system, ids), ['terminated', 'terminated', 'terminated', 'running']);
}

/** A result without the properties that differ between instances. */
function comparable(result) {
	return JSON.parse(result).map((entry) =>
		Object.fromEntries(
			Object.entries(entry)
				.filter(([key]) => !VARYING.includes(key))
				.map(([key, value]) => [key, key === 'message' ? value.replace(entry.id, 'X') : value]),
		),
	);
}
