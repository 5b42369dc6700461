import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { installN8n } from '../../../demo/install.mjs';
import { buildPackage } from '../../../demo/package.mjs';
import { ROOT } from '../../../demo/paths.mjs';
import { run } from '../../../demo/processes.mjs';
import { PACKAGE } from '../../../demo/workflow.mjs';
import { filesBelow } from '../../../scripts/packages/source.ts';
import { scanProject } from '../../../scripts/scanner.mjs';
import { Checked, GUIDELINES } from './guidelines.mjs';
import { buildProjects } from './projects.mjs';

const CORE = 'nodes/core';

/** The credentials' tests, and those of a command's outcomes. */
const ENGINE_TESTS = 'credential|outcomes';

// The guidelines compare with n8n's own nodes.
await installN8n();
await buildPackage();
const projects = await buildProjects();

for (const [index, project] of projects.entries()) {
	const { name, home, system } = project;

	describe(`the project ${name}`, () => {
		test('has the core of the bundle, byte for byte', () => {
			const there = filesBelow(join(ROOT, CORE), '');
			assert.deepEqual(filesBelow(join(home, CORE), ''), there);
			const differing = there.filter((path) => !isSame(join(home, CORE, path), join(ROOT, CORE, path)));
			assert.deepEqual(differing, []);
		});

		test('is built to what the bundle is built to, but for its name', () => {
			const built = filesBelow(join(home, 'dist'), '');
			const differing = built.filter(
				(path) => builtText(home, path).replaceAll(name, PACKAGE) !== builtText(ROOT, path),
			);
			assert.deepEqual(differing, []);
			const ours = filesBelow(join(ROOT, 'dist'), '').filter(
				(path) => path.startsWith(`${CORE}/`) || path.startsWith(`nodes/${system.folder}/`),
			);
			assert.deepEqual(
				ours.filter((path) => !built.includes(path)),
				[],
			);
		});

		test("passes both legs of n8n's scan without an error or a warning", async () => {
			const legs = await scanProject(home);
			assert.deepEqual(
				legs.map(({ name, findings }) => [name, findings]),
				[
					['source', []],
					['tarball', []],
				],
			);
			assert.ok(legs.every(({ isClean }) => isClean));
		});

		const checked = new Checked(project);
		for (const { sentence, against } of GUIDELINES) {
			test(`n8n's guidelines: ${sentence}`, () => assert.deepEqual(against(checked), []));
		}

		test('passes its own tests', async (context) => {
			// Those of the core are the same in every project.
			const folders = [`test/nodes/${system.folder}`, ...(index === 0 ? ['test/nodes/core'] : [])];
			const pure = await jest(home, ['--config', 'jest.unit.config.js', ...folders]);
			assert.equal(pure.code, 0, pure.output);
			// On n8n's engine, against the emulator: a part that shows that they run.
			const engine = await jest(home, ['test/credentials', `${system.folder}.legacy`, '-t', ENGINE_TESTS]);
			assert.equal(engine.code, 0, engine.output);
			for (const { output } of [pure, engine]) {
				const counts = /^Tests: .+$/m.exec(output)?.[0] ?? '';
				// Jest is content if it skips all tests because none has such a name.
				assert.match(counts, /\d passed/, output);
				context.diagnostic(counts);
			}
		});
	});
}

async function jest(home, args) {
	const program = join(home, 'node_modules', 'jest', 'bin', 'jest.js');
	const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', program, '-w', '2'];
	return await run(process.execPath, [...options, ...args], { cwd: home });
}

/** A built file; the compiler writes a codex file with other spaces than it was written with. */
function builtText(root, path) {
	const text = readFileSync(join(root, 'dist', path), 'utf8');
	return path.endsWith('.json') ? JSON.stringify(JSON.parse(text)) : text;
}

function isSame(one, other) {
	return readFileSync(one).equals(readFileSync(other));
}
