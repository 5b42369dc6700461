import type { JsonObject } from '../sandbox/core/emulator.ts';
import type { JournalEntry } from '../sandbox/core/journal.ts';
import type { VendorListener } from '../sandbox/core/listener.ts';

/** The credential data under a key of the emulator's own list, as n8n would hold it. */
export function credentialsOf(listener: VendorListener, key: string): JsonObject {
	const data = listener.emulator.credentials(listener.origin)[key];
	if (!data) throw new Error(`The emulator has no credentials named ${key}`);
	return data;
}

/** The requests of a method to paths that contain a text, oldest first. */
export function requestsTo(listener: VendorListener, method: string, path = ''): JournalEntry[] {
	return listener.journal.list().filter((entry) => entry.method === method && entry.url.includes(path));
}

/** What became of one instance in the emulator. */
export function stateOf(listener: VendorListener, id: string): string | undefined {
	const instances = listener.emulator.state()['instances'] as Record<string, { state: string }>;
	return instances[id]?.state;
}
