import type { Contract, Stop, Verdict } from './contract';
import { toOutcome } from './outcomes';
import type { TargetOutcome } from './outcomes';
import type { Target } from './target';
import type { Transport, TransportFault } from './transport';
import { isRedirect, redirectHost } from './wire';
import type { WireResponse } from './wire';

/** What steers a run besides its targets. */
export interface RunControl {
	/** Nothing is sent; each outcome shows the request that would be. */
	dryRun?: boolean;
	/** Ends the run: nothing more is handed out. */
	signal?: AbortSignal;
}

/** One thing to send, however many targets asked for it. */
interface Entry<Settings> {
	target: Target<Settings>;
	group: string;
	attempts: number;
	verdict?: Verdict;
	httpStatus?: number;
}

const CANCELLED: Stop = { scope: 'run', reason: 'the execution was cancelled' };

/**
 * Sends a command to all targets and says what became of each, in the order given.
 * Equal targets are sent once. Never rejects: whatever happens is an outcome.
 */
export async function run<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	contract: Contract<Settings>,
	transport: Transport,
	control: RunControl = {},
): Promise<TargetOutcome[]> {
	const entries = new Map<string, Entry<Settings>>();
	const keyOf = (target: Target<Settings>): string => JSON.stringify([contract.groupKey(target), target.id]);
	for (const target of targets) {
		const key = keyOf(target);
		if (!entries.has(key)) entries.set(key, { target, group: contract.groupKey(target), attempts: 0 });
	}

	const execution = new Execution([...entries.values()], contract, transport, control);
	await execution.finish();

	return targets.map((target) => {
		const entry = entries.get(keyOf(target));
		const verdict = entry?.verdict ?? { outcome: 'notSent', reason: 'the run ended before its turn' };
		return toOutcome(target, verdict, contract, {
			attempts: entry?.attempts ?? 0,
			...(entry?.httpStatus !== undefined && { httpStatus: entry.httpStatus }),
		});
	});
}

/** The state of one run while it goes on. */
class Execution<Settings> {
	private readonly queue: Array<Array<Entry<Settings>>>;

	private readonly singleGroups = new Set<string>();

	private readonly stoppedGroups = new Map<string, Stop>();

	private stop: Stop | undefined;

	constructor(
		private readonly entries: Array<Entry<Settings>>,
		private readonly contract: Contract<Settings>,
		private readonly transport: Transport,
		private readonly control: RunControl,
	) {
		this.queue = chunk(entries, contract);
	}

	async finish(): Promise<void> {
		const workers = Array.from({ length: Math.max(1, this.contract.requestsInFlight) }, async () => {
			await this.work();
		});
		await Promise.all(workers);
		for (const entry of this.entries) {
			entry.verdict ??= notSent(this.stop ?? this.stoppedGroups.get(entry.group) ?? CANCELLED);
		}
	}

	private async work(): Promise<void> {
		for (;;) {
			if (this.control.signal?.aborted) this.stop ??= CANCELLED;
			if (this.stop) return;
			const next = this.queue.shift();
			if (!next) return;
			const group = next[0]?.group ?? '';
			if (this.stoppedGroups.has(group)) continue;
			if (next.length > 1 && this.singleGroups.has(group)) {
				this.queue.unshift(...next.map((entry) => [entry]));
				continue;
			}
			if (this.control.dryRun) this.show(next);
			else await this.send(next);
		}
	}

	private show(entries: Array<Entry<Settings>>): void {
		const { method, path, body } = this.contract.request(entries.map(({ target }) => target));
		const [first, ...others] = entries;
		if (!first) return;
		settle([first], {
			outcome: 'dryRun',
			extra: { request: { method, path, ...(body !== undefined && { body }) } },
		});
		// The body names all targets of the request; once is enough, or ten thousand of them would fill the memory.
		settle(others, { outcome: 'dryRun', extra: { request: { method, path, sharedWith: first.target.id } } });
	}

	private async send(entries: Array<Entry<Settings>>): Promise<void> {
		const targets = entries.map(({ target }) => target);
		const request = this.contract.request(targets);
		for (;;) {
			for (const entry of entries) entry.attempts += 1;
			const delivery = await this.transport.send(request);
			if (delivery.kind === 'fault') {
				this.settleFault(entries, delivery.fault);
				return;
			}
			const { response } = delivery;
			if (isRedirect(response)) {
				this.settleRedirect(entries, response);
				return;
			}
			const reading = this.contract.read(targets, response);
			switch (reading.kind) {
				case 'sessionExpired': {
					const again = await this.renewOnce(entries);
					if (again) continue;
					if (entries.every(({ verdict }) => verdict)) return;
					settle(entries, reading.verdict, response.status);
					this.note(entries, reading.stop);
					return;
				}
				case 'oneByOne':
					if (entries.length === 1) {
						settle(entries, reading.verdict, response.status);
						return;
					}
					this.singleGroups.add(entries[0]?.group ?? '');
					this.queue.unshift(...entries.map((entry) => [entry]));
					return;
				case 'verdicts':
					entries.forEach((entry, index) => {
						const verdict = reading.verdicts[index] ?? {
							outcome: 'unknown',
							reason: 'the answer did not mention it',
						};
						settle([entry], verdict, response.status);
					});
					if (reading.stop) this.note(entries, reading.stop);
					await this.inquire(entries.filter(({ verdict }) => verdict?.ifStanding));
					return;
			}
		}
	}

	/** Asks the vendor about targets whose answer left open how they stand. */
	private async inquire(entries: Array<Entry<Settings>>): Promise<void> {
		const { inquiry } = this.contract;
		if (!inquiry) return;
		for (const part of slices(entries, inquiry.targetsPerRequest)) {
			if (this.stop ?? this.control.signal?.aborted) return;
			const targets = part.map(({ target }) => target);
			const delivery = await this.transport.send(inquiry.request(targets));
			if (delivery.kind === 'fault' || isRedirect(delivery.response)) continue;
			const standings = inquiry.read(targets, delivery.response);
			part.forEach((entry, index) => {
				const standing = standings[index];
				const change = standing && entry.verdict?.ifStanding?.[standing];
				if (change) entry.verdict = { ...withoutWords(entry.verdict), ...change };
			});
		}
	}

	/** True when the request is worth repeating with a new session. */
	private async renewOnce(entries: Array<Entry<Settings>>): Promise<boolean> {
		if (!this.transport.renew || (entries[0]?.attempts ?? 0) > 1) return false;
		const fault = await this.transport.renew();
		if (fault) this.settleFault(entries, fault);
		return fault === undefined;
	}

	private settleFault(entries: Array<Entry<Settings>>, fault: TransportFault): void {
		const { reason, hint, code } = fault;
		const outcome = fault.maybeSent ? 'unknown' : 'notSent';
		settle(entries, { outcome, reason, hint, ...(code !== undefined && { code }) });
		if (fault.stopsRun) this.stop ??= { scope: 'run', reason, hint };
	}

	private settleRedirect(entries: Array<Entry<Settings>>, response: WireResponse): void {
		const reason = `the server redirected the request to ${redirectHost(response)}, and redirects are not followed`;
		const hint = 'Enter the new address in the credential if you trust it.';
		settle(entries, { outcome: 'failed', reason, hint }, response.status);
		this.stop ??= { scope: 'run', reason, hint };
	}

	private note(entries: Array<Entry<Settings>>, stop: Stop): void {
		if (stop.scope === 'run') this.stop ??= stop;
		else this.stoppedGroups.set(entries[0]?.group ?? '', stop);
	}
}

function notSent({ reason, hint }: Stop): Verdict {
	return {
		outcome: 'notSent',
		reason: `the run was stopped because ${reason}`,
		...(hint !== undefined && { hint }),
	};
}

/** What the vendor said stays; the words about it are replaced. */
function withoutWords({ reason: _reason, hint: _hint, ...rest }: Verdict = { outcome: 'unknown' }): Verdict {
	return rest;
}

function slices<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
	return parts;
}

function settle<Settings>(entries: Array<Entry<Settings>>, verdict: Verdict, httpStatus?: number): void {
	for (const entry of entries) {
		entry.verdict = verdict;
		if (httpStatus !== undefined) entry.httpStatus = httpStatus;
	}
}

function chunk<Settings>(
	entries: ReadonlyArray<Entry<Settings>>,
	contract: Contract<Settings>,
): Array<Array<Entry<Settings>>> {
	const chunks: Array<Array<Entry<Settings>>> = [];
	const open = new Map<string, Array<Entry<Settings>>>();
	for (const entry of entries) {
		if (contract.travelsAlone?.(entry.target)) {
			chunks.push([entry]);
			continue;
		}
		let current = open.get(entry.group);
		if (!current || current.length >= contract.targetsPerRequest) {
			current = [];
			open.set(entry.group, current);
			chunks.push(current);
		}
		current.push(entry);
	}
	return chunks;
}
