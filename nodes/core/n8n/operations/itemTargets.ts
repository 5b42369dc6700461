import type { CommandDefinition } from './commandOperation';
import type { ParameterReader } from '../parameters/reader';
import { readIdentifiers } from '../parameters/identifiers';
import { readCommandOptions } from '../parameters/commandOptions';
import type { CommandOptions } from '../parameters/commandOptions';
import type { TargetOutcome } from '../../commands/outcome';
import { describeError } from '../parameters/parameterError';
import type { Target } from '../../commands/contract';

/** What one input item asks for. */
export interface ItemTargets<Settings> {
	targets: Array<Target<Settings>>;
	options: CommandOptions;
}

/**
 * Reads what one item asks for.
 *
 * @throws ParameterRefusal when a parameter has a value from which no request may be built; and whatever n8n throws for
 * an expression that cannot be resolved
 */
export function readItem<Settings>(
	definition: CommandDefinition<Settings>,
	read: ParameterReader,
	item: number,
): ItemTargets<Settings> {
	const options = readCommandOptions(read('options'));
	const settings = definition.settings(read, options);
	const { identifier } = definition;
	const ids = readIdentifiers(read(identifier.name), identifier);
	return { targets: ids.map((id) => ({ id, item, settings })), options };
}

/** The outcome of an item whose targets could not even be read. */
export function refusedItem(error: unknown, item: number): TargetOutcome {
	return { id: '', outcome: 'notSent', ...describeError(error, item), attempts: 0, item, extra: {} };
}

/** Refuses a whole input that names more different targets than the user allows. Equal ones count once. */
export function refusedForNumber<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	maxTargets: number | undefined,
	{ contract }: CommandDefinition<Settings>,
): { reason: string; hint: string } | undefined {
	if (maxTargets === undefined || targets.length <= maxTargets) return undefined;
	const different = new Set(targets.map((target) => JSON.stringify([contract.groupKey(target), target.id])))
		.size;
	if (different <= maxTargets) return undefined;
	return {
		reason: `the input names ${different} ${contract.words.plural}, and the option 'Maximum Targets' allows ${maxTargets}`,
		hint: 'Check where the input comes from, and raise the limit if the number is right.',
	};
}
