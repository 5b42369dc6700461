import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;
const PATIENCE_MS = 30_000;

/**
 * Asks repeatedly until the answer is right or time is up, and returns the last answer.
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
