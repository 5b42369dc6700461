/**
 * How long code blocked the event loop, from a CPU profile and the ticks of a 5 ms timer. Between two ticks nothing else
 * could run, apart from callbacks in the same turn of the loop; the samples in between show which code took the time. Such a
 * stretch is a "hold" in the reports.
 *
 * @typedef {object} EventLoopHolds
 * @property {number} oursMs the largest share that the package had of the time between two ticks, without the garbage
 * collection that interrupted it
 * @property {string} oursWhere the function that took most of that share
 * @property {number} oursTotalMs the package's time in all
 * @property {number} garbageMs the longest garbage collection between two ticks that interrupted the package's code
 * @property {{ ms: number, where: string }} longest the longest busy time between two ticks, and the function that took
 * most of it
 */

const GARBAGE = '(garbage collector)';
const IDLE = '(idle)';

/**
 * @param {{ profile: object, beats: number[] }} reading
 * @param {string} packageName the package to look for: time counts as its own while one of its functions is on the stack
 * @returns {EventLoopHolds}
 */
export function findHolds({ profile, beats }, packageName) {
	const owners = ownersOf(profile.nodes, `/${packageName}/dist/`);
	const gaps = new Map();
	let gap = 0;
	let at = profile.startTime;
	let interrupted = false;
	for (const [index, id] of profile.samples.entries()) {
		at += profile.timeDeltas[index];
		while (gap < beats.length && beats[gap] <= at) gap += 1;
		const us = profile.timeDeltas[index + 1] ?? 0;
		const owner = owners.get(id);
		const collects = owner.name === GARBAGE;
		// The garbage collector has no stack of its own: it interrupts the code of the sample before it.
		if (!collects) interrupted = owner.ours;
		if (owner.name !== IDLE) add(gaps, gap, owner, { us, garbage: collects && interrupted });
	}
	const all = [...gaps.values()];
	const worst = largest(all, 'ours');
	const longest = largest(all, 'us');
	return {
		oursMs: worst.ours / 1000,
		oursWhere: mainFunction(worst.oursPlaces),
		oursTotalMs: all.reduce((sum, { ours }) => sum + ours, 0) / 1000,
		garbageMs: largest(all, 'garbage').garbage / 1000,
		longest: { ms: longest.us / 1000, where: mainFunction(longest.places) },
	};
}

function add(gaps, gap, { ours, where }, { us, garbage }) {
	const entry = gaps.get(gap) ?? emptyGap();
	const count = (places) => places.set(where, (places.get(where) ?? 0) + us);
	entry.us += us;
	count(entry.places);
	if (garbage) entry.garbage += us;
	if (ours) {
		entry.ours += us;
		count(entry.oursPlaces);
	}
	gaps.set(gap, entry);
}

/** The gap with the largest value of a property. */
function largest(all, key) {
	return all.reduce((most, entry) => (entry[key] > most[key] ? entry : most), emptyGap());
}

/** The function that took most of the time. */
function mainFunction(places) {
	const [first] = [...places].sort(([, left], [, right]) => right - left);
	return first?.[0] ?? 'nothing';
}

const emptyGap = () => ({ us: 0, ours: 0, garbage: 0, places: new Map(), oursPlaces: new Map() });

/** Name, location and owner of each node of the profile's tree. */
function ownersOf(nodes, folder) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const owners = new Map();
	const open = [{ node: nodes[0], ours: false, home: '' }];
	while (open.length > 0) {
		const { node, ours, home } = open.pop();
		const { functionName, url } = node.callFrame;
		const path = url.replaceAll('\\', '/');
		const own = ours || path.includes(folder);
		// A native function is listed under the package that called it.
		const lives = homeOf(path) ?? home;
		const name = functionName || '(anonymous)';
		owners.set(node.id, { name, where: lives ? `${name} in ${lives}` : name, ours: own });
		for (const id of node.children ?? []) open.push({ node: byId.get(id), ours: own, home: lives });
	}
	return owners;
}

/** The package or the module of Node that a file belongs to; never a path on this machine. */
function homeOf(path) {
	const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
	return name ?? (path.startsWith('node:') ? path : undefined);
}
