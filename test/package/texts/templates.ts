import ts from 'typescript';

import type { Constants } from './constants';

/** The texts that an expression can give, each with its parts as `{name}`: one for each way through its conditions. */
export function variantsOf(node: ts.Expression, constants: Constants): string[] {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce(
			(texts, { expression, literal }) =>
				combined(combined(texts, partsOf(expression, constants)), [literal.text]),
			[node.head.text],
		);
	}
	if (isSum(node)) return combined(partsOf(node.left, constants), partsOf(node.right, constants));
	return partsOf(node, constants);
}

/** Whether an expression puts texts together, so that it is shown as a whole. */
export function isText(node: ts.Node): boolean {
	return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || (isSum(node) && hasText(node));
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
	return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function hasText(node: ts.Node): boolean {
	return (
		ts.isStringLiteralLike(node) ||
		ts.isTemplateExpression(node) ||
		(isSum(node) && (hasText(node.left) || hasText(node.right)))
	);
}

function combined(starts: readonly string[], ends: readonly string[]): string[] {
	return starts.flatMap((start) => ends.map((end) => start + end));
}

/** What stands in the place of a part: the texts of a condition, the text behind the name of a constant, otherwise the name. */
function partsOf(given: ts.Expression, constants: Constants): string[] {
	const node = ts.isParenthesizedExpression(given) ? given.expression : given;
	if (isText(node)) return variantsOf(node, constants);
	if (ts.isConditionalExpression(node)) return choices([node.whenTrue, node.whenFalse], constants);
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
		return choices([node.left, node.right], constants);
	}
	const constant = constants.valueOf(node);
	return constant && isText(constant.node)
		? variantsOf(constant.node, constant.constants)
		: [`{${nameOf(node)}}`];
}

function choices(nodes: readonly ts.Expression[], constants: Constants): string[] {
	const texts = nodes.map((one) => partsOf(one, constants));
	const names = texts.flat();
	const isOneName = names.every((name) => /^\{[^{}]*\}$/.test(name));
	return isOneName ? [`{${[...new Set(names.map((name) => name.slice(1, -1)))].join(' or ')}}`] : names;
}

/** Methods that give the value they are called on, in another form. */
const FORMS = new Set([
	'join',
	'map',
	'replace',
	'replaceAll',
	'slice',
	'toString',
	'trim',
	'toUpperCase',
	'toLowerCase',
]);

/** What a reader would call the part: the name of the variable, the property or the value that a function is given. */
function nameOf(node: ts.Expression): string {
	if (ts.isIdentifier(node)) return node.text;
	if (ts.isPropertyAccessExpression(node)) return node.name.text;
	if (ts.isBinaryExpression(node)) return nameOf(node.left);
	if (ts.isCallExpression(node)) {
		const { expression: callee, arguments: given } = node;
		if (ts.isPropertyAccessExpression(callee) && FORMS.has(callee.name.text))
			return nameOf(callee.expression);
		const [first] = given;
		const isFormatted = ts.isIdentifier(callee)
			? callee.text === 'capitalise'
			: callee.getText().startsWith('Math.');
		return isFormatted && first ? nameOf(first) : nameOf(callee);
	}
	return node
		.getText()
		.replace(/[{}\s]+/g, ' ')
		.trim();
}
