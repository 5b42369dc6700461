import ts from 'typescript';

import { Constants } from './constants';
import type { Sources } from './constants';
import { isText, variantsOf } from './templates';

/** One text that people or models can read. */
export interface ReadableText {
	/** What it is, by the property that holds it, such as `description`. Empty for a text in any other position. */
	kind: string;
	text: string;
}

/** The properties whose values are shown, whatever they hold. */
const SHOWN = new Set([
	'action',
	'buttonLabel',
	'description',
	'displayName',
	'errorMessage',
	'hint',
	'label',
	'message',
	'notice',
	'placeholder',
	'plural',
	'reason',
	'singular',
	'title',
	'vendor',
]);

/** Functions and methods that are given texts of others to look for, or names. */
const LOOKING_FOR = new Set(['endsWith', 'get', 'has', 'includes', 'indexOf', 'split', 'startsWith']);

/** All texts of a file, in its order. */
export function textsIn(path: string, sources: Sources): ReadableText[] {
	const file = sources.file(path);
	const constants = new Constants(sources, path);
	const texts: ReadableText[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isLookedFor(node)) return;
		if (!ts.isExpression(node) || !isText(node)) {
			ts.forEachChild(node, visit);
			return;
		}
		const kind = kindOf(node);
		for (const text of new Set(variantsOf(node, constants))) {
			if (isReadable(text, kind)) texts.push({ kind, text: text.trim() });
		}
	};
	ts.forEachChild(file, visit);
	return texts;
}

/** The property that holds the text; a condition or the brackets around it do not count. */
function kindOf(node: ts.Node): string {
	const { parent } = node;
	if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
		const name = parent.name.getText();
		if (SHOWN.has(name)) return name;
		return isOptionName(parent) ? 'name' : '';
	}
	if (ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent)) return kindOf(parent);
	return '';
}

/** `name` is a label in what has a value beside it and no label: an option of a list, an operation, a resource. */
function isOptionName(node: ts.Node): boolean {
	if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'name') return false;
	const beside = node.parent.properties.map((one) => one.name?.getText());
	return beside.includes('value') && !beside.includes('displayName');
}

/** Constants with what a vendor writes, letter by letter, so that it is recognised. */
const VENDORS_OWN = new Set(['BY_DESCRIPTION']);

/** A text that is compared, looked for or made a pattern of is not shown. */
function isLookedFor(node: ts.Node): boolean {
	if (ts.isCaseClause(node.parent) && node.parent.expression === node) return true;
	if (ts.isBinaryExpression(node.parent)) {
		return /^[!=]==$|^in$/.test(node.parent.operatorToken.getText()) && ts.isStringLiteralLike(node);
	}
	if (ts.isVariableDeclaration(node.parent)) return VENDORS_OWN.has(node.parent.name.getText());
	if (ts.isNewExpression(node.parent)) return node.parent.expression.getText() === 'RegExp';
	if (!ts.isCallExpression(node.parent) || node.parent.expression === node) return false;
	const { expression } = node.parent;
	return ts.isPropertyAccessExpression(expression) && LOOKING_FOR.has(expression.name.text);
}

/** An expression, an address, a pattern and a header are not read by people. */
function isReadable(text: string, kind: string): boolean {
	if (/^=?\{\{.*\}\}$|^https?:\/\/\S*$|^\^|^(Basic|Bearer) \{/.test(text)) return false;
	return kind === '' ? isProse(text) : /[A-Za-z{]/.test(text);
}

/** Two words or more, at least one of them in small letters. A part that is filled in counts as a word. */
function isProse(text: string): boolean {
	const words = text.trim().split(/\s+/);
	return words.length > 1 && words.some((word) => /^["'(]?[A-Za-z]?[a-z]{2,}[\w'-]*[.,;:!?)"']*$/.test(word));
}
