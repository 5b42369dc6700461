import { connect } from '../../connection/access';
import type { CredentialHost } from '../../connection/access';
import { clock } from '../../util/clock';
import type { ParameterReader } from '../parameters/reader';
import { RateLimitedClient } from '../../http/client';
import type { RateLimit } from '../../http/rateLimiter';
import { mapYielding } from '../../util/concurrency';
import type { Finder } from './operation';
import { redacted } from '../output/queryItems';
import type { ItemResult } from '../output/queryItems';
import { Service } from './queryOperation';

/** What an adapter to n8n lends a look-up. */
export interface FindingHost extends CredentialHost {
	/** The workflow's time zone. */
	zone: string;
	signal: AbortSignal | undefined;
	/** Limits that the user has set. */
	rates?: readonly RateLimit[];
	/** Tells the user a whole sentence about what was found. */
	tellUser(message: string): void;
}

/** What these items find on one credential, in their order. Never rejects: what goes wrong is a miss. */
export async function serveItems(
	finder: Finder,
	host: FindingHost,
	items: readonly number[],
	readerOf: (item: number) => ParameterReader,
): Promise<ItemResult[]> {
	const access = await connect((read) => finder.connection(read), host);
	if ('reason' in access) return items.map((item) => Service.withoutAccess(finder, access, item));
	const limits = { inFlight: finder.requestsInFlight, rates: [...finder.rates, ...(host.rates ?? [])] };
	const line = new RateLimitedClient(access.transport, access.rateLimiter, limits, clock, host.signal);
	const service = new Service(finder, line, host.zone);
	const served = await service.serve(items, readerOf);
	for (const note of service.notes) host.tellUser(note);
	const redact = await access.redactor();
	return await mapYielding(served, (one) => redacted(one, redact));
}
