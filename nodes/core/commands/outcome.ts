import { passes } from '../http/cause';
import type { Cause } from '../http/cause';
import { withWords } from '../http/readResult';
import type { Quote } from '../util/excerpt';
import { mapTexts } from '../util/json';
import type { Contract, Verdict, Target } from './contract';
import { drySentence, sentence } from './sentences';
import { isFailure } from './vocabulary';
import type { Outcome, Policy } from './vocabulary';

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
	/** Nothing was sent on purpose: it says what would become of the target. */
	isDryRun?: true;
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
	/** Nothing was sent on purpose, and the verdict is that of the real run. Default: false. */
	isDryRun?: boolean;
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
	{ attempts, httpStatus, policy, isDryRun = false, quote = (text) => text }: OutcomeDetails,
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
		...(isDryRun && contract.stateQuery && NOT_LOOKED_UP),
		...(verdict.extra && quoted(verdict.extra, quote)),
		// That nothing runs under an ID of another shape confirms nothing.
		...(doubt !== undefined && verdict.extra?.['verified'] === true && { verified: false }),
		...(alreadyInState && { alreadyInState }),
	};
	const message = isDryRun
		? drySentence({ outcome, reason, failure }, target.id, contract.words)
		: sentence({ outcome, reason, alreadyInState }, target.id, contract.words);
	// Only what fails in the real run has its outcome; an absence has it in any case, whatever the user makes of it.
	const isHarmless = isDryRun && !failure && outcome !== 'notFound';
	return {
		id: target.id,
		outcome: isHarmless ? 'dryRun' : outcome,
		message: doubt === undefined ? message : `${doubt}. ${message}`,
		...(reason !== undefined && { reason }),
		...(hint !== undefined && { hint }),
		...spoken,
		attempts,
		item: target.item,
		extra,
		failure,
		...(isDryRun && { isDryRun }),
		...(failure && prospects(verdict)),
	};
}

/** Of a target that was left before its state was read. */
const NOT_LOOKED_UP = { currentState: 'unknown' };

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
	{ outcome }: Pick<Verdict, 'outcome'>,
	id: string,
	contract: Contract<Settings>,
): string | undefined {
	return outcome === 'notRunning' || outcome === 'notFound' ? contract.doubtAbout?.(id) : undefined;
}
