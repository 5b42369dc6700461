import type { NoAccess } from '../../connection/access';
import type { ParameterReader } from '../parameters/reader';
import type { Line } from '../../http/client';
import { tellRefusal } from '../parameters/parameterError';
import type { Finder } from './operation';
import type { Miss, Served } from '../output/queryItems';
import { mapAtMost } from '../../util/concurrency';
import type { Refusal } from '../../http/readResult';

/** Serves input items with what they look for, some side by side. Never rejects: what goes wrong is a miss. */
export class Service {
	/** What the user should know besides, each sentence once. */
	readonly notes = new Set<string>();

	private stop: Refusal | undefined;

	constructor(
		private readonly finder: Finder,
		private readonly line: Line,
		private readonly zone: string,
	) {}

	/** The findings of all items, in their order. */
	async serve(items: readonly number[], readerOf: (item: number) => ParameterReader): Promise<Served[]> {
		const served = await mapAtMost(
			items,
			this.finder.itemsAtOnce,
			async (item) => await this.serveOne(item, readerOf(item)),
		);
		return served.flat();
	}

	private async serveOne(item: number, read: ParameterReader): Promise<Served[]> {
		if (this.stop) return [Service.left(this.finder, this.stop, item)];
		try {
			const { found, notes } = await this.finder.find({ read, zone: this.zone, line: this.line });
			for (const note of notes) this.notes.add(note);
			for (const one of found) {
				if ('miss' in one && one.miss.refusal.stopsRun) this.stop ??= one.miss.refusal;
			}
			return found.map((one) => ({ ...one, item }));
		} catch (error) {
			return [Service.refused(error, item)];
		}
	}

	/** An item whose parameters could not even be read. */
	static refused(error: unknown, item: number): Served {
		const { message, hint } = tellRefusal(error, item);
		return missed(item, { id: '', message, refusal: { reason: message, hint, notSent: true } });
	}

	/** An item that was not served, because the credential opens nothing. */
	static withoutAccess({ things }: Finder, { reason, hint }: NoAccess, item: number): Served {
		const message = `The ${things.plural} could not be looked up: ${reason}`;
		return missed(item, { id: '', message, refusal: { reason, hint, notSent: true } });
	}

	private static left({ things }: Finder, refusal: Refusal, item: number): Served {
		const message = `The ${things.plural} were not looked up, because ${refusal.reason}`;
		return missed(item, { id: '', message, refusal: { ...refusal, notSent: true } });
	}
}

function missed(item: number, miss: Miss): Served {
	return { miss, item };
}
