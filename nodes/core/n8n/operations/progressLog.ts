import type { Clock } from '../../util/clock';

/** A run that lasts longer says in n8n's log how far it is, this often. */
const EVERY_MS = 15_000;

/** A listener to a run's progress that logs now and then. */
export function progressLog(
	log: (message: string) => void,
	things: string,
	clock: Clock,
): (done: number, total: number) => void {
	let last = clock.now();
	return (done, total) => {
		const now = clock.now();
		if (now - last < EVERY_MS) return;
		last = now;
		log(`${done} of ${total} ${things} are done`);
	};
}
