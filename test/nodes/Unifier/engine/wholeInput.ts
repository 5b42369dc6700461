import { Expression, isExpression } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { outcomes, PATHS, place, told, Unifier } from '../harness';

/** Items that say themselves where their records belong. */
const PLACED = place('={{ $json.bp }}', '={{ $json.project }}');

describe.each(PATHS)('Unifier, many items: %s', (path) => {
	const unifier = new Unifier(path);
	const isWhole = path === 'wholeInput';

	/** What each terminate request carried: process, project, override_rule and numbers. */
	const requests = (): unknown[][] =>
		unifier.sent().map(({ body }) => {
			const { options, data } = JSON.parse(body) as {
				options: { bpname: string; project_number?: string };
				data: Array<{ record_no: string[]; override_rule: string }>;
			};
			return [options.bpname, options.project_number, data[0]?.override_rule, data[0]?.record_no];
		});

	it('records of several processes and projects: one request for each, order and pairing kept', async () => {
		const places = [
			['Punchlist', 'PRJ-004'],
			['Punchlist', 'AM-CO630/620A'],
			['Vendors', ''],
		] as const;
		const seeded = places.map(([bpName, projectNumber]) =>
			unifier.seed(4, { bpName, projectNumber: projectNumber === '' ? null : projectNumber }),
		);
		const items = Array.from({ length: 12 }, (_, i): IDataObject => {
			const [bp, project] = places[i % 3]!;
			return { id: seeded[i % 3]![Math.floor(i / 3)], bp, project };
		});
		const result = await unifier.runWith(items, { parameters: PLACED });
		expect(result.success.map(({ json, pairedItem }) => [json['id'], json['bpName'], pairedItem])).toEqual(
			items.map(({ id, bp }, item) => [id, bp, { item }]),
		);
		expect(outcomes(result)).toEqual(items.map(({ id }) => `${String(id)} terminated 200`));
		if (!isWhole) {
			expect(requests()).toHaveLength(12);
			return;
		}
		expect(requests()).toEqual([
			['Punchlist', 'PRJ-004', 'No', seeded[0]],
			['Punchlist', 'AM-CO630/620A', 'No', seeded[1]],
			['Vendors', undefined, 'No', seeded[2]],
		]);
	});

	it('the same number in two projects is two records', async () => {
		const projects = ['PRJ-004', '2020#7'];
		unifier.seed(1, { ids: ['PL-1'], projectNumber: 'PRJ-004' });
		unifier.seed(1, { ids: ['PL-1'], projectNumber: '2020#7', state: 'initiation' });
		const items = ['PRJ-004', '2020#7', 'AM-CO630/620A'].map((project) => ({
			id: 'PL-1',
			bp: 'Punchlist',
			project,
		}));
		const result = await unifier.runWith(items, { parameters: PLACED });
		expect(told(result).map(({ projectNumber, outcome }) => [projectNumber, outcome])).toEqual([
			[projects[0], 'terminated'],
			[projects[1], 'failed'],
			['AM-CO630/620A', 'notFound'],
		]);
		expect(requests()).toHaveLength(3);
	});

	it('the same number in several items is answered in each', async () => {
		const [one, two] = unifier.seed(2);
		const result = await unifier.runItems([one, [two, one], ` ${one} `, two]);
		expect(told(result).map(({ id }) => id)).toEqual([one, two, one, one, two]);
		if (!isWhole) return;
		expect(outcomes(result)).toEqual([one, two, one, one, two].map((id) => `${id} terminated 200`));
		expect(unifier.numbersSent()).toEqual([[one, two]]);
	});

	it('a session that ends in the middle is renewed once', async () => {
		const projects = ['PRJ-004', '2020#7', 'AM-CO630/620A'];
		const items = projects.map((project) => ({
			id: unifier.seed(2, { projectNumber: project }),
			bp: 'Punchlist',
			project,
		}));
		unifier.arm({ kind: 'status', status: 401, body: 'Unauthorized', method: 'PUT', skip: 1, times: 2 });
		const result = await unifier.runWith(items, { parameters: PLACED });
		expect(told(result).map(({ outcome }) => outcome)).toEqual(Array(6).fill('terminated'));
		expect(unifier.counters()).toMatchObject({ logins: 2, terminates: 6 });
		expect(unifier.sent()).toHaveLength(5);
	});

	it('rules are applied or not as each item wants it', async () => {
		const ids = unifier.seed(4, { ruleFails: true });
		const items = ids.map((id, item) => ({ id, rules: item % 2 === 0 }));
		const result = await unifier.runWith(items, { parameters: { applyRules: '={{ $json.rules }}' } });
		expect(outcomes(result)).toEqual([
			`${ids[0]} failed 3000`,
			`${ids[1]} terminated 200`,
			`${ids[2]} failed 3000`,
			`${ids[3]} terminated 200`,
		]);
		if (!isWhole) return;
		expect(requests().filter(([, , rule]) => rule === 'Yes')).toEqual([
			['Punchlist', 'PRJ-004', 'Yes', [ids[1], ids[3]]],
		]);
		// Unifier does not say which of several a rule has stopped, so these go alone then.
		expect(
			requests()
				.filter(([, , rule]) => rule === 'No')
				.map(([, , , numbers]) => numbers),
		).toEqual([[ids[0], ids[2]], [ids[0]], [ids[2]]]);
	});

	it('a cost process beside another: only its records travel alone', async () => {
		const cost = unifier.seed(3, { bpName: 'Contracts' });
		const usual = unifier.seed(3);
		const items = cost.flatMap((id, i) => [
			{ id, bp: 'Contracts', project: 'PRJ-004' },
			{ id: usual[i], bp: 'Punchlist', project: 'PRJ-004' },
		]);
		const result = await unifier.runWith(items, { parameters: PLACED });
		expect(outcomes(result)).toEqual(items.map(({ id }) => `${String(id)} terminated 200`));
		if (!isWhole) {
			expect(requests()).toHaveLength(6);
			return;
		}
		expect(requests().map(([bp, , , numbers]) => [bp, numbers])).toEqual([
			['Contracts', cost],
			...cost.map((id) => ['Contracts', [id]]),
			['Punchlist', usual],
		]);
		expect(Math.max(...unifier.sent().map(({ inFlight }) => inFlight))).toBe(1);
	});

	it('a process that does not exist stops its own records only', async () => {
		const [id] = unifier.seed(1);
		const items = [
			{ id: 'X-1', bp: 'None', project: 'PRJ-004' },
			{ id, bp: 'Punchlist', project: 'PRJ-004' },
			{ id: 'X-2', bp: 'None', project: 'PRJ-004' },
		];
		const result = await unifier.runWith(items, { parameters: PLACED });
		expect(outcomes(result)).toEqual(['X-1 failed 603', `${id} terminated 200`, 'X-2 failed 603']);
	});

	if (isWhole) {
		it('10,000 items that say where their records belong are one request and three evaluations by n8n', async () => {
			const ids = unifier.seed(10_000);
			const evaluate = jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');
			const items = ids.map((id) => ({ id, bp: 'Punchlist', project: 'PRJ-004' }));
			const result = await unifier.runWith(items, { parameters: PLACED });
			const expressions = evaluate.mock.calls.map(([value]) => String(value)).filter(isExpression);
			evaluate.mockRestore();
			expect(expressions.sort()).toEqual(['={{ $json.bp }}', '={{ $json.id }}', '={{ $json.project }}']);
			expect(result.success.map(({ json }) => json['id'])).toEqual(ids);
			expect(new Set(told(result).map(({ outcome }) => outcome))).toEqual(new Set(['terminated']));
			expect(unifier.sent()).toHaveLength(1);
			expect(unifier.counters()).toMatchObject({ logins: 1, terminates: 10_000 });
		});
	}
});
