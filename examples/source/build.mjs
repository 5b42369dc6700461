/**
 * Writes the four workflows examples/check-your-system-*.json from their steps (systems/) and the code of their report
 * (report.js): `node examples/source/build.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { bitrix24 } from './systems/bitrix24.mjs';
import { eightByEight } from './systems/eightByEight.mjs';
import { enosBpm } from './systems/enosBpm.mjs';
import { unifier } from './systems/unifier.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {import('./steps.mjs').SystemCheck[]} */
export const CHECKS = [enosBpm, unifier, bitrix24, eightByEight];

/** The text of the Code node in all four. */
export const REPORT_CODE = readFileSync(at('report.js'), 'utf8').trimEnd();

const COLUMN = 240;
const ROW = 192;
/** The lists stand in rows of so many. */
const PER_ROW = 4;
const NOTE_HEIGHT = 320;
/** Between two notes, and from the left edge of a note to that of its first node. */
const GAP = 30;
const MARGIN = 80;

const START = 'Run manually';
const SETTINGS = 'Settings';
const EXPECTATIONS = 'Expected results';
const FILLED_IN = 'Settings filled in?';
const ALL_READ = 'All reads done';
const SWITCHED_ON = 'Terminate on?';
const NOT_FILLED_IN = 'Settings missing';
const SWITCHED_OFF = 'Terminate off';
const REPORT = 'Report';

/** One of the workflows, as n8n imports it. */
export function workflowOf(check) {
	return new Builder(check).workflow();
}

class Builder {
	#check;

	#nodes = [];

	#connections = {};

	#lastId = 0;

	constructor(check) {
		this.#check = check;
	}

	workflow() {
		const { id, system, first, reading, dryRun, ending } = this.#check;
		const rows = inRows(reading);
		const middle = ((rows.length - 1) * ROW) / 2;
		let column = 0;
		const next = () => [column++ * COLUMN, middle];

		this.#add(START, 'manualTrigger', 1, {}, next());
		this.#add(SETTINGS, 'set', 3.4, this.#settings(), next());
		this.#add(EXPECTATIONS, 'set', 3.4, this.#expectations(), next());
		const filledIn = column;
		this.#add(FILLED_IN, 'if', 2.3, this.#isFilledIn(), next());
		for (const step of first) this.#addStep(step, next());
		const grid = column;
		for (const [row, steps] of rows.entries()) {
			for (const [index, step] of steps.entries()) {
				this.#addStep(step, [(grid + index) * COLUMN, row * ROW]);
			}
		}
		column = grid + PER_ROW;
		const merge = column;
		this.#add(ALL_READ, 'merge', 3.2, { mode: 'append', numberInputs: rows.length }, next());
		this.#addStep(dryRun, next());
		this.#add(SWITCHED_ON, 'if', 2.3, isOn(), next(), { executeOnce: true });
		const end = column;
		for (const step of ending) this.#addStep(step, next());
		const below = rows.length * ROW;
		this.#add(NOT_FILLED_IN, 'noOp', 1, {}, [(filledIn + 1) * COLUMN, below + ROW]);
		this.#add(SWITCHED_OFF, 'noOp', 1, {}, [end * COLUMN, below]);
		this.#add(REPORT, 'code', 2, { jsCode: REPORT_CODE }, [next()[0], below + ROW / 2]);

		this.#chain([START, SETTINGS, EXPECTATIONS, FILLED_IN, ...first.map(({ node }) => node)]);
		for (const [row, steps] of rows.entries()) {
			this.#chain([first.at(-1).node, ...steps.map(({ node }) => node)]);
			this.#connect(steps.at(-1).node, ALL_READ, { input: row });
		}
		this.#chain([ALL_READ, dryRun.node, SWITCHED_ON, ...ending.map(({ node }) => node), REPORT]);
		for (const [condition, otherwise] of [
			[FILLED_IN, NOT_FILLED_IN],
			[SWITCHED_ON, SWITCHED_OFF],
		]) {
			this.#connect(condition, otherwise, { output: 1 });
			this.#connect(otherwise, REPORT);
		}
		this.#addNotes({ get: grid - 1, merge, last: column });
		return {
			id,
			name: `Check your system: ${system}`,
			nodes: this.#nodes,
			connections: this.#connections,
			active: false,
			settings: { executionOrder: 'v1' },
			pinData: {},
			tags: [],
		};
	}

	#settings() {
		const texts = [...Object.keys(this.#check.ids), 'systemVersion'].map((name) => [name, 'string', '']);
		const assignments = [...texts, ['terminate', 'boolean', false]].map(([name, type, value]) => ({
			id: this.#id(),
			name,
			type,
			value,
		}));
		return { assignments: { assignments }, options: {} };
	}

	/** What the report compares with. */
	#expectations() {
		const { system, ids, added, first, reading, dryRun, ending } = this.#check;
		const steps = [...first, ...reading, dryRun, ...ending].flatMap(({ node, parameters, checks }) =>
			checks.map((check) => ({
				node,
				...check,
				...(check.lists !== undefined && { limit: parameters.limit }),
			})),
		);
		const jsonOutput = JSON.stringify({ system, ids, added, steps }, null, 1);
		return { mode: 'raw', jsonOutput, options: {} };
	}

	#isFilledIn() {
		const names = Object.entries(this.#check.ids).filter(([, { required }]) => required);
		return conditions(
			names.map(([name]) => ({
				id: this.#id(),
				leftValue: `={{ String($('${SETTINGS}').first().json.${name} ?? '').trim() }}`,
				rightValue: '',
				operator: { type: 'string', operation: 'notEmpty', singleValue: true },
			})),
		);
	}

	#addStep({ node, parameters }, position) {
		const { type, resource, credential, common = {} } = this.#check;
		this.#nodes.push({
			parameters: { ...common, resource, ...parameters },
			id: this.#id(),
			name: node,
			type: `n8n-nodes-terminate.${type}`,
			typeVersion: 1,
			position,
			// Every step runs, once, whatever became of the one before.
			executeOnce: true,
			alwaysOutputData: true,
			onError: 'continueRegularOutput',
			credentials: credential,
		});
	}

	#add(name, type, typeVersion, parameters, position, more = {}) {
		this.#nodes.push({
			parameters,
			id: this.#id(),
			name,
			type: `n8n-nodes-base.${type}`,
			typeVersion,
			position,
			...more,
		});
	}

	#addNotes({ get, merge, last }) {
		const { system, ids } = this.#check;
		const names = Object.keys(ids).map((name) => `\`${name}\``);
		const note = (name, content, { from, to, color }) => {
			const width = (to - from) * COLUMN - GAP;
			const position = [from * COLUMN - MARGIN, -NOTE_HEIGHT - 100];
			const parameters = { content, height: NOTE_HEIGHT, width, color };
			this.#add(`Note: ${name}`, 'stickyNote', 1, parameters, position);
		};
		note(
			'what it does',
			`## Does it work on my ${system}?\nIt tries each operation on **one throwaway process** and compares the results with the documentation.\n\nThe last node returns a report without IDs, names and addresses.`,
			{ from: 0, to: 2, color: 7 },
		);
		note(
			'settings',
			`## Settings\n1. **Select your credential** in the nodes of ${system}.\n2. Start a process that nobody needs, and fill in ${names.join(', ')}.\n3. Run this n8n workflow: it only reads.\n4. Set \`terminate\` to true and run it again: **the process ends for good.**\n\n\`systemVersion\` is included in the report; you can leave it empty.`,
			{ from: 2, to: get, color: 4 },
		);
		note(
			'read',
			'## Read\nGet, and a list for each filter, with the values of the process itself. Every step runs, even if the previous one failed.\n\nThe nodes leave out rows that a filter excludes, so the report does not show whether the system ignores a filter: **the node of that list shows a warning.** Add the warning to the report.',
			{ from: get, to: merge + 1, color: 7 },
		);
		note(
			'end',
			'## End it\nThe dry run changes nothing. The steps after it run only if `terminate` is on. Each command refuses to send anything if the settings name more than one process.',
			{ from: merge + 1, to: last - 2, color: 3 },
		);
		note(
			'report',
			'## Report\nCopy the field `report` into the issue form "The vendor answers differently", even if all is as expected. It shows that your version works.',
			{ from: last - 2, to: last, color: 7 },
		);
	}

	#chain(names) {
		for (const [index, name] of names.slice(1).entries()) this.#connect(names[index], name);
	}

	#connect(from, to, { output = 0, input = 0 } = {}) {
		const outputs = (this.#connections[from] ??= { main: [] }).main;
		while (outputs.length <= output) outputs.push([]);
		outputs[output].push({ node: to, type: 'main', index: input });
	}

	#id() {
		this.#lastId += 1;
		return `${this.#check.prefix}-0000-4000-8000-${String(this.#lastId).padStart(12, '0')}`;
	}
}

function inRows(steps) {
	const count = Math.ceil(steps.length / PER_ROW);
	return Array.from({ length: count }, (_, row) => steps.slice(row * PER_ROW, (row + 1) * PER_ROW));
}

function isOn() {
	return conditions([
		{
			id: 'terminate-is-on',
			leftValue: `={{ $('${SETTINGS}').first().json.terminate === true }}`,
			rightValue: '',
			operator: { type: 'boolean', operation: 'true', singleValue: true },
		},
	]);
}

function conditions(list) {
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 3 };
	return { conditions: { options, conditions: list, combinator: 'and' }, options: {} };
}

async function write() {
	const { format, resolveConfig } = await import('prettier');
	for (const check of CHECKS) {
		const path = at(`../${check.file}.json`);
		const options = { ...(await resolveConfig(path)), filepath: path };
		writeFileSync(path, await format(JSON.stringify(workflowOf(check)), options));
		console.log(path);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void write();
