import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DEMO } from '../../../demo/places.mjs';

/**
 * A version of n8n that is tried.
 *
 * @typedef {object} N8nVersion
 * @property {string} version
 * @property {string} why why this one
 * @property {Record<string, string>} [settings] environment variables that this version needs beside the demo's
 * @property {boolean} [withoutDetails] whether its error output takes only `error` and `message`
 * @property {boolean} [withoutExamples] whether it lacks nodes that the examples use
 */

/** Of the modules that the demo switches off the older versions know nothing, and do not start when they are named. */
const NO_MODULES = { N8N_DISABLED_MODULES: '' };

/** The version of the demo. */
export const CURRENT = JSON.parse(readFileSync(join(DEMO, 'package.json'), 'utf8')).dependencies.n8n;

/** Those with a lock file, the oldest first. @type {N8nVersion[]} */
export const VERSIONS = [
	{
		version: '1.85.4',
		why: 'the oldest supported',
		settings: NO_MODULES,
		withoutDetails: true,
		withoutExamples: true,
	},
	{ version: '1.123.81', why: 'the last of n8n 1', settings: NO_MODULES, withoutDetails: true },
	{ version: '2.0.3', why: 'the first of n8n 2', settings: NO_MODULES, withoutDetails: true },
	{ version: CURRENT, why: "the demo's" },
];

/** Stands for the newest n8n of the registry, which has no lock file. */
export const NEWEST = 'newest';
