import type { Json, JsonObject } from '../../core/emulator.ts';
import type { Switches } from './switches.ts';

const CLASSES = {
	duplicate: 12760,
	notFound: 12756,
	initiation: 12757,
	terminal: 12758,
	already: 12759,
	ended: 12755,
} as const;

/** What one record of a terminate request can be, in the order in which the sample reply names them. */
export type RecordClass = keyof typeof CLASSES;

export const CLASS_ORDER = Object.keys(CLASSES) as RecordClass[];

export const codeOf = (recordClass: RecordClass): number => CLASSES[recordClass];

const TERMINAL =
	'is/are in terminal status. This action can only be performed on records that are not terminated or are not in the terminal step.';

// The samples and the table of "Terminate Workflow and Non-Workflow BP Records" differ in words and blanks.
const WORDING: Record<Switches['wording'], Record<RecordClass, (numbers: string) => string>> = {
	sample: {
		duplicate: (numbers) => `[${numbers}] Duplicate Record found.`,
		notFound: (numbers) => `[${numbers}] is not correct.`,
		initiation: (numbers) => `[${numbers}]in initiation step.`,
		terminal: (numbers) => `[${numbers}] ${TERMINAL}`,
		already: (numbers) => `[${numbers}] already terminated.`,
		ended: (numbers) => `[${numbers}] terminated successfully.`,
	},
	table: {
		duplicate: (numbers) => `[${numbers} ] are duplicate values in the request.`,
		notFound: (numbers) => `[${numbers}] do not exist.`,
		initiation: (numbers) => `[${numbers}] is/are in the initiation step.`,
		terminal: (numbers) => `[ ${numbers} ] ${TERMINAL}`,
		already: (numbers) => `[ ${numbers} ] is/are already terminated.`,
		ended: (numbers) => `[${numbers} ] terminated successfully.`,
	},
	translated: {
		duplicate: (numbers) => `[${numbers}] Doppelter Datensatz gefunden.`,
		notFound: (numbers) => `[${numbers}] ist nicht richtig.`,
		initiation: (numbers) => `[${numbers}]im Einleitungsschritt.`,
		terminal: (numbers) => `[${numbers}] im Endstatus.`,
		already: (numbers) => `[${numbers}] bereits beendet.`,
		ended: (numbers) => `[${numbers}] erfolgreich beendet.`,
	},
};

export const recordLine = (
	wording: Switches['wording'],
	recordClass: RecordClass,
	numbers: string[],
): string => WORDING[wording][recordClass]([...numbers].sort().join(', '));

/** Texts of the codes that refuse a whole request (tables of the terminate page and "Response Error Codes"). */
const REFUSALS = {
	602: 'Project/Shell Number is not correct.',
	603: 'Business Process Name is required.',
	657: 'Invalid record_no',
	811: 'Invalid Filter Condition',
	1101: 'Empty or Invalid JSON',
	1245: 'Project/Shell Number is not correct.',
	1330: 'The user is locked. Contact your administrator.',
	3002: 'Invalid Input',
	3006: 'Business Process is not Active.',
	12753: 'You can terminate a maximum of 10,000 records at a time.',
	12754: 'You cannot terminate multiple records simultaneously for Cost Type Business Process.',
	12761: 'Selected Business Processes do not support termination of record.',
	13001: 'Project/Shell number is mandatory and is missing in the input request',
	17004: 'Record number is required.',
	/** On no page: one of the codes that a tenant may have besides. */
	15001: 'The record is locked by another user.',
} as const;

/** A refusal by a code in the body; the HTTP status stays 200. */
export class Refusal extends Error {
	readonly code: keyof typeof REFUSALS;

	constructor(code: keyof typeof REFUSALS) {
		super(REFUSALS[code]);
		this.code = code;
	}
}

/** A refusal by the HTTP status, before any business logic. */
export class HttpRefusal extends Error {
	readonly status: 401 | 403 | 415;

	constructor(status: 401 | 403 | 415) {
		super({ 401: 'Unauthorized', 403: 'Forbidden', 415: 'Unsupported Media Type' }[status]);
		this.status = status;
	}
}

export interface Reply {
	data: Json;
	message: string[];
	errors?: string;
	status: number;
}

/** The reply as sent, with what the switches make of its `status` and `message`. */
export function envelope(reply: Reply, switches: Switches, restAuditId?: number): JsonObject {
	const { joint } = switches;
	const sentences =
		joint === 'none' || reply.message.length === 0 ? reply.message : [reply.message.join(joint)];
	const message = messageAs(switches.messageForm, sentences);
	return {
		data: reply.data,
		...(message === undefined ? {} : { message }),
		...(reply.errors === undefined ? {} : { errors: reply.errors }),
		status: statusAs(reply.status, switches),
		...(restAuditId === undefined ? {} : { rest_audit_id: restAuditId }),
	};
}

export const statusAs = (status: number, { statusType }: Switches): Json =>
	statusType === 'string' ? String(status) : status;

function messageAs(form: Switches['messageForm'], message: string[]): Json | undefined {
	switch (form) {
		case 'array':
			return message;
		case 'objects':
			return message.map((text) => ({ message: text }));
		case 'object':
			return Object.fromEntries(message.map((text, index) => [`message_${index + 1}`, text]));
		case 'string':
			return message.join('\n');
		case 'blank':
			return [''];
		case 'missing':
			return undefined;
	}
}

export const htmlPage = (title: string): string =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
