import type { Json } from './emulator.ts';

/** Whether a value of a seed option will do. */
export type Check = (value: Json) => boolean;

/** Whether a seed option is a list of objects with the required key and no keys but the checked ones. */
export function areEntries(value: Json, required: string, checks: Record<string, Check>): boolean {
	return Array.isArray(value) && value.every((entry) => isEntry(entry, required, checks));
}

function isEntry(entry: Json, required: string, checks: Record<string, Check>): boolean {
	if (typeof entry !== 'object' || entry === null || !Object.hasOwn(entry, required)) return false;
	return Object.entries(entry).every(
		([name, part]) => Object.hasOwn(checks, name) && checks[name]?.(part) === true,
	);
}
