/**
 * The requirements for a release, as pure functions. A finding of the level `wrong` has to be fixed in the repository. One of
 * the level `owner` only the owner of repository and package can resolve, and it blocks only the publishing itself.
 */
export interface Finding {
	level: 'wrong' | 'owner';
	text: string;
}

/** The parts of a package.json that are checked. */
export interface Manifest {
	name: string;
	version: string;
	license?: string;
	homepage?: string;
	author?: { name?: string; email?: string };
	bugs?: string | { url?: string };
	repository?: { type?: string; url?: string };
	scripts?: Record<string, string>;
	[key: string]: unknown;
}

/** A finding that has to be fixed in the repository. */
export const wrong = (text: string): Finding => ({ level: 'wrong', text });
const owner = (text: string): Finding => ({ level: 'owner', text });

/** The versions that npm accepts, without build metadata, which it drops. */
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Top-level domains that are reserved (RFC 2606): mail to an address there cannot arrive. */
const RESERVED = /\.(example|invalid|localhost|test)$/i;

/** Keys that would install or run something on the user's machine (n8n's guidelines for verified community nodes). */
const FORBIDDEN_KEYS = [
	'dependencies',
	'optionalDependencies',
	'bundledDependencies',
	'bundleDependencies',
	'overrides',
];
const FORBIDDEN_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

/** The git tag of a version. */
export const tagOf = (version: string): string => `v${version}`;

/** Checks the version against its tag and the lock file. @param tag the tag that is being published, if any */
export function checkVersion(manifest: Manifest, lockVersion: string | undefined, tag?: string): Finding[] {
	const { version } = manifest;
	const found: Finding[] = [];
	if (!VERSION.test(version)) found.push(wrong(`package.json: "${version}" is no version.`));
	if (lockVersion !== version) {
		found.push(wrong(`package-lock.json is of version ${lockVersion ?? '(none)'}: run npm install.`));
	}
	if (tag !== undefined && tag !== tagOf(version)) {
		found.push(wrong(`The tag ${tag} is not that of version ${version}, which is ${tagOf(version)}.`));
	}
	return found;
}

/** Checks the license, names and addresses that n8n's verification and npm's provenance compare. */
export function checkManifest(manifest: Manifest): Finding[] {
	const found: Finding[] = [];
	if (manifest.license !== 'MIT') found.push(wrong('package.json: the license is not MIT.'));
	for (const key of FORBIDDEN_KEYS) {
		if (manifest[key] !== undefined) found.push(wrong(`package.json has "${key}".`));
	}
	for (const script of FORBIDDEN_SCRIPTS) {
		if (manifest.scripts?.[script] !== undefined) found.push(wrong(`package.json has a script "${script}".`));
	}
	const repository = /^git\+(https:\/\/github\.com\/[^/]+\/[^/]+)\.git$/.exec(
		manifest.repository?.url ?? '',
	)?.[1];
	if (repository === undefined) {
		found.push(wrong('package.json: repository.url is not git+https://github.com/<owner>/<name>.git.'));
	} else {
		const { bugs } = manifest;
		for (const [key, url] of [
			['homepage', manifest.homepage],
			['bugs', typeof bugs === 'string' ? bugs : bugs?.url],
		]) {
			if (!url?.startsWith(repository)) found.push(wrong(`package.json: ${key} is not below ${repository}.`));
		}
	}
	const domain = manifest.author?.email?.split('@')[1];
	if (domain === undefined || manifest.author?.name === undefined) {
		found.push(wrong('package.json: the author has no name or no address.'));
	} else if (RESERVED.test(domain)) {
		found.push(owner("package.json: the author's address is a placeholder; n8n and npm show it to users."));
	}
	return found;
}

/** Checks that the changelog has a dated section with text for this version. */
export function checkChangelog(changelog: string, version: string): Finding[] {
	const notes = notesOf(changelog, version);
	if (notes === undefined) {
		return [wrong(`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD".`)];
	}
	if (notes === '') return [wrong(`CHANGELOG.md says nothing about ${version}.`)];
	return [];
}

/** The release notes of a version, from the changelog. */
export function notesOf(changelog: string, version: string): string | undefined {
	const sections = changelog.split(/^## /m).slice(1);
	const heading = new RegExp(`^${version.replaceAll('.', '\\.')} - \\d{4}-\\d{2}-\\d{2}\\n`);
	const section = sections.find((text) => heading.test(text));
	return section?.replace(heading, '').trim();
}

/** Checks where the package is published from: n8n accepts only packages that GitHub Actions published with provenance. */
export function checkPublisher(environment: Record<string, string | undefined>): Finding[] {
	if (environment['GITHUB_ACTIONS'] === 'true' && environment['GITHUB_REF_TYPE'] === 'tag') return [];
	return [wrong('The package is published by GitHub Actions alone, for a tag: see docs/publishing.md.')];
}

/** Checks that GitHub builds it from the repository in package.json; otherwise npm refuses the provenance. */
export function checkRepository(
	manifest: Manifest,
	environment: Record<string, string | undefined>,
): Finding[] {
	const here = environment['GITHUB_REPOSITORY'];
	if (here === undefined || manifest.repository?.url === `git+https://github.com/${here}.git`) return [];
	return [owner(`package.json: repository.url is not that of ${here}, from which this is published.`)];
}
