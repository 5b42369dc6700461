import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type { IDataObject, INode, INodeType, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { MemoryCredentials } from './credentials';
import { credentialType } from './engine';

/** What the user reads after pressing "Test" in the credential. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

interface Caught extends Error {
	cause?: { response?: { status: number; statusText: string }; code?: string };
}

/**
 * Tests a credential the way n8n does: its test request goes through the real routing engine of n8n-core; the rules
 * are applied as n8n's credential tester applies them (that part lives outside n8n-core): a `responseCode` rule words
 * a failing status, a `responseSuccessBody` rule fails the test when the value under its key equals its value.
 */
export async function testCredential(typeName: string, data: IDataObject): Promise<CredentialTestResult> {
	const type = await credentialType(typeName);
	if (!type.test) throw new Error(`${typeName} has no test request`);
	const { request, rules = [] } = type.test;

	const nodeType: INodeType = {
		description: {
			displayName: 'Test',
			name: 'test',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: typeName, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Test',
		type: 'test',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [typeName]: { id: '1', name: typeName } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) },
	});
	const credentialsHelper = new MemoryCredentials(() => type, { [typeName]: data });
	const additionalData = { credentialsHelper } as unknown as IWorkflowExecuteAdditionalData;
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		input,
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = await credentialsHelper.getDecrypted(additionalData, { id: '1', name: '' }, typeName);

	let response;
	await workflow.expression.acquireIsolate();
	try {
		response = await new RoutingNode(context, nodeType, {
			id: '1',
			name: typeName,
			type: typeName,
			data: decrypted,
		}).runNode();
	} catch (error) {
		const { cause, message } = error as Caught;
		if (cause?.response) {
			const { status, statusText } = cause.response;
			const worded = rules.find((rule) => rule.type === 'responseCode' && rule.properties.value === status);
			return {
				status: 'Error',
				message: worded?.properties.message ?? (statusText || `Received HTTP status code: ${status}`),
			};
		}
		return { status: 'Error', message: cause?.code ?? message };
	} finally {
		await workflow.expression.releaseIsolate();
	}
	const body: unknown = response?.[0]?.[0]?.json;
	for (const rule of rules) {
		if (rule.type === 'responseSuccessBody' && valueAt(body, rule.properties.key) === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function valueAt(body: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], body);
}
