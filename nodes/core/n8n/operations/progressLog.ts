import { PROGRESS_EVERY_MS } from '../../http/limits';
import type { Clock } from '../../util/clock';

/** A listener to a run's progress that writes a line now and then. */
export function progressLog(
	log: (message: string) => void,
	plural: string,
	clock: Clock,
): (done: number, total: number) => void {
	let last = clock.now();
	return (done, total) => {
		const now = clock.now();
		if (now - last < PROGRESS_EVERY_MS) return;
		last = now;
		log(`${done} of ${total} ${plural} are done`);
	};
}

/** A listener to a run's requests that go again in smaller parts. Only the first in a row of ever smaller ones is new. */
export function splitLog(
	log: (message: string) => void,
	plural: string,
): (count: number, atMost: number) => void {
	let smallest = Infinity;
	return (count, atMost) => {
		if (atMost >= smallest) return;
		smallest = atMost;
		log(
			`A request with ${count} ${plural} was not carried out as a whole. The run continues with at most ${atMost} per request.`,
		);
	};
}
