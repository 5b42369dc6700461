import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { PACKAGE } from '../../../demo/workflow.mjs';
import { fromModel } from './agentWorld.mjs';
import { TOOL_SYSTEMS, toolOf } from './systems.mjs';

/** The operations that cannot be undone, and the words that say so. */
const FINAL = { terminate: /\bpermanently\b/, kill: /\bdelete its history\b/ };

/** What the editor says about them in the list of operations. */
const FINAL_IN_PANEL = /permanently/i;

/** n8n's pattern for the names of tools, which is that of the model vendors. */
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

const OPERATIONS = Object.entries(TOOL_SYSTEMS).flatMap(([system, { operations }]) =>
	Object.entries(operations).map(([operation, description]) => ({ system, operation, description })),
);

/** @param {() => import('./agentWorld.mjs').AgentWorld} world */
export function describeOffer(world) {
	describe('what a model is told of the tools', () => {
		for (const [how, model] of [
			['Responses API, as the OpenAI Chat Model comes', {}],
			['Chat Completions API', { responsesApiEnabled: false }],
		]) {
			it(`all ${OPERATIONS.length} operations say what they do and where (${how})`, async () => {
				const tools = OPERATIONS.map(({ system, operation }) => toolOf(system, operation));
				const { offered } = await world().runAgent(tools, [], { model });
				const described = Object.fromEntries(offered.map(({ name, description }) => [name, description]));
				assert.equal(offered.length, 16);
				assert.deepEqual(
					Object.values(described).sort(),
					OPERATIONS.map(({ description }) => description).sort(),
				);
				for (const [name, description] of Object.entries(described)) {
					assert.match(name, TOOL_NAME);
					assert.equal(name, description.replaceAll(' ', '_'));
				}
			});
		}

		it('what cannot be undone says so, to the model and in the panel', () => {
			const final = OPERATIONS.filter(({ operation }) => operation in FINAL);
			assert.equal(final.length, 5);
			for (const { system, operation, description } of final) {
				assert.match(description, FINAL[operation]);
				const type = world().typeOf(`${PACKAGE}.${system}Tool`);
				const options = type.properties
					.filter(({ name }) => name === 'operation')
					.flatMap((property) => property.options);
				const option = options.find(({ value }) => value === operation);
				assert.match(option.description, FINAL_IN_PANEL, `${system}, ${operation}`);
			}
		});

		it('the panel of a tool describes it by its operation unless somebody writes a description', () => {
			for (const system of Object.keys(TOOL_SYSTEMS)) {
				const { properties, description } = world().typeOf(`${PACKAGE}.${system}Tool`);
				const [how, text] = properties;
				assert.deepEqual([how.name, how.default], ['descriptionType', 'auto']);
				assert.deepEqual([text.name, text.default], ['toolDescription', description]);
				assert.match(description, /Call Get or Get Many first/);
			}
		});

		it('a description that somebody wrote is what the model reads', async () => {
			const tool = toolOf('bitrix24', 'terminate', {
				parameters: { descriptionType: 'manual', toolDescription: 'Ends one workflow. Cannot be undone.' },
			});
			const { offered } = await world().runAgent([tool], []);
			assert.deepEqual(
				offered.map(({ description }) => description),
				['Ends one workflow. Cannot be undone.'],
			);
		});

		it('what the model fills in has the name and the type that the field was given', async () => {
			const tool = toolOf('unifier', 'terminate', {
				parameters: {
					recordNumbers: "={{ $fromAI('Records', `An array of record numbers`, 'json') }}",
					applyRules: fromModel('Apply_Rules', 'boolean'),
					options: { dryRun: fromModel('Dry_Run', 'boolean') },
				},
			});
			const { offered } = await world().runAgent([tool], []);
			const { properties, required } = offered[0].parameters;
			const types = Object.entries(properties).map(([name, { type }]) => [name, type]);
			assert.deepEqual(Object.fromEntries(types), {
				Project: 'string',
				Business_Process: 'string',
				// For a JSON value n8n gives the model no type, so the description has to say it.
				Records: undefined,
				Apply_Rules: 'boolean',
				Dry_Run: 'boolean',
			});
			assert.equal(properties.Records.description, 'An array of record numbers');
			assert.deepEqual([...required].sort(), Object.keys(properties).sort());
		});
	});
}
