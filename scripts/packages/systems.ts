import { existsSync, readdirSync } from 'node:fs';

import { filesBelow, textOf, type Source } from './source.ts';

/** What the folders cannot say about a package: `systems/<Folder>.json`, one for each folder of a vendor in `nodes`. */
interface Words {
	/** The name of the package on npm, and of its repository. */
	name: string;
	/** Its page in `docs`, without `.md`. */
	page: string;
	/** The system's full name. */
	system: string;
	/** What runs there, in the plural. */
	processes: string;
	/** Search words on npm, besides those of all packages. */
	keywords: string[];
}

/** A system, with everything from which its package is laid out. */
export interface System extends Words {
	/** Its folder in `nodes`. */
	folder: string;
	/** The name of its node type, such as `eightByEight`. Its emulator has the same name. */
	node: string;
	/** The name of the node in the editor. */
	displayName: string;
	/** The files of its credentials. */
	credentials: string[];
}

/** All systems, found by their folders. Fails if one has no words yet. */
export function findSystems(source: Source): System[] {
	const folders = readdirSync(`${source.root}/nodes`, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== 'core')
		.map(({ name }) => name);
	return folders.sort().map((folder) => readSystem(source, folder));
}

function readSystem(source: Source, folder: string): System {
	const path = `scripts/packages/systems/${folder}.json`;
	if (!existsSync(`${source.root}/${path}`)) {
		throw new Error(`${path} is missing: the name and the words of the package for nodes/${folder}.`);
	}
	const words = JSON.parse(textOf(source, path)) as Words;
	const codex = JSON.parse(textOf(source, `nodes/${folder}/${folder}.node.json`)) as { node: string };
	const [, displayName] =
		/displayName: '([^']+)'/.exec(textOf(source, `nodes/${folder}/${folder}.node.ts`)) ?? [];
	if (displayName === undefined) throw new Error(`nodes/${folder}/${folder}.node.ts has no displayName.`);
	return {
		...words,
		folder,
		node: codex.node.replace(`${source.manifest.name}.`, ''),
		displayName,
		credentials: credentialsOf(source, folder),
	};
}

/** A credential belongs to the system whose icon it shows. */
function credentialsOf(source: Source, folder: string): string[] {
	const found = filesBelow(source.root, 'credentials').filter((path) =>
		textOf(source, path).includes(`file:../nodes/${folder}/`),
	);
	if (found.length === 0) throw new Error(`No credential shows an icon of nodes/${folder}.`);
	return found;
}
