import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig } from 'eslint/config';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

import { wallConfigs } from './scripts/walls.mjs';

const PRODUCT = ['nodes/**/*.ts', 'credentials/**/*.ts'];

// Our own checks first: both n8n rule sets apply to what is published, the type-aware one to all TypeScript.
export default defineConfig(
	{
		ignores: [
			'dist/**',
			'coverage/**',
			'.demo/**',
			'packages/**',
			'**/node_modules/**',
			'test/**/fixtures/**',
		],
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			// Bracket access is what noPropertyAccessFromIndexSignature asks for.
			'@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/return-await': ['error', 'always'],
			'@typescript-eslint/consistent-type-definitions': 'off',
			'@typescript-eslint/consistent-indexed-object-style': 'off',
			'@typescript-eslint/no-confusing-void-expression': 'off',
			// n8n's hooks return promises whether they wait for something or not.
			'@typescript-eslint/require-await': 'off',
			// What was caught is passed on as it came.
			'@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
			'@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
			// n8n's node and credential types are classes with nothing but fields.
			'@typescript-eslint/no-extraneous-class': 'off',
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			// A test looks into bodies of unknown shape and says by its assertions what it expects there.
			'@typescript-eslint/no-explicit-any': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/non-nullable-type-assertion-style': 'off',
			'@typescript-eslint/no-dynamic-delete': 'off',
			'@typescript-eslint/no-base-to-string': 'off',
		},
	},
	{
		// Node runs these without a compiler: it takes types away and knows no syntax that would become code.
		files: ['test/sandbox/**/*.ts', 'scripts/**/*.ts'],
		rules: {
			'@typescript-eslint/parameter-properties': 'error',
			'no-restricted-syntax': [
				'error',
				'TSEnumDeclaration',
				'TSModuleDeclaration[kind!="global"][declare!=true]',
			],
		},
	},
	{
		files: PRODUCT,
		// n8n's own tool lints the product with these too, as they are (`npm run packages`).
		rules: { '@typescript-eslint/no-unused-vars': 'error', 'no-control-regex': 'error' },
	},
	{
		files: [...PRODUCT, 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	// The text of a Code node: n8n makes a function of it.
	{ files: ['examples/source/report.js'], languageOptions: { sourceType: 'commonjs' } },
	{ files: ['package.json'], languageOptions: { parser: tseslint.parser } },
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: { ...n8nNodesBase.configs.community.rules },
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// For nodes inside n8n, whose documentation is named by a word; community nodes give a full URL.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// Both ask for the literal 'main'; the community rules ask for NodeConnectionTypes.Main.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	...wallConfigs,
);
