/**
 * The demo: a real n8n with this package installed, the sandbox with stuck processes in four systems, and the workflows of
 * examples/ that end them; then the pick lists of the nodes, as the editor opens them. With `--once` it ends by itself, and
 * the exit code is 0 only if everything was as expected; otherwise the editor stays open until Ctrl-C.
 */
import { mkdirSync, rmSync } from 'node:fs';

import { checkBreakingChanges } from './breakingChanges.mjs';
import { differences } from './differences.mjs';
import { callCancelledProject, runNightly } from './firstPart.mjs';
import { installN8n } from './install.mjs';
import { lock } from './lock.mjs';
import { N8n, OWNER } from './n8n.mjs';
import { requireNode } from './node.mjs';
import { buildPackage, installPackage } from './package.mjs';
import { COMMUNITY_NODES, EXAMPLES, LOG, USER_FOLDER } from './paths.mjs';
import { checkPickLists, lackingCredentials } from './pickLists.mjs';
import { requireFreePort, endAll, portFrom } from './processes.mjs';
import { runProgram, printLogTail } from './program.mjs';
import { startSandbox } from './sandbox.mjs';
import { NIGHTLY, SYSTEMS, WEBHOOK } from './scenario.mjs';
import { leaveForTheEditor, playScenes } from './scenes/index.mjs';
import { credentialsFor, setStage, takeSnapshot } from './stage.mjs';
import { counts, table } from './table.mjs';
import { UserError } from './userError.mjs';

const CONTROL_AND_VENDORS = 1 + Object.keys(SYSTEMS).length;
const N8N_LOG = { path: LOG, named: '.demo/n8n.log' };

let release = () => {};
/** Once it is open, Ctrl-C is the usual end. */
let editorIsOpen = false;
/** Whether n8n's log can help to explain a failure. */
let n8nTookPart = false;
await runProgram(main, {
	log: () => (n8nTookPart ? N8N_LOG : undefined),
	isUsualEnd: () => editorIsOpen,
	close: async () => {
		if (editorIsOpen) console.log('\nEnding n8n and the sandbox ...');
		await endAll();
		release();
	},
});

async function main() {
	const options = readOptions();
	requireNode('npm run demo');
	release = lock();
	await requireFreePort({ port: options.port, setting: 'N8N_PORT' });
	await requireSandboxPorts(options.sandboxPort);
	await installN8n();
	await buildPackage();

	if (!options.keep) for (const path of [USER_FOLDER, LOG]) rmSync(path, { recursive: true, force: true });
	mkdirSync(COMMUNITY_NODES, { recursive: true });
	console.log(
		options.keep
			? "n8n's data in .demo/ is kept from the last run."
			: 'n8n starts with fresh data in .demo/ (DEMO_KEEP=1 keeps what was there).',
	);
	const { name, version } = await installPackage();
	console.log(`${name} ${version} is packed and installed as a community package.`);

	const sandbox = await startSandbox({ port: options.sandboxPort });
	const n8n = new N8n({ port: options.port });
	n8nTookPart = true;
	const found = await Promise.race([playAll(n8n, sandbox, options), endOf(sandbox.child, 'The sandbox')]);
	if (options.once) return conclude(found);
	invite(n8n, sandbox);
	editorIsOpen = true;
	return await Promise.race([endOf(sandbox.child, 'The sandbox'), endOf(n8n.process, 'n8n')]);
}

/** Plays everything that the demo shows, one after the other. Returns all differences from what is expected. */
async function playAll(n8n, sandbox, options) {
	const seen = await play(n8n, sandbox, options);
	show(seen.rows);
	const found = differences(seen);
	report(found, 'The four systems agree: what should have ended has, and nothing else was touched.');

	const stage = { n8n, control: sandbox.control };
	const say = (line) => console.log(`- ${line}`);
	console.log('\nThe other examples, each with systems of its own:');
	const inScenes = await playScenes(stage, say);
	report(inScenes, 'They all did what they should, and touched nothing else.');

	console.log('\nThe lists to pick from, as the editor opens them:');
	const inLists = await checkPickLists(stage, say);
	report(inLists, 'They show what there is, and say what is missing where the credential lacks the right.');

	console.log("\nThe examples in n8n 3, by n8n's own rules of breaking changes:");
	const inRules = await checkBreakingChanges(n8n);
	say(inRules.line);
	report(inRules.found, 'They can stay as they are.');

	// With `--once` nobody opens the editor, but this has to work all the same.
	await setStage(sandbox.control, {});
	await leaveForTheEditor(stage);
	return [...found, ...inScenes, ...inLists, ...inRules.found];
}

/** Sets the stage, runs the first two examples, and looks at the systems before and after. */
async function play(n8n, { control }, { extraFaults }) {
	await setStage(control, extraFaults);
	console.log('The sandbox runs, with stuck processes in all four systems.');
	console.log('n8n: importing credentials and examples ...');
	await n8n.importCredentials(await allCredentials(control));
	await n8n.command('import:workflow', '--separate', `--input=${EXAMPLES}`);
	console.log('n8n: starting ...');
	await n8n.start();
	await n8n.signIn();

	const before = await takeSnapshot(control);
	console.log(`n8n: running "${NIGHTLY.name}" ...`);
	const nightly = await runNightly(n8n);
	console.log(`n8n: calling the webhook of "${WEBHOOK.name}" ...`);
	const { status, answer } = await callCancelledProject(n8n);
	return {
		rows: [...nightly.rows, ...answer.outcomes],
		stoppedAt: nightly.stoppedAt,
		webhookStatus: status,
		before,
		after: await takeSnapshot(control),
	};
}

async function allCredentials(control) {
	return [...(await credentialsFor(control)), ...(await lackingCredentials(control))];
}

function show(rows) {
	const cells = rows.map(({ system, id, outcome, message }) => [system, id, outcome, message]);
	const width = process.stdout.isTTY ? process.stdout.columns : undefined;
	console.log(`\n${table(['System', 'ID', 'Outcome', 'Message'], cells, width)}\n`);
	console.log(`${rows.length} outcomes: ${counts(rows)}`);
}

function report(found, otherwise) {
	if (found.length === 0) {
		console.log(otherwise);
		return;
	}
	console.log(`\n${found.length} differences from what should be:`);
	for (const difference of found) console.log(`- ${difference}`);
}

function conclude(found) {
	if (found.length === 0) return 0;
	printLogTail(N8N_LOG);
	return 1;
}

function invite(n8n, sandbox) {
	console.log(`
The editor is open:  ${n8n.url}
  e-mail             ${OWNER.email}
  password           ${OWNER.password}
The sandbox:         ${sandbox.url}
n8n's log:           .demo/n8n.log

Ctrl-C ends both.`);
}

function readOptions() {
	const unknown = process.argv.slice(2).filter((argument) => argument !== '--once');
	if (unknown.length > 0) {
		throw new UserError(`Unknown argument ${unknown.join(' ')}. There is one: npm run demo -- --once`);
	}
	return {
		once: process.argv.includes('--once'),
		keep: process.env['DEMO_KEEP'] === '1',
		port: portFrom('N8N_PORT', 5678),
		sandboxPort: portFrom('SANDBOX_PORT', 0),
		extraFaults: readFaults(process.env['DEMO_FAULTS']),
	};
}

function readFaults(text) {
	if (!text) return {};
	try {
		return JSON.parse(text);
	} catch {
		throw new UserError('DEMO_FAULTS is not JSON, such as {"bitrix24":[{"kind":"reset"}]}');
	}
}

async function requireSandboxPorts(first) {
	if (first === 0) return;
	for (let port = first; port < first + CONTROL_AND_VENDORS; port += 1) {
		await requireFreePort({ port, setting: 'SANDBOX_PORT' });
	}
}

/** Rejects when a program that should keep running ends. */
async function endOf(child, name) {
	return await new Promise((_resolve, reject) => {
		const fail = () => reject(new UserError(`${name} has ended by itself.`));
		if (child.exitCode !== null || child.signalCode !== null) fail();
		else child.once('exit', fail);
	});
}
