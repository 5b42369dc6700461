import type { INodeProperties, INodeType } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { VENDORS } from '../../scripts/vendors.cjs';
import { loadPackage } from '../engine/engine';

interface ExampleNode {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, any>;
}

interface Example {
	nodes: ExampleNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

const FOLDER = join(__dirname, '..', '..', 'examples');
/** Our nodes by name. */
const ours: Record<string, INodeType> = {};

beforeAll(async () => {
	const loader = await loadPackage();
	for (const { name } of VENDORS) ours[name] = loader.getNode(name).type as INodeType;
});

/** The size of a node on n8n's canvas with its name below it, in its units. */
const NODE_SIZE = { width: 96, height: 140 };

const examples = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example] as const);

function descriptionOf({ type }: ExampleNode): INodeType | undefined {
	return ours[type.replace(/^n8n-nodes-terminate\./, '').replace(/Tool$/, '')];
}

const ourNodes = ({ nodes }: Example): ExampleNode[] => nodes.filter(descriptionOf);

/** Whether n8n shows a field with these parameters, by the fields that name a resource, an operation or a login. */
function isShown({ displayOptions }: INodeProperties, parameters: ExampleNode['parameters']): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
		(values as unknown[]).includes(parameters[name]),
	);
}

/** The entries of a collection that the user can add to a node, by name. */
function entriesOf(node: ExampleNode, collection: string): string[] {
	const fields = descriptionOf(node)!.description.properties.filter(
		(field) => field.name === collection && isShown(field, node.parameters),
	);
	return fields.flatMap(({ options }) => (options ?? []).map(({ name }) => name));
}

/** The names of all nodes that an output of this node leads to, directly or not. */
function reachedFrom(name: string, { connections }: Example, seen = new Set<string>()): Set<string> {
	for (const { node } of Object.values(connections[name] ?? {}).flat(2)) {
		if (!seen.has(node)) reachedFrom(node, { nodes: [], connections }, seen.add(node));
	}
	return seen;
}

const sizeOf = ({ type, parameters }: ExampleNode): { width: number; height: number } =>
	type === 'n8n-nodes-base.stickyNote'
		? { width: parameters['width'], height: parameters['height'] }
		: NODE_SIZE;

function overlap(one: ExampleNode, other: ExampleNode): boolean {
	const [size, otherSize] = [sizeOf(one), sizeOf(other)];
	const [[x, y], [otherX, otherY]] = [one.position, other.position];
	return (
		x < otherX + otherSize.width &&
		otherX < x + size.width &&
		y < otherY + otherSize.height &&
		otherY < y + size.height
	);
}

describe.each(examples)('the example %s', (file, example) => {
	it('uses options and filters that the nodes have', () => {
		for (const node of ourNodes(example)) {
			for (const collection of ['options', 'filters']) {
				const used = Object.keys(node.parameters[collection] ?? {});
				expect([node.name, used.filter((name) => !entriesOf(node, collection).includes(name))]).toEqual([
					node.name,
					[],
				]);
			}
		}
	});

	it('lists nothing without a filter', () => {
		// They try the credential and each filter, and end one process whose ID a person has entered.
		if (file.startsWith('check-your-system-')) return;
		const lists = ourNodes(example).filter(({ parameters }) => parameters['operation'] === 'getAll');
		for (const { name, parameters } of lists) {
			expect([name, parameters['options']?.requireFilter]).toEqual([name, true]);
			expect(Object.keys(parameters['filters'])).not.toEqual([]);
		}
	});

	it('fails where a schedule runs it and a target has failed', () => {
		const isScheduled = example.nodes.some(({ type }) => type === 'n8n-nodes-base.scheduleTrigger');
		const returning = ourNodes(example).filter(
			({ parameters }) => parameters['options']?.failedTargets === 'return',
		);
		const stops = example.nodes.filter(({ type }) => type === 'n8n-nodes-base.stopAndError');
		for (const { name } of isScheduled ? returning : []) {
			const reached = reachedFrom(name, example);
			expect([name, stops.some((stop) => reached.has(stop.name))]).toEqual([name, true]);
		}
	});

	it('comes with everything switched off', () => {
		const settings = example.nodes.find(({ name }) => name === 'Settings');
		const switches = (settings?.parameters['assignments'].assignments ?? []).filter(
			({ type }: { type: string }) => type === 'boolean',
		);
		for (const { name, value } of switches) expect([name, value]).toEqual([name, false]);
	});

	it('has connections between nodes that are there, and no node upon another', () => {
		const names = example.nodes.map(({ name }) => name);
		const targets = Object.values(example.connections).flatMap((outputs) => Object.values(outputs).flat(2));
		for (const name of [...Object.keys(example.connections), ...targets.map(({ node }) => node)]) {
			expect(names).toContain(name);
		}
		const upon = example.nodes.flatMap((one, index) =>
			example.nodes
				.slice(index + 1)
				.filter((other) => overlap(one, other))
				.map((other) => `${one.name} / ${other.name}`),
		);
		expect(upon).toEqual([]);
	});
});
