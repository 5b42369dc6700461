import type { ResourceNoun } from '../util/text';

/** What a user can ask for. */
export type Command = 'terminate' | 'kill' | 'suspend' | 'resume';

/** What the vendor confirms when a command worked. */
export type Confirmed = 'terminated' | 'killed' | 'suspended' | 'resumed';

/** What became of one target. These are the only words, in all systems. */
export type Outcome =
	| Confirmed
	/** It had ended before; nothing was left to do. */
	| 'alreadyEnded'
	/** Not among the running ones; the vendor cannot distinguish ended from never existed. */
	| 'notRunning'
	/** The vendor does not know it. */
	| 'notFound'
	/** The vendor refused. */
	| 'failed'
	/** It was sent, and what became of it could not be learned. */
	| 'unknown'
	/** It was never attempted. */
	| 'notSent'
	/** A dry run: nothing was sent on purpose. */
	| 'dryRun';

/** Which outcomes the user wants to count as failures. */
export interface Policy {
	/** `alreadyEnded` and `notRunning` are failures. */
	failIfAlreadyEnded: boolean;
	/** `notFound` is not a failure. */
	ignoreNotFound: boolean;
}

/** The policy where the user has chosen nothing. */
export const STRICT: Policy = { failIfAlreadyEnded: false, ignoreNotFound: false };

/** Whether an outcome counts as a failure under the user's policy. */
export function isFailure(outcome: Outcome, policy: Policy): boolean {
	switch (outcome) {
		case 'failed':
		case 'unknown':
		case 'notSent':
			return true;
		case 'notFound':
			return !policy.ignoreNotFound;
		case 'alreadyEnded':
		case 'notRunning':
			return policy.failIfAlreadyEnded;
		default:
			return false;
	}
}

/** What a command does, as it stands in sentences. */
export interface Verb {
	/** As a participle: `terminated`. */
	participle: Confirmed;
	/** Given where the command changes a state. Left out where it ends its targets. */
	change?: StateChange;
}

/** The names of what a command acts on, and of what it does. */
export type CommandWords = Pick<ResourceNoun, 'singular' | 'plural'> & Verb;

/** The state that a command leads from, and the one it leads to, as they fit after "it is": `running`, `suspended`. */
export interface StateChange {
	from: string;
	to: string;
}
