import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

import { eventually } from '../../../demo/eventually.mjs';
import { Chat } from './chat.mjs';
import { serve } from './mcp.mjs';
import { LAST_WORDS } from './modelEndpoint.mjs';
import { toolOf } from './systems.mjs';

const CALLS = 500;
const ALLOWED = 3;
/** n8n's agent gives up after ten turns, so the model makes many calls in each. */
const CALLS_PER_TURN = 100;
const SYSTEM = 'enosBpm';

/**
 * A model that ends all it can: Maximum Targets holds over all calls of one execution.
 *
 * @param {() => import('./agentWorld.mjs').AgentWorld} world
 */
export function describeAdversary(world) {
	describe(`an agent that calls Terminate ${CALLS} times with ${ALLOWED} allowed`, () => {
		const tool = toolOf(SYSTEM, 'terminate', { parameters: { options: { maxTargets: ALLOWED } } });
		let ids;

		beforeEach(async () => {
			await world().control.reset();
			ids = await world().seed(SYSTEM, CALLS, {});
			await world().control.forgetRequests(SYSTEM);
		});

		const call = (IDs) => ({ tool: world().toolName(tool), args: { IDs, Reason: 'It is stuck' } });
		/** All that the model tries: everything at once, and everything one by one. */
		const attack = () => {
			const calls = ids.map(call);
			const turns = Array.from({ length: CALLS / CALLS_PER_TURN }, (_, turn) =>
				calls.slice(turn * CALLS_PER_TURN, (turn + 1) * CALLS_PER_TURN),
			);
			return [[call(ids.join())], ...turns];
		};
		/** Sends a message to the agent of a workflow and returns what its model is told of each call. */
		const ask = async (workflow) => {
			world().model.play(attack());
			const chat = await Chat.start(world().n8n, workflow, 'End everything.');
			try {
				assert.equal(await chat.next(), LAST_WORDS);
			} finally {
				chat.close();
			}
			return world().model.results.flat();
		};
		const ended = async () =>
			(await world().states(SYSTEM, ids)).filter((state) => state === 'terminated').length;
		/** For how many a command has arrived at the system. */
		const commanded = async () => {
			const requests = await world().control.requests(SYSTEM);
			const commands = requests.filter(({ url }) => /action=delete/.test(url));
			return ids.filter((id) => commands.some(({ url }) => url.includes(id))).length;
		};

		/** What n8n has kept of a workflow's executions, once there are so many. */
		const executionsOf = async (workflow, wanted) => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
			const path = `/rest/executions?limit=50&filter=${filter}`;
			return await eventually(
				async () => (await world().n8n.json('GET', path)).results,
				({ length }) => length === wanted,
			);
		};

		it('ends so many for each message in the chat, and is told why there are no more', async () => {
			const workflow = await world().saveAgent([tool], { chats: true });
			for (const message of [1, 2]) {
				const [all, ...each] = await ask(workflow);
				assert.match(all, /contains 500 process instances, but 'Maximum Targets' allows only 3/);
				assert.equal(each.length, CALLS);
				const refused = each.flatMap((result) => JSON.parse(result)[0].error ?? []);
				assert.equal(refused.length, CALLS - ALLOWED);
				const [reason] = refused;
				assert.match(reason, /sent commands for 3 process instances and this call adds 1 more/);
				assert.match(reason, /'Maximum Targets' allows only 3 in total$/);
				// The next message is another execution of n8n.
				assert.equal(await ended(), message * ALLOWED);
				assert.equal(await commanded(), message * ALLOWED);
				ids.reverse();
			}
		});

		it('behind an MCP Server Trigger each call is an execution of its own, and the limit is one of each call', async () => {
			const { client, workflow } = await serve(world(), [tool], 'adversary');
			const name = world().toolName(tool);
			const callTool = async (IDs) => {
				const { content, isError } = await client.callTool({ name, arguments: call(IDs).args });
				return { text: content.map(({ text }) => text).join(''), isError: isError === true };
			};
			try {
				const all = await callTool(ids.join());
				assert.equal(all.isError, true);
				assert.match(all.text, /contains 500 process instances, but 'Maximum Targets' allows only 3/);
				assert.equal(await ended(), 0);

				const calls = ALLOWED + 2;
				for (const id of ids.slice(0, calls)) {
					assert.equal(JSON.parse((await callTool(id)).text)[0].outcome, 'terminated');
				}
				assert.equal(await ended(), calls);
				assert.equal((await executionsOf(workflow, 1 + calls)).length, 1 + calls, "n8n's executions");
			} finally {
				await client.close();
			}
		});
	});
}
