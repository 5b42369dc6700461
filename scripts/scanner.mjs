import {
	analyzePackage,
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** Folders of a project that are not its source. */
const NOT_SOURCE = ['dist/**', 'demo/**', 'packages/**', '.demo/**'];

/**
 * One leg of n8n's own scan of community packages.
 *
 * @typedef {object} Leg
 * @property {string} name what was scanned
 * @property {boolean} isClean whether there is neither an error nor a warning
 * @property {string[]} findings
 */

/**
 * n8n's own scan of a built project, without its network part: first the source, then the packed tarball, ignoring inline
 * disables. The scan hides warnings; here a warning counts as an error.
 *
 * @param {string} root the folder of the project
 * @returns {Promise<Leg[]>}
 */
export async function scanProject(root) {
	const unpacked = mkdtempSync(join(tmpdir(), 'n8n-terminate-scan-'));
	try {
		execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', unpacked], {
			cwd: root,
		});
		const [tarball] = readdirSync(unpacked);
		execFileSync('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: unpacked });
		return [
			await scan('source', root, SOURCE_FILE_PATTERNS, NOT_SOURCE),
			await scan('tarball', unpacked, TARBALL_FILE_PATTERNS),
		];
	} finally {
		rmSync(unpacked, { recursive: true, force: true });
	}
}

async function scan(name, directory, patterns, ignored = []) {
	const { passed, message, details } = await analyzePackage(directory, patterns);
	const findings = await lint(directory, patterns, ignored);
	if (!passed && findings.length === 0) findings.push([message, details].filter(Boolean).join(' '));
	return { name, isClean: passed && findings.length === 0, findings };
}

async function lint(directory, patterns, ignored) {
	const eslint = new ESLint({
		cwd: directory,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		ignorePatterns: ['node_modules/**', ...ignored],
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	return results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, message, ruleId }) => `${filePath}:${line} ${message} (${ruleId})`),
	);
}
