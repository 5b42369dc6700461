import type { INode } from 'n8n-workflow';

import type { TargetOutcome } from '../../../../../nodes/core/commands/outcome';
import { stopError, toItem, toRow } from '../../../../../nodes/core/n8n/output/commandItems';

const node: INode = {
	id: '1',
	name: 'Unifier',
	type: 'n8n-nodes-terminate.unifier',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const words = { singular: 'record', plural: 'records', participle: 'terminated' } as const;

const good = (id: string, more: Partial<TargetOutcome> = {}): TargetOutcome => ({
	id,
	outcome: 'terminated',
	message: `Record ${id} was terminated`,
	attempts: 1,
	item: 0,
	extra: {},
	failure: false,
	...more,
});

const bad = (id: string, more: Partial<TargetOutcome> = {}): TargetOutcome =>
	good(id, {
		outcome: 'failed',
		message: `Record ${id} was not terminated: no`,
		reason: 'no',
		failure: true,
		...more,
	});

describe('toItem', () => {
	it('shows a success with all that the vendor has told, paired to its item', () => {
		const outcome = good('a', {
			item: 7,
			code: '0',
			vendorMessage: 'Done',
			hint: 'not shown',
			httpStatus: 200,
			reason: 'not shown',
			extra: { group: 'g', auditId: 1 },
		});
		expect(toItem(outcome)).toEqual({
			json: {
				id: 'a',
				ok: true,
				outcome: 'terminated',
				message: 'Record a was terminated',
				code: '0',
				vendorMessage: 'Done',
				attempts: 1,
				group: 'g',
				auditId: 1,
			},
			pairedItem: { item: 7 },
		});
	});

	it('shows a failure with the three keys of the error branch', () => {
		const outcome = bad('a', {
			item: 2,
			code: '9',
			httpStatus: 403,
			hint: 'Ask.',
			vendorMessage: 'No',
			extra: { group: 'g' },
		});
		expect(toItem(outcome)).toEqual({
			json: {
				error: 'Record a was not terminated: no',
				message: 'Record a was not terminated: no',
				details: {
					id: 'a',
					ok: false,
					outcome: 'failed',
					code: '9',
					vendorMessage: 'No',
					httpStatus: 403,
					hint: 'Ask.',
					attempts: 1,
					group: 'g',
				},
			},
			pairedItem: { item: 2 },
		});
	});

	it('leaves away what is not known', () => {
		expect(Object.keys(toItem(good('a')).json)).toEqual(['id', 'ok', 'outcome', 'message', 'attempts']);
		expect(toItem(bad('a')).json['details']).toEqual({
			id: 'a',
			ok: false,
			outcome: 'failed',
			attempts: 1,
		});
	});
});

describe('toRow', () => {
	it('shows a success as elsewhere', () => {
		expect(toRow(good('a', { item: 7 }))).toEqual(toItem(good('a', { item: 7 })));
	});

	it('shows a failure with the fields of a success and what to do about it', () => {
		const outcome = bad('a', { item: 2, code: '9', httpStatus: 403, hint: 'Ask.', extra: { group: 'g' } });
		const { json, pairedItem } = toRow(outcome);
		expect(pairedItem).toEqual({ item: 2 });
		expect(json).toEqual({
			id: 'a',
			ok: false,
			outcome: 'failed',
			message: 'Record a was not terminated: no',
			code: '9',
			httpStatus: 403,
			hint: 'Ask.',
			attempts: 1,
			group: 'g',
		});
	});
});

describe('stopError', () => {
	it('says of a single target which and why, and how to get unstuck', async () => {
		const error = await stopError(node, [bad('a', { item: 3, hint: 'Ask.', httpStatus: 403 })], words);
		expect(error.message).toBe('Record a was not terminated: no');
		expect(error.description).toBe('Ask.');
		expect(error.httpCode).toBe('403');
		expect(error.context['itemIndex']).toBe(3);
		expect(error.context['descriptionTemplate']).toBe('Ask.');
		const bare = await stopError(node, [bad('a')], words);
		expect(bare.description).toBe('');
		expect(bare.context).not.toHaveProperty('descriptionTemplate');
	});

	it('counts, and names each failed target', async () => {
		const outcomes = [
			good('a'),
			bad('b', { item: 1 }),
			bad('c', {
				item: 2,
				message: 'Record c was not found',
				outcome: 'notFound',
				reason: 'gone',
				hint: 'Look.',
			}),
			good('d', { outcome: 'alreadyEnded' }),
		];
		const error = await stopError(node, outcomes, words);
		expect(error.message).toBe('2 of 4 records were not terminated');
		expect(error.description).toBe('Record b was not terminated: no\nRecord c was not found. Look.');
		expect(error.context['descriptionTemplate']).toBe(
			'<ul><li>Record b was not terminated: no</li><li>Record c was not found. Look.</li></ul>',
		);
		expect(error.context['itemIndex']).toBe(1);
		expect(error.context['data']).toEqual({
			outcomes: [
				{ id: 'a', outcome: 'terminated', message: 'Record a was terminated', attempts: 1, item: 0 },
				{ id: 'b', outcome: 'failed', message: 'Record b was not terminated: no', attempts: 1, item: 1 },
				{
					id: 'c',
					outcome: 'notFound',
					message: 'Record c was not found',
					hint: 'Look.',
					attempts: 1,
					item: 2,
				},
				{ id: 'd', outcome: 'alreadyEnded', message: 'Record d was terminated', attempts: 1, item: 0 },
			],
			counts: { terminated: 1, failed: 1, notFound: 1, alreadyEnded: 1 },
		});
	});

	it('says of a dry run what would be', async () => {
		const dry = { isDryRun: true } as const;
		const outcomes = [good('a', { ...dry, outcome: 'dryRun' }), bad('b', { ...dry, outcome: 'notFound' })];
		const error = await stopError(node, outcomes, words);
		expect(error.message).toBe('1 of 2 records would not be terminated');
		expect(JSON.stringify(error.context['data'])).not.toContain('isDryRun');
		// Beside a command it is one of those that were not terminated.
		const mixed = await stopError(node, [...outcomes, bad('c')], words);
		expect(mixed.message).toBe('2 of 3 records were not terminated: no');
	});

	it.each([
		['one of several', [good('a'), bad('b')], '1 of 2 records was not terminated'],
		['all, alike', [bad('a'), bad('b')], '2 of 2 records were not terminated: no'],
		['some, alike', [bad('a'), good('x'), bad('b')], '2 of 3 records were not terminated: no'],
		[
			'all, for no reason',
			[bad('a'), bad('b')].map(({ reason: _reason, ...one }) => one),
			'2 of 2 records were not terminated',
		],
		[
			'all, for different reasons',
			[bad('a'), bad('b', { reason: 'other' })],
			'2 of 2 records were not terminated',
		],
		[
			'some of which nobody knows',
			[bad('a'), bad('b', { outcome: 'unknown', reason: 'lost' })],
			'2 of 2 records were not confirmed as terminated',
		],
		[
			'one of which nobody knows',
			[good('a'), bad('b', { outcome: 'unknown' })],
			'1 of 2 records was not confirmed as terminated',
		],
	])('puts it into words: %s', async (_name, outcomes, message) => {
		expect((await stopError(node, outcomes, words)).message).toBe(message);
	});

	it('lists twenty, counts the rest, and tells of all in its data', async () => {
		const many = Array.from({ length: 23 }, (_, index) => bad(`r${index}`));
		const error = await stopError(node, many, words);
		const lines = (error.description ?? '').split('\n');
		expect(lines).toHaveLength(21);
		expect(lines[19]).toContain('r19');
		expect(lines[20]).toBe('… and 3 more. The error data lists all of them.');
		expect((error.context['data'] as { outcomes: unknown[] }).outcomes).toHaveLength(23);
		expect((await stopError(node, many.slice(0, 20), words)).description?.split('\n')).toHaveLength(20);
	});

	describe('that a model reads, to which n8n gives the message alone', () => {
		const tool = { ...node, type: 'n8n-nodes-terminate.unifierTool' };

		it('says what became of each in its message, failures first', async () => {
			const outcomes = [good('a'), bad('b', { hint: 'Ask.' }), bad('c', { hint: 'Ask.', reason: 'gone' })];
			const error = await stopError(tool, outcomes, words);
			expect(error.message.split('\n')).toEqual([
				'2 of 3 records were not terminated.',
				'Record b was not terminated: no',
				'Record c was not terminated: no',
				'Record a was terminated',
			]);
			expect(error.description).toBe('Ask.');
		});

		it('says it once where one reason holds for all, and names each where it holds for some', async () => {
			expect((await stopError(tool, [bad('a'), bad('b')], words)).message).toBe(
				'2 of 2 records were not terminated: no',
			);
			expect((await stopError(tool, [bad('a'), bad('b'), good('c')], words)).message.split('\n')).toEqual([
				'2 of 3 records were not terminated: no.',
				'Record a was not terminated: no',
				'Record b was not terminated: no',
				'Record c was terminated',
			]);
		});

		it('names twenty of each kind and counts the rest', async () => {
			const many = Array.from({ length: 42 }, (_, index) =>
				index % 2 === 0 ? good(`g${index}`) : bad(`b${index}`),
			);
			const lines = (await stopError(tool, many, words)).message.split('\n');
			expect(lines).toHaveLength(43);
			expect(lines[21]).toBe('… and 1 more like these');
			expect(lines[42]).toBe('… and 1 more without a failure');
		});

		it('says of a single one the same as to people', async () => {
			const [said, told] = await Promise.all(
				[tool, node].map(async (one) => await stopError(one, [bad('a', { hint: 'Ask.' })], words)),
			);
			expect([said?.message, said?.description]).toEqual([told?.message, told?.description]);
		});
	});

	it('names the first HTTP status there is', async () => {
		expect((await stopError(node, [bad('a'), bad('b', { httpStatus: 404 })], words)).httpCode).toBe('404');
		expect((await stopError(node, [bad('a'), bad('b')], words)).httpCode).toBe('none');
	});

	it('keeps its words where n8n would put others for a system code', async () => {
		const error = await stopError(
			node,
			[bad('EPERM', { message: 'Record EPERM was not terminated: ECONNREFUSED' })],
			words,
		);
		expect(error.message).toBe('Record EPERM was not terminated: ECONNREFUSED');
	});
});
