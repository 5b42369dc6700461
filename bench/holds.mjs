/**
 * Who held the event loop, from a CPU profile and the beats of a 5 ms timer. Between two beats nothing else could run,
 * apart from what came in the same turn of the loop; what the samples in between show is whose time that was.
 *
 * @typedef {object} Holds
 * @property {number} oursMs the most that one package had of the time between two beats
 * @property {string} oursWhere the function that had most of that time
 * @property {number} oursTotalMs what it had in all
 * @property {{ ms: number, where: string }} longest the longest time between two beats, and the function that had most of it
 */

const GARBAGE = '(garbage collector)';
const IDLE = '(idle)';

/**
 * @param {{ profile: object, beats: number[] }} reading
 * @param {string} packageName whose code is looked for: time counts for it while one of its functions is on the stack
 * @returns {Holds}
 */
export function holds({ profile, beats }, packageName) {
	const owners = ownersOf(profile.nodes, `/${packageName}/dist/`);
	const gaps = new Map();
	let gap = 0;
	let at = profile.startTime;
	let previous;
	for (const [index, id] of profile.samples.entries()) {
		at += profile.timeDeltas[index];
		while (gap < beats.length && beats[gap] <= at) gap += 1;
		const us = profile.timeDeltas[index + 1] ?? 0;
		// The garbage collector has no stack: it works for whoever it interrupted.
		const node = owners.get(id);
		const owner = node.name === GARBAGE ? { ...node, ours: previous?.ours ?? false } : node;
		if (node.name !== GARBAGE) previous = node;
		if (node.name !== IDLE) add(gaps, gap, owner, us);
	}
	const all = [...gaps.values()];
	const worst = largest(all, 'ours');
	const longest = largest(all, 'us');
	return {
		oursMs: worst.ours / 1000,
		oursWhere: mostly(worst),
		oursTotalMs: all.reduce((sum, { ours }) => sum + ours, 0) / 1000,
		longest: { ms: longest.us / 1000, where: mostly(longest) },
	};
}

function add(gaps, gap, { ours, where }, us) {
	const entry = gaps.get(gap) ?? emptyGap();
	entry.us += us;
	if (ours) entry.ours += us;
	entry.places.set(where, (entry.places.get(where) ?? 0) + us);
	gaps.set(gap, entry);
}

/** The gap with the most of something. */
function largest(all, what) {
	return all.reduce((most, entry) => (entry[what] > most[what] ? entry : most), emptyGap());
}

/** The function that had most of a gap. */
function mostly({ places }) {
	const [first] = [...places].sort(([, left], [, right]) => right - left);
	return first?.[0] ?? 'nothing';
}

const emptyGap = () => ({ us: 0, ours: 0, places: new Map() });

/** Name, place and owner of each node of the profile's tree. */
function ownersOf(nodes, folder) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const owners = new Map();
	const open = [{ node: nodes[0], ours: false, home: '' }];
	while (open.length > 0) {
		const { node, ours, home } = open.pop();
		const { functionName, url } = node.callFrame;
		const path = url.replaceAll('\\', '/');
		const own = ours || path.includes(folder);
		// A native function is named with the package that called it.
		const lives = homeOf(path) ?? home;
		const name = functionName || '(anonymous)';
		owners.set(node.id, { name, where: lives ? `${name} in ${lives}` : name, ours: own });
		for (const id of node.children ?? []) open.push({ node: byId.get(id), ours: own, home: lives });
	}
	return owners;
}

/** The package or the part of Node that a file belongs to; never a path of this machine. */
function homeOf(path) {
	const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
	return name ?? (path.startsWith('node:') ? path : undefined);
}
