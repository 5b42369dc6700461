/** Docker images of n8n: which there are, and which of them are newer than what is tested. */

/** n8n's image on Docker Hub; n8n 3 is published only as an image. */
export const IMAGE = 'n8nio/n8n';
/** Where an image has its n8n: the folder whose node_modules contain it. */
const HOME_IN_IMAGE = '/usr/local/lib';
const MOUNTED = '/work';

const HUB = 'https://hub.docker.com';
const PAGE_SIZE = 100;
/** The newest come first, and each version has several tags: these pages reach back for months. */
const PAGES = 5;

/** The names of the tags that were pushed last. @param {string} [hub] the address of Docker Hub */
export async function readTags(hub = HUB) {
	const names = [];
	for (let page = 1; page <= PAGES; page += 1) {
		const path = `/v2/namespaces/n8nio/repositories/n8n/tags?page=${page}&page_size=${PAGE_SIZE}&ordering=last_updated`;
		const response = await fetch(hub + path);
		if (!response.ok) throw new Error(`Docker Hub answered ${response.status} for ${path}`);
		const { results, next } = await response.json();
		names.push(...results.map(({ name }) => name));
		if (!next) break;
	}
	return names;
}

/**
 * The newest image of each major.minor that is newer than every tested one, oldest first. Tags that are no version, such as
 * `latest`, and those of one architecture are left out.
 *
 * @param {string[]} tags
 * @param {string[]} tested versions of n8n
 */
export function newerImages(tags, tested) {
	const highest = tested.map(parse).sort(compare).at(-1);
	const newest = new Map();
	for (const found of tags.map(parse).filter(Boolean).sort(compare)) {
		if (!highest || compareLines(found, highest) > 0) newest.set(lineOf(found), found.tag);
	}
	return [...newest.values()];
}

/** The newest image of all. @param {string[]} tags */
export const newestImage = (tags) => newerImages(tags, []).at(-1);

/**
 * Those of these images whose major.minor is not on npm, so that nobody but Docker's users can have it.
 *
 * @param {string[]} images
 * @param {string[]} onNpm versions of n8n
 */
export function missingOnNpm(images, onNpm) {
	const lines = new Set(onNpm.map(parse).filter(Boolean).map(lineOf));
	return images.filter((tag) => !lines.has(lineOf(parse(tag))));
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9a-z][0-9a-z.-]*))?$/i;
const OF_ONE_KIND = /amd64|arm64|armv7|distroless/i;

function parse(tag) {
	const [, major, minor, patch, suffix = ''] = VERSION.exec(tag) ?? [];
	if (major === undefined || OF_ONE_KIND.test(suffix)) return undefined;
	return { tag, numbers: [major, minor, patch].map(Number), suffix };
}

const lineOf = ({ numbers: [major, minor] }) => `${major}.${minor}`;

const compareLines = ({ numbers: [a, b] }, { numbers: [c, d] }) => a - c || b - d;

/** A release is newer than what came before it, such as 3.0.0 than 3.0.0-rc.1. */
function compare(one, other) {
	const byNumbers = compareLines(one, other) || one.numbers[2] - other.numbers[2];
	if (byNumbers !== 0) return byNumbers;
	if (one.suffix === '' || other.suffix === '')
		return Number(one.suffix === '') - Number(other.suffix === '');
	return one.suffix.localeCompare(other.suffix, 'en', { numeric: true });
}

/**
 * The arguments with which Docker runs a test of this folder in an image, with the image's own n8n and Node.
 *
 * @param {{ tag: string, root: string, user: string, test: string }} run `user`: who owns this folder, as `uid:gid`
 */
export function dockerArguments({ tag, root, user, test }) {
	const settings = { N8N_UNVERIFIED_PACKAGES_ENABLED: 'true' };
	const under = {
		version: tag,
		why: 'the newest image',
		name: `image-${tag}`,
		home: HOME_IN_IMAGE,
		settings,
	};
	return [
		...['run', '--rm', '--init', '--user', user],
		...['--volume', `${root}:${MOUNTED}`, '--workdir', MOUNTED],
		// The image's own folder for it belongs to another user.
		...['--env', 'HOME=/tmp', '--env', `N8N_UNDER_TEST=${JSON.stringify(under)}`],
		...['--entrypoint', 'node', `${IMAGE}:${tag}`, '--test', test],
	];
}
