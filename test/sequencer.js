const Sequencer = require('@jest/test-sequencer').default;

/** Tests on n8n's engine, those that take longest first. */
const LONG = [/\.legacy\.test\.ts$/, /\.vm\.test\.ts$/, /\.faults\.test\.ts$/];

/** By their size Jest would begin the longest tests last on a machine where it has not run them before. */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		const rank = ({ path }) => {
			const index = LONG.findIndex((long) => long.test(path));
			return index === -1 ? LONG.length : index;
		};
		return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
	}
};
