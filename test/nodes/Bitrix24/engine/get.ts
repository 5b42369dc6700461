import type { IDataObject } from 'n8n-workflow';

import type { NodeResult } from '../../../engine/engine';
import { PATHS, Portal } from '../harness';

const INSTANCES = 'bizproc.workflow.instances';
const TEMPLATES = 'bizproc.workflow.template.list';

describe('Bitrix24: Get', () => {
	const portal = new Portal();
	const ids = ({ success }: NodeResult): unknown[] => success.map(({ json }) => json['id']);
	const reasons = ({ errors }: NodeResult): unknown[] => errors.map(({ json }) => json['error']);
	const missOf = (id: string): string =>
		`Workflow ${id} was not found: it is not running, and Bitrix24 does not say whether it has ended or never existed`;

	it('asks for the IDs of all items together, 50 to a request', async () => {
		const seeded = portal.seed(120, {});
		const [ended = ''] = portal.seed(1, { state: 'completed' });
		const items = [...seeded.slice(0, 70), ended, ...seeded.slice(70)].map((id) => ({ id }));
		const result = await portal.get('={{ $json.id }}', { items, onError: 'continueErrorOutput' });
		expect(ids(result)).toEqual(seeded);
		expect(result.success.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(
			items.flatMap(({ id }, item) => (id === ended ? [] : [item])),
		);
		expect(reasons(result)).toEqual([missOf(ended)]);
		expect(portal.calls()).toEqual([
			...[50, 50, 21].map((count) => `${count} × ${INSTANCES}`),
			`3 × ${TEMPLATES}`,
		]);
	});

	describe.each(PATHS)('%s', (path) => {
		it('reads what runs, and says of each other that it does not', async () => {
			const [running = ''] = portal.seed(1, { templateId: 212 });
			const [ended = ''] = portal.seed(1, { state: 'completed' });
			const [other = ''] = portal.seed(1, { templateId: 900, state: 'stuck' });
			const result = await portal.get([running, ended, 'nobody', other], {
				path,
				onError: 'continueErrorOutput',
			});
			expect(result.success.map(({ json }) => json)).toEqual([
				expect.objectContaining({ id: running, templateName: 'Approve deal', stuck: false }),
				expect.objectContaining({ id: other, templateName: null, stuck: true }),
			]);
			expect(reasons(result)).toEqual([missOf(ended), missOf('nobody')]);
			expect(result.errors[1]?.json['details']).toMatchObject({
				outcome: 'notFound',
				hint: expect.stringContaining('nobody does not look like a workflow ID'),
			});
			expect(portal.calls()).toEqual([`4 × ${INSTANCES}`, `2 × ${TEMPLATES}`]);
		});

		it('gives the row as it is where the raw data is wanted', async () => {
			const [id = ''] = portal.seed(1, { startedAt: '2024-05-01T00:00:00Z' });
			const { success } = await portal.get(id, { path, parameters: { simplify: false } });
			expect(success.map(({ json }) => json)).toEqual([
				expect.objectContaining({ id, workflowId: id, ID: id, STARTED: '2024-05-01T03:00:00+03:00' }),
			]);
			expect(portal.calls()).toEqual([INSTANCES]);
		});

		it.each(['old', 'new', 'docs2026'])('is right about each ID, generation %s', async (generation) => {
			portal.configure({ generation });
			const [running = ''] = portal.seed(1, {});
			const [ended = ''] = portal.seed(1, { state: 'terminated' });
			const change = { path, onError: 'continueErrorOutput' } as const;
			const result = await portal.get([running, ended], change);
			expect([ids(result), reasons(result)]).toEqual([[running], [missOf(ended)]]);
			// A list that does not keep to the ID, and is longer than a page, says nothing of what is not on it.
			portal.seed(60, { startedAt: '2020-05-01T00:00:00Z' });
			portal.configure({ dropFilters: ['ID'] });
			const doubtful = await portal.get(ended, change);
			expect(reasons(doubtful)).toEqual([
				`Workflow ${ended} could not be read: the response does not say whether it is running`,
			]);
		});

		it('says of each ID when their request fails as a whole', async () => {
			const seeded = portal.seed(3, {});
			portal.arm({ kind: 'html', status: 503, path: 'batch', times: 50 });
			const result = await portal.get(seeded, { path, onError: 'continueErrorOutput' });
			expect(result.success).toEqual([]);
			expect(result.errors.map(({ json }) => (json['details'] as IDataObject)['id'])).toEqual(seeded);
			for (const reason of reasons(result)) expect(reason).toMatch(/^Workflow .* could not be read: /);
		});

		it.each([
			['webhookNotAdmin', /only a Bitrix24 administrator may list workflows/],
			['webhookNoScope', /lacks the permission 'Business processes'/],
		])('says which right is missing: %s', async (key, reason) => {
			const seeded = portal.seed(2, {});
			const result = await portal.get(seeded, { path, key, onError: 'continueErrorOutput' });
			expect(result.errors).toHaveLength(2);
			for (const told of reasons(result)) expect(told).toMatch(reason);
		});
	});
});
