import type { TargetOutcome } from '../../commands/outcome';
import type { CommandWords, Outcome } from '../../commands/vocabulary';

/** One line that sums a command up, such as `38 workflows: 35 terminated, 2 had already ended, 1 failed`. */
export interface Summary {
	message: string;
	/** What became of some of them is not known. */
	isDoubtful: boolean;
}

/** The outcomes in the order of the sentence, each with its words after a count. */
const WORDS: ReadonlyArray<readonly [Outcome, string]> = [
	['terminated', 'terminated'],
	['killed', 'killed'],
	['suspended', 'suspended'],
	['resumed', 'resumed'],
	['alreadyEnded', 'had already ended'],
	['notRunning', 'not running'],
	['notFound', 'not found'],
	['failed', 'failed'],
	['notSent', 'not sent'],
	['unknown', 'with an unknown result'],
];

/** Sums up what became of the targets. One that several items name counts once. */
export function summaryOf(outcomes: readonly TargetOutcome[], words: CommandWords): Summary {
	const counted = outcomes.filter(({ isRepeat }) => !isRepeat);
	const counts = new Map<string, number>();
	for (const outcome of counted) {
		const phrase = phraseFor(outcome, words);
		counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
	}
	const order = [...dryPhrases(words), inStateBefore(words), ...WORDS.map(([, phrase]) => phrase)];
	const parts = order.flatMap((phrase) => {
		const count = counts.get(phrase);
		return count === undefined ? [] : [`${count} ${phrase}`];
	});
	const { singular, plural } = words;
	const total = `${counted.length} ${counted.length === 1 ? singular : plural}`;
	const isDry = counted.some(({ isDryRun }) => isDryRun);
	return {
		message: `${isDry ? 'Dry run of ' : ''}${total}: ${parts.join(', ')}`,
		isDoubtful: counted.some(({ outcome }) => outcome === 'unknown'),
	};
}

/** Those that were in the wanted state before. */
function inStateBefore({ change }: CommandWords): string {
	return `already ${change?.to ?? 'so'}`;
}

function dryPhrases({ participle }: CommandWords): readonly [would: string, nothing: string, open: string] {
	return [`would be ${participle}`, 'would not change', 'in a state that could not be read'];
}

function phraseFor({ outcome, extra }: TargetOutcome, words: CommandWords): string {
	if (extra['alreadyInState'] === true) return inStateBefore(words);
	if (outcome !== 'dryRun') return WORDS.find(([word]) => word === outcome)?.[1] ?? outcome;
	const [would, nothing, open] = dryPhrases(words);
	const { currentState: state, vendorState } = extra;
	if (state === undefined || state === 'running') return would;
	if (state !== 'unknown') return nothing;
	// What has a state that does not say enough would get the command.
	return vendorState === undefined ? open : would;
}
