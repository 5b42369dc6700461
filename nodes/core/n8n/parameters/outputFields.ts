import type { INodeProperties } from 'n8n-workflow';

import type { Display } from '../../queries/display';
import { readJson } from '../../util/json';
import { ParameterError } from './parameterError';
import { readSimplify, simplifyProperty } from './queryFields';
import { requireWellFormed } from './reader';
import type { ParameterReader } from './reader';

/** What one vendor's items are, as the form describes it. */
export interface OutputTexts {
	/** The vendor's own name of the ID. */
	idField: string;
	/** The names of the other fields that simplified items have. */
	simplified: readonly string[];
	/** What else there is to say about the names. A whole sentence. */
	remark?: string;
	/** What the raw data holds that one may not expect. */
	rawHolds?: string;
}

/** The parameters that say in which form items come, and how they are read. */
export interface OutputFields {
	fields: INodeProperties[];
	/**
	 * @throws ParameterError when a parameter has a value that is none of its own
	 */
	read: (read: ParameterReader) => Display;
}

const OUTPUT = { name: 'output', displayName: 'Output' } as const;
const FIELDS = { name: 'fields', displayName: 'Fields' } as const;
const { name: SIMPLIFY } = simplifyProperty;

/** The names of the parameters that only tools have; in older versions of n8n nothing has them. */
export const TOOL_PARAMETERS: ReadonlySet<string> = new Set([OUTPUT.name, FIELDS.name]);

/**
 * Simplify for a node, Output and Fields for the tool that n8n makes of it. n8n drops parameters that the form does not show.
 * Versions without the condition `@tool` show Simplify in both, since no parameter has that name.
 */
export function outputFields({ idField, simplified, remark, rawHolds }: OutputTexts): OutputFields {
	const simplify: INodeProperties = {
		...simplifyProperty,
		description: `${simplifyProperty.description}${rawHolds === undefined ? '' : `, which includes ${rawHolds}`}`,
		displayOptions: { hide: { '@tool': [true] } },
	};
	return {
		fields: [simplify, savedSimplify, ...outputProperties(rawHolds), fieldsProperty(simplified, remark)],
		read: (read) => readDisplay(read, idField),
	};
}

/** What a tool that was made with Simplify has in it, so that it decides as long as Output is not set. */
const savedSimplify: INodeProperties = {
	displayName: simplifyProperty.displayName,
	name: SIMPLIFY,
	type: 'hidden',
	default: true,
	displayOptions: { show: { '@tool': [true] } },
};

/** One Output for each value that a tool may have saved for Simplify; they differ in what they are by default. */
function outputProperties(rawHolds: string | undefined): INodeProperties[] {
	// By a pattern: the condition `startsWith` throws for anything but text in older versions of n8n.
	const isExpression = { _cnd: { regex: '^=' } };
	const including = rawHolds === undefined ? '' : `, including ${rawHolds}`;
	const output: INodeProperties = {
		...OUTPUT,
		type: 'options',
		options: [
			{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
			{ name: 'Raw', value: 'raw', description: `All data that the system returned${including}` },
			{
				name: 'Selected Fields',
				value: 'selectedFields',
				description: 'The ID and the fields that you choose',
			},
		],
		default: 'simplified',
		description: 'Which fields each item contains',
	};
	return [
		{
			...output,
			displayOptions: { show: { '@tool': [true] }, hide: { [SIMPLIFY]: [false, isExpression] } },
		},
		{
			...output,
			default: 'raw',
			displayOptions: { show: { '@tool': [true] }, hide: { [SIMPLIFY]: [{ _cnd: { not: false } }] } },
		},
		{
			...output,
			default: `={{ $parameter["${SIMPLIFY}"] === false ? "raw" : "simplified" }}`,
			// In this order: n8n stops at the first condition on a parameter that is an expression.
			displayOptions: { show: { '@tool': [true], [SIMPLIFY]: [isExpression] } },
		},
	];
}

/** A text and no list to choose from: a model can fill it in, and raw data has fields that nobody can list. */
function fieldsProperty(simplified: readonly string[], remark: string | undefined): INodeProperties {
	return {
		...FIELDS,
		type: 'string',
		default: '',
		placeholder: `e.g. ${simplified.slice(0, 2).join(', ')}`,
		description: [
			'The names of the fields to return, separated by commas. The ID is always included.',
			`The simplified fields are ${simplified.join(', ')}. Names from the raw data also work.`,
			...(remark === undefined ? [] : [remark]),
		].join(' '),
		displayOptions: { show: { '@tool': [true], [OUTPUT.name]: ['selectedFields'] } },
	};
}

function readDisplay(read: ParameterReader, idField: string): Display {
	const output = read(OUTPUT.name);
	switch (output) {
		case undefined:
			return { isSimple: readSimplify(read) };
		case 'simplified':
		case 'raw':
			return { isSimple: output === 'simplified' };
		case 'selectedFields':
			return { isSimple: true, selection: { idField, fields: readFieldNames(read(FIELDS.name)) } };
		default:
			throw new ParameterError(
				`The parameter '${OUTPUT.displayName}' must be 'simplified', 'raw' or 'selectedFields'`,
				'If it comes from an expression, make sure that the expression returns one of the three.',
			);
	}
}

/**
 * The names in a text with commas, in the text of a JSON array or in an array from an expression; each once. None where it is
 * empty.
 *
 * @throws ParameterError for anything else
 */
function readFieldNames(value: unknown): string[] {
	const given = value ?? '';
	const list = typeof given === 'string' ? namesIn(given) : given;
	if (!Array.isArray(list) || !list.every((name) => typeof name === 'string')) {
		throw new ParameterError(
			`The parameter '${FIELDS.displayName}' must contain the names of fields`,
			'Pass the names as text, separated by commas, or as an array of strings.',
		);
	}
	for (const name of list) requireWellFormed(name, `The parameter '${FIELDS.displayName}'`);
	return [...new Set(list.map((name) => name.trim()))].filter((name) => name !== '');
}

function namesIn(text: string): unknown {
	const list = text.trim().startsWith('[') ? readJson(text) : undefined;
	return Array.isArray(list) ? list : text.split(/[,;\r\n]/);
}
