import { existsSync } from 'node:fs';

import { VENDORS, type Vendor } from '../vendors.cjs';
import { filesBelow, textOf, type Source } from './source.ts';

/** What the folders cannot say about a package: `systems/<Folder>.json`, one for each vendor. */
interface Words {
	/** The name of the package on npm, and of its repository. */
	name: string;
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
	/** The path of its page. */
	page: string;
	/** The files of its credentials. */
	credentials: string[];
}

/** All systems. Fails if one has no words yet. */
export function findSystems(source: Source): System[] {
	return VENDORS.map((vendor) => readSystem(source, vendor));
}

function readSystem(source: Source, { folder, name, displayName, slug }: Vendor): System {
	const path = `scripts/packages/systems/${folder}.json`;
	if (!existsSync(`${source.root}/${path}`)) {
		throw new Error(`${path} is missing: the name and the words of the package for nodes/${folder}.`);
	}
	const words = JSON.parse(textOf(source, path)) as Words;
	const credentials = credentialsOf(source, folder);
	return { ...words, folder, node: name, displayName, page: `docs/${slug}.md`, credentials };
}

/** A credential belongs to the system whose icon it shows. */
function credentialsOf(source: Source, folder: string): string[] {
	const found = filesBelow(source.root, 'credentials').filter((path) =>
		textOf(source, path).includes(`file:../nodes/${folder}/`),
	);
	if (found.length === 0) throw new Error(`No credential shows an icon of nodes/${folder}.`);
	return found;
}
