import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DEMO } from '../../../demo/paths.mjs';

/**
 * A tested version of n8n.
 *
 * @typedef {object} N8nVersion
 * @property {string} version
 * @property {string} why the reason for this version
 * @property {Record<string, string>} [settings] environment variables that this version needs besides the demo's
 * @property {boolean} [withoutDetails] whether its error output has only `error` and `message`
 * @property {boolean} [withoutFailure] whether its errors have no cause in n8n's own terms
 * @property {boolean} [withoutExamples] whether it lacks nodes that the examples use
 */

/** Older versions do not know the modules that the demo switches off, and do not start if these are named. */
const NO_MODULES = { N8N_DISABLED_MODULES: '' };

/** The version in the demo. */
export const CURRENT = JSON.parse(readFileSync(join(DEMO, 'package.json'), 'utf8')).dependencies.n8n;

/** The versions with a lock file, oldest first. @type {N8nVersion[]} */
export const VERSIONS = [
	{
		version: '1.85.4',
		why: 'the oldest supported',
		settings: NO_MODULES,
		withoutDetails: true,
		withoutFailure: true,
		withoutExamples: true,
	},
	{
		version: '1.123.81',
		why: 'the last of n8n 1',
		settings: NO_MODULES,
		withoutDetails: true,
		withoutFailure: true,
	},
	{
		version: '2.0.3',
		why: 'the first of n8n 2',
		settings: NO_MODULES,
		withoutDetails: true,
		withoutFailure: true,
	},
	{ version: CURRENT, why: "the demo's" },
];

/** The newest n8n in the registry, which has no lock file. */
export const NEWEST = 'newest';

/**
 * Images of newer versions that npm does not have and that somebody has looked at: `npm run e2e:image` names them no more.
 *
 * @type {string[]}
 */
export const IMAGES_LOOKED_AT = [];
