import { breather } from './concurrency';

/** `Array.map` with an asynchronous function, at most so many of them at a time. Results come in the order of the list. */
export async function mapAtMost<T, R>(
	list: readonly T[],
	atOnce: number,
	map: (entry: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const queue = list.entries();
	// Where nothing is waited for, n8n would stand still for as long as the list is.
	const breathe = breather();
	const work = async (): Promise<void> => {
		for (const [index, entry] of queue) {
			results[index] = await map(entry, index);
			await breathe();
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, work));
	return results;
}
