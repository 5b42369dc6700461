import { MAX_WAIT_MS } from '../http/backoff';
import type { StateQuery, StateReport } from './contract';
import { targetsOf } from './batches';
import type { Job, Batch } from './batches';
import type { RateLimitedClient } from '../http/client';
import { chunk } from '../util/concurrency';
import type { TransportFault } from '../http/transport';
import { isRedirect } from '../http/messages';
import type { ApiResponse } from '../http/messages';

/** A question changes nothing, so it may be put again when it got no answer. */
const MAX_TRIES = 3;

/** What the vendor said. */
export interface StateReports<Settings> {
	/** By entry; those that the vendor could not be asked about are missing. */
	reports: Map<Job<Settings>, StateReport>;
	/** Nothing else would get through either. */
	fault?: TransportFault;
}

/**
 * Asks the vendor how targets stand. Never rejects; a question that fails says nothing about the command.
 */
export async function queryStates<Settings>(
	load: Batch<Settings>,
	inquiry: StateQuery<Settings>,
	line: RateLimitedClient,
	isWanted: () => boolean,
): Promise<StateReports<Settings>> {
	const reports: StateReports<Settings>['reports'] = new Map();
	for (const part of chunk(load, inquiry.targetsPerRequest)) {
		const answers = await ask(part, inquiry, line, isWanted);
		if (answers === 'cancelled') break;
		if ('reason' in answers) return { reports, fault: answers };
		part.forEach((entry, index) => {
			const report = answers[index];
			if (report) reports.set(entry, report);
		});
	}
	return { reports };
}

async function ask<Settings>(
	part: Batch<Settings>,
	inquiry: StateQuery<Settings>,
	line: RateLimitedClient,
	isWanted: () => boolean,
): Promise<StateReport[] | TransportFault | 'cancelled'> {
	const targets = targetsOf(part);
	const request = inquiry.request(targets);
	let mayRenew = true;
	for (let tries = 1; ; tries += 1) {
		const exchange = await line.send(request, isWanted);
		if (exchange.kind === 'cancelled') return 'cancelled';
		if (exchange.kind === 'fault' && exchange.fault.stopsRun) return exchange.fault;
		const response = exchange.kind === 'response' ? exchange.response : undefined;
		// Where a redirect leads to is nobody's business; the command will meet it too.
		if (response && isRedirect(response)) return targets.map(() => ({}));
		if (response && !isOutage(response)) {
			const answers = inquiry.read(targets, response);
			if (answers === 'sessionExpired') {
				if (!isWanted()) return 'cancelled';
				if (!mayRenew || (await line.renew()) !== undefined) return [];
				mayRenew = false;
				continue;
			}
			if (answers !== 'tryAgain') return answers;
		}
		const askedMs = response && line.requestedWaitMs(response);
		if (tries >= MAX_TRIES || (askedMs ?? 0) > MAX_WAIT_MS) return [];
		await line.wait(askedMs, tries);
	}
}

/** Answers after which the same question may well be answered. */
function isOutage({ status }: ApiResponse): boolean {
	return status === 408 || status === 429 || status >= 500;
}
