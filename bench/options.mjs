import { parseArgs } from 'node:util';

import { Complaint } from '../demo/complaint.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { WORK_NAMES } from './works.mjs';

const CONTESTANT_NAMES = CONTESTANTS.map(({ key }) => key);

/**
 * @typedef {object} Options
 * @property {boolean} quick a tenth of the counts, each once
 * @property {string[]} only works or vendors; none: all
 * @property {string[]} contestants none: all
 */

/** @param {string[]} args @returns {Options} */
export function readOptions(args) {
	const { quick, only, contestants } = parse(args);
	return {
		quick,
		only: names('--only', only, WORK_NAMES),
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
		throw new Complaint(`${error.message}\nThere are --quick, --only <works> and --contestants <names>.`);
	}
}

function names(argument, text, known) {
	const given = text.split(',').filter((name) => name !== '');
	const unknown = given.filter((name) => !known.includes(name));
	if (unknown.length === 0) return given;
	throw new Complaint(`${argument} does not know ${unknown.join(', ')}. It takes ${known.join(', ')}.`);
}
