import type { CommandWords } from '../../../../nodes/core/commands/vocabulary';

const THING = { singular: 'thing', plural: 'things' } as const;

/** A command that ends its targets. */
export const ENDING: CommandWords = { ...THING, participle: 'terminated' };

/** Commands that change a state. */
export const SUSPENDING: CommandWords = {
	...THING,
	participle: 'suspended',
	change: { from: 'running', to: 'suspended' },
};
export const RESUMING: CommandWords = {
	...THING,
	participle: 'resumed',
	change: { from: 'suspended', to: 'running' },
};
