import type { Emulator } from './core/emulator.ts';
import { listen } from './core/listener.ts';
import type { VendorListener } from './core/listener.ts';

/** Starts one emulator alone on a free port, for the tests of that emulator. */
export async function startAlone(emulator: Emulator): Promise<VendorListener> {
	const listener = await listen(emulator, 0);
	// The test environment prints what was sent when a test fails.
	(globalThis as { sandboxJournals?: Set<unknown> }).sandboxJournals?.add(listener.journal);
	return listener;
}

/** An answer as a client sees it. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed body; undefined when it is not JSON. */
	json: any;
}

/** One request over real HTTP, redirects not followed. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
	const response = await fetch(url, { redirect: 'manual', ...init });
	const text = await response.text();
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		json = undefined;
	}
	return { status: response.status, headers: response.headers, text, json };
}
