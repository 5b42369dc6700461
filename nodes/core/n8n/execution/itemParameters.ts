import { asObject } from '../../util/json';
import type { ParameterReader } from '../parameters/reader';
import { plainPathIn, textAt } from './plainPath';
import type { PlainPath } from './plainPath';

/** `$` words of n8n's expressions whose value is the same for all items of an execution. */
const SHARED_WORDS = /^\$(workflow|execution|vars|secrets)$/;

/** Whether a parameter, as it stands in the workflow, has the same value for every item. */
export function isShared(raw: unknown): boolean {
	if (typeof raw === 'string') {
		if (!raw.startsWith('=')) return true;
		const words = raw.match(/\$[\w$]*/g) ?? [];
		return words.every((word) => SHARED_WORDS.test(word));
	}
	if (typeof raw !== 'object' || raw === null) return true;
	return Object.values(raw).every(isShared);
}

/** The plain paths of a parameter: that of the parameter itself, or those of its entries by their keys. */
type Paths = { path: PlainPath } | { entries: ReadonlyArray<readonly [key: string, paths: Paths]> };

/** How a parameter comes by its values. */
type Source =
	| { kind: 'shared'; value?: { of: unknown } }
	/** n8n is asked for each item. */
	| { kind: 'n8n' }
	/** The texts at the paths are the item's, the rest is the same for all. `first`: what n8n gave for the first item. */
	| { kind: 'paths'; paths: Paths; first?: { of: unknown } };

/** What n8n says about a parameter and about an item. */
interface Input {
	/** The parameters as they stand in the workflow. */
	raw: Readonly<Record<string, unknown>>;
	/** The value of a parameter for an item, as n8n has it; that of a resource locator is its text. */
	readAt: (name: string, item: number) => unknown;
	jsonAt: (item: number) => unknown;
}

/**
 * Reads parameters item by item. n8n takes half a millisecond for each value, so it is not asked twice for what it would
 * say again: what does not differ between items is read once, and a text that an expression only fetches from the item is
 * read from there, once n8n has given the same for the first item.
 */
export class ItemParameters {
	private readonly sources = new Map<string, Source>();

	constructor(private readonly input: Input) {}

	/** A reader for one item. */
	at(item: number): ParameterReader {
		return (name) => this.read(name, item);
	}

	private read(name: string, item: number): unknown {
		const { readAt, jsonAt } = this.input;
		const source = this.sourceOf(name);
		if (source.kind === 'shared') return (source.value ??= { of: readAt(name, item) }).of;
		if (source.kind === 'n8n') return readAt(name, item);
		const { paths, first } = source;
		const json = jsonAt(item);
		if (!isAllText(paths, json)) return readAt(name, item);
		if (first) return withTexts(first.of, paths, json);
		const value = readAt(name, item);
		if (isEqual(value, paths, json)) source.first = { of: value };
		else this.sources.set(name, { kind: 'n8n' });
		return value;
	}

	private sourceOf(name: string): Source {
		const known = this.sources.get(name);
		if (known) return known;
		const { raw } = this.input;
		const source = Object.hasOwn(raw, name) ? sourceIn(raw[name]) : ({ kind: 'n8n' } as const);
		this.sources.set(name, source);
		return source;
	}
}

function sourceIn(raw: unknown): Source {
	if (isShared(raw)) return { kind: 'shared' };
	const paths = isLocator(raw) ? pathsInLocator(raw) : pathsIn(raw);
	return paths ? { kind: 'paths', paths } : { kind: 'n8n' };
}

function isLocator(raw: unknown): raw is Readonly<Record<string, unknown>> {
	return asObject(raw)?.['__rl'] === true;
}

/** n8n gives the text of a locator alone. */
function pathsInLocator({ value, ...others }: Readonly<Record<string, unknown>>): Paths | undefined {
	return isShared(others) ? pathsIn(value) : undefined;
}

/** The plain paths of what may differ between items; undefined where anything else may differ. */
function pathsIn(raw: unknown): Paths | undefined {
	if (typeof raw === 'string') {
		const path = plainPathIn(raw);
		return path && { path };
	}
	if (typeof raw !== 'object' || raw === null) return undefined;
	const entries: Array<readonly [string, Paths]> = [];
	for (const [key, entry] of Object.entries(raw)) {
		if (isShared(entry)) continue;
		const paths = pathsIn(entry);
		if (!paths) return undefined;
		entries.push([key, paths]);
	}
	return { entries };
}

function isAllText(paths: Paths, json: unknown): boolean {
	return 'path' in paths
		? textAt(json, paths.path) !== undefined
		: paths.entries.every(([, entry]) => isAllText(entry, json));
}

/** Whether n8n has put the texts of the item where they belong. */
function isEqual(value: unknown, paths: Paths, json: unknown): boolean {
	if ('path' in paths) return value === textAt(json, paths.path);
	if (typeof value !== 'object' || value === null) return false;
	return paths.entries.every(
		([key, entry]) =>
			Object.hasOwn(value, key) && isEqual((value as Record<string, unknown>)[key], entry, json),
	);
}

/** What n8n gave for another item, with the texts of this one. */
function withTexts(value: unknown, paths: Paths, json: unknown): unknown {
	if ('path' in paths) return textAt(json, paths.path);
	const given = value as Readonly<Record<string, unknown>>;
	const copy: Record<string, unknown> = Array.isArray(given) ? Object.assign([], given) : { ...given };
	for (const [key, entry] of paths.entries) copy[key] = withTexts(given[key], entry, json);
	return copy;
}
