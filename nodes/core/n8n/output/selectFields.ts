import type { Display, Selection } from '../../queries/display';
import type { JsonRecord } from '../../util/json';
import type { ResourceNoun } from '../../util/text';

/**
 * A row with its ID and the selected fields, in their order: those of the simplified form, and what that lacks from the raw
 * one. Names that neither has are left out.
 */
export function selectFields(
	{ idField, fields }: Selection,
	simplified: JsonRecord,
	raw: () => JsonRecord,
): JsonRecord {
	let rawRow: JsonRecord | undefined;
	const names = [idField, ...fields.filter((name) => name !== idField)];
	const entries = names.flatMap((name): Array<[string, unknown]> => {
		if (Object.hasOwn(simplified, name)) return [[name, simplified[name]]];
		rawRow ??= raw();
		return Object.hasOwn(rawRow, name) ? [[name, rawRow[name]]] : [];
	});
	return Object.fromEntries(entries);
}

/** How a vendor shows a row, extended by the selection in the query. */
export function selecting<Query extends Partial<Display>, More extends unknown[]>(
	show: (row: JsonRecord, query: Query, ...more: More) => JsonRecord,
): (row: JsonRecord, query: Query, ...more: More) => JsonRecord {
	return (row, query, ...more) => {
		if (!query.selection) return show(row, query, ...more);
		const simplified = show(row, { ...query, isSimple: true }, ...more);
		return selectFields(query.selection, simplified, () => show(row, { ...query, isSimple: false }, ...more));
	};
}

/** The sentence for a selection that no item has any field of, such as one with misspelled names. */
export function nothingSelected(
	selection: Selection | undefined,
	items: readonly JsonRecord[],
	{ plural }: Pick<ResourceNoun, 'plural'>,
): string | undefined {
	if (!selection || selection.fields.length === 0 || items.length === 0) return undefined;
	const { fields } = selection;
	if (items.some((item) => fields.some((name) => Object.hasOwn(item, name)))) return undefined;
	return `The ${plural} have none of the selected fields (${fields.join(', ')}), so each item contains only its ID. Check the names in 'Fields': they are case-sensitive.`;
}
