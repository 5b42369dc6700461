import { isDeepStrictEqual } from 'node:util';

const MOST = 5;

/**
 * The instances that are not as they should be, in words: of `targets` each must have ended, everything else must be as it
 * was.
 *
 * @param {Record<string, object>} before the vendor's instances by ID
 * @param {Record<string, object>} after
 * @param {string[]} targets
 * @param {string} ends the state that a target has to be in
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
 * In what the outcomes differ from those that are due: one for each target.
 *
 * @param {Array<{ id: string, outcome: string }>} outcomes
 * @param {Map<string, string>} due the outcome by ID
 */
export function inOutcomes(outcomes, due) {
	const told = new Map(outcomes.map(({ id, outcome }) => [id, outcome]));
	const found = [...due]
		.filter(([id, outcome]) => told.get(id) !== outcome)
		.map(([id, outcome]) => `${id}: ${told.get(id) ?? 'nothing'} was reported, expected ${outcome}`);
	if (outcomes.length !== due.size) {
		found.push(`${outcomes.length} outcomes were reported, expected ${due.size}`);
	}
	return shortened(found);
}

/** @param {Map<string, number>} counts how often each ID was sent and confirmed */
export function inConfirmed(counts, targets) {
	const ids = new Set([...counts.keys(), ...targets]);
	const wanted = new Set(targets);
	return shortened(
		[...ids]
			.filter((id) => counts.get(id) !== (wanted.has(id) ? 1 : 0))
			.map((id) => `${id} was taken by the vendor ${counts.get(id) ?? 0} times`),
	);
}

/** `[message]` unless it is as it should be. */
export function unless(isRight, message) {
	return isRight ? [] : [message];
}

function shortened(found) {
	return found.length <= MOST
		? found
		: [...found.slice(0, MOST), `and ${found.length - MOST} more like that`];
}
