import type { INode } from 'n8n-workflow';

import {
	failsNode,
	nothingFound,
	presentResult,
	stopError,
	toItem,
} from '../../../../../nodes/core/n8n/output/queryItems';
import { UNAVAILABLE } from '../../../../../nodes/core/http/cause';
import type { QueryFailure, ItemResult } from '../../../../../nodes/core/n8n/output/queryItems';

const node: INode = { id: '1', name: 'Node', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };

const things = { vendor: 'Palette', singular: 'colour', plural: 'colours' };

const miss = (id: string, more: Partial<QueryFailure['error']> = {}): QueryFailure => ({
	id,
	before: `Colour ${id} could not be read: `,
	error: { reason: 'it is gone', hint: 'Look again.', ...more },
});

describe('items', () => {
	it('what was found is the item, paired', () => {
		expect(toItem({ json: { id: 'a' }, item: 3 })).toEqual({ json: { id: 'a' }, pairedItem: { item: 3 } });
	});

	it('a vendor’s field named error does not make a success a failure', () => {
		expect(toItem({ json: { id: 'a', error: 'none' }, item: 0 }).json).toEqual({
			id: 'a',
			vendorError: 'none',
		});
	});

	it.each([
		[{ notFound: true as const }, 'notFound'],
		[{ notSent: true as const, stopsRun: true as const }, 'notSent'],
		[{ cause: UNAVAILABLE }, 'failed'],
	])('a miss has exactly the keys of the error branch (%j)', (more, outcome) => {
		const item = toItem({
			failure: miss('a', { code: '7', httpStatus: 404, extra: { errorId: 'e1' }, ...more }),
			item: 1,
		});
		expect(item).toEqual({
			json: {
				error: 'Colour a could not be read: it is gone',
				message: 'Colour a could not be read: it is gone',
				details: {
					id: 'a',
					outcome,
					hint: 'Look again.',
					code: '7',
					httpStatus: 404,
					retryable: outcome === 'failed',
					errorId: 'e1',
				},
			},
			pairedItem: { item: 1 },
		});
	});

	it('a list that failed has no ID', () => {
		expect(toItem({ failure: miss(''), item: 0 }).json['details']).toEqual({
			outcome: 'failed',
			hint: 'Look again.',
			retryable: false,
		});
	});
});

it('what others said is quoted, and stands in the message; what the user gave stays', () => {
	const quote = (text: string) => text.replace('gone', '***');
	const failure = miss('gone', { vendorMessage: 'All is gone.', code: 'gone-7', httpStatus: 400 });
	const [shown] = [presentResult({ failure, item: 2 }, quote)];
	expect(toItem(shown).json).toMatchObject({
		message: 'Colour gone could not be read: it is gone (code ***-7: "All is ***.")',
		details: { id: 'gone', code: '***-7', vendorMessage: 'All is ***.' },
	});
	expect(presentResult({ json: { id: 'gone' }, item: 2 }, quote)).toEqual({ json: { id: 'gone' }, item: 2 });
});

describe('the error of Stop mode', () => {
	it('says of a single miss which and why', () => {
		const error = stopError(node, [{ failure: miss('a', { httpStatus: 404 }), item: 4 }], things);
		expect([error.message, error.description, error.httpCode]).toEqual([
			'Colour a could not be read: it is gone',
			'Look again.',
			'404',
		]);
		expect(error.context).toMatchObject({
			itemIndex: 4,
			data: { misses: [{ id: 'a', outcome: 'failed', hint: 'Look again.', httpStatus: 404 }] },
		});
	});

	it('counts several and lists them, up to twenty', () => {
		const served: ItemResult[] = [
			{ json: { id: 'fine' }, item: 0 },
			...Array.from({ length: 25 }, (_, index) => ({ failure: miss(`c${index}`), item: index + 1 })),
		];
		const error = stopError(node, served, things);
		expect(error.message).toBe('25 of 26 colours could not be read');
		const lines = error.description?.split('\n') ?? [];
		expect(lines).toHaveLength(21);
		expect([lines[0], lines[20]]).toEqual([
			'Colour c0 could not be read: it is gone. Look again.',
			'… and 5 more.',
		]);
		expect((error.context['data'] as { misses: unknown[] }).misses).toHaveLength(25);
	});
});

describe('a model that has called the node as a tool', () => {
	const tool: INode = { ...node, type: 'n8n-nodes-terminate.unifierTool' };
	const found: ItemResult = { json: { id: 'a' }, item: 0 };
	const missed = (id: string): ItemResult => ({ failure: miss(id), item: 0 });

	it('is given what was found beside what was not, unless the node is set to stop', () => {
		const some = [found, missed('b')];
		expect(failsNode(tool, some)).toBe(false);
		expect(failsNode({ ...tool, onError: 'stopWorkflow' }, some)).toBe(true);
		expect(failsNode(node, some)).toBe(true);
		expect(failsNode(tool, [missed('b')])).toBe(true);
		expect(failsNode(node, [found])).toBe(false);
		expect(failsNode(tool, [])).toBe(false);
	});

	it('is told that nothing was found, where a workflow gets no item', () => {
		expect(nothingFound(tool, things, 2)).toEqual([
			{ json: { message: 'No colours were found' }, pairedItem: { item: 2 } },
		]);
		expect(nothingFound(node, things, 2)).toEqual([]);
	});

	it('reads in the message alone which could not be read, and why', () => {
		const error = stopError(tool, [missed('b'), missed('c')], things);
		expect(error.message.split('\n')).toEqual([
			'2 of 2 colours could not be read.',
			'Colour b could not be read: it is gone',
			'Colour c could not be read: it is gone',
		]);
		expect(error.description).toBe('');
	});
});
