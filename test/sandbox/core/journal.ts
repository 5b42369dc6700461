import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { FaultPlan } from './faults.ts';

/** One request as the emulator received it, secrets masked. */
export interface JournalEntry {
	/** Counts from 1 within one emulator since the last reset. */
	number: number;
	method: string;
	/** Path and query, as sent. */
	url: string;
	headers: Record<string, string>;
	/** The raw body, '' when there was none. */
	body: string;
	/** What was answered; 0 when the connection was dropped. */
	status: number;
	/** The kind of the armed fault that hit it, when one did. */
	fault?: string;
	/** How many requests were open in this emulator when this one arrived, itself included. */
	inFlight: number;
	/** Milliseconds since the sandbox started. */
	at: number;
}

/** What one emulator was asked since the last reset. */
export class Journal {
	private entries: JournalEntry[] = [];

	private open = 0;

	private readonly byRequest = new WeakMap<FastifyRequest, JournalEntry>();

	private readonly mask: (text: string) => string;

	private readonly faults: FaultPlan;

	constructor(mask: (text: string) => string, faults: FaultPlan) {
		this.mask = mask;
		this.faults = faults;
	}

	list(): JournalEntry[] {
		return this.entries;
	}

	clear(): void {
		this.entries = [];
	}

	install(app: FastifyInstance): void {
		app.addHook('onRequest', async (request, reply) => {
			this.open += 1;
			const entry: JournalEntry = {
				number: this.entries.length + 1,
				method: request.method,
				url: this.mask(request.url),
				headers: this.maskHeaders(request),
				body: '',
				status: 0,
				inFlight: this.open,
				at: Math.round(performance.now()),
			};
			this.entries.push(entry);
			this.byRequest.set(request, entry);
			// A response closes once, whether it was sent or its connection was dropped.
			reply.raw.once('close', () => {
				this.open -= 1;
			});
		});
		app.addHook('preValidation', async (request) => {
			const entry = this.byRequest.get(request);
			if (entry) entry.body = this.mask(request.rawBody);
		});
		app.addHook('onResponse', async (request, reply) => {
			const entry = this.byRequest.get(request);
			if (!entry) return;
			if (!request.raw.socket.destroyed) entry.status = reply.statusCode;
			const fault = this.faults.of(request);
			if (fault) entry.fault = fault.kind;
		});
	}

	private maskHeaders(request: FastifyRequest): Record<string, string> {
		const masked: Record<string, string> = {};
		for (const [name, value] of Object.entries(request.headers)) {
			const text = Array.isArray(value) ? value.join(', ') : String(value);
			masked[name] = name === 'authorization' ? text.replace(/\s.*$/s, ' ***') : this.mask(text);
		}
		return masked;
	}
}
