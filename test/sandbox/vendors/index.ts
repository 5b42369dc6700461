import { createBitrix24 } from './bitrix24/index.ts';
import { createEightByEight } from './eightByEight/index.ts';
import { createEnosBpm } from './enosBpm/index.ts';
import { createUnifier } from './unifier/index.ts';

/** All emulators by the name of their folder, in the order of their ports. A fifth vendor is one more line. */
export const VENDORS = {
	enosBpm: createEnosBpm,
	unifier: createUnifier,
	bitrix24: createBitrix24,
	eightByEight: createEightByEight,
};

/** The vendors that the sandbox plays. */
export type VendorName = keyof typeof VENDORS;
