import { AbandonedError, unlessAborted } from '../../../../nodes/core/util/abandoned';

describe('work that is waited for until a signal', () => {
	const never = new Promise<never>(() => undefined);

	it('gives its result, or fails with its reason', async () => {
		const { signal } = new AbortController();
		await expect(unlessAborted(Promise.resolve(1), signal)).resolves.toBe(1);
		await expect(unlessAborted(Promise.resolve(1), undefined)).resolves.toBe(1);
		await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
	});

	it('is left when the signal aborts', async () => {
		const control = new AbortController();
		const left = unlessAborted(never, control.signal);
		control.abort();
		await expect(left).rejects.toThrow(AbandonedError);
	});

	it('is left at once when the signal has aborted before, even if it is done', async () => {
		await expect(unlessAborted(never, AbortSignal.abort())).rejects.toThrow(AbandonedError);
	});

	it('may fail later without a trace', async () => {
		let fail: (reason: Error) => void = () => undefined;
		const work = new Promise<never>((_resolve, reject) => (fail = reject));
		await expect(unlessAborted(work, AbortSignal.abort())).rejects.toThrow(AbandonedError);
		fail(new Error('late'));
		await new Promise((resolve) => setImmediate(resolve));
	});
});
