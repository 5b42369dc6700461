import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { TargetOutcome } from './outcomes';
import { isFailure } from './vocabulary';
import type { Policy, Words } from './vocabulary';

/** More than this many failed targets are counted, not listed; the context data has them all. */
const MAX_LISTED = 20;

/**
 * The output item of one target, paired to the input item that named it. A failure has exactly the keys that let
 * n8n send it to the error branch with the input item's fields merged in.
 */
export function toItem(outcome: TargetOutcome, policy: Policy): INodeExecutionData {
	const {
		id,
		outcome: word,
		message,
		hint,
		code,
		httpStatus,
		vendorMessage,
		attempts,
		item,
		extra,
	} = outcome;
	const told = {
		...(code !== undefined && { code }),
		...(vendorMessage !== undefined && { vendorMessage }),
	};
	const json = isFailure(word, policy)
		? {
				error: message,
				message,
				details: {
					id,
					outcome: word,
					...told,
					...(httpStatus !== undefined && { httpStatus }),
					...(hint !== undefined && { hint }),
					attempts,
					...extra,
				},
			}
		: { id, outcome: word, message, ...told, attempts, ...extra };
	return { json: json, pairedItem: { item } };
}

/** The failures among the outcomes. */
export function failuresIn(outcomes: readonly TargetOutcome[], policy: Policy): TargetOutcome[] {
	return outcomes.filter(({ outcome }) => isFailure(outcome, policy));
}

/**
 * The one error of a run in n8n's Stop mode: counts in the message, each failed target with its reason in the
 * description, all outcomes in the context data. With a single target the message itself says which and why,
 * because a model that calls the node as a tool sees nothing else.
 */
export function stopError(
	node: INode,
	outcomes: readonly TargetOutcome[],
	policy: Policy,
	words: Words,
): NodeApiError {
	const failures = failuresIn(outcomes, policy);
	const [first] = failures;
	const single = outcomes.length === 1 && first !== undefined;
	const verb = failures.length === 1 ? 'was' : 'were';
	const message = single
		? first.message
		: `${failures.length} of ${outcomes.length} ${words.plural} ${verb} not ${words.participle}`;
	const description = single ? (first.hint ?? '') : listed(failures);

	const error = new NodeApiError(
		node,
		{ message, description },
		{ message, description, httpCode: httpCode(failures) },
	);
	// n8n rewrites a message that contains a system code such as EPERM, and an ID or a reason may.
	error.message = message;
	error.description = description;
	error.context['itemIndex'] = first?.item ?? 0;
	error.context['data'] = {
		outcomes: outcomes.map((outcome) => contextEntry(outcome)),
		counts: countsOf(outcomes),
	};
	return error;
}

function listed(failures: readonly TargetOutcome[]): string {
	const lines = failures
		.slice(0, MAX_LISTED)
		.map(({ message, hint }) => (hint ? `${message}. ${hint}` : message));
	const more = failures.length - lines.length;
	if (more > 0) lines.push(`… and ${more} more. The error's data lists every target.`);
	return lines.join('\n');
}

function httpCode(failures: readonly TargetOutcome[]): string {
	const status = failures.find(({ httpStatus }) => httpStatus !== undefined)?.httpStatus;
	return status === undefined ? 'none' : String(status);
}

function contextEntry({ extra, ...rest }: TargetOutcome): IDataObject {
	return { ...rest, ...extra };
}

function countsOf(outcomes: readonly TargetOutcome[]): IDataObject {
	const counts: Record<string, number> = {};
	for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return counts;
}
