import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The syntax trees of the product files, each read once. */
export class Sources {
	private readonly files = new Map<string, ts.SourceFile>();

	file(path: string): ts.SourceFile {
		let file = this.files.get(path);
		if (!file) {
			file = ts.createSourceFile(path, ts.sys.readFile(path) ?? '', ts.ScriptTarget.ES2022, true);
			this.files.set(path, file);
		}
		return file;
	}
}

/** What a name stands for, and the constants of the file in which that is written. */
export interface Value {
	node: ts.Expression;
	constants: Constants;
}

/** What the names in a file stand for: its own constants, and those that it imports. */
export class Constants {
	constructor(
		private readonly sources: Sources,
		private readonly path: string,
	) {}

	/** The value of a constant, or of a property of a constant object; undefined for anything else. */
	valueOf(node: ts.Expression): Value | undefined {
		if (ts.isIdentifier(node)) return this.named(node.text);
		if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
		const holder = this.named(node.expression.text);
		if (!holder || !ts.isObjectLiteralExpression(holder.node)) return undefined;
		const property = holder.node.properties.find(
			(one) => ts.isPropertyAssignment(one) && one.name.getText() === node.name.text,
		);
		return property && ts.isPropertyAssignment(property)
			? { node: property.initializer, constants: holder.constants }
			: undefined;
	}

	private named(name: string): Value | undefined {
		for (const statement of this.sources.file(this.path).statements) {
			if (ts.isVariableStatement(statement)) {
				const found = statement.declarationList.declarations.find((one) => one.name.getText() === name);
				if (found?.initializer) return { node: unwrapped(found.initializer), constants: this };
			}
			if (ts.isImportDeclaration(statement)) {
				const imported = this.imported(statement, name);
				if (imported) return imported;
			}
		}
		return undefined;
	}

	private imported(statement: ts.ImportDeclaration, name: string): Value | undefined {
		const { importClause, moduleSpecifier } = statement;
		const bindings = importClause?.namedBindings;
		if (!bindings || !ts.isNamedImports(bindings) || !ts.isStringLiteral(moduleSpecifier)) return undefined;
		const element = bindings.elements.find((one) => one.name.text === name);
		const path = `${join(dirname(this.path), moduleSpecifier.text)}.ts`;
		if (!element || !moduleSpecifier.text.startsWith('.') || !existsSync(path)) return undefined;
		return new Constants(this.sources, path).named((element.propertyName ?? element.name).text);
	}
}

function unwrapped(node: ts.Expression): ts.Expression {
	return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? unwrapped(node.expression) : node;
}
