import type { RateLimit } from '../../core/http/rateLimiter';

/*
 * Page "Limits": a counter goes up with each request and down at a steady rate, and at its threshold (50, on Enterprise
 * 250) requests are refused. The bursts here stay a few below: requests that leave apart may arrive together.
 */
const STANDARD: RateLimit = { perSecond: 2, burst: 45 };
const ENTERPRISE: RateLimit = { perSecond: 5, burst: 240 };

/**
 * The limit of the portal's plan. The API does not tell the plan, so a wish for more than the standard rate is taken as word
 * that the portal is on Enterprise; a wish for less is a steady rate besides the standard one.
 */
export function ratesFor(wishedPerSecond: number | undefined): RateLimit[] {
	if (wishedPerSecond === undefined) return [STANDARD];
	if (wishedPerSecond <= STANDARD.perSecond) return [STANDARD, { perSecond: wishedPerSecond, burst: 1 }];
	return [{ ...ENTERPRISE, perSecond: Math.min(wishedPerSecond, ENTERPRISE.perSecond) }];
}
