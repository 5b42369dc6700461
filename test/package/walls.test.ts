import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';

import { VENDORS } from '../../scripts/vendors.cjs';

const ROOT = join(__dirname, '..', '..');
const WALLS = '../../scripts/walls.mjs';
const PROJECT = '../../eslint.config.mjs';

/** ESLint with the walls alone: the other rules need types, and have their own way to fail. */
async function wallLint(): Promise<ESLint> {
	const { wallConfigs } = (await import(WALLS)) as { wallConfigs: any[] };
	return new ESLint({
		cwd: ROOT,
		overrideConfigFile: true,
		overrideConfig: [
			{
				files: ['**/*.ts'],
				languageOptions: { parser: tseslint.parser },
				plugins: { '@typescript-eslint': tseslint.plugin },
			},
			...wallConfigs,
		],
	});
}

/** A file that is there, with a line that must not be in it. */
type Violation = [rule: string, file: string, line: string, message: RegExp];

const VIOLATIONS: readonly Violation[] = [
	[
		'no vendor in the core',
		'nodes/core/n8n/listSearch.ts',
		"import '../../Unifier/connection';",
		/knows no vendor/,
	],
	[
		'no vendor in commands',
		'nodes/core/commands/run.ts',
		"import type { X } from '../../EnosBpm/api/errors';",
		/knows no vendor/,
	],
	[
		'no cut text: api',
		'nodes/Unifier/api/responses.ts',
		"import { excerpt } from '../../core/util/excerpt';",
		/cleared of secrets before they are cut/,
	],
	[
		'no cut text: http',
		'nodes/core/http/readResult.ts',
		"import { excerpt } from '../util/excerpt';",
		/cleared of secrets before they are cut/,
	],
	...VENDORS.map(({ displayName }): Violation => [
		`no name of a vendor in the core: ${displayName}`,
		'nodes/core/http/client.ts',
		`// As ${displayName} does.`,
		/names no vendor/,
	]),
	[
		'n8n at run time: commands',
		'nodes/core/commands/run.ts',
		"import { sleep } from 'n8n-workflow';",
		/at run time/,
	],
	[
		'n8n at run time: queries',
		'nodes/core/queries/collect.ts',
		"import { sleep } from 'n8n-workflow';",
		/at run time/,
	],
	[
		'n8n at run time: http',
		'nodes/core/http/client.ts',
		"import { sleep } from 'n8n-workflow';",
		/at run time/,
	],
	[
		'n8n at run time: util',
		'nodes/core/util/json.ts',
		"import { sleep } from 'n8n-workflow';",
		/at run time/,
	],
	[
		'n8n at run time: api',
		'nodes/Unifier/api/terminate.ts',
		"import { sleep } from 'n8n-workflow';",
		/not even its types/,
	],
	[
		'types of n8n in api',
		'nodes/EnosBpm/api/terminate.ts',
		"import type { INode } from 'n8n-workflow';",
		/not even its types/,
	],
	['the adapters in commands', 'nodes/core/commands/run.ts', "import '../n8n/listSearch';", /Only core\/n8n/],
	['the adapters in http', 'nodes/core/http/client.ts', "import '../n8n/listSearch';", /Only core\/n8n/],
	[
		'the adapters in connection',
		'nodes/core/connection/access.ts',
		"import '../n8n/listSearch';",
		/Only core\/n8n/,
	],
	[
		'the adapters in api',
		'nodes/Bitrix24/api/commands.ts',
		"import '../../core/n8n/listSearch';",
		/pure core alone/,
	],
	[
		'the resource folder in api',
		'nodes/Bitrix24/api/commands.ts',
		"import '../workflow/fields';",
		/pure core alone/,
	],
	['the session in api', 'nodes/EnosBpm/api/terminate.ts', "import '../session/session';", /pure core alone/],
	[
		'queries in commands',
		'nodes/core/commands/run.ts',
		"import '../queries/collect';",
		/do not know each other/,
	],
	[
		'commands in queries',
		'nodes/core/queries/collect.ts',
		"import '../commands/run';",
		/do not know each other/,
	],
	['commands in http', 'nodes/core/http/client.ts', "import '../commands/run';", /below all/],
	[
		'one vendor in another',
		'nodes/Bitrix24/connection.ts',
		"import '../Unifier/connection';",
		/does not know another/,
	],
	[
		'one vendor in another’s api',
		'nodes/EightByEight/api/errors.ts',
		"import '../../Unifier/api/errors';",
		/does not know another/,
	],
	['a file of more than 300 lines', 'nodes/core/http/client.ts', '//\n'.repeat(300), /too many lines/],
];

describe('the walls between the folders', () => {
	it.each(VIOLATIONS)('%s: %s', async (_rule, file, line, message) => {
		const lint = await wallLint();
		const filePath = join(ROOT, file);
		const text = readFileSync(filePath, 'utf8');
		const [clean] = await lint.lintText(text, { filePath });
		expect(clean?.messages).toEqual([]);
		const [planted] = await lint.lintText(`${line}\n${text}`, { filePath });
		expect(planted?.messages.map((found) => found.message).join('\n')).toMatch(message);
	});

	it('are part of the lint of the project', async () => {
		const { wallConfigs } = (await import(WALLS)) as { wallConfigs: any[] };
		const { default: project } = (await import(PROJECT)) as { default: any[] };
		for (const { rules } of wallConfigs) expect(project).toContainEqual(expect.objectContaining({ rules }));
	});

	it('leave no folder with more than 16 source files', () => {
		const folders = readdirSync(join(ROOT, 'nodes'), { recursive: true, withFileTypes: true });
		const counts = new Map<string, number>();
		for (const entry of folders) {
			if (!entry.name.endsWith('.ts')) continue;
			counts.set(entry.parentPath, (counts.get(entry.parentPath) ?? 0) + 1);
		}
		expect([...counts].filter(([, count]) => count > 16)).toEqual([]);
	});

	it('leave each operation file with one export', () => {
		const files = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' }).filter((path) =>
			path.endsWith('.operation.ts'),
		);
		expect(files.length).toBeGreaterThan(10);
		const exportsOf = (path: string) =>
			readFileSync(join(ROOT, 'nodes', path), 'utf8').match(/^export /gm)?.length;
		expect(files.filter((path) => exportsOf(path) !== 1)).toEqual([]);
	});
});
