import {
	CancelledError,
	DeadlineError,
	withDeadline,
} from '../../../../../nodes/core/n8n/transport/deadline';
import { AbandonedError, unlessAborted } from '../../../../../nodes/core/util/abandoned';

/** A call that ends when its signal aborts. */
const obedient = async (signal: AbortSignal): Promise<never> =>
	await new Promise((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
	});

/** A call that heeds nothing. */
const deaf = async (): Promise<never> => await new Promise(() => undefined);

describe('withDeadline', () => {
	it('gives what the call gives, and throws what it throws', async () => {
		await expect(withDeadline(1_000, undefined, async () => await Promise.resolve(7))).resolves.toBe(7);
		const fail = async () => await Promise.reject(new Error('mine'));
		await expect(withDeadline(1_000, undefined, fail)).rejects.toThrow('mine');
	});

	it.each([
		['heeds its signal', obedient],
		['heeds nothing', deaf],
	])('ends in time a call that %s', async (_name, call) => {
		const start = performance.now();
		await expect(withDeadline(20, undefined, call)).rejects.toBeInstanceOf(DeadlineError);
		expect(performance.now() - start).toBeLessThan(2_000);
	});

	it.each([
		['heeds its signal', obedient, 'aborted'],
		['heeds nothing', deaf, CancelledError],
	])('ends with the execution a call that %s', async (_name, call, error) => {
		const controller = new AbortController();
		const ended = withDeadline(60_000, controller.signal, call);
		setTimeout(() => controller.abort(), 10);
		await expect(ended).rejects.toThrow(error);
	});

	it('leaves it to a call that gives up by itself to say what it gave up', async () => {
		const controller = new AbortController();
		const call = async (): Promise<never> =>
			await unlessAborted(deaf(), controller.signal).catch(async (error: unknown) => {
				// n8n wraps what a credential throws, a few turns later.
				await Promise.resolve();
				throw new Error('n8n', { cause: error });
			});
		const ended = withDeadline(60_000, controller.signal, call);
		setTimeout(() => controller.abort(), 10);
		await expect(ended).rejects.toMatchObject({ cause: expect.any(AbandonedError) });
	});

	it('begins nothing once the execution was cancelled', async () => {
		const call = jest.fn(deaf);
		await expect(withDeadline(1_000, AbortSignal.abort(), call)).rejects.toBeInstanceOf(CancelledError);
		expect(call).not.toHaveBeenCalled();
	});

	it('leaves no listener behind', async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		await withDeadline(60_000, signal, async () => await Promise.resolve());
		const [, , options] = added.mock.calls[0] ?? [];
		expect((options as { signal?: AbortSignal }).signal?.aborted).toBe(true);
	});
});
