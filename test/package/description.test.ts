import { NodeHelpers } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadPackage } from '../engine/engine';

const ROOT = join(__dirname, '..', '..');

const MANY = ['returnAll', 'limit', 'simplify', 'filters', 'options'];

/**
 * What users see and workflows refer to: changing any of it breaks workflows. The parameters of each operation stand in the
 * order in which they are shown.
 */
const PUBLIC: Array<{
	name: string;
	displayName: string;
	/** What a model knows the vendor by. Default: the display name. */
	product?: string;
	folder: string;
	credentials: string[];
	resource: string;
	/** In the order of the list; the default is Terminate. */
	operations: Record<string, string[]>;
	/** Resources that only list, besides: the fields of their Get Many. */
	lists?: Record<string, string[]>;
	filters: string[];
	listSearch: string[];
	/** Options of Get Many besides Require a Filter. Default: Sort. */
	listOptions?: string[];
	/** Options that the commands have besides the shared ones, and shared ones that they lack. */
	ownOptions?: string[];
	lackingOptions?: string[];
}> = [
	{
		name: 'enosBpm',
		displayName: 'EnOS BPM',
		folder: 'EnosBpm',
		credentials: ['enosBpmApi'],
		resource: 'processInstance',
		operations: {
			get: ['processInstanceId', 'simplify'],
			getAll: MANY,
			terminate: ['processInstanceId', 'deleteReason', 'options'],
		},
		filters: [
			'terminable',
			'nameContains',
			'processDefinition',
			'processName',
			'processStatus',
			'startedAfter',
			'startedBefore',
			'startBy',
		],
		listSearch: [],
	},
	{
		name: 'unifier',
		displayName: 'Unifier',
		product: 'Primavera Unifier',
		folder: 'Unifier',
		credentials: ['unifierApi'],
		resource: 'bpRecord',
		operations: {
			get: ['projectNumber', 'bpName', 'recordNumber', 'simplify', 'recordFields', 'includeLineItems'],
			getAll: [
				'projectNumber',
				'bpName',
				'returnAll',
				'limit',
				'simplify',
				'recordFields',
				'filters',
				'options',
			],
			terminate: ['projectNumber', 'bpName', 'recordNumbers', 'applyRules', 'options'],
		},
		filters: ['filterCriteria', 'join', 'recordNumber', 'status'],
		listSearch: ['searchBusinessProcesses', 'searchProjects'],
		listOptions: [],
		ownOptions: ['recordsPerRequest'],
	},
	{
		name: 'bitrix24',
		displayName: 'Bitrix24',
		folder: 'Bitrix24',
		credentials: ['bitrix24BizprocWebhookApi', 'bitrix24BizprocOAuth2Api'],
		resource: 'workflow',
		operations: {
			get: ['workflowId', 'simplify'],
			getAll: MANY,
			kill: ['workflowId', 'confirmDeletion', 'options'],
			terminate: ['workflowId', 'statusText', 'options'],
		},
		filters: [
			'documentId',
			'entity',
			'modifiedAfter',
			'modifiedBefore',
			'moduleId',
			'startedAfter',
			'startedBefore',
			'startedBy',
			'stuck',
			'templateId',
		],
		listSearch: ['searchModules', 'searchTemplates'],
		// Bitrix24 cannot tell what has ended from what never existed.
		lackingOptions: ['ignoreNotFound'],
	},
	{
		name: 'eightByEight',
		displayName: '8x8',
		folder: 'EightByEight',
		credentials: ['eightByEightAutomationApi'],
		resource: 'workflow',
		operations: {
			get: ['definitionId', 'workflowId', 'includeErrors', 'includeLogs', 'simplify'],
			getAll: ['definitionId', ...MANY],
			resume: ['definitionId', 'workflowId', 'options'],
			suspend: ['definitionId', 'workflowId', 'options'],
			terminate: ['definitionId', 'workflowId', 'options'],
		},
		lists: { definition: ['returnAll', 'limit', 'simplify'] },
		filters: ['startTimeFrom', 'startTimeTo', 'status', 'version'],
		listSearch: ['searchDefinitions'],
	},
];

/** The fields of each credential type, hidden ones aside. */
const CREDENTIAL_FIELDS: Record<string, string[]> = {
	enosBpmApi: [
		'baseUrl',
		'authentication',
		'accessToken',
		'account',
		'password',
		'orgId',
		'appKey',
		'appSecret',
	],
	unifierApi: ['baseUrl', 'authentication', 'username', 'password', 'accessToken', 'tenant', 'tenantCode'],
	bitrix24BizprocWebhookApi: ['webhookUrl'],
	bitrix24BizprocOAuth2Api: ['portalUrl', 'authorizationServer', 'authorizationServerUrl'],
	eightByEightAutomationApi: ['accountId', 'apiKey', 'baseUrl'],
};

const SHARED_OPTIONS = [
	'dryRun',
	'expectedTargets',
	'failIfAlreadyEnded',
	'failedTargets',
	'ignoreNotFound',
	'maxTargets',
	'requestsPerSecond',
	'stopAfterFailures',
	'verify',
];

const properties = (description: INodeTypeDescription, name: string): INodeProperties[] =>
	description.properties.filter((property) => property.name === name);
const isShownFor = ({ displayOptions }: INodeProperties, operation: string, resource?: string): boolean =>
	displayOptions?.show?.['operation']?.includes(operation) === true &&
	(resource === undefined || displayOptions.show['resource']?.includes(resource) === true);
const isForTools = ({ displayOptions }: INodeProperties): boolean =>
	displayOptions?.show?.['@tool'] !== undefined;
const optionsOf = (property: INodeProperties | undefined): INodePropertyOptions[] =>
	(property?.options ?? []) as INodePropertyOptions[];

/** Every text that a user reads in a description. */
function texts(value: unknown, found: string[] = []): string[] {
	if (typeof value === 'object' && value !== null) {
		for (const [key, entry] of Object.entries(value)) {
			if (
				['displayName', 'description', 'hint', 'action', 'placeholder'].includes(key) &&
				typeof entry === 'string'
			) {
				found.push(entry);
			} else texts(entry, found);
		}
	}
	return found;
}

describe('the package in n8n’s own loader', () => {
	it('is given each node and each credential type that there is a file for', () => {
		const filesOf = (folders: string[], ending: string): string[] =>
			folders
				.flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`))
				.filter((file) => file.endsWith(ending))
				.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`)
				.sort();
		const folders = readdirSync(join(ROOT, 'nodes')).map((folder) => `nodes/${folder}`);
		const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		expect([...n8n.nodes].sort()).toEqual(filesOf(folders, '.node.ts'));
		expect([...n8n.credentials].sort()).toEqual(filesOf(['credentials'], '.credentials.ts'));
	});

	it('offers exactly the nodes and credential types in PUBLIC and CREDENTIAL_FIELDS of this file', async () => {
		const { known } = await loadPackage();
		expect(Object.keys(known.nodes).sort()).toEqual(PUBLIC.map(({ name }) => name).sort());
		expect(Object.keys(known.credentials).sort()).toEqual(Object.keys(CREDENTIAL_FIELDS).sort());
	});

	it('gives every node its icons, its codex and its request options', async () => {
		const { types } = await loadPackage();
		for (const { name, folder } of PUBLIC) {
			const description = types.nodes.find((type) => type.name === name);
			expect(description?.codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:\/\//);
			expect(description?.codex?.resources?.credentialDocumentation?.[0]?.url).toMatch(/^https:\/\//);
			expect(description?.codex?.alias).toEqual(expect.arrayContaining(['terminate', 'stop', 'cancel']));
			const codex = JSON.parse(readFileSync(join(ROOT, 'nodes', folder, `${folder}.node.json`), 'utf8'));
			expect(codex.node).toBe(`n8n-nodes-terminate.${name}`);
			const { light, dark } = description?.iconUrl as { light: string; dark: string };
			expect(light).not.toBe(dark);
			for (const icon of [light, dark]) {
				expect(existsSync(join(ROOT, icon.replace('icons/n8n-nodes-terminate/', '')))).toBe(true);
			}
		}
	});

	it('gives every credential type an icon, a documentation page, and a test unless n8n tests it by its token', async () => {
		const { types } = await loadPackage();
		for (const type of types.credentials) {
			expect(type.documentationUrl).toMatch(/^https:\/\//);
			expect(type.iconUrl).toEqual({ light: expect.any(String), dark: expect.any(String) });
			expect(type.test !== undefined || type.extends?.includes('oAuth2Api')).toBe(true);
		}
	});
});

describe.each(PUBLIC)('$displayName', (expected) => {
	let node: INodeType;
	let description: INodeTypeDescription;

	beforeAll(async () => {
		const loader = await loadPackage();
		node = loader.getNode(expected.name).type as INodeType;
		({ description } = node);
	});

	it('has the names that workflows refer to', () => {
		expect(description.displayName).toBe(expected.displayName);
		expect(description.credentials?.map(({ name }) => name)).toEqual(expected.credentials);
		const [resource] = properties(description, 'resource');
		const { lists = {} } = expected;
		expect(optionsOf(resource).map(({ value }) => value)).toEqual([expected.resource, ...Object.keys(lists)]);
		expect(resource?.default).toBe(expected.resource);
		const [operation, ...ofLists] = properties(description, 'operation');
		expect(
			ofLists.map((one) => [one.displayOptions?.show?.['resource'], one.default, optionsOf(one).length]),
		).toEqual(Object.keys(lists).map((name) => [[name], 'getAll', 1]));
		expect(optionsOf(operation).map(({ value }) => value)).toEqual(Object.keys(expected.operations));
		expect(operation?.default).toBe('terminate');
		const shownFor = (name: string, of: string): string[] =>
			description.properties
				.filter((property) => isShownFor(property, name, of) && property.type !== 'notice')
				.filter((property) => !isForTools(property))
				.map((property) => property.name);
		const shown = Object.keys(expected.operations).map((name) => [name, shownFor(name, expected.resource)]);
		expect(Object.fromEntries(shown)).toEqual(expected.operations);
		const listed = Object.keys(lists).map((name) => [name, shownFor('getAll', name)]);
		expect(Object.fromEntries(listed)).toEqual(lists);
	});

	it('describes its tool for a model: what it can do, that it is final, and to look first', () => {
		const { usableAsTool } = description;
		const { replacements } = usableAsTool as Exclude<typeof usableAsTool, true | undefined>;
		expect(Object.keys(replacements ?? {})).toEqual(['description']);
		const text = replacements?.description ?? '';
		expect(text).toContain(expected.product ?? expected.displayName);
		expect(text).toMatch(/(cannot|Neither can) be undone/);
		expect(text).toContain('Call Get or Get Many first');
	});

	it('has Output in place of Simplify where n8n makes a tool of it, in Get and Get Many', () => {
		const shownIn = (operation: string, name: string): string[] => {
			const parameters = { resource: expected.resource, operation, output: 'selectedFields' };
			const type = { ...description, name };
			const filled = NodeHelpers.getNodeParameters(type.properties, parameters, true, false, null, type)!;
			return type.properties
				.filter((property) => ['simplify', 'output', 'fields'].includes(property.name))
				.filter((property) => property.type !== 'hidden')
				.filter((property) => NodeHelpers.displayParameter(filled, property, null, type))
				.map((property) => property.name);
		};
		for (const operation of Object.keys(expected.operations)) {
			const isReading = ['get', 'getAll'].includes(operation);
			expect([operation, shownIn(operation, description.name)]).toEqual([
				operation,
				isReading ? ['simplify'] : [],
			]);
			expect([operation, shownIn(operation, `${description.name}Tool`)]).toEqual([
				operation,
				isReading ? ['output', 'fields'] : [],
			]);
		}
	});

	it('names in Fields what simplified items have, besides the ID', () => {
		const folder = join(ROOT, 'nodes', expected.folder, '__schema__', 'v1.0.0', expected.resource);
		const schema = JSON.parse(readFileSync(join(folder, 'getAll.json'), 'utf8'));
		const [, names = ''] =
			/The simplified fields are (.*?)\./.exec(String(properties(description, 'fields')[0]?.description)) ??
			[];
		const [, , ...others] = Object.keys(schema.properties);
		expect(names.split(', ').sort()).toEqual(others.sort());
	});

	it.each(['dryRun', 'requireFilter'])('keeps %s as it was added when n8n saves the workflow', (option) => {
		for (const operation of Object.keys(expected.operations)) {
			const [options] = properties(description, 'options').filter((one) => isShownFor(one, operation));
			const field = (options?.options as INodeProperties[] | undefined)?.find(({ name }) => name === option);
			if (!field) continue;
			const parameters = { resource: expected.resource, operation, options: { [option]: field.default } };
			const saved = NodeHelpers.getNodeParameters(
				description.properties,
				parameters,
				false,
				false,
				null,
				description,
			);
			expect(saved?.['options']).toEqual({ [option]: true });
		}
	});

	it('says in the form of what cannot be undone that it cannot', () => {
		const noticed = Object.keys(expected.operations).filter((name) =>
			description.properties.some((property) => property.type === 'notice' && isShownFor(property, name)),
		);
		expect(noticed).toEqual(['kill', 'terminate'].filter((name) => name in expected.operations));
	});

	it('has the options and filters that workflows refer to, in the order of their labels', () => {
		const [listOptions, commandOptions] = ['getAll', 'terminate'].map((operation) =>
			properties(description, 'options').filter((property) => isShownFor(property, operation)),
		);
		for (const property of listOptions ?? []) {
			const { listOptions: others = ['sort'] } = expected;
			expect(optionsOf(property).map(({ name }) => name)).toEqual(['requireFilter', ...others]);
		}
		expect([listOptions?.length, commandOptions?.length]).toEqual([1, 1]);
		for (const property of properties(description, 'options')) {
			if (listOptions?.includes(property)) continue;
			const { ownOptions: own = [], lackingOptions: lacking = [] } = expected;
			const shared = SHARED_OPTIONS.filter((name) => !lacking.includes(name));
			// By their labels, which begin like the names.
			expect(optionsOf(property).map(({ name }) => name)).toEqual([...shared, ...own].sort());
		}
		const [filters] = properties(description, 'filters');
		expect(
			optionsOf(filters)
				.map(({ name }) => name)
				.sort(),
		).toEqual([...expected.filters].sort());
		const labels = (filters?.options ?? []).map((filter) =>
			'displayName' in filter ? filter.displayName : '',
		);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	});

	it('has a list to pick from for each locator that names one', () => {
		expect(Object.keys(node.methods?.listSearch ?? {}).sort()).toEqual(expected.listSearch);
		const used = new Set(JSON.stringify(description.properties).match(/(?<="searchListMethod":")\w+/g) ?? []);
		expect([...used].sort()).toEqual(expected.listSearch);
	});

	it('is declared: no execute of its own, redirects off, usable as a tool', () => {
		expect('execute' in node).toBe(false);
		expect(description.requestDefaults).toMatchObject({ disableFollowRedirect: true });
		expect(description.requestDefaults?.baseURL).toMatch(/^=/);
		expect(description.usableAsTool).toBeInstanceOf(Object);
	});

	it('runs each operation on the whole input too, under names that n8n can look up', () => {
		const { customOperations } = node;
		const { lists = {} } = expected;
		expect(Object.keys(customOperations ?? {})).toEqual([expected.resource, ...Object.keys(lists)]);
		for (const name of Object.keys(lists))
			expect(Object.keys(customOperations?.[name] ?? {})).toEqual(['getAll']);
		expect(Object.keys(customOperations?.[expected.resource] ?? {})).toEqual(
			Object.keys(expected.operations),
		);
		for (const name of ['resource', 'operation']) {
			// n8n looks the operation up by the value as it is saved; an expression would miss it.
			expect(properties(description, name)[0]?.noDataExpression).toBe(true);
		}
	});

	it('is found by what its commands are called', () => {
		const alias = description.codex?.alias ?? [];
		const commands = optionsOf(properties(description, 'operation')[0]).filter(
			({ value }) => !['get', 'getAll'].includes(String(value)),
		);
		const [resource] = optionsOf(properties(description, 'resource')[0]);
		const spoken = String(resource?.name).replace(/\b[A-Z][a-z]/g, (start) => start.toLowerCase());
		for (const { name } of commands) expect(alias).toContain(`${name.toLowerCase()} ${spoken}`);
	});

	it('has an action without articles and a routing on every operation', () => {
		for (const property of properties(description, 'operation')) {
			for (const { action, routing, description: text } of optionsOf(property)) {
				expect(action).toMatch(/^[A-Z][^A-Z]*( BP)?[^A-Z]*$/);
				expect(action).not.toMatch(/\b(a|an|the)\b/i);
				// The list of operations cuts off what is more than two lines.
				expect(text?.length).toBeLessThanOrEqual(100);
				expect(text).toBeTruthy();
				expect(routing?.operations?.pagination).toBeInstanceOf(Function);
				expect(routing?.send?.paginate).toBe(true);
			}
		}
	});

	it('shows every parameter for some operation only, and lets no expression choose resource or operation', () => {
		for (const { name, displayOptions, noDataExpression } of description.properties) {
			if (['resource', 'operation', 'authentication'].includes(name)) expect(noDataExpression).toBe(true);
			if (['resource', 'authentication', 'requestOptions'].includes(name)) continue;
			const [resource, ...others] = displayOptions?.show?.['resource'] ?? [];
			expect([name, others]).toEqual([name, []]);
			if (name === 'operation') continue;
			const operations = displayOptions?.show?.['operation'] ?? [];
			expect([name, operations.length]).not.toEqual([name, 0]);
			const known = resource === expected.resource ? Object.keys(expected.operations) : ['getAll'];
			expect([expected.resource, ...Object.keys(expected.lists ?? {})]).toContain(resource);
			expect(known).toEqual(expect.arrayContaining(operations));
		}
	});

	it('takes new lines in each field that says so: a field of one line would make spaces of them', () => {
		const fields = description.properties.filter((property) => property.description?.includes('new lines'));
		expect(fields).toHaveLength(2);
		for (const { typeOptions } of fields) expect(typeOptions?.rows).toBeGreaterThan(1);
	});

	it('says of an 8x8 workflow ID that it is not that of the definition', () => {
		const fields = expected.name === 'eightByEight' ? properties(description, 'workflowId') : [];
		const operations = fields.flatMap(({ displayOptions }) => displayOptions?.show?.['operation'] ?? []);
		expect(operations.sort()).toEqual(
			expected.name === 'eightByEight' ? ['get', 'resume', 'suspend', 'terminate'] : [],
		);
		for (const field of fields)
			expect(field.description).toContain('the ID of the instance (one run), not of its definition');
	});

	it('says nothing that n8n would replace, and nothing twice', () => {
		for (const text of texts(description)) {
			expect(text).not.toMatch(/EPERM|EACCES|ENOENT|EEXIST|ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EISDIR/i);
			expect(text).toBe(text.trim());
		}
	});
});

describe('credential types', () => {
	it.each(Object.entries(CREDENTIAL_FIELDS))(
		'%s has the fields that stored credentials refer to',
		async (name, fields) => {
			const { type } = (await loadPackage()).getCredential(name);
			const visible = type.properties
				.filter((property) => property.type !== 'hidden')
				.map((property) => property.name);
			expect(visible).toEqual(expect.arrayContaining(fields));
			for (const property of type.properties) {
				const secret =
					/password|secret|token|apiKey|webhookUrl/i.test(property.name) &&
					property.name !== 'accessTokenUrl';
				if (secret) expect([property.name, property.typeOptions?.password]).toEqual([property.name, true]);
			}
		},
	);
});
