import { asks, isWorthRepeating } from './inDoubt';
import type { Job } from './batches';

/** A target is carried by at most this many requests. */
export const MAX_ATTEMPTS = 5;

/** Whether the command is to be sent again, unless the vendor says that it has worked. */
export function isDue<Settings>({ verdict, attempts }: Job<Settings>): boolean {
	return verdict !== undefined && isWorthRepeating(verdict, attempts, MAX_ATTEMPTS);
}

/** Whether the vendor's word about the target would change its verdict. */
export function isAsking<Settings>({ verdict }: Job<Settings>): boolean {
	return verdict !== undefined && asks(verdict);
}
