/**
 * n8n's own scan of community packages, without its network part: first the source, then the packed tarball, ignoring inline
 * disables. The scan hides warnings; here a warning counts as an error.
 */
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
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

async function countWarnings(directory, patterns) {
	const eslint = new ESLint({
		cwd: directory,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		ignorePatterns: ['node_modules/**', ...(directory === ROOT ? ['dist/**', 'demo/**'] : [])],
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	for (const { filePath, messages } of results) {
		for (const { line, message, ruleId } of messages)
			console.error(`${filePath}:${line} ${message} (${ruleId})`);
	}
	return results.reduce((sum, { warningCount, errorCount }) => sum + warningCount + errorCount, 0);
}

async function scan(name, directory, patterns) {
	const { passed, message, details } = await analyzePackage(directory, patterns);
	const findings = await countWarnings(directory, patterns);
	if (!passed) console.error(message, details ?? '');
	console.log(`Scan of the ${name}: ${passed && findings === 0 ? 'no findings' : `${findings} findings`}`);
	return passed && findings === 0;
}

const unpacked = mkdtempSync(join(tmpdir(), 'n8n-terminate-scan-'));
try {
	execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', unpacked], {
		cwd: ROOT,
	});
	const [tarball] = readdirSync(unpacked);
	execFileSync('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: unpacked });
	const clean = [
		await scan('source', ROOT, SOURCE_FILE_PATTERNS),
		await scan('tarball', unpacked, TARBALL_FILE_PATTERNS),
	];
	process.exitCode = clean.every(Boolean) ? 0 : 1;
} finally {
	rmSync(unpacked, { recursive: true, force: true });
}
