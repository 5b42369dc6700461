import { withWords } from '../http/readResult';
import type { Quote } from '../util/excerpt';
import { mapTexts } from '../util/json';
import { capitalise } from '../util/text';
import type { Contract, Verdict, Target } from './contract';
import { isFailure } from './vocabulary';
import type { Outcome, Policy, CommandWords } from './vocabulary';

/** What became of one target, ready to be shown. */
export interface TargetOutcome {
	id: string;
	outcome: Outcome;
	/** One sentence for people that stands by itself. */
	message: string;
	/** Why, as the second half of a sentence. */
	reason?: string;
	hint?: string;
	code?: string;
	httpStatus?: number;
	vendorMessage?: string;
	/** How many requests carried this target. */
	attempts: number;
	/** Index of the input item that named it. */
	item: number;
	/** What the vendor needs and adds beside the ID. */
	extra: Readonly<Record<string, unknown>>;
	/** Whether it counts as a failure, by the options of the item that named it. */
	failure: boolean;
}

/** Puts a verdict about one target into the shape that is shown. */
export function toOutcome<Settings>(
	target: Target<Settings>,
	verdict: Verdict,
	contract: Contract<Settings>,
	{ attempts, httpStatus, policy }: { attempts: number; httpStatus?: number; policy: Policy },
): TargetOutcome {
	const { reason, hint, code, vendorMessage, extra, outcome, alreadyInState } = verdict;
	const doubt = doubtAbout(verdict, target.id, contract);
	return {
		id: target.id,
		outcome,
		message: messageOf({ ...verdict, id: target.id }, contract.words, doubt),
		...(reason !== undefined && { reason }),
		...(hint !== undefined && { hint }),
		...(code !== undefined && { code }),
		...(httpStatus !== undefined && { httpStatus }),
		...(vendorMessage !== undefined && { vendorMessage }),
		attempts,
		item: target.item,
		extra: {
			...contract.describe(target),
			...extra,
			// That nothing runs under an ID of another shape confirms nothing.
			...(doubt !== undefined && extra?.['verified'] === true && { verified: false }),
			...(alreadyInState && { alreadyInState }),
		},
		failure: isFailure(outcome, policy),
	};
}

/**
 * An outcome as it may be shown: what came from outside is quoted, and where the target failed, the vendor's own words and
 * code stand beside our reason. What the user gave (the ID, what the contract describes, the request of a dry run) stays.
 */
export function presentOutcome<Settings>(
	outcome: TargetOutcome,
	target: Target<Settings>,
	contract: Contract<Settings>,
	quote: Quote,
): TargetOutcome {
	const { reason, hint, code, vendorMessage, failure, httpStatus, ...rest } = outcome;
	const words = vendorMessage === undefined ? '' : quote(vendorMessage);
	const spoken = {
		...rest,
		failure,
		...(code !== undefined && { code: quote(code) }),
		...(words !== '' && { vendorMessage: words }),
		...(httpStatus !== undefined && { httpStatus }),
	};
	const why = failure ? withWords(reason, spoken) : reason;
	const presented = {
		...spoken,
		...(why !== undefined && { reason: why }),
		...(hint !== undefined && { hint }),
		extra: presentExtra(outcome.extra, target, contract, quote),
	};
	const doubt = doubtAbout(presented, target.id, contract);
	return { ...presented, message: messageOf(presented, contract.words, doubt) };
}

function presentExtra<Settings>(
	extra: TargetOutcome['extra'],
	target: Target<Settings>,
	contract: Contract<Settings>,
	quote: Quote,
): TargetOutcome['extra'] {
	let given: TargetOutcome['extra'] = {};
	try {
		given = contract.describe(target);
	} catch {
		// What cannot be described has left nothing in the outcome either.
	}
	return Object.fromEntries(
		Object.entries(extra).map(([key, value]) => [
			key,
			Object.hasOwn(given, key) || key === 'request' ? value : mapTexts(value, quote),
		]),
	);
}

/** One sentence for people that stands by itself. It begins with a doubt about the ID where nothing was found. */
function messageOf(
	outcome: Pick<Verdict, 'outcome' | 'reason' | 'extra'> & { id: string; alreadyInState?: boolean },
	words: CommandWords,
	doubt: string | undefined,
): string {
	const { id, extra } = outcome;
	const alreadyInState = outcome.alreadyInState ?? extra?.['alreadyInState'] === true;
	const message = sentence({ ...outcome, alreadyInState }, id, words);
	return doubt === undefined ? message : `${doubt}. ${message}`;
}

function doubtAbout<Settings>(
	verdict: Pick<Verdict, 'outcome' | 'extra'>,
	id: string,
	contract: Contract<Settings>,
): string | undefined {
	return isAbsent(verdict) ? contract.doubtAbout?.(id) : undefined;
}

/** Whether the vendor has no such target, or none that runs, by what it says or by what a dry run shows. */
function isAbsent({ outcome, extra }: Pick<Verdict, 'outcome' | 'extra'>): boolean {
	if (outcome === 'dryRun') return extra?.['standing'] === 'absent';
	return outcome === 'notRunning' || outcome === 'notFound';
}

function sentence(
	{ outcome, reason, alreadyInState }: Pick<Verdict, 'outcome' | 'reason'> & { alreadyInState: boolean },
	id: string,
	words: CommandWords,
): string {
	const { change, participle } = words;
	const thing = `${capitalise(words.singular)} ${id}`;
	const because = reason === undefined ? '' : `: ${reason}`;
	if (alreadyInState && change) return `${thing} was ${change.to} before${because}`;
	switch (outcome) {
		case 'alreadyEnded':
			return `${thing} had already ended${change ? ` and cannot be ${participle}` : ''}${because}`;
		case 'notRunning':
			return `No running ${words.singular} has the ID ${id}${because}`;
		case 'notFound':
			return `${thing} was not found${because}`;
		case 'failed':
			return `${thing} was not ${participle}${because}`;
		case 'unknown':
			return `It is not known whether ${words.singular} ${id} was ${participle}${because}`;
		case 'notSent':
			return `${thing} was not ${participle}, nothing was sent for it${because}`;
		case 'dryRun':
			return `${thing} would be ${participle}${because}`;
		default:
			return `${thing} was ${participle}${because}`;
	}
}
