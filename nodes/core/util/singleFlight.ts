/** Runs a task once for all who want it at the same time, by key: the later callers get the promise of the first. */
export class SingleFlight<T> {
	private readonly flights = new Map<string, Promise<T>>();

	/** The task under way for the key, or a new one. Rejects with what the task rejects with. */
	async run(key: string, task: () => Promise<T>): Promise<T> {
		const underWay = this.flights.get(key);
		if (underWay) return await underWay;
		const flight = task().finally(() => this.flights.delete(key));
		this.flights.set(key, flight);
		return await flight;
	}

	/** The task under way for the key. */
	pending(key: string): Promise<T> | undefined {
		return this.flights.get(key);
	}
}
