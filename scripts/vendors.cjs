'use strict';

const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');

/** A class's name as n8n knows the type: `EnosBpm` is the node `enosBpm`, `EnosBpmApi` the credential `enosBpmApi`. */
const typeName = (className) => className.charAt(0).toLowerCase() + className.slice(1);

function vendorIn(folder) {
	const file = join(ROOT, 'nodes', folder, `${folder}.node.ts`);
	// A folder is a vendor before its node is written; the linter and the tests then say what is missing.
	const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const displayName = /displayName: '([^']+)'/.exec(source)?.[1] ?? folder;
	const slug = displayName.toLowerCase().replace(/[^a-z0-9]+/g, '-');
	return { folder, name: typeName(folder), displayName, slug };
}

exports.VENDORS = readdirSync(join(ROOT, 'nodes'), { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'core')
	.map((entry) => vendorIn(entry.name))
	.sort((a, b) => (a.folder < b.folder ? -1 : 1));

const CREDENTIALS_ENDING = '.credentials.ts';

exports.CREDENTIAL_TYPES = readdirSync(join(ROOT, 'credentials'))
	.filter((file) => file.endsWith(CREDENTIALS_ENDING))
	.map((file) => typeName(file.slice(0, -CREDENTIALS_ENDING.length)))
	.sort();
