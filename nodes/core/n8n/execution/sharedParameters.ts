import type { ParameterReader } from '../parameters/reader';

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

/**
 * Reads parameters item by item, and those that do not differ between items only once: n8n takes almost a millisecond
 * for each value.
 */
export class SharedParameters {
	private readonly values = new Map<string, unknown>();

	constructor(
		private readonly raw: Readonly<Record<string, unknown>>,
		private readonly readAt: (name: string, item: number) => unknown,
	) {}

	/** A reader for one item. */
	at(item: number): ParameterReader {
		return (name) => {
			if (!Object.hasOwn(this.raw, name) || !isShared(this.raw[name])) return this.readAt(name, item);
			if (!this.values.has(name)) this.values.set(name, this.readAt(name, item));
			return this.values.get(name);
		};
	}
}
