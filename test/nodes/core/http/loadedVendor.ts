import type { ApiRequest } from '../../../../nodes/core/http/messages';
import type { RequestKind, Transport, TransportResult } from '../../../../nodes/core/http/transport';
import { response } from '../commands/scripted';
import type { VirtualClock } from '../virtualClock';

/** What the vendor sees when a request arrives. */
export interface Arrival {
	/** How many are open, this one among them. */
	open: number;
	/** How many came before it. */
	before: number;
	kind: RequestKind;
	/** Milliseconds since the clock began. */
	at: number;
}

/** How long it keeps a request, and what it answers; by default that all was done. */
export interface Treatment {
	ms: number;
	result?: TransportResult;
}

/** A vendor whose answers depend on how many requests it has, on a virtual clock: a discrete event simulation. */
export class LoadedVendor implements Transport {
	readonly arrivals: Arrival[] = [];

	/** How many answers were not of success. */
	refusals = 0;

	private open = 0;

	private readonly weighed = { requestMs: 0, until: 0 };

	constructor(
		private readonly clock: VirtualClock,
		private readonly treat: (arrival: Arrival) => Treatment,
	) {}

	async send({ body }: ApiRequest, kind: RequestKind): Promise<TransportResult> {
		this.weigh();
		this.open += 1;
		const arrival = { open: this.open, before: this.arrivals.length, kind, at: this.clock.elapsed() };
		this.arrivals.push(arrival);
		const { ms, result } = this.treat(arrival);
		await new Promise<void>((resolve) => this.clock.at(this.clock.elapsed() + ms, resolve));
		this.weigh();
		this.open -= 1;
		if (result) this.refusals += 1;
		return (
			result ??
			response(
				200,
				(JSON.parse(body ?? '[]') as string[]).map(() => 'terminated'),
			)
		);
	}

	/** The most requests that were open, of those that came in a part of the run. */
	most(from = 0, to = Infinity): number {
		return Math.max(...this.arrivals.slice(from, to).map(({ open }) => open));
	}

	/** The mean of open requests since the beginning, weighted by time. */
	mean(): number {
		return this.weighed.requestMs / this.weighed.until;
	}

	private weigh(): void {
		const now = this.clock.elapsed();
		this.weighed.requestMs += this.open * (now - this.weighed.until);
		this.weighed.until = now;
	}
}

/** Numbers of a normal distribution, the same each time (mulberry32, Box and Muller). */
export function normal(seed: number): () => number {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
