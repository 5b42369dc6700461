import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { differences } from '../../../demo/differences.mjs';
import { callCancelledProject, runNightly } from '../../../demo/firstPart.mjs';
import { buildPackage, packPackage } from '../../../demo/package.mjs';
import { EXAMPLES } from '../../../demo/paths.mjs';
import { takeSnapshot, setStage } from '../../../demo/stage.mjs';
import { inRow, locator, ours, PACKAGE, START } from '../../../demo/workflow.mjs';
import vendors from '../../../scripts/vendors.cjs';
import { openInstallWorld } from './installWorld.mjs';

const NODES = vendors.VENDORS.map(({ name }) => name).sort();

/** Installs as a user does, in Settings > Community nodes, in an n8n outside of this checkout. */
describe('n8n installs the package from the registry', () => {
	let close;
	let why;
	let registry;
	let world;
	let n8n;
	let manifest;
	let installed;

	before(async () => {
		await buildPackage();
		manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
		const publish = async (folder) => [{ manifest, tarball: (await packPackage(folder)).tarball }];
		const opened = await openInstallWorld({ name: 'packed', command: 'npm run e2e:packed', publish });
		({ world, registry, why, close } = opened);
		n8n = world.n8n;
		installed = join(opened.nodes, 'node_modules', PACKAGE);
		await setStage(world.sandbox.control, {});
	});

	after(async () => await close?.());

	/** Our nodes in the list that the editor loads. */
	const nodeTypes = async () => {
		const types = await (await n8n.rest('GET', '/types/nodes.json')).json();
		return types.filter(({ name }) => name.startsWith(`${PACKAGE}.`)).map(({ name }) => name);
	};

	test('a fresh n8n does not know it', async () => {
		assert.deepEqual(await nodeTypes(), []);
		assert.equal(existsSync(installed), false);
	});

	test('the installer takes it and loads its nodes', async () => {
		const answer = await n8n.rest('POST', '/rest/community-packages', { name: PACKAGE });
		const text = await answer.text();
		assert.equal(answer.status, 200, why(`n8n refused to install it: ${text}`));
		const { packageName, installedVersion, installedNodes } = JSON.parse(text).data;
		assert.equal(packageName, PACKAGE);
		assert.equal(installedVersion, manifest.version);
		assert.deepEqual(
			installedNodes.map(({ type }) => type).sort(),
			NODES.map((node) => `${PACKAGE}.${node}`),
		);
	});

	test('it came over the network, by npm, as a file', () => {
		const files = registry.requests.filter(({ path }) => path.endsWith('.tgz'));
		assert.equal(files.length, 1, `The registry gave the file ${files.length} times`);
		assert.match(files[0].agent, /^npm\//);
		assert.deepEqual(
			[...registry.refused].filter((host) => !host.endsWith('.n8n.io:443')),
			[],
			'somebody wanted to reach another host',
		);
	});

	test('nothing came with it', () => {
		const ledger = JSON.parse(readFileSync(join(installed, '..', '..', 'package.json'), 'utf8'));
		assert.deepEqual(ledger.dependencies, { [PACKAGE]: manifest.version });
		const beside = readdirSync(join(installed, '..')).filter((name) => !name.startsWith('.'));
		assert.deepEqual(beside, [PACKAGE], 'n8n lends its own n8n-workflow, so none may be here');
		assert.equal(existsSync(join(installed, 'node_modules')), false);
	});

	test('the editor gets nodes, credential types, icons and output schemas', async () => {
		const types = await nodeTypes();
		for (const node of NODES)
			assert.ok(types.includes(`${PACKAGE}.${node}`), why(`${node} is not in the list`));
		const credentials = await (await n8n.rest('GET', '/types/credentials.json')).json();
		const ours = credentials.filter(({ supportedNodes = [] }) =>
			supportedNodes.some((name) => name.startsWith(`${PACKAGE}.`)),
		);
		assert.equal(ours.length, manifest.n8n.credentials.length, ours.map(({ name }) => name).join(', '));

		const all = await (await n8n.rest('GET', '/types/nodes.json')).json();
		const icons = all
			.filter(({ name }) => types.includes(name))
			.flatMap(({ iconUrl }) => (typeof iconUrl === 'string' ? [iconUrl] : Object.values(iconUrl)));
		assert.ok(icons.length >= 2 * NODES.length);
		for (const icon of icons) {
			const answer = await n8n.rest('GET', `/${icon}`);
			assert.equal(answer.status, 200, why(`The icon ${icon} is not served`));
			assert.match(await answer.text(), /<svg/);
		}

		const schema = await n8n.rest('GET', `/schemas/${PACKAGE}.bitrix24/1.0.0/workflow/terminate.json`);
		assert.equal(schema.status, 200, why('The output schema is not served'));
		assert.ok('outcome' in (await schema.json()).properties);
	});

	test('it is listed under Settings > Community nodes', async () => {
		const packages = await n8n.json('GET', '/rest/community-packages');
		assert.deepEqual(
			packages.map(({ packageName, failedLoading }) => ({
				packageName,
				failedLoading: failedLoading ?? false,
			})),
			[{ packageName: PACKAGE, failedLoading: false }],
		);
	});

	test('after a restart the examples run from it, and the four systems agree', async () => {
		const gone = once(n8n.process, 'exit');
		n8n.process.kill('SIGTERM');
		await gone;
		await n8n.command('import:workflow', '--separate', `--input=${EXAMPLES}`);
		await n8n.start();
		await n8n.signIn();

		const { control } = world.sandbox;
		const before = await takeSnapshot(control);
		const { rows, stoppedAt } = await runNightly(n8n);
		const { status, answer } = await callCancelledProject(n8n);
		const found = differences({
			rows: [...rows, ...answer.outcomes],
			stoppedAt,
			webhookStatus: status,
			before,
			after: await takeSnapshot(control),
		});
		assert.deepEqual(found, [], why('What was reported or done differs'));
	});

	test('on Stop the node fails once, and message, description and all outcomes are kept', async () => {
		const { id } = await n8n.json('POST', '/rest/workflows', stoppingWorkflow());
		const { status, resultData } = await n8n.ended(await n8n.launch({ id, trigger: START.name }));
		assert.equal(status, 'error', why('The execution did not fail'));
		const { error } = resultData;
		assert.match(error.message, /^2 of 2 workflows were not terminated/, why('The message is another one'));
		assert.match(error.description, /60dbe777fe55d99fc083dbf1/);
		assert.equal(error.name, 'NodeApiError');
		assert.equal(error.context.data.outcomes.length, 2, JSON.stringify(error.context));
	});

	test('it can be uninstalled again', async () => {
		const answer = await n8n.rest('DELETE', `/rest/community-packages?name=${PACKAGE}`);
		assert.equal(answer.status, 200, why(`n8n refused to uninstall it: ${await answer.text()}`));
		assert.deepEqual(await nodeTypes(), []);
		assert.equal(existsSync(installed), false);
	});

	/** Terminates two workflows that 8x8 does not know, in Stop mode. */
	function stoppingWorkflow() {
		const terminate = ours({
			system: 'eightByEight',
			name: 'Terminate',
			parameters: {
				definitionId: locator('id', '5870442f-3ddd-4657-b74c-6e17308f5230'),
				workflowId: '60dbe777fe55d99fc083dbf1, 60dbe777fe55d99fc083dbf2',
			},
		});
		return { name: 'Stops', settings: {}, ...inRow([START, terminate]) };
	}
});
