import type { FastifyInstance } from 'fastify';

import type { JsonObject } from '../../core/emulator.ts';
import { guard, userOf } from './auth.ts';
import type { BpRecord } from './company.ts';
import { Refusal } from './envelope.ts';
import type { Reply } from './envelope.ts';
import { filterRows } from './filters.ts';
import type { Filters } from './filters.ts';
import { jsonBody, jsonQuery } from './json.ts';
import { checkProject, locate } from './locate.ts';
import type { Tenant } from './tenant.ts';
import type { User } from './users.ts';

const text = { type: 'string' } as const;
const yesNo = { enum: ['yes', 'no'] } as const;

const criterion = {
	type: 'object',
	additionalProperties: false,
	properties: { field: text, value: text, value2: text, condition_type: text },
} as const;

const listBody = {
	type: 'object',
	additionalProperties: false,
	properties: {
		bpname: text,
		record_fields: text,
		lineitem: yesNo,
		lineitem_fields: text,
		filter_condition: text,
		filter_criteria: {
			type: 'object',
			additionalProperties: false,
			properties: { join: text, filter: { type: 'array', items: criterion } },
		},
	},
} as const;

const getQuery = {
	type: 'object',
	properties: {
		input: {
			type: 'object',
			additionalProperties: false,
			properties: { bpname: text, record_no: text, lineitem: yesNo },
		},
	},
} as const;

const shellsQuery = {
	type: 'object',
	properties: {
		options: {
			type: 'object',
			additionalProperties: false,
			properties: {
				status: { enum: ['Active', 'Inactive', 'On-Hold', 'View-Only'] },
				type: { enum: ['wbs_shell', 'generic_shell'] },
				filter_condition: text,
			},
		},
	},
} as const;

interface Params {
	project?: string;
}

interface ListBody extends Filters {
	bpname?: string;
	record_fields?: string;
	lineitem?: 'yes' | 'no';
	lineitem_fields?: string;
}

interface GetInput {
	bpname?: string;
	record_no?: string;
	lineitem?: 'yes' | 'no';
}

interface ShellOptions {
	status?: string;
	type?: string;
	filter_condition?: string;
}

const found = (data: JsonObject[], message: string): Reply => ({ data, message: [message], status: 200 });

/** "Fetch BP Record List", "Get BP Record", "Get BPs in Shell or Company", "Get Project Shell List". */
export function readRoutes(app: FastifyInstance, tenant: Tenant, answer: (reply: Reply) => JsonObject): void {
	for (const path of withProject('/v1/bp/records')) {
		app.post<{ Params: Params; Body: ListBody }>(
			path,
			{ schema: { body: listBody }, preValidation: [guard(tenant, 'records'), jsonBody] },
			async (request) => {
				tenant.counters.lists += 1;
				const { dateOrder } = userOf(request);
				return answer(found(list(tenant, request.params, request.body, dateOrder), 'success'));
			},
		);
	}
	for (const path of withProject('/v1/bp/record')) {
		app.get<{ Params: Params; Querystring: { input: GetInput } }>(
			path,
			{
				exposeHeadRoute: false,
				schema: { querystring: getQuery },
				preValidation: [guard(tenant, 'record'), jsonQuery('input', true)],
			},
			async (request) => {
				tenant.counters.gets += 1;
				return answer(found([get(tenant, request.params, request.query.input)], 'success'));
			},
		);
	}
	for (const path of withProject('/v1/admin/bps')) {
		app.get<{ Params: Params }>(
			path,
			{ exposeHeadRoute: false, preValidation: guard(tenant, 'bps') },
			async (request) => {
				tenant.counters.bpLists += 1;
				return answer(found(bps(tenant, request.params), ''));
			},
		);
	}
	app.get<{ Querystring: { options?: ShellOptions } }>(
		'/v1/admin/projectshell',
		{
			exposeHeadRoute: false,
			schema: { querystring: shellsQuery },
			preValidation: [guard(tenant, 'shells'), jsonQuery('options', false)],
		},
		async (request) => {
			tenant.counters.shellLists += 1;
			return answer(found(shells(tenant, request.query.options ?? {}), 'Success'));
		},
	);
}

// Clients call the company level with and without the closing slash.
const withProject = (path: string): string[] => [path, `${path}/`, `${path}/:project`];

function list(
	tenant: Tenant,
	{ project }: Params,
	body: ListBody,
	dateOrder: User['dateOrder'],
): JsonObject[] {
	const process = locate(tenant.company, body.bpname, project);
	const records = [...process.records.values()].filter(
		(record) => record.state !== 'terminated' || tenant.switches.endedRecords === 'listed',
	);
	const rows = new Map(records.map((record) => [rowOf(tenant, record), record]));
	return filterRows([...rows.keys()], body, dateOrder, tenant.switches).map((row) => {
		const lineItems = (rows.get(row)?.lineItems ?? []).map((item) => pick(item, body.lineitem_fields));
		return {
			record_no: row['record_no'] ?? null,
			...pick(row, body.record_fields),
			...(body.lineitem === 'no' ? {} : { _bp_lineitems: lineItems }),
		};
	});
}

function get(tenant: Tenant, { project }: Params, input: GetInput): JsonObject {
	const process = locate(tenant.company, input.bpname, project);
	if (input.record_no === undefined || input.record_no.trim() === '') throw new Refusal(17004);
	const record = process.records.get(input.record_no);
	if (!record) throw new Refusal(657);
	return {
		...rowOf(tenant, record),
		...(input.lineitem === 'no' ? {} : { _bp_lineitems: record.lineItems }),
	};
}

function bps(tenant: Tenant, { project }: Params): JsonObject[] {
	if (project !== undefined) checkProject(tenant.company, project);
	return tenant.company.bps
		.filter(({ projectNumber }) => projectNumber === (project ?? null))
		.map((process) => ({
			bp_model_name: process.modelName,
			bp_name: process.bpName,
			studio_source: process.studioSource,
			studio_type: process.studioType,
			no_workflow: process.noWorkflow,
		}));
}

function shells(tenant: Tenant, options: ShellOptions): JsonObject[] {
	const [, field, value] =
		/^\s*(projectname|projectnumber)\s*=(.*)$/s.exec(options.filter_condition ?? '') ?? [];
	if (options.filter_condition !== undefined && field === undefined) throw new Refusal(811);
	return tenant.company.projects
		.filter(({ status }) => options.status === undefined || status === options.status)
		.filter(({ type }) => options.type === undefined || type === options.type)
		.filter((shell) => field === undefined || shell[field as 'projectname'] === value?.trim())
		.map((shell) => ({ ...shell }));
}

function rowOf(tenant: Tenant, record: BpRecord): JsonObject {
	return { ...record.fields, record_no: record.recordNo, status: tenant.statusOf(record) };
}

/** The named elements; all of them when no names were sent. */
function pick(row: JsonObject, names: string | undefined): JsonObject {
	if (names === undefined) return row;
	const wanted = names.split(';').map((name) => name.trim());
	return Object.fromEntries(
		wanted.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name] ?? null]),
	);
}
