import { isDeepStrictEqual } from 'node:util';

const MOST = 5;

/**
 * The instances in an unexpected state, in words: every one of `targets` must have ended, and all others must be unchanged.
 *
 * @param {Record<string, object>} before the vendor's instances by ID
 * @param {Record<string, object>} after
 * @param {string[]} targets
 * @param {string} ends the expected state of a target
 */
export function inInstances(before, after, targets, ends = 'terminated') {
	const wanted = new Set(targets);
	const others = Object.keys(before).filter((id) => !wanted.has(id));
	return shortened([
		...targets.filter((id) => after[id]?.state !== ends).map((id) => `${id} should have ended, and has not`),
		...others
			.filter((id) => !isDeepStrictEqual(before[id], after[id]))
			.map((id) => `${id} should not have been touched`),
	]);
}

/**
 * The differences between the outcomes and the expected ones: one for each target.
 *
 * @param {Array<{ id: string, outcome: string }>} outcomes
 * @param {Map<string, string>} expected the expected outcome by ID
 */
export function inOutcomes(outcomes, expected) {
	const reported = new Map(outcomes.map(({ id, outcome }) => [id, outcome]));
	const found = [...expected]
		.filter(([id, outcome]) => reported.get(id) !== outcome)
		.map(([id, outcome]) => `${id}: ${reported.get(id) ?? 'nothing'} was reported, expected ${outcome}`);
	if (outcomes.length !== expected.size) {
		found.push(`${outcomes.length} outcomes were reported, expected ${expected.size}`);
	}
	return shortened(found);
}

/** The targets that were not confirmed exactly once. @param {Map<string, number>} counts how often each ID was confirmed */
export function inConfirmed(counts, targets) {
	const ids = new Set([...counts.keys(), ...targets]);
	const wanted = new Set(targets);
	return shortened(
		[...ids]
			.filter((id) => counts.get(id) !== (wanted.has(id) ? 1 : 0))
			.map((id) => `${id} was taken by the vendor ${counts.get(id) ?? 0} times`),
	);
}

/** `[message]` if something is not right, otherwise an empty list. */
export function unless(isRight, message) {
	return isRight ? [] : [message];
}

function shortened(found) {
	return found.length <= MOST
		? found
		: [...found.slice(0, MOST), `and ${found.length - MOST} more like that`];
}
