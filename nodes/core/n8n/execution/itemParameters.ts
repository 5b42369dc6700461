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

/** How n8n reads a value. It cannot extract that of an entry which the node no longer has, and no entry that is read alone is a locator. */
export function extractionFor(name: string): { extractValue: boolean } {
	return { extractValue: !name.includes('.') };
}

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
	/**
	 * Entries of collections that belong to the node and not to an item, as `collection.entry`. They are read by that name
	 * alone: an expression in one may go through all items, and read with its collection it would do so for each.
	 */
	ofNode?: ReadonlySet<string>;
	/** Parameters that some forms of the node do not have: undefined there, and null where they have no value. */
	optional?: ReadonlySet<string>;
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
		return (name) => {
			const [collection = '', entry] = name.split('.');
			if (entry !== undefined) return this.readEntry(collection, entry, item);
			return this.input.optional?.has(name) ? this.readOptional(name, item) : this.read(name, item);
		};
	}

	private read(name: string, item: number): unknown {
		const source = this.sourceOf(name);
		if (source.kind === 'shared') return (source.value ??= { of: this.ask(name, item) }).of;
		if (source.kind === 'n8n') return this.ask(name, item);
		const { paths, first } = source;
		const json = this.input.jsonAt(item);
		if (!isAllText(paths, json)) return this.ask(name, item);
		if (first) return withTexts(first.of, paths, json);
		const value = this.ask(name, item);
		if (isEqual(value, paths, json)) source.first = { of: value };
		else this.sources.set(name, { kind: 'n8n' });
		return value;
	}

	private readOptional(name: string, item: number): unknown {
		return Object.hasOwn(this.input.raw, name) ? (this.read(name, item) ?? null) : undefined;
	}

	private readEntry(collection: string, entry: string, item: number): unknown {
		// A form may lack the collection.
		if (!Object.hasOwn(this.input.raw, collection)) return undefined;
		const raw = this.collectionIn(collection);
		const value = raw ?? asObject(this.read(collection, item));
		if (!value || !Object.hasOwn(value, entry)) return undefined;
		return (raw ? this.read(`${collection}.${entry}`, item) : value[entry]) ?? null;
	}

	/** The value of a parameter for an item. A collection with entries of the node is put together of its other ones. */
	private ask(name: string, item: number): unknown {
		const rest = this.withoutNodeEntries(name);
		if (!rest) return this.input.readAt(name, item);
		return Object.fromEntries(Object.keys(rest).map((entry) => [entry, this.readEntry(name, entry, item)]));
	}

	private sourceOf(name: string): Source {
		const known = this.sources.get(name);
		if (known) return known;
		const source = this.findSource(name);
		this.sources.set(name, source);
		return source;
	}

	private findSource(name: string): Source {
		const rest = this.withoutNodeEntries(name);
		if (rest) return { kind: isShared(rest) ? 'shared' : 'n8n' };
		const [parameter = '', entry] = name.split('.');
		const raw = entry === undefined ? this.input.raw : (this.collectionIn(parameter) ?? {});
		const key = entry ?? parameter;
		return Object.hasOwn(raw, key) ? sourceIn(raw[key]) : { kind: 'n8n' };
	}

	/** The entries of a collection as they stand in the workflow; undefined for anything else. */
	private collectionIn(name: string): Readonly<Record<string, unknown>> | undefined {
		const { raw } = this.input;
		const value = Object.hasOwn(raw, name) ? asObject(raw[name]) : undefined;
		return value && !isLocator(value) ? value : undefined;
	}

	/** What is left of a collection without the entries that belong to the node; undefined where it has none of them. */
	private withoutNodeEntries(name: string): Readonly<Record<string, unknown>> | undefined {
		const entries = Object.entries(this.collectionIn(name) ?? {});
		const others = entries.filter(([entry]) => !this.input.ofNode?.has(`${name}.${entry}`));
		return others.length < entries.length ? Object.fromEntries(others) : undefined;
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
