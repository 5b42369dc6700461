import type { Words } from '../../../../nodes/core/commands/vocabulary';

const THING = { singular: 'thing', plural: 'things' } as const;

/** A command that ends its targets. */
export const ENDING: Words = { ...THING, participle: 'terminated' };

/** Commands that change a state. */
export const SUSPENDING: Words = {
	...THING,
	participle: 'suspended',
	change: { from: 'running', to: 'suspended' },
};
export const RESUMING: Words = {
	...THING,
	participle: 'resumed',
	change: { from: 'suspended', to: 'running' },
};
