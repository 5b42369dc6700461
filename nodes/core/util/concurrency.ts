import { MAX_STRETCH_MS } from '../http/limits';
import { yieldToOthers } from './clock';

/** Call the returned function inside long loops: every 15 ms there is a promise to wait for, which yields to the event loop. */
export function yieldPeriodically(): () => Promise<void> | undefined {
	let since = performance.now();
	return () => {
		if (performance.now() - since < MAX_STRETCH_MS) return undefined;
		return yieldToOthers().then(() => {
			since = performance.now();
		});
	};
}

/** `Array.map` that yields to the event loop every 15 ms. */
export async function mapYielding<T, R>(
	list: readonly T[],
	map: (entry: T, index: number) => R,
): Promise<R[]> {
	const results: R[] = [];
	await forEachYielding(list, (entry, index) => results.push(map(entry, index)));
	return results;
}

/** `Array.forEach` that yields to the event loop every 15 ms. */
export async function forEachYielding<T>(
	list: readonly T[],
	work: (entry: T, index: number) => void,
): Promise<void> {
	const breathe = yieldPeriodically();
	for (const [index, entry] of list.entries()) {
		work(entry, index);
		const pause = breathe();
		// To wait for nothing costs more than what is done for most entries.
		if (pause) await pause;
	}
}

/** A list in parts of at most `size`. */
export function chunk<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
	return parts;
}

/**
 * Does what `next` gives, as much at a time as `atOnce` (at least 1) says at that moment, until `next` gives nothing and
 * all is done. What has begun is not interrupted when `atOnce` says less. Rejects with the first that does.
 */
export async function keepGoing(atOnce: () => number, next: () => Promise<void> | undefined): Promise<void> {
	let going = 0;
	let failure: { error: unknown } | undefined;
	let wake: () => void = () => undefined;
	const end = (): void => {
		going -= 1;
		wake();
	};
	for (;;) {
		const ended = new Promise<void>((resolve) => (wake = resolve));
		while (going < atOnce()) {
			const work = next();
			if (!work) break;
			going += 1;
			work.then(end, (error: unknown) => {
				failure ??= { error };
				end();
			});
		}
		if (going === 0) return;
		await ended;
		if (failure) throw failure.error;
	}
}

/** `Array.map` with an asynchronous function, as many of them at a time as `atOnce` says. Results come in the order of the list. */
export async function mapWithLimit<T, R>(
	list: readonly T[],
	atOnce: () => number,
	map: (entry: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const queue = list.entries();
	// Where nothing is waited for, n8n would stand still for as long as the list is.
	const breathe = yieldPeriodically();
	const work = async ([index, entry]: [number, T]): Promise<void> => {
		results[index] = await map(entry, index);
		await breathe();
	};
	await keepGoing(atOnce, () => {
		const { done, value } = queue.next();
		return done ? undefined : work(value);
	});
	return results;
}
