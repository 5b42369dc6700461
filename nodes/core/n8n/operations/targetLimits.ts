import { DistinctTargets } from '../../commands/batches';
import type { Target, Verdict } from '../../commands/contract';
import { forEachYielding } from '../../util/concurrency';
import type { ResourceNoun } from '../../util/text';
import type { CommandDefinition } from './commandOperation';

/** Why a whole input is refused. */
export type Refusal = Pick<Verdict, 'reason' | 'hint'>;

/** How many different targets an input may or must name. Undefined: any number. */
export interface TargetLimits {
	maxTargets: number | undefined;
	expectedTargets: number | undefined;
}

/** Refuses a whole input that does not name as many different targets as the user wants. Equal ones count once. */
export async function refuseCount<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	unreadable: number,
	{ maxTargets, expectedTargets }: TargetLimits,
	{ contract }: Pick<CommandDefinition<Settings>, 'contract'>,
): Promise<Refusal | undefined> {
	const mayExceed = maxTargets !== undefined && targets.length > maxTargets;
	if (!mayExceed && expectedTargets === undefined) return undefined;
	const distinct = new DistinctTargets<Settings, true>(contract);
	await forEachYielding(targets, (target) => distinct.get(target, () => true));
	const { words } = contract;
	if (expectedTargets !== undefined) {
		if (unreadable > 0) return unreadableItems(unreadable, distinct.size, expectedTargets, words);
		if (distinct.size !== expectedTargets) return otherNumber(distinct.size, expectedTargets, words);
	}
	if (maxTargets === undefined || distinct.size <= maxTargets) return undefined;
	return {
		reason: `the input contains ${counted(distinct.size, words)}, but 'Maximum Targets' allows only ${maxTargets}`,
		hint: 'Check where the input comes from. If the number is right, raise the limit.',
	};
}

/** Refuses a call of a tool that would take an execution over the limit. */
export function tooManyInExecution(
	{ counted: before, added }: { counted: number; added: number },
	maxTargets: number,
	words: ResourceWords,
): Refusal {
	return {
		reason: `this execution has already sent commands for ${counted(before, words)} and this call adds ${added} more, but 'Maximum Targets' allows only ${maxTargets} in total`,
		hint: 'Calling the tool again will not help. A person can raise the limit in the node.',
	};
}

type ResourceWords = Pick<ResourceNoun, 'singular' | 'plural'>;

function otherNumber(named: number, expected: number, words: ResourceWords): Refusal {
	return {
		reason: `the input contains ${counted(named, words)}, but 'Expected Targets' is set to ${expected}`,
		hint: 'The input has changed since it was counted, or the number is wrong. Check both before you run the node again.',
	};
}

function unreadableItems(unreadable: number, named: number, expected: number, words: ResourceWords): Refusal {
	const items = unreadable === 1 ? '1 item' : `${unreadable} items`;
	return {
		reason: `the input contains ${counted(named, words)} and ${items} that could not be read, but 'Expected Targets' is set to ${expected}`,
		hint: 'Fix the items that could not be read, or remove them and count again.',
	};
}

function counted(count: number, { singular, plural }: ResourceWords): string {
	return `${count} ${count === 1 ? singular : plural}`;
}
