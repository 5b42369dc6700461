import vendors from './vendors.cjs';

/** The vendors' folders: every folder of `nodes` beside the core. */
const VENDORS = vendors.VENDORS.map(({ folder }) => folder);

/** Code without I/O and without n8n, by folder: tests feed it with samples, and mutation tests change it. */
export const PURE = [
	'nodes/core/commands/**/*.ts',
	'nodes/core/queries/**/*.ts',
	'nodes/core/http/**/*.ts',
	'nodes/core/util/**/*.ts',
	'nodes/*/api/**/*.ts',
];

/** The rest of the core that tests can reach without n8n's engine. */
export const NEARLY_PURE = [
	'nodes/core/connection/**/*.ts',
	'nodes/core/n8n/output/**/*.ts',
	'nodes/core/n8n/parameters/**/*.ts',
];

const vendor = {
	regex: `/(${VENDORS.join('|')})(/|$)`,
	message: 'The core knows no vendor.',
};
const n8nAdapters = {
	regex: '(^|/)n8n/',
	message: 'Only core/n8n calls n8n; what is below it gets what it needs as an argument.',
};
const n8nAtRunTime = {
	regex: '^n8n-(workflow|core)$',
	allowTypeImports: true,
	message: 'Pure code does not need n8n at run time.',
};
const uncut = {
	regex: '/excerpt$',
	allowTypeImports: true,
	message:
		'Texts from outside are cleared of secrets before they are cut, and only the edge knows the secrets.',
};
const room = (name, message) => ({ regex: `(^|/)${name}/`, message });

/** What the files of a folder may not import: `files`, their exceptions, and patterns for import paths. */
const WALLS = [
	{
		files: ['nodes/core/commands/**/*.ts'],
		patterns: [
			vendor,
			n8nAdapters,
			n8nAtRunTime,
			uncut,
			room('queries', 'Commands and queries do not know each other.'),
		],
	},
	{
		files: ['nodes/core/queries/**/*.ts'],
		patterns: [
			vendor,
			n8nAdapters,
			n8nAtRunTime,
			uncut,
			room('commands', 'Commands and queries do not know each other.'),
		],
	},
	{
		files: ['nodes/core/connection/**/*.ts'],
		patterns: [
			vendor,
			n8nAdapters,
			n8nAtRunTime,
			room('(commands|queries)', 'A connection serves all that is sent.'),
		],
	},
	{
		files: ['nodes/core/http/**/*.ts'],
		patterns: [
			vendor,
			n8nAdapters,
			n8nAtRunTime,
			uncut,
			room('(commands|queries|connection)', 'HTTP is below all of them.'),
		],
	},
	{
		files: ['nodes/core/util/**/*.ts'],
		// The clock takes n8n's sleep, because community nodes may not set timers.
		ignores: ['nodes/core/util/clock.ts'],
		patterns: [
			vendor,
			n8nAdapters,
			n8nAtRunTime,
			room('(commands|queries|connection)', 'Utilities are below all of them.'),
		],
	},
	{ files: ['nodes/core/util/clock.ts'], patterns: [vendor, n8nAdapters] },
	{ files: ['nodes/core/n8n/**/*.ts'], patterns: [vendor] },
	...VENDORS.flatMap((name) => {
		const others = {
			regex: `/(${VENDORS.filter((other) => other !== name).join('|')})(/|$)`,
			message: 'One vendor does not know another.',
		};
		return [
			{ files: [`nodes/${name}/**/*.ts`], ignores: [`nodes/${name}/api/**`], patterns: [others] },
			{
				files: [`nodes/${name}/api/**/*.ts`],
				patterns: [
					others,
					uncut,
					{
						regex: '^n8n-(workflow|core)$',
						message: 'What a vendor says has nothing to do with n8n, not even its types.',
					},
					{
						regex: '^\\.\\./(?!\\.\\./core/(commands|queries|http|util)/)',
						message: 'api/ takes from the pure core alone: no n8n, no resource folder, no session.',
					},
				],
			},
		];
	}),
];

/** What else vendors are called. */
const SHORT_NAMES = ['enos'];

/** RegExp.escape would keep an editor with an older Node from linting. */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A word that names a vendor, in code, texts and comments. */
const VENDOR_NAMES = [...VENDORS, ...vendors.VENDORS.map(({ displayName }) => displayName), ...SHORT_NAMES];
const VENDOR_NAME = new RegExp(`\\b\\w*(${VENDOR_NAMES.map(escaped).join('|')})\\w*`, 'i');

const namesNoVendor = {
	meta: { type: 'problem', messages: { named: "The core names no vendor, and here stands '{{name}}'." } },
	create: (context) => ({
		Program(node) {
			const found = VENDOR_NAME.exec(context.sourceCode.text);
			if (!found) return;
			const loc = context.sourceCode.getLocFromIndex(found.index);
			context.report({ node, loc, messageId: 'named', data: { name: found[0] } });
		},
	}),
};

/** The walls between the folders as ESLint configurations. They need the TypeScript parser and its plugin. */
export const wallConfigs = [
	...WALLS.map(({ files, ignores = [], patterns }) => ({
		files,
		ignores,
		rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
	})),
	{
		files: ['nodes/core/**/*.ts'],
		plugins: { walls: { rules: { 'names-no-vendor': namesNoVendor } } },
		rules: { 'walls/names-no-vendor': 'error' },
	},
	{ files: ['nodes/**/*.ts', 'credentials/**/*.ts'], rules: { 'max-lines': ['error', 300] } },
];
