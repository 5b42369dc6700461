import { readFileSync } from 'node:fs';
import ts from 'typescript';

import { Constants, Sources } from './constants';
import type { ReadableText } from './sourceTexts';
import { isText, variantsOf } from './templates';

/** Parameters that hold texts for people, of whatever node. */
const SHOWN = new Set([
	'approveLabel',
	'content',
	'descriptionType',
	'errorMessage',
	'expected',
	'fieldLabel',
	'formDescription',
	'formTitle',
	'message',
	'option',
	'placeholder',
	'prompt',
	'subject',
	'systemMessage',
	'text',
	'title',
	'toolDescription',
]);

interface ExampleNode {
	name: string;
	type: string;
	parameters: Readonly<Record<string, unknown>>;
}

/** All texts of an example, a node at a time: names of nodes, sticky notes, forms, messages, prompts. */
export function exampleTexts(path: string): ReadableText[] {
	const { name, nodes } = JSON.parse(readFileSync(path, 'utf8')) as { name: string; nodes: ExampleNode[] };
	return [
		{ kind: 'workflow', text: name },
		...nodes.flatMap((node) => [{ kind: 'node', text: node.name }, ...valuesIn(node.parameters, '')]),
	];
}

function valuesIn(value: unknown, key: string): ReadableText[] {
	if (typeof value === 'string') return textsOf(key, value);
	if (Array.isArray(value)) return value.flatMap((entry) => valuesIn(entry, key));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, entry]) => valuesIn(entry, name));
}

function textsOf(key: string, value: string): ReadableText[] {
	if (key === 'jsCode') return proseIn(value);
	if (key === 'jsonOutput') return valuesIn(tryToParse(value), key);
	if (SHOWN.has(key) && !value.startsWith('=')) return [{ kind: key, text: value }];
	if (value.startsWith('=')) return expressionTexts(key, value.slice(1));
	return isProse(value) ? [{ kind: key, text: value }] : [];
}

/** A text with expressions in it, each shown as `{…}`, and the sentences inside the expressions. */
function expressionTexts(key: string, value: string): ReadableText[] {
	const inner = [...value.matchAll(/\{\{([\s\S]*?)\}\}/g)].flatMap((match) => proseIn(match[1] ?? ''));
	const shown = value.replace(/\{\{[\s\S]*?\}\}/g, '{…}').trim();
	return [...(isProse(shown) ? [{ kind: key, text: shown }] : []), ...inner];
}

/** The sentences in a piece of JavaScript. */
function proseIn(code: string): ReadableText[] {
	const sources = new Sources();
	const constants = new Constants(sources, '');
	const texts: ReadableText[] = [];
	const visit = (node: ts.Node): void => {
		// A list of words is no sentence.
		if (ts.isPropertyAccessExpression(node) && node.name.text === 'split') return;
		if (!ts.isExpression(node) || !isText(node)) {
			ts.forEachChild(node, visit);
			return;
		}
		for (const text of new Set(variantsOf(node, constants))) {
			if (isProse(text)) texts.push({ kind: '', text: text.trim() });
		}
	};
	visit(ts.createSourceFile('code.js', code, ts.ScriptTarget.ES2022, true));
	return texts;
}

function tryToParse(json: string): unknown {
	try {
		return JSON.parse(json.replace(/^=/, ''));
	} catch {
		return undefined;
	}
}

function isProse(text: string): boolean {
	return /[A-Za-z]{2,}[,;:]?\s+[a-z{]/.test(text);
}
