import type { IDataObject } from 'n8n-workflow';

import { outcomes, PATHS, place, told, Unifier } from '../harness';

describe.each(PATHS)('Unifier, how records stand: %s', (path) => {
	const unifier = new Unifier(path);

	describe('an answer that got lost', () => {
		it.each(['reset', 'cut'] as const)(
			'%s: sent once more, and Unifier says that it had ended',
			async (kind) => {
				const ids = unifier.seed(3);
				unifier.arm({ kind, when: 'after', method: 'PUT' });
				const result = await unifier.runItems([ids]);
				expect(outcomes(result)).toEqual(ids.map((id) => `${id} alreadyEnded 12759`));
				expect(told(result).map(({ maybeByThisRun, attempts }) => [maybeByThisRun, attempts])).toEqual(
					ids.map(() => [true, 2]),
				);
				expect(unifier.numbersSent()).toEqual([ids, ids]);
				expect(unifier.asked()).toEqual([]);
			},
		);

		it('of a record in the initiation step: the next answer proves that nothing happened', async () => {
			const ids = unifier.seed(2, { state: 'initiation' });
			unifier.arm({ kind: 'reset', when: 'after', method: 'PUT' });
			const result = await unifier.runItems([ids]);
			expect(outcomes(result)).toEqual(ids.map((id) => `${id} failed 12757`));
			expect(unifier.sent()).toHaveLength(2);
		});

		it('of a record that a rule protects: likewise', async () => {
			const [id] = unifier.seed(1, { ruleFails: true });
			unifier.arm({ kind: 'reset', when: 'after', method: 'PUT' });
			expect(outcomes(await unifier.runItems([id]))).toEqual([`${id} failed 3000`]);
			expect(unifier.sent()).toHaveLength(2);
		});

		it('a code 500 in the body is a server in trouble, too', async () => {
			const ids = unifier.seed(2);
			unifier.arm({
				kind: 'status',
				status: 200,
				body: '{"status":500,"message":["Server Error"]}',
				when: 'after',
				method: 'PUT',
			});
			expect(outcomes(await unifier.runItems([ids]))).toEqual(ids.map((id) => `${id} alreadyEnded 12759`));
		});

		it('each time: the records are read, many at once', async () => {
			const ids = unifier.seed(250);
			unifier.arm({ kind: 'reset', when: 'after', method: 'PUT', times: 100 });
			const result = await unifier.runItems([[...ids, 'PL-none']]);
			const all = told(result);
			expect(all.slice(0, 250).map(({ outcome }) => outcome)).toEqual(ids.map(() => 'alreadyEnded'));
			expect(all[0]).toMatchObject({ maybeByThisRun: true, vendorState: 'Terminated', attempts: 5 });
			expect(all[250]).toMatchObject({ id: 'PL-none', outcome: 'notFound' });
			expect(unifier.asked().map(({ body }) => body.split('"eq"').length - 1)).toEqual([100, 100, 51]);
		});

		it.each([
			[1, 'GET'],
			[2, 'POST'],
		])('each time, and no right to read (%i records): it stays open', async (count, method) => {
			unifier.configure({ deny: ['records', 'record'] });
			const ids = unifier.seed(count);
			unifier.arm({ kind: 'reset', method: 'PUT', times: 5 });
			const result = await unifier.runItems([ids]);
			expect(told(result).map(({ outcome }) => outcome)).toEqual(ids.map(() => 'unknown'));
			expect(unifier.asked().map((request) => [request.method, request.status])).toEqual([[method, 403]]);
		});

		if (path === 'wholeInput') {
			it('each time, and no right to read: the others are ended all the same', async () => {
				unifier.configure({ deny: ['records', 'record'] });
				const [id] = unifier.seed(1);
				const [other] = unifier.seed(1, { bpName: 'Vendors' });
				unifier.arm({ kind: 'reset', method: 'PUT', times: 5 });
				const items = [
					{ id, bp: 'Punchlist', project: 'PRJ-004' },
					{ id: other, bp: 'Vendors', project: '' },
				];
				const result = await unifier.runWith(items, {
					parameters: place('={{ $json.bp }}', '={{ $json.project }}'),
				});
				expect(outcomes(result)).toEqual([`${id} unknown ECONNRESET`, `${other} terminated 200`]);
			});
		}
	});

	describe('the record list', () => {
		const lost = async (ids: string[]) => {
			unifier.arm({ kind: 'reset', method: 'PUT', times: 100 });
			return told(await unifier.runItems([ids])).map(({ id, outcome }) => `${id} ${outcome}`);
		};

		it('of only records that do not exist proves nothing', async () => {
			expect(await lost(['PL-x', 'PL-y'])).toEqual(['PL-x unknown', 'PL-y unknown']);
		});

		it('that hides what has ended tells of it as absent', async () => {
			unifier.configure({ endedRecords: 'hidden' });
			const [running] = unifier.seed(1);
			const [ended] = unifier.seed(1, { state: 'terminated' });
			expect(await lost([running!, ended!])).toEqual([`${running} unknown`, `${ended} notFound`]);
		});

		it('with all records, because the filter was dropped, proves no absence', async () => {
			const [ended] = unifier.seed(1, { state: 'terminated' });
			unifier.seed(3);
			unifier.arm({
				kind: 'status',
				status: 200,
				body: JSON.stringify({
					status: 200,
					data: [
						{ record_no: ended, status: 'Terminated' },
						{ record_no: 'PL-other', status: 'Active' },
					],
				}),
				path: '/bp/records',
			});
			expect(await lost([ended!, 'PL-none'])).toEqual([`${ended} alreadyEnded`, 'PL-none unknown']);
		});
	});

	it('a dry run shows the status, sends no command, and gives each record a request of its own', async () => {
		const ids = [
			...unifier.seed(1),
			...unifier.seed(1, { state: 'terminated' }),
			...unifier.seed(1, { status: 'To be terminated' }),
		];
		const result = await unifier.runItems([[...ids, 'PL-none']], { options: { dryRun: true } });
		const open = 'its state does not show whether it has ended';
		expect(
			told(result).map(({ outcome, currentState, vendorState, message }) => [
				outcome,
				currentState,
				vendorState,
				message,
			]),
		).toEqual([
			['dryRun', 'unknown', 'Active', `BP record ${ids[0]} would be terminated: ${open}`],
			['dryRun', 'ended', 'Terminated', `Nothing would change: BP record ${ids[1]} has already ended`],
			['dryRun', 'unknown', 'To be terminated', `BP record ${ids[2]} would be terminated: ${open}`],
			['notFound', 'absent', undefined, 'BP record PL-none was not found'],
		]);
		const bodies = told(result).map(({ request }) => (request as IDataObject | undefined)?.['body']);
		expect(bodies).toEqual([
			expect.stringContaining(`"record_no":["${ids[0]}"]`),
			undefined,
			expect.stringContaining(`"record_no":["${ids[2]}"]`),
			undefined,
		]);
		expect(unifier.sent()).toEqual([]);
		expect(unifier.counters()['terminates']).toBe(0);
	});

	it('a dry run fails for several records of which none exists, as the real run would', async () => {
		const wanted = ['PL-none', 'PL-no', 'PL-nowhere'];
		const result = await unifier.runItems([wanted], { options: { dryRun: true } });
		expect(told(result).map(({ outcome, currentState }) => [outcome, currentState])).toEqual(
			wanted.map(() => ['notFound', 'absent']),
		);
		expect(unifier.asked()).toHaveLength(4);
		expect(unifier.sent()).toEqual([]);
	});

	it('a dry run asks about one record alone, not about each, where that says no more', async () => {
		unifier.configure({ deny: ['record'] });
		const result = await unifier.runItems([['PL-none', 'PL-no', 'PL-nowhere']], {
			options: { dryRun: true },
		});
		expect(told(result).map(({ message }) => message)).toEqual(
			['PL-none', 'PL-no', 'PL-nowhere'].map(
				(id) => `BP record ${id} would be terminated: its state could not be read`,
			),
		);
		expect(unifier.asked()).toHaveLength(2);
	});

	it('verifies each record by its status', async () => {
		const ids = unifier.seed(3);
		const verified = async () => {
			const result = await unifier.runItems([ids], { options: { verify: true } });
			expect(result.errors).toEqual([]);
			return told(result).map(({ verified: yes, vendorState }) => [yes, vendorState]);
		};
		expect(await verified()).toEqual(ids.map(() => [true, 'Terminated']));
		unifier.configure({ terminatedStatus: 'Closed' });
		expect(await verified()).toEqual(ids.map(() => [false, 'Closed']));
		unifier.configure({ deny: ['records'] });
		expect(await verified()).toEqual(ids.map(() => [false, undefined]));
	});

	it.each([
		['Vendors', '', '/v1/bp/record?', '/v1/bp/records'],
		['Punchlist', 'AM-CO630/620A', '/v1/bp/record/AM-CO630%2F620A?', '/v1/bp/records/AM-CO630%2F620A'],
		['Punchlist', '2020#7', '/v1/bp/record/2020%237?', '/v1/bp/records/2020%237'],
	])('is asked where the records are: %s, %p', async (bpName, projectNumber, one, several) => {
		const ids = unifier.seed(2, { bpName, projectNumber: projectNumber === '' ? null : projectNumber });
		const change = { parameters: place(bpName, projectNumber), options: { verify: true } };
		const results = [await unifier.runItems([ids[0]], change), await unifier.runItems([ids], change)];
		expect(results.flatMap(told).map(({ verified }) => verified)).toEqual([true, true, true]);
		const [list, get] = unifier.asked().map(({ url }) => url);
		expect(get).toContain(one);
		expect(list?.endsWith(several)).toBe(true);
	});

	it('a session that ends before the question is renewed once', async () => {
		const ids = unifier.seed(2);
		unifier.arm({ kind: 'status', status: 401, body: 'Unauthorized', path: '/bp/records', times: 2 });
		const result = await unifier.runItems([ids], { options: { verify: true } });
		expect(told(result).map(({ verified }) => verified)).toEqual([true, true]);
		expect(unifier.counters()['logins']).toBe(2);
	});
});
