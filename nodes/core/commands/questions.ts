import { LONGEST_WAIT_MS } from '../http/backoff';
import type { Inquiry, StandingReport } from './contract';
import { targetsOf } from './batches';
import type { Entry, Load } from './batches';
import type { Line } from '../http/client';
import { partsOf } from '../util/concurrency';
import type { TransportFault } from '../http/transport';
import { isRedirect } from '../http/messages';
import type { WireResponse } from '../http/messages';

/** A question changes nothing, so it may be put again when it got no answer. */
const MAX_TRIES = 3;

/** What the vendor said. */
export interface Answers<Settings> {
	/** By entry; those that the vendor could not be asked about are missing. */
	reports: Map<Entry<Settings>, StandingReport>;
	/** Nothing else would get through either. */
	fault?: TransportFault;
}

/**
 * Asks the vendor how targets stand. Never rejects; a question that fails says nothing about the command.
 */
export async function askAbout<Settings>(
	load: Load<Settings>,
	inquiry: Inquiry<Settings>,
	line: Line,
	isWanted: () => boolean,
): Promise<Answers<Settings>> {
	const reports: Answers<Settings>['reports'] = new Map();
	for (const part of partsOf(load, inquiry.targetsPerRequest)) {
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
	part: Load<Settings>,
	inquiry: Inquiry<Settings>,
	line: Line,
	isWanted: () => boolean,
): Promise<StandingReport[] | TransportFault | 'cancelled'> {
	const targets = targetsOf(part);
	const request = inquiry.request(targets);
	let mayRenew = true;
	for (let tries = 1; ; tries += 1) {
		const exchange = await line.send(request, isWanted);
		if (exchange.kind === 'cancelled') return 'cancelled';
		if (exchange.kind === 'fault' && exchange.fault.stopsRun) return exchange.fault;
		const response = exchange.kind === 'answer' ? exchange.response : undefined;
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
			if (answers !== 'askAgain') return answers;
		}
		const askedMs = response && line.waitAsked(response);
		if (tries >= MAX_TRIES || (askedMs ?? 0) > LONGEST_WAIT_MS) return [];
		await line.wait(askedMs, tries);
	}
}

/** Answers after which the same question may well be answered. */
function isOutage({ status }: WireResponse): boolean {
	return status === 408 || status === 429 || status >= 500;
}
