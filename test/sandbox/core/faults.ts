import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { wait } from './latency.ts';

/** What a fault does to the request that it hits. */
export type FaultKind =
	| 'status' // answer `status` with `body` and `headers`
	| 'html' // answer `status` (default 502) with an HTML page
	| 'redirect' // answer `status` (default 302) with `location`
	| 'delay' // wait `delayMs`, then go on as usual
	| 'drip' // send the headers, then a byte every `delayMs` (default 200), without end
	| 'reset' // drop the connection
	| 'cut' // send only the first half of the answer's text, well-framed
	| 'empty'; // answer the usual status with no body

/** An armed fault. It hits the next `times` requests that match, after letting `skip` of them pass. */
export interface Fault {
	kind: FaultKind;
	/** `before` (default): the vendor never acted. `after`: the vendor acted, then the fault strikes. */
	when?: 'before' | 'after';
	/** Only requests with this method. */
	method?: string;
	/** Only requests whose path and query contain this text. */
	path?: string;
	/** How many matching requests pass first. Default 0. */
	skip?: number;
	/** How many matching requests are hit. Default 1. */
	times?: number;
	status?: number;
	body?: string;
	headers?: Record<string, string>;
	delayMs?: number;
	location?: string;
}

/** JSON schema of a fault, for the control API. */
export const faultSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['kind'],
	properties: {
		kind: { enum: ['status', 'html', 'redirect', 'delay', 'drip', 'reset', 'cut', 'empty'] },
		when: { enum: ['before', 'after'] },
		method: { type: 'string' },
		path: { type: 'string' },
		skip: { type: 'integer', minimum: 0 },
		times: { type: 'integer', minimum: 1 },
		status: { type: 'integer', minimum: 100, maximum: 599 },
		body: { type: 'string' },
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		delayMs: { type: 'integer', minimum: 0 },
		location: { type: 'string' },
	},
} as const;

const HTML_PAGE =
	'<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>' +
	'<body><h1>502 Bad Gateway</h1><p>gateway-7</p></body></html>';

/** The faults that are armed for one emulator. */
export class FaultPlan {
	private armed: Array<Required<Pick<Fault, 'skip' | 'times' | 'when'>> & Fault> = [];

	private readonly hit = new WeakMap<FastifyRequest, Fault>();

	arm(faults: Fault[]): void {
		for (const fault of faults) {
			this.armed.push({
				...fault,
				skip: fault.skip ?? 0,
				times: fault.times ?? 1,
				when: fault.when ?? 'before',
			});
		}
	}

	clear(): void {
		this.armed = [];
	}

	pending(): Fault[] {
		return this.armed;
	}

	/** The fault that hit a request, for the journal. */
	of(request: FastifyRequest): Fault | undefined {
		return this.hit.get(request);
	}

	/** Hooks the plan into an app: before the route acts, and on the way out. */
	install(app: FastifyInstance): void {
		app.addHook('preValidation', async (request, reply) => {
			const fault = this.take(request);
			if (!fault) return;
			this.hit.set(request, fault);
			if (fault.when === 'after') return;
			await this.strike(fault, request, reply);
		});
		app.addHook('onSend', async (request, reply, payload) => {
			const fault = this.hit.get(request);
			if (!fault) return payload;
			if (fault.when === 'after') return await this.strikeOnTheWayOut(fault, request, reply, payload);
			if (fault.kind === 'cut') return half(payload, reply);
			if (fault.kind === 'empty') return blank(reply);
			return payload;
		});
	}

	private take(request: FastifyRequest): Fault | undefined {
		for (const fault of this.armed) {
			if (fault.method && fault.method.toUpperCase() !== request.method) continue;
			if (fault.path && !request.url.includes(fault.path)) continue;
			if (fault.skip > 0) {
				fault.skip -= 1;
				continue;
			}
			fault.times -= 1;
			if (fault.times <= 0) this.armed = this.armed.filter((other) => other !== fault);
			return fault;
		}
		return undefined;
	}

	private async strike(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
		switch (fault.kind) {
			case 'delay':
				await wait(fault.delayMs ?? 1000);
				return;
			case 'drip':
				reply.hijack();
				reply.raw.writeHead(200, { 'content-type': 'application/json' });
				// It ends when the client goes away.
				void pipeline(drip('{"result":', fault), reply.raw).catch(() => undefined);
				return;
			case 'reset':
				reply.hijack();
				request.raw.socket.destroy();
				return;
			case 'redirect':
				await reply
					.code(fault.status ?? 302)
					.header('location', fault.location ?? 'http://127.0.0.1:9/elsewhere')
					.send('');
				return;
			case 'html':
				await reply
					.code(fault.status ?? 502)
					.headers(fault.headers ?? {})
					.type('text/html')
					.send(fault.body ?? HTML_PAGE);
				return;
			case 'status':
				await reply
					.code(fault.status ?? 500)
					.type('application/json')
					.headers(fault.headers ?? {})
					.send(fault.body ?? '');
				return;
			case 'cut':
			case 'empty':
				// These change an answer, so the vendor has to give one first.
				return;
		}
	}

	private async strikeOnTheWayOut(
		fault: Fault,
		request: FastifyRequest,
		reply: FastifyReply,
		payload: unknown,
	): Promise<unknown> {
		switch (fault.kind) {
			case 'delay':
				await wait(fault.delayMs ?? 1000);
				return payload;
			case 'drip':
				reply.removeHeader('content-length');
				return drip(typeof payload === 'string' ? payload : '', fault);
			case 'reset':
				request.raw.socket.destroy();
				return payload;
			case 'cut':
				return half(payload, reply);
			case 'empty':
				return blank(reply);
			case 'redirect':
				reply.code(fault.status ?? 302).header('location', fault.location ?? 'http://127.0.0.1:9/elsewhere');
				return blank(reply);
			case 'html':
				reply
					.code(fault.status ?? 502)
					.type('text/html')
					.removeHeader('content-length');
				return fault.body ?? HTML_PAGE;
			case 'status':
				reply
					.code(fault.status ?? 500)
					.headers(fault.headers ?? {})
					.removeHeader('content-length');
				return fault.body ?? '';
		}
	}
}

/** A text byte by byte, and blanks behind it until the client goes away. */
function drip(text: string, { delayMs = 200 }: Fault): Readable {
	const bytes = async function* (): AsyncGenerator<string> {
		for (let index = 0; ; index += 1) {
			yield text[index] ?? ' ';
			await wait(delayMs);
		}
	};
	return Readable.from(bytes());
}

function half(payload: unknown, reply: FastifyReply): string {
	const text = typeof payload === 'string' ? payload : '';
	reply.removeHeader('content-length');
	return text.slice(0, Math.floor(text.length / 2));
}

function blank(reply: FastifyReply): string {
	reply.removeHeader('content-length');
	return '';
}
