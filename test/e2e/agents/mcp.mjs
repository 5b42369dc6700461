import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { DEMO } from '../../../demo/paths.mjs';
import { TOOL_SYSTEMS, toolOf } from './systems.mjs';

const require = createRequire(`${DEMO}/package.json`);
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StreamableHTTPClientTransport } = require('@modelcontextprotocol/sdk/client/streamableHttp.js');

const TRIGGER = 'MCP Server Trigger';
const REGISTERED_MS = 30_000;

/** @param {() => import('./agentWorld.mjs').AgentWorld} world */
export function describeMcp(world) {
	describe('tools behind an MCP Server Trigger', () => {
		/** @type {import('@modelcontextprotocol/sdk/client/index.js').Client} */
		let client;
		const tools = Object.keys(TOOL_SYSTEMS).map((system) =>
			toolOf(system, 'terminate', { parameters: { options: { maxTargets: 2 } } }),
		);

		before(async () => {
			await world().control.reset();
			({ client } = await serve(world(), tools, 'processes'));
		});
		after(async () => await client?.close());

		/** Calls a tool and returns the text that the client's model reads. */
		const call = async (tool, args) => {
			const { content, isError } = await client.callTool({ name: world().toolName(tool), arguments: args });
			return { text: content.map(({ text }) => text).join(''), isError: isError === true };
		};

		it('are told by the same names and descriptions', async () => {
			const { tools: offered } = await client.listTools();
			assert.deepEqual(
				offered.map(({ description }) => description).sort(),
				Object.values(TOOL_SYSTEMS)
					.map(({ operations }) => operations.terminate)
					.sort(),
			);
		});

		for (const tool of tools) {
			const { args, name, seed, thing, things } = TOOL_SYSTEMS[tool.system];
			it(`end what they are told to, and refuse the rest: ${name}`, async () => {
				const ids = await world().seed(tool.system, 3, seed);
				const done = await call(tool, { IDs: ids[0], ...args });
				assert.equal(done.isError, false, done.text);
				assert.equal(JSON.parse(done.text)[0].message, `${thing} ${ids[0]} was terminated`);

				const again = await call(tool, { IDs: ids[0], ...args });
				assert.match(JSON.parse(again.text)[0].outcome, /^(alreadyEnded|notRunning)$/);

				const tooMany = await call(tool, { IDs: ids.join(), ...args });
				assert.equal(tooMany.isError, true, tooMany.text);
				assert.ok(tooMany.text.includes(`contains 3 ${things}, but 'Maximum Targets' allows only 2`));

				const empty = await call(tool, { IDs: '', ...args });
				assert.equal(empty.isError, true, empty.text);
				assert.match(empty.text, /is empty/);

				const { IDs: _IDs, ...without } = { IDs: '', ...args };
				assert.equal((await call(tool, without)).isError, true);
				assert.deepEqual(await world().states(tool.system, ids), ['terminated', 'running', 'running']);
			});
		}
	});
}

/**
 * Publishes tools behind an MCP Server Trigger and returns the workflow, and a client that is connected to it.
 *
 * @param {import('./agentWorld.mjs').AgentWorld} world
 * @param {import('./agentWorld.mjs').Tool[]} tools
 * @param {string} path the last part of its address
 */
export async function serve(world, tools, path) {
	const nodes = tools.map((tool) => world.node(tool));
	const workflow = await world.n8n.json('POST', '/rest/workflows', {
		name: 'MCP server under test',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: 'mcp',
				name: TRIGGER,
				type: '@n8n/n8n-nodes-langchain.mcpTrigger',
				typeVersion: 2,
				position: [0, 0],
				webhookId: randomUUID(),
				parameters: { path, authentication: 'none' },
			},
			...nodes,
		],
		connections: Object.fromEntries(
			nodes.map(({ name }) => [name, { ai_tool: [[{ node: TRIGGER, type: 'ai_tool', index: 0 }]] }]),
		),
	});
	await world.publish(workflow);
	return { workflow, client: await connect(new URL(`${world.n8n.url}/mcp/${path}`)) };
}

/** Waits for the address, which answers only shortly after n8n has published the workflow. */
async function connect(url) {
	const deadline = Date.now() + REGISTERED_MS;
	for (;;) {
		const client = new Client({ name: 'agents-test', version: '1.0.0' });
		try {
			await client.connect(new StreamableHTTPClientTransport(url));
			return client;
		} catch (error) {
			if (!/\b404\b/.test(error.message) || Date.now() > deadline) throw error;
			await sleep(250);
		}
	}
}
