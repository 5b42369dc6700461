import type { Target } from '../../commands/contract';
import type { TargetOutcome } from '../../commands/outcome';
import { forEachYielding } from '../../util/concurrency';
import { readCommandOptions } from '../parameters/commandOptions';
import type { CommandOptions } from '../parameters/commandOptions';
import { readIdentifiers } from '../parameters/identifiers';
import { describeError } from '../parameters/parameterError';
import type { ParameterReader } from '../parameters/reader';
import type { CommandDefinition } from './commandOperation';
import type { OperationHost } from './operation';

/** What the input of a command asks for. */
export interface CommandInput<Settings> {
	/** In input order. */
	targets: Array<Target<Settings>>;
	/** The options of each readable input item, by its index. */
	optionsOf: ReadonlyMap<number, CommandOptions>;
	/** The outcomes of items that could not be read. */
	unreadable: TargetOutcome[];
}

/** Reads all input items. An item that cannot be read is an outcome, not an error of the whole input. */
export async function readCommandInput<Settings>(
	{ items, readerAt }: Pick<OperationHost, 'items' | 'readerAt'>,
	definition: CommandDefinition<Settings>,
): Promise<CommandInput<Settings>> {
	const targets: Array<Target<Settings>> = [];
	const optionsOf = new Map<number, CommandOptions>();
	const unreadable: TargetOutcome[] = [];
	const readOptions = optionsReader(definition);
	await forEachYielding(items, (item) => {
		try {
			const read = readItem(definition, readerAt(item), item, readOptions);
			optionsOf.set(item, read.options);
			for (const target of read.targets) targets.push(target);
		} catch (error) {
			unreadable.push(unreadableItem(error, item));
		}
	});
	return { targets, optionsOf, unreadable };
}

/**
 * Reads what one item asks for.
 *
 * @throws ParameterError when a parameter has a value from which no request may be built; and whatever n8n throws for
 * an expression that cannot be resolved
 */
export function readItem<Settings>(
	definition: CommandDefinition<Settings>,
	read: ParameterReader,
	item: number,
	readOptions = optionsReader(definition),
): { targets: Array<Target<Settings>>; options: CommandOptions } {
	const options = readOptions(read('options'));
	const settings = definition.settings(read, options);
	const { identifier } = definition;
	const ids = readIdentifiers(read(identifier.name), identifier);
	for (const id of ids) definition.refuse?.(id, settings);
	return { targets: ids.map((id) => ({ id, item, settings })), options };
}

/** Reads the options of one item after the other. Those that cannot differ are one object, which is read once. */
function optionsReader<Settings>({
	sizeOption,
}: Pick<CommandDefinition<Settings>, 'sizeOption'>): (value: unknown) => CommandOptions {
	let last: { value: unknown; options: CommandOptions } | undefined;
	return (value) => {
		if (last?.value !== value) last = undefined;
		return (last ??= { value, options: readCommandOptions(value, sizeOption) }).options;
	};
}

/** The outcome of an item whose targets could not be read. */
export function unreadableItem(error: unknown, item: number): TargetOutcome {
	const { message, hint, cause } = describeError(error, item);
	return {
		id: '',
		outcome: 'notSent',
		message,
		hint,
		attempts: 0,
		item,
		extra: {},
		failure: true,
		retryable: false,
		...(cause && { cause }),
	};
}
