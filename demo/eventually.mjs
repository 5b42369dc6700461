import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;
const PATIENCE_MS = 30_000;

/**
 * Asks again until the answer is right, and then or when time is up gives the last one.
 *
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => boolean} isRight
 * @param {number} [withinMs]
 * @returns {Promise<T>}
 */
export async function eventually(ask, isRight, withinMs = PATIENCE_MS) {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const answer = await ask();
		if (isRight(answer) || Date.now() > deadline) return answer;
		await sleep(POLL_MS);
	}
}
