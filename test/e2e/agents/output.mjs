import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { fromModel } from './agentWorld.mjs';
import { TOOL_SYSTEMS, toolOf } from './systems.mjs';

const SELECTED = { output: 'selectedFields', fields: fromModel('Fields') };

/** @param {() => import('./agentWorld.mjs').AgentWorld} world */
export function describeOutput(world) {
	describe('which fields a model reads', () => {
		for (const [system, { name, fields, args, seed }] of Object.entries(TOOL_SYSTEMS)) {
			it(`those that it has named, and the ID: ${name}`, async () => {
				await world().control.reset();
				const [IDs] = await world().seed(system, 1, seed);
				const call = { ...args, Fields: `nowhere, ${fields[1]}` };
				const get = toolOf(system, 'get', { parameters: SELECTED });
				const getAll = toolOf(system, 'getAll', { parameters: SELECTED });
				const turn = [{ tool: world().toolName(get), args: { ...call, IDs } }];
				const manyTurn = [{ tool: world().toolName(getAll), args: call }];
				const { results } = await world().runAgent([get, getAll], [turn, manyTurn]);
				const read = [
					...results.map(([result]) => result),
					await world().tryTool(get, { ...call, IDs }),
					await world().tryTool(getAll, call),
				];
				assert.equal(read.length, 4);
				for (const result of read) assert.deepEqual(Object.keys(JSON.parse(result)[0]), fields);
			});
		}

		it('all of them with a tool that was saved with Simplify off', async () => {
			await world().control.reset();
			const [IDs] = await world().seed('enosBpm', 1);
			const tool = toolOf('enosBpm', 'get', { parameters: { output: undefined, simplify: false } });
			const turn = [{ tool: world().toolName(tool), args: { IDs } }];
			const { results } = await world().runAgent([tool], [turn]);
			for (const result of [results[0][0], await world().tryTool(tool, { IDs })]) {
				assert.ok('processDefinitionKey' in JSON.parse(result)[0], result);
			}
		});
	});
}
