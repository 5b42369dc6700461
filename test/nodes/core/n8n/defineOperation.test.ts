import type { INodeProperties } from 'n8n-workflow';

import { defineOperation, defineResource } from '../../../../nodes/core/n8n/defineOperation';
import type { NodeOperation } from '../../../../nodes/core/n8n/defineOperation';

const field = (name: string, show?: object): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...(show && { displayOptions: { show: show as Record<string, string[]> } }),
});

const operation = (value: string, ...fields: INodeProperties[]): NodeOperation =>
	defineOperation({
		name: value.toUpperCase(),
		value,
		action: `${value} things`,
		description: `To ${value}`,
		request: { method: 'POST', url: `/${value}` },
		operation: { run: async () => await Promise.reject(new Error('not run here')) },
		fields,
	});

it('declares an operation for n8n’s routing engine, and has it for the whole input', () => {
	const { option, customOperation } = operation('end');
	expect(option).toMatchObject({
		name: 'END',
		value: 'end',
		action: 'end things',
		description: 'To end',
		routing: { request: { method: 'POST', url: '/end' }, send: { paginate: true } },
	});
	expect(Object.keys(option)).not.toContain('fields');
	expect(customOperation).toBeInstanceOf(Function);
});

describe('a resource', () => {
	const shared = field('id');
	const options = field('options', { mode: ['all'] });
	const resource = defineResource(
		'thing',
		[operation('kill', shared, field('confirm'), options), operation('end', shared, field('text'), options)],
		'end',
	);
	const [choice, ...fields] = resource.properties;
	const shownFor = (wanted: string) =>
		fields
			.filter(({ displayOptions }) => displayOptions?.show?.['operation']?.includes(wanted))
			.map(({ name }) => name);

	it('offers its operations in the order given', () => {
		expect(choice).toMatchObject({ name: 'operation', default: 'end', noDataExpression: true });
		expect(choice?.options?.map((option) => 'value' in option && option.value)).toEqual(['kill', 'end']);
		expect(Object.keys(resource.customOperations)).toEqual(['kill', 'end']);
	});

	it('shows a shared field once, and keeps the order of each operation', () => {
		expect(fields.map(({ name }) => name).sort()).toEqual(['confirm', 'id', 'options', 'text']);
		expect(shownFor('kill')).toEqual(['id', 'confirm', 'options']);
		expect(shownFor('end')).toEqual(['id', 'text', 'options']);
		expect(fields.find(({ name }) => name === 'options')?.displayOptions).toEqual({
			show: { mode: ['all'], resource: ['thing'], operation: ['kill', 'end'] },
		});
	});
});
