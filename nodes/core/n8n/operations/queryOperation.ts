import type { ConnectError } from '../../connection/access';
import type { ParameterReader } from '../parameters/reader';
import type { RateLimitedClient } from '../../http/client';
import { describeError } from '../parameters/parameterError';
import type { Finder } from './operation';
import type { QueryFailure, ItemResult } from '../output/queryItems';
import { mapWithLimit } from '../../util/concurrency';
import type { QueryError } from '../../http/readResult';

/** Serves input items with what they look for, some side by side. Never rejects: what goes wrong is a miss. */
export class Service {
	/** What the user should know besides, each sentence once. */
	readonly notes = new Set<string>();

	private stop: QueryError | undefined;

	constructor(
		private readonly finder: Finder,
		private readonly line: RateLimitedClient,
		private readonly zone: string,
	) {}

	/** The findings of all items, in their order. */
	async serve(items: readonly number[], readerOf: (item: number) => ParameterReader): Promise<ItemResult[]> {
		const served = await mapWithLimit(
			items,
			this.finder.itemsAtOnce,
			async (item) => await this.serveOne(item, readerOf(item)),
		);
		return served.flat();
	}

	private async serveOne(item: number, read: ParameterReader): Promise<ItemResult[]> {
		if (this.stop) return [Service.left(this.finder, this.stop, item)];
		try {
			const { found, notes } = await this.finder.find({ read, zone: this.zone, line: this.line });
			for (const note of notes) this.notes.add(note);
			for (const one of found) {
				if ('failure' in one && one.failure.error.stopsRun) this.stop ??= one.failure.error;
			}
			return found.map((one) => ({ ...one, item }));
		} catch (error) {
			return [Service.refused(error, item)];
		}
	}

	/** An item whose parameters could not even be read. */
	static refused(error: unknown, item: number): ItemResult {
		const { message, hint } = describeError(error, item);
		return missed(item, { id: '', message, error: { reason: message, hint, notSent: true } });
	}

	/** An item that was not served, because the credential opens nothing. */
	static withoutAccess({ noun }: Finder, { reason, hint }: ConnectError, item: number): ItemResult {
		const message = `The ${noun.plural} could not be looked up: ${reason}`;
		return missed(item, { id: '', message, error: { reason, hint, notSent: true } });
	}

	private static left({ noun }: Finder, error: QueryError, item: number): ItemResult {
		const message = `The ${noun.plural} were not looked up, because ${error.reason}`;
		return missed(item, { id: '', message, error: { ...error, notSent: true } });
	}
}

function missed(item: number, failure: QueryFailure): ItemResult {
	return { failure, item };
}
