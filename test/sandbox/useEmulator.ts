import { resetListener } from './core/control.ts';
import type { Emulator, JsonObject } from './core/emulator.ts';
import type { VendorListener } from './core/listener.ts';
import { startAlone } from './support.ts';

/**
 * Starts an emulator for the tests around the call, and puts it back to its first state before each of them, with
 * the given switches set. What it returns works inside tests only.
 */
export function useEmulator(create: () => Emulator, switches: JsonObject = {}) {
	let listener: VendorListener | undefined;
	const running = (): VendorListener => {
		if (!listener) throw new Error('The emulator runs in tests only');
		return listener;
	};
	const fresh = (more: JsonObject = {}): void => {
		resetListener(running());
		running().emulator.configure({ ...switches, ...more });
	};
	const seed = (count: number, options: JsonObject = {}): string[] => running().emulator.seed(count, options);
	const counters = (): Record<string, number> =>
		running().emulator.state()['counters'] as Record<string, number>;

	beforeAll(async () => {
		listener = await startAlone(create());
	});
	afterAll(async () => await running().app.close());
	beforeEach(() => fresh());

	return {
		get emulator() {
			return running().emulator;
		},
		get origin() {
			return running().origin;
		},
		get baseUrl() {
			return running().baseUrl;
		},
		get app() {
			return running().app;
		},
		get journal() {
			return running().journal;
		},
		get faults() {
			return running().faults;
		},
		/** Back to the first state in the middle of a test, with further switches. */
		fresh,
		seed,
		/** Seeds one instance. */
		one: (options?: JsonObject): string => seed(1, options)[0] ?? '',
		configure: (changes: JsonObject): void => running().emulator.configure(changes),
		counters,
		counter: (name: string): number | undefined => counters()[name],
		/** An instance in the emulator's state. */
		instance: (id: string): any => (running().emulator.state()['instances'] as JsonObject)[id],
		/** A set of credential data by its key. */
		credential: (key: string): Record<string, string> =>
			(running().emulator.credentials(running().origin)[key] ?? {}) as Record<string, string>,
	};
}

/** What {@link useEmulator} returns. */
export type TestEmulator = ReturnType<typeof useEmulator>;
