import { AbandonedError } from './abandoned';

/** Whether somebody still waits for the result. */
export type IsWanted = () => boolean;

interface Flight<T> {
	result: Promise<T>;
	/** Those who wait for it. */
	wanting: Set<IsWanted>;
}

/** Runs a task once for all who want it at the same time, by key: the later callers get the promise of the first. */
export class SingleFlight<T> {
	private readonly flights = new Map<string, Flight<T>>();

	/**
	 * The task under way for the key, or a new one. The task is handed a function that says whether anybody still wants its
	 * result; it may give up with AbandonedError when nobody does. Rejects with what the task rejects with.
	 */
	async run(
		key: string,
		task: (isWanted: IsWanted) => Promise<T>,
		isWanted: IsWanted = () => true,
	): Promise<T> {
		const flight = this.flights.get(key) ?? this.start(key, task);
		// A function of its own, since two callers may share theirs.
		const wants: IsWanted = () => isWanted();
		flight.wanting.add(wants);
		try {
			return await flight.result;
		} catch (error) {
			// It was given up just before this caller came.
			if (error instanceof AbandonedError && isWanted()) return await this.run(key, task, isWanted);
			return await Promise.reject(error);
		} finally {
			flight.wanting.delete(wants);
		}
	}

	/** The task under way for the key. */
	pending(key: string): Promise<T> | undefined {
		return this.flights.get(key)?.result;
	}

	private start(key: string, task: (isWanted: IsWanted) => Promise<T>): Flight<T> {
		const wanting = new Set<IsWanted>();
		// The caller is among those who wait only after this.
		const result = Promise.resolve()
			.then(async () => await task(() => [...wanting].some((wants) => wants())))
			.finally(() => this.flights.delete(key));
		const flight = { result, wanting };
		this.flights.set(key, flight);
		return flight;
	}
}
