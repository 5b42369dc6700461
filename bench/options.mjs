import { parseArgs } from 'node:util';

import { UserError } from '../demo/userError.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { WORKLOAD_NAMES } from './workloads.mjs';

const CONTESTANT_NAMES = CONTESTANTS.map(({ key }) => key);

/**
 * @typedef {object} Options
 * @property {boolean} quick a tenth of the targets, one run each
 * @property {string[]} only workloads or vendors; an empty list means all
 * @property {string[]} contestants an empty list means all
 */

/** @param {string[]} args @returns {Options} */
export function readOptions(args) {
	const { quick, only, contestants } = parse(args);
	return {
		quick,
		only: names('--only', only, WORKLOAD_NAMES),
		contestants: names('--contestants', contestants, CONTESTANT_NAMES),
	};
}

function parse(args) {
	try {
		return parseArgs({
			args,
			options: {
				quick: { type: 'boolean', default: false },
				only: { type: 'string', default: '' },
				contestants: { type: 'string', default: '' },
			},
		}).values;
	} catch (error) {
		throw new UserError(`${error.message}\nThere are --quick, --only <works> and --contestants <names>.`);
	}
}

function names(argument, text, known) {
	const given = text.split(',').filter((name) => name !== '');
	const unknown = given.filter((name) => !known.includes(name));
	if (unknown.length === 0) return given;
	throw new UserError(`${argument} does not know ${unknown.join(', ')}. It takes ${known.join(', ')}.`);
}
