import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { LACKING } from '../../../demo/pickLists.mjs';
import { locator } from '../../../demo/workflow.mjs';
import { keepPicture } from './browser.mjs';
import { openEditor } from './nodesEditor.mjs';

const COMPANY = 'Company level (no project)';
const NAMESAKE = 'Welcome new customers';
const PROJECTS = 450;
const DEFINITIONS = Array.from({ length: 250 }, (_, index) => ({
	id: `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`,
	name: index > 247 ? NAMESAKE : `Campaign ${index}`,
}));

const inUnifier = { resource: 'bpRecord', operation: 'getAll' };
const inEightByEight = { resource: 'workflow', operation: 'terminate', definitionId: locator('list') };
const inBitrix24 = { resource: 'workflow', operation: 'getAll', filters: { templateId: locator('list') } };

describe('lists to pick from, in the editor', () => {
	let opened;
	let editor;
	let control;

	before(async () => {
		opened = await openEditor({ name: 'browser-lists', command: 'npm run e2e:browser' });
		({ editor, control } = opened);
		await control.seed('unifier', 0, { projects: PROJECTS });
		await control.seed('eightByEight', 0, { definitions: DEFINITIONS });
		await control.seed('bitrix24', 0, { templates: 130 });
	});
	after(async () => await opened?.close());
	afterEach(async (test) => await keepPicture(test, opened?.session, opened?.world));

	it('Unifier: a project is found behind the first page, and its business processes are those to choose from', async () => {
		const id = await editor.openNew([{ name: 'Unifier', node: 'unifier', parameters: inUnifier }]);
		await editor.openNode('Unifier');
		await editor.openList('projectNumber');
		assert.equal((await editor.entries())[0], COMPANY);
		const all = await editor.scrollList((entries) => entries.some((entry) => entry.startsWith('P-0450 ')));
		assert.ok(
			all.some((entry) => entry.startsWith('P-0450 ')),
			`the last of ${all.length}: ${all.at(-1)}`,
		);
		assert.equal(new Set(all).size, all.length, 'an entry came twice');
		assert.ok(all.includes('PRJ-INACTIVE · Sandbox project PRJ-INACTIVE (Inactive)'), 'the inactive one');

		const wanted = 'PRJ-004 · Sandbox project PRJ-004';
		assert.deepEqual(await editor.searchList('prj-004', [wanted]), [wanted]);
		await editor.choose(wanted);
		assert.equal(await editor.picked('projectNumber'), wanted);

		await editor.openList('bpName');
		assert.deepEqual(await editor.entries(), [
			'Punchlist',
			'Contracts (cost: one record per request)',
			'Retired Forms',
			'Reservations',
		]);
		assert.deepEqual(await editor.searchList('punch', ['Punchlist']), ['Punchlist']);
		await editor.choose('Punchlist');
		const { projectNumber, bpName } = await editor.saved(
			id,
			'Unifier',
			(set) => set.bpName?.value === 'Punchlist',
		);
		assert.deepEqual([projectNumber.value, bpName.value], ['PRJ-004', 'Punchlist']);
	});

	it('Unifier: a project that was chosen is taken back in the list, and the company level is what is asked for', async () => {
		const {
			ids: [record],
		} = await control.seed('unifier', 1, { bpName: 'Vendors' });
		const chosen = { ...locator('list', 'PRJ-004'), cachedResultName: 'PRJ-004' };
		const parameters = { ...inUnifier, projectNumber: chosen };
		await editor.openNew([{ name: 'Unifier', node: 'unifier', parameters }]);
		await editor.openNode('Unifier');
		assert.equal(await editor.picked('projectNumber'), 'PRJ-004');
		await editor.openList('projectNumber');
		await editor.choose(COMPANY);
		assert.notEqual(await editor.picked('projectNumber'), 'PRJ-004');
		assert.ok((await editor.linesAt('projectNumber')).includes('Leave empty for the company level'));

		await editor.openList('bpName');
		assert.deepEqual(await editor.entries(), ['Vendors']);
		await editor.choose('Vendors');
		await control.forgetRequests('unifier');
		await editor.execute();
		const rows = await editor.outputRows();
		assert.deepEqual(
			rows.map(({ recordNumber, bpName }) => [recordNumber, bpName]),
			[[record, 'Vendors']],
		);
		const asked = (await control.requests('unifier')).map(({ url }) => url).join('\n');
		assert.match(asked, /\/bp\/records(\?|\n|$)/);
		assert.doesNotMatch(asked, /PRJ-004/);
	});

	it('8x8: a definition behind the first page, and two of one name told apart', async () => {
		await editor.openNew([{ name: '8x8', node: 'eightByEight', parameters: inEightByEight }]);
		await editor.openNode('8x8');
		await editor.openList('definitionId');
		const all = await editor.scrollList((entries) => entries.length >= DEFINITIONS.length);
		assert.ok(all.length >= DEFINITIONS.length, `${all.length} of ${DEFINITIONS.length} definitions`);
		assert.equal(new Set(all).size, all.length, 'an entry came twice, or two cannot be told apart');
		const found = await editor.searchList('welcome', (entries) => entries.length === 2);
		assert.equal(found.length, 2, found.join('; '));
		assert.ok(
			found.every((entry) => entry.startsWith(NAMESAKE)),
			found.join('; '),
		);
		await editor.choose(found[1]);
		assert.equal(await editor.picked('definitionId'), found[1]);
	});

	it('Bitrix24: a template in the filter', async () => {
		const id = await editor.openNew([{ name: 'Bitrix24', node: 'bitrix24', parameters: inBitrix24 }]);
		await editor.openNode('Bitrix24');
		await editor.openList('templateId');
		const all = await editor.scrollList((entries) => entries.length >= 130);
		assert.ok(all.length >= 130, `${all.length} templates`);
		const wanted = all.at(-1);
		const [name] = wanted.split(' (ID ');
		const found = await editor.searchList(
			name,
			(entries) => entries.length > 0 && entries.length < all.length,
		);
		assert.ok(found.includes(wanted), found.join('; '));
		await editor.choose(wanted);
		const { filters } = await editor.saved(id, 'Bitrix24', (set) => set.filters.templateId.value !== '');
		assert.equal(`${name} (ID ${filters.templateId.value})`, wanted);
	});

	for (const [title, { node, parameters, field, message, wayOut }] of Object.entries({
		'Unifier projects': {
			node: 'unifier',
			parameters: inUnifier,
			field: 'projectNumber',
			message: 'The projects could not be listed: the integration user may not read projects',
			wayOut: /Give the integration user Get access for Admin\. .* 'Number' and enter the number/,
		},
		'Unifier business processes': {
			node: 'unifier',
			parameters: { ...inUnifier, projectNumber: locator('number', 'PRJ-004') },
			field: 'bpName',
			message:
				'The business processes could not be listed: the integration user may not read business processes',
			wayOut: /Give the integration user Get access for Admin\. .* 'Name' and enter the name/,
		},
		'8x8 definitions': {
			node: 'eightByEight',
			parameters: inEightByEight,
			field: 'definitionId',
			message: 'The definitions could not be listed: the API key has no access to this account',
			wayOut: /Check the 'Account ID' in the credential: a sub-account ID, such as one that ends in _hq/,
		},
		'Bitrix24 templates': {
			node: 'bitrix24',
			parameters: inBitrix24,
			field: 'templateId',
			message: 'only a Bitrix24 administrator may list workflow templates',
			wayOut: /Ask an administrator to create the webhook/,
		},
	})) {
		it(`${title}: a credential without the right gets a sentence and a way out`, async () => {
			const credential = LACKING[node];
			await editor.openNew([{ name: title, node, parameters, credential }]);
			await editor.openNode(title);
			await editor.openList(field);
			const shown = await editor.part('rlc-error-container').innerText();
			assert.ok(shown.includes(message), shown);
			assert.match(shown, wayOut);
		});
	}
});
