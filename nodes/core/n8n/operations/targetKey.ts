import type { Contract, Target } from '../../commands/contract';

/** A text that is equal for equal targets of one contract, and for no others. */
export function targetKey<Settings>(
	target: Target<Settings>,
	contract: Pick<Contract<Settings>, 'scopeKey'>,
): string {
	return JSON.stringify([contract.scopeKey(target), target.id]);
}
