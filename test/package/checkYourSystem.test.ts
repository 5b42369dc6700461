import fc from 'fast-check';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import { VENDORS } from '../../scripts/vendors.cjs';
import { loadPackage } from '../engine/engine';

const ROOT = join(__dirname, '..', '..');
const BUILD = '../../examples/source/build.mjs';
const TEXT = readFileSync(join(ROOT, 'examples', 'source', 'report.js'), 'utf8').trimEnd();
const FILES = VENDORS.map(({ name, slug }) => [name, `check-your-system-${slug}`] as const);

interface Node {
	name: string;
	type: string;
	parameters: Record<string, any>;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	onError?: string;
}
interface Workflow {
	nodes: Node[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}
type Json = Record<string, unknown>;

const workflowIn = (file: string): Workflow =>
	JSON.parse(readFileSync(join(ROOT, 'examples', `${file}.json`), 'utf8')) as Workflow;
const named = ({ nodes }: Workflow, name: string): Node => nodes.find((node) => node.name === name)!;
const stepsOf = ({ nodes }: Workflow): Node[] =>
	nodes.filter(({ type }) => type.startsWith('n8n-nodes-terminate.'));
const settingsOf = (workflow: Workflow): Array<{ name: string; value: unknown }> =>
	named(workflow, 'Settings').parameters['assignments'].assignments;

/** The nodes that can run after this one, by any output or by that one only. */
function after({ connections }: Workflow, from: string, output?: number): Set<string> {
	const reached = new Set<string>();
	const visit = (name: string, only?: number): void => {
		for (const [index, targets] of (connections[name]?.main ?? []).entries()) {
			if (only !== undefined && index !== only) continue;
			for (const { node } of targets) {
				if (reached.has(node)) continue;
				reached.add(node);
				visit(node);
			}
		}
	};
	visit(from, output);
	return reached;
}

/** Runs the text of the Code node as n8n does; a node without items has not been executed. */
function report(workflow: Workflow, settings: Json, itemsOf: (node: string) => Json[] | undefined): Json[] {
	const expectations = JSON.parse(named(workflow, 'Expected results').parameters['jsonOutput']) as Json;
	const known: Record<string, Json[]> = { Settings: [settings], 'Expected results': [expectations] };
	const $ = (node: string): object => {
		const items = (known[node] ?? itemsOf(node))?.map((json) => ({ json }));
		return { isExecuted: items !== undefined, all: () => items, first: () => items?.[0] };
	};
	const code = named(workflow, 'Report').parameters['jsCode'] as string;
	const run = runInNewContext(`(($) => {${code}\n})`) as (of: typeof $) => Array<{ json: Json }>;
	return (JSON.parse(JSON.stringify(run($))) as Array<{ json: Json }>).map(({ json }) => json);
}

const filledIn = (workflow: Workflow, value: string): Json =>
	Object.fromEntries(settingsOf(workflow).map(({ name }) => [name, name === 'systemVersion' ? '' : value]));

describe.each(FILES)('check your system: %s', (type, file) => {
	const workflow = workflowIn(file);

	it('is what its steps and the text of its report make', async () => {
		const { CHECKS, workflowOf } = (await import(BUILD)) as {
			CHECKS: Array<{ file: string }>;
			workflowOf: (check: object) => Workflow;
		};
		const check = CHECKS.find((one) => one.file === file)!;
		expect(workflow).toEqual(JSON.parse(JSON.stringify(workflowOf(check))));
		expect(named(workflow, 'Report').parameters['jsCode']).toBe(TEXT);
	});

	it('tries each operation of each resource, and each filter of each Get Many', async () => {
		const { description } = (await loadPackage()).getNode(type).type as { description: INodeTypeDescription };
		const named = (name: string): INodeProperties[] =>
			description.properties.filter((property) => property.name === name);
		const resourceOf = ({ displayOptions }: INodeProperties): string =>
			(displayOptions?.show?.['resource'] as string[])[0]!;
		const pairs = (name: string): string[] =>
			named(name).flatMap((property) =>
				(property.options as Array<{ value?: string; name: string }>).map(
					(option) => `${resourceOf(property)}: ${option.value ?? option.name}`,
				),
			);
		const steps = stepsOf(workflow).map(({ parameters }) => parameters);
		const tried = steps.map(({ resource, operation }) => `${resource}: ${operation}`);
		expect([...new Set(tried)].sort()).toEqual(pairs('operation').sort());

		const filtered = steps.flatMap(({ resource, filters = {} }) =>
			Object.keys(filters as object).map((name) => `${resource}: ${name}`),
		);
		expect([...new Set(filtered)].sort()).toEqual(pairs('filters').sort());
		expect(pairs('filters')).not.toEqual([]);
	});

	it('requires a filter in each list that has one', () => {
		const lists = stepsOf(workflow).filter(({ name }) => name.startsWith('Filter: '));
		for (const { name, parameters } of lists)
			expect([name, parameters['options'].requireFilter]).toEqual([name, true]);
	});

	it('has a line in the report for each step, and no line without one', () => {
		const { steps } = JSON.parse(named(workflow, 'Expected results').parameters['jsonOutput']) as {
			steps: Array<{ node: string; name?: string }>;
		};
		expect([...new Set(steps.map(({ node }) => node))].sort()).toEqual(
			stepsOf(workflow)
				.map(({ name }) => name)
				.sort(),
		);
		const lines = steps.map(({ node, name }) => name ?? node);
		expect(new Set(lines).size).toBe(lines.length);
	});

	it('goes on after whatever a step puts out, and ends in one item', () => {
		for (const { name, executeOnce, alwaysOutputData, onError } of stepsOf(workflow)) {
			expect([name, executeOnce, alwaysOutputData, onError]).toEqual([
				name,
				true,
				true,
				'continueRegularOutput',
			]);
			expect(after(workflow, name)).toContain('Report');
		}
		expect(report(workflow, filledIn(workflow, 'x'), () => [{}])).toHaveLength(1);
	});

	it('comes empty and switched off, and sends a command for exactly one process', () => {
		for (const { name, value } of settingsOf(workflow))
			expect([name, value]).toEqual([name, name === 'terminate' ? false : '']);
		const commands = stepsOf(workflow).filter(
			({ parameters }) => !['get', 'getAll'].includes(parameters['operation']),
		);
		const afterSwitch = after(workflow, 'Terminate on?', 0);
		for (const { name, parameters } of commands) {
			const { expectedTargets, maxTargets, failedTargets, dryRun } = parameters['options'];
			expect([name, expectedTargets, maxTargets, failedTargets]).toEqual([name, 1, 1, 'return']);
			expect([name, afterSwitch.has(name)]).toEqual([name, dryRun !== true]);
		}
		expect(commands.length).toBeGreaterThan(3);
	});

	it('comes to a step only where the settings are filled in, and to an ending one only where the switch is on', () => {
		const isStep = (name: string): boolean => stepsOf(workflow).some((step) => step.name === name);
		const before = ['Run manually', 'Settings', 'Expected results'];
		for (const name of before) expect(workflow.connections[name]!.main.flat()).toHaveLength(1);
		expect(workflow.connections['Expected results']!.main).toEqual([
			[expect.objectContaining({ node: 'Settings filled in?' })],
		]);
		expect([...after(workflow, 'Settings filled in?', 1)].filter(isStep)).toEqual([]);
		expect([...after(workflow, 'Terminate on?', 1)].filter(isStep)).toEqual([]);
		// No way around the switch.
		const around = { ...workflow, connections: { ...workflow.connections, 'Terminate on?': { main: [] } } };
		const onlyAfter = after(workflow, 'Terminate on?', 0);
		const reached = after(around, 'Run manually');
		expect([...reached].filter((name) => isStep(name) && onlyAfter.has(name))).toEqual([]);
	});

	it('says what to fill in', () => {
		const settings = Object.fromEntries(settingsOf(workflow).map(({ name, value }) => [name, value]));
		const [{ result, allAsExpected, report: text } = {}] = report(workflow, settings, () => undefined);
		expect(result).toMatch(/: nothing was sent\. Enter \w+/);
		expect(allAsExpected).toBe(false);
		expect(text).not.toContain('Expected:');
	});

	it('names every step that differs or is inconclusive, and those that were not tried', () => {
		const failure = {
			error: 'No.',
			message: 'No.',
			details: { outcome: 'failed', code: '4711', httpStatus: 500 },
		};
		const [all] = report(workflow, filledIn(workflow, 'x'), () => [failure]);
		const rows = all!['steps'] as Array<{ step: string; result: string }>;
		const differing = rows.filter(({ result }) => result === 'differs').map(({ step }) => step);
		expect(all!['differs']).toEqual(differing);
		expect(differing).toEqual(
			expect.arrayContaining(['Credential', 'Get', 'Dry Run', 'Terminate', 'Verify']),
		);
		expect(all!['result']).toContain(`${differing.length} of ${rows.length} steps differ: Credential; Get;`);
		expect(all!['result']).toContain('Inconclusive: ');
		expect(rows.filter(({ result }) => result === 'as expected')).toEqual([]);

		const ending = after(workflow, 'Terminate on?', 0);
		const [off] = report(workflow, filledIn(workflow, 'x'), (node) =>
			ending.has(node) ? undefined : [failure],
		);
		expect(off!['result']).toMatch(
			/ \d+ steps were not tried because terminate is off in the node Settings\.$/,
		);
	});

	it('does not take a list that was cut for one without the process', () => {
		const rows = Array.from({ length: 200 }, (_, index) => ({ id: `other-${index}` }));
		const list = stepsOf(workflow).find(({ name }) => name.startsWith('Filter: '))!.name;
		const expectations = named(workflow, 'Expected results').parameters['jsonOutput'] as string;
		const needed = [...expectations.matchAll(/"needs": *"(\w+)"/g)].map(([, field]) => field);
		const resultOf = (some: Json[]): unknown => {
			const get = { id: 'x', ...Object.fromEntries(needed.map((field) => [field, 'd'])) };
			const [item] = report(workflow, filledIn(workflow, 'x'), (node) => (node === 'Get' ? [get] : some));
			return (item!['steps'] as Array<{ step: string; result: string }>).find(({ step }) => step === list)!
				.result;
		};
		expect(resultOf(rows)).toBe('inconclusive');
		expect(resultOf(rows.slice(1))).toBe('differs');
		expect(resultOf([...rows.slice(1), { id: 'X' }])).toBe('as expected');
	});

	it.each([
		['of what it was given', row, '"email":"text"'],
		['of times', row, 'text (date 00/00/0000 00:00 PM)'],
		['of a failure', failure, '33404'],
	])('lets no ID, name or address %s through', (_what, itemOf, isStillThere) => {
		const text = JSON.stringify(report(workflow, filledIn(workflow, PERSONAL.id), () => [itemOf(PERSONAL)]));
		const found = SECRETS.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
		expect(found).toEqual([]);
		expect(text).toContain(isStillThere);
		expect(text).not.toMatch(/2019|18:46|Jul|Ana\b/);
	});

	it('lets nothing through, wherever it stands and whatever stands around it', () => {
		const around = fc.string({ unit: 'grapheme', maxLength: 12 });
		const secret = fc.stringMatching(/^[a-z]{4,8}$/).map((letters) => `Zq${letters}7`);
		fc.assert(
			fc.property(secret, around, around, fc.boolean(), (kernel, before, behind, fails) => {
				const value = before + kernel + behind;
				const values = Object.fromEntries(
					Object.keys(PERSONAL).map((key) => [key, value]),
				) as typeof PERSONAL;
				const item = fails ? failure(values) : row(values);
				const text = JSON.stringify(report(workflow, filledIn(workflow, value), () => [item]));
				expect(text).not.toContain(kernel);
			}),
			{ numRuns: 150 },
		);
	});
});

/** What a system knows of people and processes. */
const PERSONAL = {
	id: '54366b8f-ab3d-11ec-8df5-120e04f331d8',
	workflow: '60dbe307fe55d99fc083db61',
	user: 'u15724268424841',
	person: 'Marta Okonkwo-Lindqvist',
	mail: 'm.okonkwo@wind-farm.example',
	phone: '+49 30 901820-17',
	street: 'Lindenallee 14b, 04277 Leipzig',
	url: 'https://apigw.wind-farm.example/x?token=Abc123def',
	host: '10.14.3.27',
	project: 'Hornsea Blade Repair',
	record: 'PL-0809',
	text: 'Order for Marta, call +49 30 901820-17',
	cyrillic: 'Иванов Пётр',
	chinese: '王小明',
};

/** None of these may be in a report: the values, and each of their words. */
const SECRETS = [
	...new Set(Object.values(PERSONAL).flatMap((value) => [value, ...value.split(/[\s,/?=@:]+/)])),
].filter((word) => word.length > 2 && !['for', 'call', 'token', 'Order', 'https'].includes(word));

/** Times in several formats: the report shows the format alone. */
const DATES = ['2019-07-23T18:46:51.37Z', '23/Jul/2019', '23-Ana-2019', '07/23/2019 06:46 PM'];

/** A row as a system gives it, with all of that in it. */
function row(of: typeof PERSONAL): Json {
	return {
		id: of.id,
		workflowId: of.workflow,
		recordNumber: of.record,
		name: of.project,
		status: of.person,
		state: of.project,
		vendorState: of.text,
		outcome: of.street,
		terminateReason: of.text,
		code: of.record,
		httpStatus: of.phone,
		startedBy: {
			id: of.user,
			fullName: of.person,
			email: of.mail,
			groups: [{ id: of.user, name: of.project }],
		},
		data: { payload: { [of.person]: of.phone, text: of.text }, accountId: of.host, [of.mail]: of.url },
		[of.phone]: of.street,
		[of.id]: { [of.user]: of.cyrillic },
		DOCUMENT_ID: ['crm', of.chinese, of.record],
		url: of.url,
		...Object.fromEntries(DATES.map((date, index) => [`created${'ABCD'[index]}`, date])),
	};
}

/** A failure with all of that in its words. */
function failure(of: typeof PERSONAL): Json {
	return {
		error: `Process instance ${of.id} was not found: ${of.text}`,
		message: `Process instance ${of.id} was not found: ${of.text}`,
		details: {
			id: of.id,
			outcome: of.person,
			code: '33404',
			httpStatus: 404,
			hint: of.url,
			vendorMessage: [
				`The user ${of.person} <${of.mail}> may not terminate '${of.project}' (${of.record}) at ${of.street}.`,
				`${of.user} ${of.host} ${of.url} ${of.workflow} ${of.cyrillic}, ${of.chinese}; ${of.phone}`,
			].join(' '),
			requestId: of.id,
			errorId: of.workflow,
		},
	};
}
