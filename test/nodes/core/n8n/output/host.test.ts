import { errorOutputFormat } from '../../../../../nodes/core/n8n/output/host';

const failure = {
	json: { error: 'It was not done', message: 'It was not done', details: { id: 'a' } },
	pairedItem: { item: 1 },
};
const success = { json: { id: 'a', outcome: 'terminated' }, pairedItem: { item: 0 } };

describe('the form in which items leave a node with an error output', () => {
	it('is as it stands where n8n takes details for part of a failure', () => {
		expect([failure, success].map(errorOutputFormat({ onError: 'continueErrorOutput' }))).toEqual([
			failure,
			success,
		]);
	});

	it('is without details where n8n would take them for a sign of success', () => {
		expect([failure, success].map(errorOutputFormat({ onError: 'continueErrorOutput' }, false))).toEqual([
			{ json: { error: 'It was not done', message: 'It was not done' }, pairedItem: { item: 1 } },
			success,
		]);
	});

	it.each(['continueRegularOutput', 'stopWorkflow', undefined] as const)(
		'is as it stands where there is no such output (%s)',
		(onError) => {
			expect([failure].map(errorOutputFormat({ ...(onError && { onError }) }, false))).toEqual([failure]);
		},
	);
});
