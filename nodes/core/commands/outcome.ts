import { passes } from '../http/cause';
import type { Cause } from '../http/cause';
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
	/** The same target was named before in the input. */
	isRepeat?: true;
	/** Set where it failed: whether a later run may well fare better. */
	retryable?: boolean;
	/** Why it failed, where that is known. It never contradicts `retryable`. */
	cause?: Cause;
}

/** What the outcome of a target depends on besides the verdict. */
export interface OutcomeDetails {
	attempts: number;
	httpStatus?: number | undefined;
	policy: Policy;
	/** Makes what came from outside fit to be shown. Left out where nothing did. */
	quote?: Quote | undefined;
}

/**
 * Puts a verdict about one target into the shape that is shown. What came from outside is quoted, and where the target
 * failed, the vendor's own words and code stand beside our reason. What the user gave (the ID, what the contract describes,
 * the request of a dry run) stays as it is.
 */
export function toOutcome<Settings>(
	target: Target<Settings>,
	verdict: Verdict,
	contract: Contract<Settings>,
	{ attempts, httpStatus, policy, quote = (text) => text }: OutcomeDetails,
): TargetOutcome {
	const { hint, code, outcome, alreadyInState } = verdict;
	const doubt = doubtAbout(verdict, target.id, contract);
	const failure = isFailure(outcome, policy);
	const vendorMessage = verdict.vendorMessage === undefined ? '' : quote(verdict.vendorMessage);
	const spoken = {
		...(code !== undefined && { code: quote(code) }),
		...(vendorMessage !== '' && { vendorMessage }),
		...(httpStatus !== undefined && { httpStatus }),
	};
	const reason = failure ? withWords(verdict.reason, spoken) : verdict.reason;
	const extra = {
		...contract.describe(target),
		...(verdict.extra && quoted(verdict.extra, quote)),
		// That nothing runs under an ID of another shape confirms nothing.
		...(doubt !== undefined && verdict.extra?.['verified'] === true && { verified: false }),
		...(alreadyInState && { alreadyInState }),
	};
	const message = sentence({ outcome, reason, alreadyInState }, target.id, contract.words);
	return {
		id: target.id,
		outcome,
		message: doubt === undefined ? message : `${doubt}. ${message}`,
		...(reason !== undefined && { reason }),
		...(hint !== undefined && { hint }),
		...spoken,
		attempts,
		item: target.item,
		extra,
		failure,
		...(failure && prospects(verdict)),
	};
}

/** What did not get through may do so later, if what was in its way passes. What is unknown may even have worked. */
function prospects({ outcome, cause }: Verdict): Pick<TargetOutcome, 'retryable' | 'cause'> {
	if (outcome === 'unknown') return { retryable: true, ...(cause && passes(cause) && { cause }) };
	if (outcome !== 'failed' && outcome !== 'notSent') return { retryable: false };
	return { retryable: passes(cause), ...(cause && { cause }) };
}

function quoted({ request, ...said }: TargetOutcome['extra'], quote: Quote): TargetOutcome['extra'] {
	return { ...mapTexts(said, quote), ...(request !== undefined && { request }) };
}

/** Why an ID under which nothing was found looks like none. */
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
	{
		outcome,
		reason,
		alreadyInState,
	}: Pick<TargetOutcome, 'outcome'> & {
		reason: string | undefined;
		alreadyInState: true | undefined;
	},
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
