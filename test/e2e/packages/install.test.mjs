import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { buildPackage, packPackage } from '../../../demo/package.mjs';
import { ROOT } from '../../../demo/paths.mjs';
import { npm } from '../../../demo/processes.mjs';
import { inRow, ours, PACKAGE, START } from '../../../demo/workflow.mjs';
import { openInstallWorld } from '../packed/installWorld.mjs';
import { TRIALS } from '../versions/trials.mjs';
import { buildProjects } from './projects.mjs';

const DRY_RUN = 'Preview by the bundle';
const TERMINATE = 'End by the package';

/** The packages in one n8n: all but the last by n8n's installer, the last one and the bundle by hand. */
describe('n8n runs the packages beside the bundle', () => {
	let close;
	let why;
	let nodes;
	let registry;
	let world;
	let n8n;
	let projects;
	let byHand;
	let tarballOf;

	before(async () => {
		await buildPackage();
		projects = await buildProjects();
		byHand = projects.at(-1);
		const publish = async (folder) => {
			const packed = await Promise.all(
				[ROOT, ...projects.map(({ home }) => home)].map(async (root) => ({
					manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
					...(await packPackage(folder, root)),
				})),
			);
			tarballOf = (wanted) => packed.find(({ name }) => name === wanted).tarball;
			return packed;
		};
		const command = 'npm run e2e:packages';
		({ world, registry, nodes, why, close } = await openInstallWorld({
			name: 'packages-n8n',
			command,
			publish,
		}));
		n8n = world.n8n;
	});

	after(async () => await close?.());

	const install = async (name) => await n8n.rest('POST', '/rest/community-packages', { name });

	test("n8n's installer takes the packages", async () => {
		for (const { name } of projects.filter((project) => project !== byHand)) {
			const answer = await install(name);
			const text = await answer.text();
			assert.equal(answer.status, 200, why(`n8n refused to install ${name}: ${text}`));
		}
	});

	// docs/publishing.md and the READMEs say so. n8n keeps one package for each name that a node has in the editor.
	test("n8n's installer refuses the bundle beside them", async () => {
		const answer = await install(PACKAGE);
		assert.equal(answer.status, 500);
		assert.match(await answer.text(), /Failed to save installed package/);
	});

	test('the commands in the README install a package by hand, and the bundle too', async () => {
		const gone = once(n8n.process, 'exit');
		n8n.process.kill('SIGTERM');
		await gone;
		const readme = readFileSync(join(byHand.home, 'README.md'), 'utf8');
		const command = /^npm install (.+) \.\/(.+\.tgz)$/m.exec(readme);
		assert.ok(command, 'The README does not say how');
		const tarball = tarballOf(byHand.name);
		assert.ok(tarball.endsWith(`/${command[2]}`), `The README calls it ${command[2]}`);
		const { code, output } = await npm(['install', ...command[1].split(' '), tarball, tarballOf(PACKAGE)], {
			cwd: nodes,
			env: { ...process.env, ...registry.settings },
		});
		assert.equal(code, 0, output);
		assert.equal(existsSync(join(nodes, 'node_modules', 'n8n-workflow')), false, 'n8n lends its own');
		await n8n.start();
		await n8n.signIn();
	});

	test('all nodes are there', async () => {
		const types = await (await n8n.rest('GET', '/types/nodes.json')).json();
		const there = new Set(types.map(({ name }) => name));
		for (const { name, system } of projects) {
			assert.ok(there.has(`${name}.${system.node}`), why(`${name}.${system.node} is not in the list`));
			assert.ok(
				there.has(`${PACKAGE}.${system.node}`),
				why(`The bundle's ${system.node} is not in the list`),
			);
		}
	});

	test('each ends a process that the node of the bundle has looked at', async () => {
		for (const { name, system } of projects) {
			const { idParameter, running, ...trial } = TRIALS[system.node];
			const [{ id }] = trial.targets;
			await world.sandbox.control.seed(system.node, 1, { ids: [id], ...running });
			const parameters = {
				resource: trial.resource,
				operation: 'terminate',
				...trial.parameters,
				[idParameter]: id,
			};
			const preview = ours({
				system: system.node,
				name: DRY_RUN,
				parameters: { ...parameters, options: { dryRun: true } },
			});
			const end = {
				...ours({ system: system.node, name: TERMINATE, parameters }),
				type: `${name}.${system.node}`,
			};
			const workflow = { name, settings: {}, ...inRow([START, preview, end]) };
			const { id: workflowId } = await n8n.json('POST', '/rest/workflows', workflow);
			const { itemsOf, message } = await n8n.runToTheEnd({ id: workflowId, name, trigger: START.name });
			assert.equal(message, undefined, why(`${name} stopped`));
			assert.deepEqual(
				[DRY_RUN, TERMINATE].map((node) => itemsOf(node).map(({ outcome }) => outcome)),
				[['dryRun'], ['terminated']],
				why(name),
			);
			const instances = await world.sandbox.control.instances(system.node);
			assert.equal(instances[id]?.state, 'terminated', `${id} of ${system.system}`);
		}
	});
});
