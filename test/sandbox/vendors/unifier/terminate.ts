import type { FastifyInstance } from 'fastify';

import type { JsonObject } from '../../core/emulator.ts';
import { guard, userOf } from './auth.ts';
import type { BpRecord, BusinessProcess } from './company.ts';
import { CLASS_ORDER, codeOf, htmlPage, recordLine, Refusal } from './envelope.ts';
import type { RecordClass, Reply } from './envelope.ts';
import { jsonBody } from './json.ts';
import { locate } from './locate.ts';
import type { ProjectNumber } from './locate.ts';
import type { Switches } from './switches.ts';
import type { Tenant } from './tenant.ts';

const MOST_RECORDS = 10_000;

const text = { type: 'string' } as const;

/** Types only: what is missing has codes of its own. */
const schema = {
	body: {
		type: 'object',
		additionalProperties: false,
		properties: {
			options: {
				type: 'object',
				additionalProperties: false,
				properties: {
					bpname: text,
					project_number: { anyOf: [text, { type: 'array', items: text, minItems: 2 }] },
				},
			},
			data: {
				type: 'array',
				maxItems: 1,
				items: {
					type: 'object',
					additionalProperties: false,
					properties: {
						record_no: { anyOf: [text, { type: 'array', items: text }] },
						override_rule: { enum: ['Yes', 'No'] },
					},
				},
			},
		},
	},
} as const;

interface TerminateBody {
	options?: { bpname?: string; project_number?: ProjectNumber };
	data?: Array<{ record_no?: string | string[]; override_rule?: 'Yes' | 'No' }>;
}

/** "Terminate Workflow and Non-Workflow BP Records". */
export function terminateRoute(
	app: FastifyInstance,
	tenant: Tenant,
	answer: (reply: Reply, restAuditId: number | undefined) => JsonObject,
): void {
	app.put<{ Body: TerminateBody }>(
		'/v2/bp/record/terminate',
		{ schema, preValidation: [guard(tenant, 'terminate'), jsonBody] },
		async (request, reply) => {
			const { options = {}, data = [] } = request.body;
			const { proxyTakes, gatewayWaitsFor } = tenant.switches;
			const sent = [data[0]?.record_no ?? []].flat().length;
			if (proxyTakes !== null && sent > proxyTakes) {
				return await reply.code(413).type('text/html').send(htmlPage('413 Request Entity Too Large'));
			}
			const process = locate(tenant.company, options.bpname, options.project_number);
			const numbers = checkedNumbers(process, data[0]?.record_no);
			const overrideRule = data[0]?.override_rule ?? tenant.switches.overrideRuleAbsent;
			const repeats = tenant.switches.recordNumbers === 'anyCase' ? repeatsIn(numbers) : [];
			if (repeats.length > 0) {
				const message = [recordLine(tenant.switches.wording, 'duplicate', repeats)];
				return answer({ data: [], message, status: codeOf('duplicate') }, tenant.nextAuditId());
			}
			const plan = classify(process, numbers, overrideRule === 'No', tenant.switches);
			const restAuditId = tenant.nextAuditId();
			for (const recordNo of plan.classes.ended) {
				end(tenant, process, recordNo, userOf(request).username, restAuditId ?? null);
			}
			if (gatewayWaitsFor !== null && sent > gatewayWaitsFor) {
				return await reply.code(504).type('text/html').send(htmlPage('504 Gateway Time-out'));
			}
			return answer(toReply(plan, tenant.switches), restAuditId);
		},
	);
}

function checkedNumbers(process: BusinessProcess, recordNo: string | string[] | undefined): string[] {
	if (!process.active) throw new Refusal(3006);
	if (!process.terminable) throw new Refusal(12761);
	const numbers = typeof recordNo === 'string' ? [recordNo] : (recordNo ?? []);
	if (numbers.length === 0 || numbers.some((number) => number.trim() === '')) throw new Refusal(17004);
	if (numbers.length > MOST_RECORDS) throw new Refusal(12753);
	if (process.studioSource === 'cost' && numbers.length > 1) throw new Refusal(12754);
	if (numbers.some((number) => process.records.get(number)?.locked)) throw new Refusal(15001);
	return numbers;
}

/** Numbers that differ from another one by case only. */
function repeatsIn(numbers: string[]): string[] {
	const different = [...new Set(numbers)];
	const folded = different.map((number) => number.toLowerCase());
	return different.filter(
		(_, at) => folded.indexOf(folded[at] ?? '') !== folded.lastIndexOf(folded[at] ?? ''),
	);
}

/** The record that a tenant finds under a number. */
function recordOf(
	process: BusinessProcess,
	number: string,
	{ recordNumbers }: Switches,
): BpRecord | undefined {
	const exact = process.records.get(number);
	if (exact || recordNumbers === 'exactCase') return exact;
	return [...process.records.values()].find(
		({ recordNo }) => recordNo.toLowerCase() === number.toLowerCase(),
	);
}

interface Plan {
	classes: Record<RecordClass, string[]>;
	ruleRefused: string[];
}

function classify(
	process: BusinessProcess,
	numbers: string[],
	applyRules: boolean,
	switches: Switches,
): Plan {
	const classes: Plan['classes'] = {
		duplicate: [],
		notFound: [],
		initiation: [],
		terminal: [],
		already: [],
		ended: [],
	};
	const ruleRefused: string[] = [];
	const times = new Map<string, number>();
	for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
	for (const [number, count] of times) {
		const record = recordOf(process, number, switches);
		if (!record) {
			// The sample names an unknown number as often as it was sent, and not as a duplicate.
			classes.notFound.push(...Array.from({ length: count }, () => number));
			continue;
		}
		if (count > 1) classes.duplicate.push(number);
		const hindrances = hindrancesOf(record);
		for (const hindrance of hindrances) classes[hindrance].push(number);
		if (hindrances.length > 0) continue;
		if (applyRules && record.ruleFails) ruleRefused.push(number);
		else classes.ended.push(number);
	}
	if (ruleRefused.length > 0 && switches.ruleFailureInList === 'request') {
		for (const recordClass of CLASS_ORDER) classes[recordClass] = [];
	}
	return { classes, ruleRefused };
}

function hindrancesOf(record: BpRecord): RecordClass[] {
	const hindrances: RecordClass[] = [];
	if (record.inInitiation) hindrances.push('initiation');
	if (record.state === 'terminal') hindrances.push('terminal');
	if (record.state === 'terminated') hindrances.push('already');
	return hindrances;
}

function end(
	tenant: Tenant,
	process: BusinessProcess,
	recordNo: string,
	username: string,
	restAuditId: number | null,
): void {
	const record = recordOf(process, recordNo, tenant.switches);
	if (!record) return;
	record.state = 'terminated';
	tenant.counters.terminates += 1;
	tenant.auditLog.push({
		event: 'Terminated through REST',
		action: 'Terminate (REST)',
		recordNo,
		bpName: process.bpName,
		projectNumber: process.projectNumber,
		username,
		restAuditId,
	});
}

function toReply({ classes, ruleRefused }: Plan, switches: Switches): Reply {
	const message: string[] = [];
	for (const recordClass of CLASS_ORDER) {
		const named = classes[recordClass].filter((number) => !switches.omitFromMessages.includes(number));
		if (recordClass === 'already') named.push(...switches.nameUnrequested);
		if (named.length > 0) message.push(recordLine(switches.wording, recordClass, named));
	}
	return {
		data: [],
		message,
		...(ruleRefused.length > 0 ? { errors: 'Rule failed' } : {}),
		status: finalCode(classes, ruleRefused, switches),
	};
}

function finalCode(classes: Plan['classes'], ruleRefused: string[], switches: Switches): number {
	const codes = CLASS_ORDER.filter((name) => name !== 'ended' && classes[name].length > 0).map(codeOf);
	if (ruleRefused.length > 0) codes.push(3000);
	const first = codes[0];
	if (first === undefined) return 200;
	if (classes.ended.length > 0) return codeOf('ended');
	if (codes.length === 1 || switches.noneEndedCode === 'firstClass') return first;
	return codeOf('ended');
}
