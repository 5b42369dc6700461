import { textOf, type Source } from './source.ts';

/**
 * A file of `templates/` with its places filled in, which look like `{{name}}`; with spaces inside they are n8n's or GitHub's
 * own. Fails where a value is missing.
 */
export function fillIn(source: Source, template: string, values: Readonly<Record<string, string>>): string {
	const path = `scripts/packages/templates/${template}`;
	return textOf(source, path).replace(/\{\{(\w+)\}\}/g, (_place, key: string) => {
		const value = values[key];
		if (value === undefined) throw new Error(`${path} asks for "${key}", which no package has.`);
		return value;
	});
}
