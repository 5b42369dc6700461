import type { NodeApiError, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { TargetOutcome } from '../../commands/outcome';
import type { CommandWords } from '../../commands/vocabulary';
import { commonCause } from '../../http/cause';
import { mapYielding } from '../../util/concurrency';
import { omit } from '../../util/omit';
import { isAiTool } from './host';
import { listFirst, apiError } from './nodeError';

/**
 * The output item of one target, paired to the input item that named it. A failure has exactly the keys that let
 * n8n send it to the error branch with the input item's fields merged in.
 */
export function toItem(outcome: TargetOutcome): INodeExecutionData {
	const { message, item, failure } = outcome;
	if (!failure) return toRow(outcome);
	return { json: { error: message, message, details: detailsOf(outcome) }, pairedItem: { item } };
}

/** The same where failed targets are items like all others: each target is one row with the same fields. */
export function toRow({
	id,
	failure,
	outcome,
	message,
	attempts,
	item,
	extra,
	...rest
}: TargetOutcome): INodeExecutionData {
	const json = {
		id,
		ok: !failure,
		outcome,
		message,
		...vendorWordsOf(rest),
		...(failure && explanationOf(rest)),
		attempts,
		...extra,
	};
	return { json, pairedItem: { item } };
}

function detailsOf({ id, outcome, attempts, extra, ...rest }: TargetOutcome): IDataObject {
	return { id, ok: false, outcome, ...vendorWordsOf(rest), ...explanationOf(rest), attempts, ...extra };
}

function vendorWordsOf({ code, vendorMessage }: Pick<TargetOutcome, 'code' | 'vendorMessage'>): IDataObject {
	return { ...(code !== undefined && { code }), ...(vendorMessage !== undefined && { vendorMessage }) };
}

/** What a failure has besides. */
function explanationOf({
	httpStatus,
	hint,
	retryable,
}: Pick<TargetOutcome, 'httpStatus' | 'hint' | 'retryable'>): IDataObject {
	return {
		...(httpStatus !== undefined && { httpStatus }),
		...(hint !== undefined && { hint }),
		...(retryable !== undefined && { retryable }),
	};
}

function failuresIn(outcomes: readonly TargetOutcome[]): TargetOutcome[] {
	return outcomes.filter(({ failure }) => failure);
}

/**
 * The one error of a run in n8n's Stop mode: counts in the message, each failed target with its reason in the
 * description, all outcomes in the context data. With a single target, and wherever a model has called the node as a tool,
 * the message itself says what became of which and why, because a model sees nothing else.
 */
export async function stopError(
	node: INode,
	outcomes: readonly TargetOutcome[],
	words: CommandWords,
): Promise<NodeApiError> {
	const failures = failuresIn(outcomes);
	const [first] = failures;
	const single = outcomes.length === 1 && first !== undefined;
	const text = single
		? { message: first.message, description: first.hint ?? '' }
		: isAiTool(node)
			? textForModel(failures, outcomes, words)
			: { message: counted(failures, outcomes.length, words), description: listed(failures) };

	return apiError(node, {
		...text,
		httpStatus: failures.find(({ httpStatus }) => httpStatus !== undefined)?.httpStatus,
		itemIndex: first?.item ?? 0,
		cause: commonCause(failures.map(({ cause }) => cause)),
		data: {
			outcomes: await mapYielding(outcomes, contextEntry),
			counts: countsOf(outcomes),
		},
	});
}

/** How many failed; with the reason, if it is the same for all of them. */
function counted(
	failures: readonly TargetOutcome[],
	total: number,
	{ plural, participle }: CommandWords,
): string {
	const verb = failures.length === 1 ? 'was' : 'were';
	const why = sharedReason(failures);
	const because = why === undefined ? '' : `: ${why}`;
	const isDry = failures.length > 0 && failures.every(({ isDryRun }) => isDryRun);
	if (isDry) return `${failures.length} of ${total} ${plural} would not be ${participle}${because}`;
	// Nobody can say that what is unknown was not done.
	const what = failures.some(({ outcome }) => outcome === 'unknown') ? 'not confirmed as' : 'not';
	return `${failures.length} of ${total} ${plural} ${verb} ${what} ${participle}${because}`;
}

/** The reason, if it is the same for several and all of them. */
function sharedReason(failures: readonly TargetOutcome[]): string | undefined {
	const reason = failures[0]?.reason;
	return failures.length > 1 && failures.every((one) => one.reason === reason) ? reason : undefined;
}

/** What became of every target, unless one reason says it of all. */
function textForModel(
	failures: readonly TargetOutcome[],
	outcomes: readonly TargetOutcome[],
	words: CommandWords,
): { message: string; description: string } {
	const count = counted(failures, outcomes.length, words);
	const description = [...new Set(failures.flatMap(({ hint }) => hint ?? []))].join('\n');
	if (failures.length === outcomes.length && sharedReason(failures) !== undefined) {
		return { message: count, description };
	}
	const others = outcomes.filter(({ failure }) => !failure);
	const lines = [
		...listFirst(failures, sentence, (more) => `… and ${more} more like these`),
		...listFirst(others, sentence, (more) => `… and ${more} more without a failure`),
	];
	return { message: [`${count}.`, ...lines].join('\n'), description };
}

function sentence({ message }: TargetOutcome): string {
	return message;
}

function listed(failures: readonly TargetOutcome[]): string {
	return listFirst(
		failures,
		({ message, hint }) => (hint ? `${message}. ${hint}` : message),
		(more) => `… and ${more} more. The error data lists all of them.`,
	).join('\n');
}

function contextEntry(outcome: TargetOutcome): IDataObject {
	const shown = omit(outcome, 'extra', 'failure', 'reason', 'cause', 'isDryRun');
	return { ...shown, ...outcome.extra };
}

function countsOf(outcomes: readonly TargetOutcome[]): IDataObject {
	const counts: Record<string, number> = {};
	for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return counts;
}
