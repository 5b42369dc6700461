import type { FastifyInstance } from 'fastify';

import { controlApp, resetListener } from './core/control.ts';
import { listen } from './core/listener.ts';
import type { VendorListener } from './core/listener.ts';
import { VENDORS } from './vendors/index.ts';
import type { VendorName } from './vendors/index.ts';

export type { VendorListener } from './core/listener.ts';

/** The running sandbox: the emulated vendors by name and the control API, all on loopback. */
export interface Sandbox extends Record<VendorName, VendorListener> {
	/** The same listeners, in the order of their ports. */
	listeners: VendorListener[];
	/** Origin of the control API. */
	controlUrl: string;
	/** Every emulator back to its first state, journals and faults cleared, no latency. */
	reset(): void;
	close(): Promise<void>;
}

/**
 * Starts the sandbox. With `port` 0 (the default) every listener takes a free port; otherwise the
 * control API takes `port` and the vendors the ports after it. Rejects with EADDRINUSE when one is taken.
 */
export async function startSandbox({ port = 0 }: { port?: number } = {}): Promise<Sandbox> {
	const listeners = new Map<string, VendorListener>();
	let control: FastifyInstance | undefined;
	const close = async (): Promise<void> => {
		await Promise.all([...listeners.values()].map(async ({ app }) => await app.close()));
		await control?.close();
	};
	try {
		let next = port === 0 ? 0 : port + 1;
		for (const [vendor, create] of Object.entries(VENDORS)) {
			listeners.set(vendor, await listen(create(), next));
			if (next !== 0) next += 1;
		}
		control = controlApp(listeners);
		const controlUrl = await control.listen({ host: '127.0.0.1', port });
		return {
			...(Object.fromEntries(listeners) as Record<VendorName, VendorListener>),
			listeners: [...listeners.values()],
			controlUrl,
			reset: () => listeners.forEach(resetListener),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
