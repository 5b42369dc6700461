import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';

import { differences } from '../../../demo/differences.mjs';
import { withSettings } from '../../../demo/examples.mjs';
import { EXAMPLES } from '../../../demo/paths.mjs';
import { LACKING, lackingCredentials } from '../../../demo/pickLists.mjs';
import { NIGHTLY, SEED_DEFAULTS, SYSTEMS } from '../../../demo/scenario.mjs';
import { credentialsFor, takeSnapshot, setStage } from '../../../demo/stage.mjs';
import { PACKAGE } from '../../../demo/workflow.mjs';
import { openWorld } from '../../../demo/world.mjs';
import vendors from '../../../scripts/vendors.cjs';
import { importAndRun, testCredential } from './rest.mjs';
import { TRIALS } from './trials.mjs';
import { NODE, TRIGGER, workflowFor } from './workflows.mjs';

/** The messages that n8n logs if it cannot load a package or one of its nodes. */
const NOT_LOADED =
	/Class could not be found|Error loading|could not be loaded|Skipp\w+ .*n8n-nodes-terminate/i;

/** The n8n under test, which main.mjs passes on. @type {import('./catalogue.mjs').N8nVersion & import('./install.mjs').Home} */
const under = JSON.parse(process.env['N8N_UNDER_TEST'] ?? '{}');

describe(`n8n ${under.version}`, () => {
	let world;
	let n8n;
	let control;
	let secrets;

	before(async () => {
		assert.ok(under.home, 'Start it with: npm run e2e:versions');
		world = await openWorld({
			name: join('versions', under.name, 'state'),
			command: 'npm run e2e:versions',
			home: under.home,
			node: under.node,
			settings: under.settings,
		});
		({ n8n } = world);
		({ control } = world.sandbox);
		secrets = await control.vendors();
		await world.n8n.importCredentials([
			...(await credentialsFor(control)),
			...(await lackingCredentials(control)),
		]);
		await n8n.start();
		await n8n.signIn();
	});

	after(async () => await world?.close());

	beforeEach(async () => await control.reset());

	const why = (what) => `${what}. n8n's log: ${world.log}`;

	test('is the version that is meant, and loads the package', async () => {
		const { version } = JSON.parse(
			readFileSync(join(under.home, 'node_modules', 'n8n', 'package.json'), 'utf8'),
		);
		assert.equal(version, under.version);
		const log = readFileSync(world.log, 'utf8');
		assert.match(log, new RegExp(`Version: ${version.replaceAll('.', '\\.')}`));
		assert.deepEqual(
			log.split('\n').filter((line) => NOT_LOADED.test(line)),
			[],
			why('n8n could not load everything'),
		);
		const nodes = await (await n8n.rest('GET', '/types/nodes.json')).json();
		const names = nodes.map(({ name }) => name);
		for (const { name: vendor } of vendors.VENDORS) {
			assert.ok(names.includes(`${PACKAGE}.${vendor}`), why(`The node ${vendor} is not there`));
			assert.ok(names.includes(`${PACKAGE}.${vendor}Tool`), why(`${vendor} is not there as a tool`));
		}
		const types = (await (await n8n.rest('GET', '/types/credentials.json')).json()).map(({ name }) => name);
		for (const type of vendors.CREDENTIAL_TYPES)
			assert.ok(types.includes(type), why(`The credential ${type} is not there`));
	});

	for (const [vendor, trial] of Object.entries(TRIALS)) {
		const { credential } = SYSTEMS[vendor];

		test(`${vendor}: the credential's test tells right from wrong`, async () => {
			const { credentials } = secrets[vendor];
			const right = await testCredential(n8n, credential, credentials[credential.type]);
			assert.equal(right.status, 'OK', why(right.message));
			const wrong = await testCredential(n8n, credential, credentials[trial.wrong]);
			assert.equal(wrong.status, 'Error', why('A wrong secret passed the test'));
			assert.ok(wrong.message.length > 10, `The message is "${wrong.message}"`);
		});

		test(`${vendor}: Terminate ends what runs, and what fails goes to the error output`, async () => {
			await seed(
				vendor,
				trial.targets.filter((target) => target.seed),
			);
			await control.forgetRequests(vendor);
			const before = await control.instances(vendor);
			const run = await importAndRun(
				n8n,
				workflowFor(vendor, {
					operation: 'terminate',
					parameters: { [trial.idParameter]: '={{ $json.target }}' },
					items: trial.targets.map(({ id }, index) => ({ target: id, row: index })),
					onError: 'continueErrorOutput',
				}),
				TRIGGER,
			);
			assert.equal(run.status, 'success', why(run.error?.message));

			const reported = run
				.items(NODE)
				.map(({ json, pairedItem }) => [json.id, json.outcome, indexOf(pairedItem)]);
			const wanted = trial.targets.flatMap(({ id, outcome, fails }, index) =>
				fails ? [] : [[id, outcome, index]],
			);
			assert.deepEqual(reported, wanted, why('The success output differs'));

			const failed = run.items(NODE, 1).map(({ json }) => [json.row, json.details?.outcome]);
			const failing = trial.targets.flatMap(({ outcome, fails }, index) =>
				fails ? [[index, under.withoutDetails ? undefined : outcome]] : [],
			);
			assert.deepEqual(failed, failing, why('The error output differs'));
			for (const { json } of run.items(NODE, 1)) assert.ok(json.message.length > 10, JSON.stringify(json));

			const after = await control.instances(vendor);
			for (const { id, seed: given, outcome } of trial.targets.filter((target) => target.seed)) {
				if (outcome === 'terminated')
					assert.equal(after[id].state, 'terminated', `${id} still is ${after[id].state}`);
				else assert.deepEqual(after[id], before[id], `${id} was touched (seeded ${JSON.stringify(given)})`);
			}
		});

		test(`${vendor}: Failed Targets: Return as Items gives one row for each target, and the run a summary`, async () => {
			const { targets } = trial;
			await seed(
				vendor,
				targets.filter((target) => target.seed),
			);
			const run = await terminate(vendor, { failedTargets: 'return' });
			const rows = run.items(NODE).map(({ json, pairedItem }) => ({ ...json, item: indexOf(pairedItem) }));
			assert.deepEqual(
				rows.map(({ ok, outcome, item }) => [ok, outcome, item]),
				targets.map(({ outcome, fails }, index) => [fails !== true, outcome, index]),
				why('The output differs'),
			);
			for (const row of rows) assert.equal(typeof row.hint, row.ok ? 'undefined' : 'string', row.message);
			const [summary] = run.hints(NODE);
			assert.match(summary?.message, /^4 .+: 2 terminated, 1 /, why('The summary differs'));
		});

		test(`${vendor}: one target more than Expected Targets, and nothing is sent`, async () => {
			const seeded = trial.targets.filter((target) => target.seed);
			await seed(vendor, seeded);
			const before = await control.instances(vendor);
			await control.forgetRequests(vendor);
			const expectedTargets = seeded.length - 1;
			const run = await terminate(vendor, { failedTargets: 'return', expectedTargets }, seeded);
			const rows = run.items(NODE).map(({ json }) => json);
			assert.deepEqual(
				rows.map(({ id, ok, outcome }) => [id, ok, outcome]),
				seeded.map(({ id }) => [id, false, 'notSent']),
			);
			const both = new RegExp(`contains ${seeded.length} .+ 'Expected Targets' is set to ${expectedTargets}`);
			for (const { message } of rows) assert.match(message, both);
			assert.deepEqual(await control.requests(vendor), []);
			assert.deepEqual(await control.instances(vendor), before);
		});

		test(`${vendor}: a dry run has the states and the requests, and changes nothing`, async () => {
			// Whether a system says beforehand that it would refuse differs.
			const targets = trial.targets.filter(({ outcome }) => outcome !== 'failed');
			await seed(
				vendor,
				targets.filter((target) => target.seed),
			);
			const before = await control.instances(vendor);
			const run = await terminate(vendor, { failedTargets: 'return', dryRun: true }, targets);
			const rows = run.items(NODE).map(({ json }) => json);
			assert.deepEqual(
				rows.map(({ ok, outcome }) => [ok, outcome]),
				targets.map(({ outcome, fails }) => (fails ? [false, outcome] : [true, 'dryRun'])),
				why('The output differs'),
			);
			const running = rows.filter((_, index) => targets[index].outcome === 'terminated');
			for (const row of running) {
				assert.equal(row.currentState, trial.currentState ?? 'running');
				assert.equal(Object.keys(row).at(-1), 'request');
			}
			assert.deepEqual(await control.instances(vendor), before);
		});

		test(`${vendor}: Get reads what is there, and what is not goes to the error output`, async () => {
			const [there, , , absent] = trial.targets;
			await seed(vendor, [{ id: there.id, seed: trial.running }]);
			const field = trial.idParameter.replace(/s$/, '');
			const run = await importAndRun(
				n8n,
				workflowFor(vendor, {
					operation: 'get',
					parameters: { [field]: '={{ $json.target }}', simplify: true },
					items: [there, absent].map(({ id }) => ({ target: id })),
					onError: 'continueErrorOutput',
				}),
				TRIGGER,
			);
			assert.equal(run.status, 'success', why(run.error?.message));
			assert.deepEqual(
				run.items(NODE).map(({ json }) => json.id),
				[there.id],
			);
			const [missed, ...others] = run.items(NODE, 1).map(({ json }) => json);
			assert.deepEqual(others, []);
			assert.equal(missed.target, absent.id);
			assert.ok(missed.message.includes(absent.id), missed.message);
		});

		test(`${vendor}: Get Many lists what runs`, async () => {
			const running = trial.targets
				.filter((target) => target.seed)
				.map(({ id }) => ({ id, seed: trial.running }));
			await seed(vendor, running);
			const run = await importAndRun(
				n8n,
				workflowFor(vendor, {
					operation: 'getAll',
					parameters: { returnAll: true, simplify: true, filters: {} },
				}),
				TRIGGER,
			);
			assert.equal(run.status, 'success', why(run.error?.message));
			const rows = run.items(NODE).map(({ json }) => json);
			assert.deepEqual(
				rows.map(({ id }) => id).sort(),
				running.map(({ id }) => id).sort(),
				why('The list differs'),
			);
			// A user can drag the row into the command, so the row needs an ID field with the name of the command's parameter.
			const field = trial.idParameter.replace(/s$/, '');
			for (const row of rows) assert.equal(row[field], row.id);
		});
	}

	test('on Stop the node fails once, after it has ended what it could', async () => {
		const { targets, idParameter } = TRIALS.eightByEight;
		await seed(
			'eightByEight',
			targets.filter((target) => target.seed),
		);
		const run = await importAndRun(
			n8n,
			workflowFor('eightByEight', {
				operation: 'terminate',
				parameters: { [idParameter]: '={{ $json.target }}' },
				items: targets.map(({ id }) => ({ target: id })),
			}),
			TRIGGER,
		);
		assert.equal(run.status, 'error');
		assert.match(run.error.message, /^1 of 4 workflows was not terminated/, why('The message differs'));
		assert.match(run.error.description, /63dbe307fe55d99fc083db03/);
		const after = await control.instances('eightByEight');
		assert.equal(
			after['63dbe307fe55d99fc083db04'].state,
			'terminated',
			'What came after the failure did not end',
		);
	});

	test('a credential without the right is refused in words, and in terms of n8n where it has them', async () => {
		const [{ id }] = TRIALS.eightByEight.targets;
		await seed('eightByEight', [{ id, seed: { state: 'Runnable' } }]);
		const run = await importAndRun(
			n8n,
			workflowFor('eightByEight', {
				operation: 'terminate',
				parameters: { workflowId: id },
				credential: LACKING.eightByEight,
			}),
			TRIGGER,
		);
		assert.equal(run.status, 'error');
		assert.match(run.error.message, /was not terminated: the API key has no access to this account/);
		const expected = under.withoutFailure ? undefined : { cause: 'configuration-invalid' };
		assert.deepEqual(run.error.failure, expected);
	});

	test('all items are handed over at once: two Bitrix24 workflows travel in one request', async () => {
		const ids = ['67e412fd100011.36338717', '67e412fd100012.36338717'];
		await seed(
			'bitrix24',
			ids.map((id) => ({ id, seed: {} })),
		);
		await control.forgetRequests('bitrix24');
		await importAndRun(
			n8n,
			workflowFor('bitrix24', {
				operation: 'terminate',
				parameters: { workflowId: '={{ $json.target }}' },
				items: ids.map((target) => ({ target })),
			}),
			TRIGGER,
		);
		const { length } = await control.requests('bitrix24');
		assert.equal(length, 1, `There were ${length} requests`);
	});

	const skip = under.withoutExamples && 'this version lacks nodes that the examples use';
	test('the example of the nightly cleanup can be imported and runs', { skip }, async () => {
		await setStage(control, {});
		const imported = JSON.parse(readFileSync(join(EXAMPLES, 'nightly-cleanup.json'), 'utf8'));
		const example = withSettings(imported, { terminate: true });
		const before = await takeSnapshot(control);
		const run = await importAndRun(n8n, example, NIGHTLY.trigger);
		const seen = {
			rows: run.items('Report').map(({ json }) => json),
			stoppedAt: run.error?.node?.name,
			webhookStatus: undefined,
			before,
			after: await takeSnapshot(control),
		};
		assert.deepEqual(differences(seen), [], why(`What was reported or done differs (${run.error?.message})`));
	});

	/** Runs Terminate with these options; it has to succeed. */
	async function terminate(vendor, options, targets = TRIALS[vendor].targets) {
		const run = await importAndRun(
			n8n,
			workflowFor(vendor, {
				operation: 'terminate',
				parameters: { [TRIALS[vendor].idParameter]: '={{ $json.target }}', options },
				items: targets.map(({ id }) => ({ target: id })),
			}),
			TRIGGER,
		);
		assert.equal(run.status, 'success', why(run.error?.message));
		return run;
	}

	async function seed(vendor, targets) {
		for (const { id, seed: given } of targets) {
			await control.seed(vendor, 1, { ...SEED_DEFAULTS[vendor], ids: [id], ...given });
		}
	}
});

/** n8n has three formats for the link to an input item. */
function indexOf(pairedItem) {
	const [first] = [pairedItem].flat();
	return typeof first === 'object' ? first?.item : first;
}
