import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

import { readExample } from '../../../demo/examples.mjs';
import { Chat } from './chat.mjs';
import { LAST_WORDS } from './modelEndpoint.mjs';

/** The file in examples/. */
export const EXAMPLE = 'agent-with-human-review.json';
const TERMINATE = 'Terminate_process_instance_permanently_in_EnOS_BPM';
const GET = 'Get_process_instance_in_EnOS_BPM';
const LIST = 'Get_many_process_instances_in_EnOS_BPM';
const APPROVE = 'End it';
const DECLINE = 'Leave it';

/**
 * n8n's human review for tools in n8n's own chat, with the example as imported.
 *
 * @param {() => import('./agentWorld.mjs').AgentWorld} world
 */
export function describeReview(world) {
	describe('an agent whose Terminate is reviewed by a person', () => {
		const workflow = readExample(EXAMPLE);
		let ids;

		beforeEach(async () => {
			await world().control.reset();
			ids = await world().seed('enosBpm', 2, {});
		});

		/** Sends a message to the agent, whose model takes these turns. */
		const talk = async (turns, conversation) => {
			world().model.play(turns);
			const chat = await Chat.start(world().n8n, workflow, 'End what is stuck.');
			try {
				return await conversation(chat);
			} finally {
				chat.close();
			}
		};
		const terminate = (id) => ({
			tool: TERMINATE,
			args: {
				toolParameters: { Process_Instance_ID: id, Delete_Reason: 'It has been stuck since May' },
				hitlParameters: {},
			},
		});
		const commands = async () =>
			(await world().control.requests('enosBpm')).filter(({ url }) => /action=delete/.test(url));

		it('lists and reads freely, waits before it ends anything, and ends it when the person agrees', async () => {
			// Instances start while the emulator answers; a time that is further ahead would be no filter.
			const soon = new Date(Date.now() + 60_000).toISOString();
			const turns = [
				[{ tool: LIST, args: { Started_Before: soon } }],
				[{ tool: GET, args: { Process_Instance_ID: ids[0] } }],
				[terminate(ids[0])],
			];
			await talk(turns, async (chat) => {
				const question = await chat.next();
				assert.equal((await chat.execution()).status, 'waiting');
				assert.ok(question.text.includes(`ID: ${ids[0]}`), question.text);
				assert.ok(question.text.includes('Reason: It has been stuck since May'), question.text);
				assert.match(question.text, /cannot be undone/);
				const [listed, read] = world().model.results.map(([result]) => JSON.parse(result));
				assert.deepEqual(
					listed.map(({ id }) => id),
					ids,
				);
				assert.equal(read[0].id, ids[0]);
				assert.deepEqual(await commands(), [], 'something was ended before anybody agreed');

				assert.equal(await chat.click(question, APPROVE), 200);
				assert.equal(await chat.next(), LAST_WORDS);
			});
			const [outcome] = JSON.parse(world().model.results.at(-1)[0]);
			assert.deepEqual([outcome.id, outcome.outcome], [ids[0], 'terminated']);
			assert.deepEqual(await world().states('enosBpm', ids), ['terminated', 'running']);
			const { terminateReason } = (await world().control.instances('enosBpm'))[ids[0]];
			assert.equal(terminateReason, 'It has been stuck since May');
		});

		it('sends nothing when the person declines, and the model reads that', async () => {
			await talk([[terminate(ids[0])]], async (chat) => {
				assert.equal(await chat.click(await chat.next(), DECLINE), 200);
				assert.equal(await chat.next(), LAST_WORDS);
			});
			assert.match(world().model.results[0][0], /User rejected the tool call/);
			assert.deepEqual(await commands(), []);
			assert.deepEqual(await world().states('enosBpm', ids), ['running', 'running']);
		});

		it('takes a word in the chat for an objection, not for consent', async () => {
			await talk([[terminate(ids[0])]], async (chat) => {
				await chat.next();
				chat.say('Yes, approve it');
				assert.equal(await chat.next(), LAST_WORDS);
			});
			assert.match(world().model.results[0][0], /provided feedback: \\"Yes, approve it\\"/);
			assert.deepEqual(await commands(), []);
		});

		it('cannot be talked round by changing the link', async () => {
			await talk([[terminate(ids[0])]], async (chat) => {
				const question = await chat.next();
				const { link } = question.buttons.find(({ text }) => text === DECLINE);
				assert.equal(await chat.open(link.replace('approved=false', 'approved=true')), 401);
				assert.equal((await chat.execution()).status, 'waiting');
				assert.equal(await chat.click(question, DECLINE), 200);
				await chat.next();
			});
			assert.deepEqual(await commands(), []);
		});

		it('ends one at a time, even when the person agrees to more', async () => {
			await talk([[terminate(ids.join(', '))]], async (chat) => {
				await chat.click(await chat.next(), APPROVE);
				await chat.next();
			});
			assert.match(world().model.results[0][0], /'Maximum Targets' allows only 1/);
			assert.deepEqual(await commands(), []);
		});

		it('asks the model vendor for one call at a time, because n8n asks about one at a time', async () => {
			await talk([], async (chat) => await chat.next());
			assert.deepEqual(
				world().model.requests.map((request) => request.parallel_tool_calls),
				[false],
			);
		});
	});
}
