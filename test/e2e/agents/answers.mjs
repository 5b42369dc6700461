import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { AgentWorld, fromModel } from './agentWorld.mjs';
import { TOOL_SYSTEMS, toolOf } from './systems.mjs';

/** @param {() => import('./agentWorld.mjs').AgentWorld} world */
export function describeAnswers(world) {
	for (const [system, facts] of Object.entries(TOOL_SYSTEMS)) {
		describe(`what a model reads of ${facts.name}`, () => describeSystem(world, system, facts));
	}
	describeKill(world);
	describeSuspendAndResume(world);
	describeVendorRefusal(world);
	describeOnError(world);
}

/**
 * @param {() => import('./agentWorld.mjs').AgentWorld} world
 * @param {string} system
 * @param {import('./systems.mjs').ToolSystem} facts
 */
function describeSystem(
	world,
	system,
	{ thing, things, label, unknown, absent, strict, lacking, args, seed, ended, running },
) {
	const seeded = async (count) => await world().seed(system, count, seed);
	const states = async (ids) => await world().states(system, ids);
	const calls = (tool) => (IDs, more) => [{ tool: world().toolName(tool), args: { IDs, ...args, ...more } }];
	/** Lets the model make one call in each turn, and returns the results. */
	const read = async (tool, turns) =>
		(await world().runAgent([tool], turns)).results.map(([result]) => result);

	before(async () => await world().control.reset());

	it('ends what is named; the same call again does no harm', async () => {
		const [id] = await seeded(1);
		const tool = toolOf(system, 'terminate');
		const call = calls(tool);
		const [first, second] = await read(tool, [call(id), call(id)]);
		assert.deepEqual(outcomesIn(first), { [id]: 'terminated' });
		assert.equal(JSON.parse(first)[0].message, `${thing} ${id} was terminated`);
		assert.match(outcomesIn(second)[id], /^(alreadyEnded|notRunning)$/);
		assert.deepEqual(await states([id]), ['terminated']);
	});

	it('takes several, as text with commas and as an array', async () => {
		const ids = await seeded(4);
		const text = toolOf(system, 'terminate');
		const [asText] = await read(text, [calls(text)(ids.slice(0, 2).join(', '))]);
		assert.deepEqual(outcomesIn(asText), { [ids[0]]: 'terminated', [ids[1]]: 'terminated' });

		const { parameters } = toolOf(system, 'terminate');
		const field = Object.keys(parameters).find((name) => parameters[name] === fromModel('IDs'));
		const array = toolOf(system, 'terminate', { parameters: { [field]: fromModel('IDs', 'json') } });
		const [asArray] = await read(array, [calls(array)(ids.slice(2))]);
		assert.deepEqual(outcomesIn(asArray), { [ids[2]]: 'terminated', [ids[3]]: 'terminated' });
		assert.deepEqual(
			await states(ids),
			ids.map(() => 'terminated'),
		);
	});

	it('tells of each when some could not be ended', async () => {
		const ids = await seeded(2);
		const tool = toolOf(system, 'terminate', { parameters: { options: strict } });
		const [result] = await read(tool, [calls(tool)([ids[0], unknown, ids[1]].join())]);
		const { error } = JSON.parse(result)[0];
		const [count, failed, ...others] = error.split('\n');
		assert.equal(count, `1 of 3 ${things} was not terminated.`);
		assert.ok(failed.includes(unknown) && failed.includes(absent), failed);
		assert.deepEqual(
			others,
			ids.map((id) => `${thing} ${id} was terminated`),
		);
	});

	it('refuses what is no ID before anything is sent, and says by which field', async () => {
		const tool = toolOf(system, 'terminate');
		const call = calls(tool);
		await world().control.forgetRequests(system);
		const results = await read(tool, [call(''), call(undefined), call(12345), call('..'), call({ id: '1' })]);
		const reasons = ['is empty', 'is empty', 'received a number', "contains '..'", 'received an object'];
		results.forEach((result, index) => {
			const { error } = JSON.parse(result)[0];
			assert.ok(error.includes(`'${label}' ${reasons[index]}`), `${reasons[index]}: ${error}`);
		});
		assert.deepEqual(await world().control.requests(system), [], 'something was sent');
	});

	it('ends nothing for an ID that a model has made up, nor for "all" and "*"', async () => {
		const ids = await seeded(2);
		const tool = toolOf(system, 'terminate');
		const call = calls(tool);
		const made = [unknown, 'all', '*'];
		const results = await read(
			tool,
			made.map((id) => call(id)),
		);
		results.forEach((result, index) => {
			const [{ error, message = error }] = JSON.parse(result);
			assert.ok(message.includes(made[index]), message);
			assert.match(message, /not found|not valid|No running workflow/);
		});
		assert.deepEqual(await states(ids), ['running', 'running']);
	});

	it('says which and why where the account lacks the right', async () => {
		const ids = await seeded(2);
		const tool = toolOf(system, 'terminate', { credential: AgentWorld.credential(system, lacking.as) });
		const call = calls(tool);
		const [one, both] = await read(tool, [call(ids[0]), call(ids.join())]);
		// The vendor's own words follow.
		for (const [answer, message] of [
			[one, `${thing} ${ids[0]} was not terminated: ${lacking.message} (`],
			[both, `2 of 2 ${things} were not terminated: ${lacking.message} (`],
		]) {
			const [{ error }, ...rest] = JSON.parse(answer);
			assert.deepEqual([error.startsWith(message), rest], [true, []], error);
		}
		assert.deepEqual(await states(ids), ['running', 'running']);
	});

	it('sends nothing at all for more than Maximum Targets', async () => {
		const ids = await seeded(2);
		const tool = toolOf(system, 'terminate', { parameters: { options: { maxTargets: 1 } } });
		const [result] = await read(tool, [calls(tool)(ids.join())]);
		assert.deepEqual(JSON.parse(result), [
			{
				error: `2 of 2 ${things} were not terminated: the input contains 2 ${things}, but 'Maximum Targets' allows only 1`,
			},
		]);
		assert.deepEqual(await states(ids), ['running', 'running']);
	});

	it('may be tried by the model without harm, and takes no "yes" for a switch', async () => {
		const [id] = await seeded(1);
		const tool = toolOf(system, 'terminate', {
			parameters: { options: { dryRun: fromModel('Dry_Run', 'boolean') } },
		});
		const call = calls(tool);
		const [tried, guessed, left] = await read(tool, [
			call(id, { Dry_Run: true }),
			call(id, { Dry_Run: 'yes' }),
			call(id),
		]);
		assert.equal(outcomesIn(tried)[id], 'dryRun');
		for (const result of [guessed, left]) {
			assert.match(JSON.parse(result)[0].error, /'Dry Run' must be true or false/);
		}
		assert.deepEqual(await states([id]), ['running']);
	});

	if (TOOL_SYSTEMS[system].operations.get) {
		it('gives what it can read beside what is not there', async () => {
			const [id] = await seeded(1);
			const tool = toolOf(system, 'get');
			const call = calls(tool);
			const other = unknown.replace(/.$/, '1');
			const [some, none] = await read(tool, [call([id, unknown].join()), call([unknown, other].join())]);
			const [found, missed] = JSON.parse(some);
			assert.equal(found.id, id);
			assert.ok(missed.error.includes(`${unknown} was not found`), missed.error);
			const [count, ...lines] = JSON.parse(none)[0].error.split('\n');
			assert.equal(count, `2 of 2 ${things} could not be read.`);
			[unknown, other].forEach((one, index) =>
				assert.ok(lines[index].includes(`${one} was not found`), none),
			);
		});
	}

	it('says so when nothing is found', async () => {
		await world().control.reset();
		await world().seed(system, 1, { ...seed, ...ended });
		const tool = toolOf(system, 'getAll', { parameters: { filters: running } });
		const call = calls(tool)();
		const [asAgent] = await read(tool, [call]);
		const expected = [{ message: `No ${things} were found` }];
		assert.deepEqual(JSON.parse(asAgent), expected);
		assert.deepEqual(JSON.parse(await world().tryTool(tool, call[0].args)), expected);
	});

	it('lists what runs, small and flat', async () => {
		await seeded(1);
		const tool = toolOf(system, 'getAll');
		const [result] = await read(tool, [calls(tool)()]);
		const rows = JSON.parse(result);
		assert.ok(rows.length > 0);
		for (const row of rows) {
			assert.equal(typeof row.id, 'string');
			assert.ok(Object.values(row).every((value) => typeof value !== 'object' || value === null));
		}
	});
}

/** Kill requires a confirmation, which a model can give only if the workflow allows it. */
function describeKill(world) {
	describe('Kill in Bitrix24', () => {
		it('deletes nothing without Confirm Deletion, and says so', async () => {
			const ids = await world().seed('bitrix24', 2, {});
			const off = toolOf('bitrix24', 'kill');
			const on = toolOf('bitrix24', 'kill', { parameters: { confirmDeletion: true } });
			const call = (tool, id) => [{ tool: world().toolName(tool), args: { IDs: id, confirmDeletion: true } }];
			const refused = (await world().runAgent([off], [call(off, ids[0])])).results[0][0];
			assert.match(JSON.parse(refused)[0].error, /'Confirm Deletion' is off, but Kill deletes workflows/);
			assert.deepEqual(await world().states('bitrix24', ids), ['running', 'running']);
			const killed = (await world().runAgent([on], [call(on, ids[1])])).results[0][0];
			assert.deepEqual(outcomesIn(killed), { [ids[1]]: 'killed' });
			assert.deepEqual(await world().states('bitrix24', ids), ['running', 'killed']);
		});
	});
}

function describeSuspendAndResume(world) {
	it('an agent suspends and resumes an 8x8 workflow, and may say it twice', async () => {
		const { seed, args } = TOOL_SYSTEMS.eightByEight;
		const [id] = await world().seed('eightByEight', 1, seed);
		const tools = { suspend: toolOf('eightByEight', 'suspend'), resume: toolOf('eightByEight', 'resume') };
		const call = (operation) => [{ tool: world().toolName(tools[operation]), args: { IDs: id, ...args } }];
		const { results } = await world().runAgent(Object.values(tools), [
			call('suspend'),
			call('suspend'),
			call('resume'),
		]);
		assert.deepEqual(
			results.map(([result]) => JSON.parse(result)[0].outcome),
			['suspended', 'suspended', 'resumed'],
		);
		assert.equal(JSON.parse(results[1][0])[0].alreadyInState, true);
		assert.deepEqual(await world().states('eightByEight', [id]), ['running']);
	});
}

function describeVendorRefusal(world) {
	it('a system that says no inside HTTP 200 is read as no', async () => {
		const [id] = await world().seed('enosBpm', 1, {});
		await world().control.arm('enosBpm', [
			{
				kind: 'status',
				status: 200,
				method: 'POST',
				path: id,
				body: JSON.stringify({ code: 0, msg: '', data: false }),
				times: 10,
			},
		]);
		const tool = toolOf('enosBpm', 'terminate');
		const call = [{ tool: world().toolName(tool), args: { IDs: id, Reason: 'It is stuck' } }];
		const [[result]] = (await world().runAgent([tool], [call])).results;
		await world().control.reset();
		const { error } = JSON.parse(result)[0];
		assert.match(error, new RegExp(`^Process instance ${id} was not terminated: `));
	});
}

function describeOnError(world) {
	describe('On Error of a tool', () => {
		const ask = async (onError, operation, IDs) => {
			const tool = toolOf('enosBpm', operation, { settings: { onError } });
			const call = [{ tool: world().toolName(tool), args: { IDs, Reason: 'It is stuck' } }];
			return await world().runAgent([tool], [call]);
		};
		const { unknown } = TOOL_SYSTEMS.enosBpm;

		it('Stop Workflow ends the execution with all that was done in the message', async () => {
			const [id] = await world().seed('enosBpm', 1, {});
			const { stoppedBy, results } = await ask('stopWorkflow', 'terminate', `${id},${unknown}`);
			assert.deepEqual(results, []);
			assert.match(stoppedBy, /1 of 2 process instances was not terminated\./);
			assert.ok(stoppedBy.includes(`${id} was terminated`), stoppedBy);
		});

		it('Continue (using error output) keeps everything from the model: a tool has no error output in n8n', async () => {
			const [id] = await world().seed('enosBpm', 1, {});
			const { results } = await ask('continueErrorOutput', 'terminate', id);
			assert.deepEqual(results, [['""']]);
			assert.deepEqual(await world().states('enosBpm', [id]), ['terminated']);
		});

		it('Continue gives the model one entry for each', async () => {
			const [id] = await world().seed('enosBpm', 1, {});
			const [[result]] = (await ask('continueRegularOutput', 'terminate', `${id},${unknown}`)).results;
			const [done, missed] = JSON.parse(result);
			assert.deepEqual([done.id, done.outcome], [id, 'terminated']);
			assert.deepEqual([missed.details.id, missed.details.outcome], [unknown, 'notFound']);
		});
	});
}

/** The outcome of each target, by ID. */
function outcomesIn(result) {
	const entries = JSON.parse(result);
	for (const { error } of entries) assert.equal(error, undefined);
	return Object.fromEntries(entries.map(({ id, outcome }) => [id, outcome]));
}
