import type { FastifyInstance } from 'fastify';

/** Resolves after some milliseconds. */
export const wait = async (ms: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, ms));

/** How long one emulator holds each of its answers back, as a way over the internet would. */
export class Latency {
	/** Milliseconds; 0 answers at once. */
	ms = 0;

	/** Hooks the latency into an app: the vendor acts first, so its limits count requests as they arrive. */
	install(app: FastifyInstance): void {
		app.addHook('onSend', async (_request, _reply, payload) => {
			if (this.ms > 0) await wait(this.ms);
			return payload;
		});
	}
}
