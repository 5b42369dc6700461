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
