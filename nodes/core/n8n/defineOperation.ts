import { updateDisplayOptions } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { routing } from './execution/routing';
import { wholeInput } from './execution/wholeInput';
import type { Operation } from './operations/operation';

/** An operation as its file describes it: what the user picks and fills in, and what runs. */
export interface OperationDefinition extends Required<
	Pick<INodePropertyOptions, 'name' | 'action' | 'description'>
> {
	value: string;
	/** What n8n's routing engine prepares for each item; its path only stands for the real ones. */
	request: DeclarativeRestApiSettings.HttpRequestOptions;
	operation: Operation;
	/** In the order of the form. A field that several operations share is the same object in all of them. */
	fields: INodeProperties[];
}

/** An operation as a resource lists it: for both of n8n's ways to run it. */
export interface NodeOperation {
	value: string;
	option: INodePropertyOptions;
	fields: INodeProperties[];
	/** What n8n runs with all items of the input at once. */
	customOperation: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
}

/** A resource as a node takes it. */
export interface NodeResource {
	/** The choice of the operation, and the fields of all operations. */
	properties: INodeProperties[];
	/** By operation. */
	customOperations: Record<string, NodeOperation['customOperation']>;
}

/** An operation for both of n8n's ways to run a declarative node. */
export function defineOperation({
	request,
	operation,
	fields,
	...option
}: OperationDefinition): NodeOperation {
	return {
		value: option.value,
		option: { ...option, routing: routing(operation, request) },
		fields,
		customOperation: wholeInput(operation),
	};
}

/** A resource with its operations, in the order of the menu; the one named as default is selected first. */
export function defineResource(
	resource: string,
	operations: readonly NodeOperation[],
	defaultOperation: string,
): NodeResource {
	return {
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [resource] } },
				options: operations.map(({ option }) => option),
				default: defaultOperation,
			},
			...fieldsOf(resource, operations),
		],
		customOperations: Object.fromEntries(
			operations.map(({ value, customOperation }) => [value, customOperation]),
		),
	};
}

/** All fields in an order that is each operation's own; one that several operations share appears once, for all of them. */
function fieldsOf(resource: string, operations: readonly NodeOperation[]): INodeProperties[] {
	const shown: Array<{ field: INodeProperties; operation: string[] }> = [];
	for (const { value, fields } of operations) {
		let next = 0;
		for (const field of fields) {
			const at = shown.findIndex((entry) => entry.field === field);
			if (at < 0) shown.splice(next, 0, { field, operation: [value] });
			else shown[at]?.operation.push(value);
			next = (at < 0 ? next : at) + 1;
		}
	}
	return shown.flatMap(({ field, operation }) =>
		updateDisplayOptions({ show: { resource: [resource], operation } }, [field]),
	);
}
