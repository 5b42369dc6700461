import { capitalise } from '../util/text';
import type { Verdict } from './contract';
import type { CommandWords } from './vocabulary';

/** What a sentence about a target says. */
interface Told extends Pick<Verdict, 'outcome'> {
	reason: string | undefined;
}

/** What became of a target, as one sentence for people that stands by itself. */
export function sentence(
	{ outcome, reason, alreadyInState }: Told & { alreadyInState: true | undefined },
	id: string,
	words: CommandWords,
): string {
	const { change, participle } = words;
	const thing = `${capitalise(words.singular)} ${id}`;
	const because = reason === undefined ? '' : `: ${reason}`;
	if (alreadyInState && change) return `${thing} was already ${change.to}${because}`;
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
			return `${thing} was not ${participle} (no request was sent)${because}`;
		case 'dryRun':
			return `${thing} would be ${participle}${because}`;
		default:
			return `${thing} was ${participle}${because}`;
	}
}

/** The same of a dry run: what the command would do. `failure`: that nothing would change counts as one. */
export function drySentence(
	{ outcome, reason, failure }: Told & { failure: boolean },
	id: string,
	{ change, participle, singular }: CommandWords,
): string {
	const thing = `${singular} ${id}`;
	const because = reason === undefined ? '' : `: ${reason}`;
	const unchanged = (fact: string): string =>
		`${failure ? capitalise(fact) : `Nothing would change: ${fact}`}${because}`;
	switch (outcome) {
		case 'alreadyEnded':
			return unchanged(`${thing} has already ended${change ? ` and cannot be ${participle}` : ''}`);
		case 'notRunning':
			return unchanged(`no running ${singular} has the ID ${id}`);
		case 'notFound':
			return `${capitalise(thing)} was not found${because}`;
		case 'failed':
		case 'unknown':
		case 'notSent':
			return `${capitalise(thing)} would not be ${participle}${because}`;
		case 'dryRun':
			return `${capitalise(thing)} would be ${participle}${because}`;
		default:
			return unchanged(`${thing} is already ${change?.to ?? participle}`);
	}
}
