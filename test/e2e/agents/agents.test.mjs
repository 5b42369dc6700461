import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { describeAdversary } from './adversary.mjs';
import { AgentWorld } from './agentWorld.mjs';
import { describeAnswers } from './answers.mjs';
import { describeDirectCalls } from './direct.mjs';
import { describeMcp } from './mcp.mjs';
import { describeOffer } from './offer.mjs';
import { describeOutput } from './output.mjs';
import { describeReview, EXAMPLE } from './review.mjs';
import { LACKING } from './systems.mjs';

describe('our nodes as tools of an AI agent, in a real n8n', () => {
	/** @type {AgentWorld} */
	let agents;
	const world = () => agents;

	before(async () => {
		agents = await AgentWorld.open({ name: 'agents', lacking: LACKING, examples: [EXAMPLE] });
		console.log(`n8n's log: ${agents.world.log}`);
	});
	after(async () => await agents?.close());

	describeOffer(world);
	describeAnswers(world);
	describeOutput(world);
	describeDirectCalls(world);
	describeMcp(world);
	describeReview(world);
	describeAdversary(world);

	it('no secret is in what the model was told, in what n8n keeps, or in its log', async () => {
		const executions = await agents.allExecutions();
		assert.ok(executions.length > 100, `n8n keeps ${executions.length} executions`);
		const places = {
			'what the model was told': agents.model.heard,
			'an execution': executions,
			"n8n's log": [readFileSync(agents.world.log, 'utf8')],
		};
		assert.ok(agents.secrets.length > 8);
		for (const [place, texts] of Object.entries(places)) {
			for (const text of texts) {
				const leaked = agents.secrets.filter((secret) => text.includes(secret));
				assert.deepEqual(leaked, [], `${place} has a secret in it`);
			}
		}
	});
});
