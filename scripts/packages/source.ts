import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The parts of the bundle's package.json that the packages take over. */
export interface BundleManifest {
	name: string;
	version: string;
	license: string;
	author: unknown;
	repository: { type: string; url: string };
	n8n: { n8nNodesApiVersion: number };
	peerDependencies: Record<string, string>;
	devDependencies: Record<string, string>;
}

/** This repository: the one source from which all packages are laid out. */
export interface Source {
	root: string;
	manifest: BundleManifest;
	/** The address of the repository, without a slash at the end. */
	url: string;
	/** The commit that is checked out, and whether something differs from it. */
	commit: string;
}

/** Contents of files by their path, with slashes. */
export type Files = Map<string, string | Buffer>;

/** Reads what this repository is. */
export function readSource(root: string): Source {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as BundleManifest;
	const url = manifest.repository.url.replace(/^git\+|\.git$/g, '');
	return { root, manifest, url, commit: commitOf(root) };
}

/** The address of a package's own repository: beside that of the bundle, named as the package is. */
export function repositoryOf({ url }: Source, name: string): string {
	return new URL(name, url).href;
}

/** A file of the repository, as text. */
export function textOf({ root }: Source, path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** The files below a folder of the repository, as paths from its root, sorted. */
export function filesBelow(root: string, folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort();
}

function commitOf(root: string): string {
	const git = (...args: string[]): string =>
		execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
	try {
		const isClean = git('status', '--porcelain', '--untracked-files=no') === '';
		return git('rev-parse', 'HEAD') + (isClean ? '' : ' with changes that are not committed');
	} catch {
		// An archive of the sources has no repository.
		return 'unknown';
	}
}
