import { isStuck, showInstance, timeOf } from '../../../../nodes/Bitrix24/api/instance';
import { ROW } from '../findingSamples';

const LIMIT = Date.parse('2024-09-16T11:55:00Z');

describe('an instance as the user sees it', () => {
	it('is flat, its numbers texts and its times in UTC', () => {
		expect(showInstance({ ...ROW, TEMPLATE_NAME: 'Approve deal' }, true, LIMIT)).toEqual({
			id: ROW.ID,
			workflowId: ROW.ID,
			templateId: '212',
			templateName: 'Approve deal',
			moduleId: 'crm',
			entity: 'CCrmDocumentLead',
			documentId: 'LEAD_1',
			started: '2024-09-13T10:25:01.000Z',
			startedBy: '57',
			modified: '2024-09-13T10:25:05.000Z',
			ownedUntil: null,
			stuck: false,
		});
	});

	it('has null for what is empty, absent or cannot be read', () => {
		const shown = showInstance(
			{ ID: ROW.ID, MODULE_ID: '', ENTITY: null, STARTED: 'yesterday', STARTED_BY: 0, TEMPLATE_ID: 12 },
			true,
			LIMIT,
		);
		expect(shown).toEqual({
			id: ROW.ID,
			workflowId: ROW.ID,
			templateId: '12',
			templateName: null,
			moduleId: null,
			entity: null,
			documentId: null,
			started: null,
			startedBy: '0',
			modified: null,
			ownedUntil: null,
			stuck: null,
		});
	});

	it('is the row itself when it is not simplified, with the ID as the commands take it', () => {
		expect(showInstance(ROW, false, LIMIT)).toEqual({ id: ROW.ID, workflowId: ROW.ID, ...ROW });
	});
});

describe('a time', () => {
	it.each([
		['2024-09-13T13:25:01+03:00', Date.UTC(2024, 8, 13, 10, 25, 1)],
		['2024-09-13T10:25:01Z', Date.UTC(2024, 8, 13, 10, 25, 1)],
		// Without an offset it would be in the zone of this machine.
		['2024-09-13T10:25:01', undefined],
		['13.09.2024 10:25:01', undefined],
		['2024-99-13T10:25:01Z', undefined],
		['', undefined],
		[null, undefined],
		[1726223101, undefined],
	])('%p is %p', (STARTED, millis) => {
		expect(timeOf({ STARTED }, 'STARTED')).toBe(millis);
	});
});

describe('stuck', () => {
	it.each([
		['2024-09-16T11:54:59+00:00', true],
		['2024-09-16T14:54:59+03:00', true],
		['2024-09-16T11:55:00+00:00', false],
		['2024-09-16T12:05:00+00:00', false],
		[null, false],
		['', false],
		['soon', undefined],
		[undefined, undefined],
	])('with a lock until %p: %p', (OWNED_UNTIL, stuck) => {
		expect(isStuck({ OWNED_UNTIL }, LIMIT)).toBe(stuck);
	});
});
