import { instanceStateQuery } from '../../../../nodes/EightByEight/api/getInstance';
import { saidBy } from '../../core/stateAnswers';

const stateQuery = instanceStateQuery('terminate');
const definitionId = '5870442f-3ddd-4657-b74c-6e17308f5230';
const target = { id: '60dbe307fe55d99fc083db61', item: 0, settings: { definitionId } };

/** The sample of "Get instance". */
const INSTANCE = {
	workflowId: '60dbe307fe55d99fc083db61',
	data: {
		payload: {
			umid: '9e09ac86-bd74-5465-851d-1eb5a5fdbb9a',
			user: { channelUserId: 'test_user_id', name: 'test_user_name' },
			content: { text: 'Hello, world!' },
		},
		accountId: 'test_account_id',
		subAccountId: 'test_subaccount_id',
		triggeredAt: '2021-06-30T03:20:39.3857479Z',
	},
	definitionId,
	version: 1,
	status: 'Complete',
	startedAt: '2021-06-30T03:20:39.49Z',
	completedAt: '2021-06-30T03:21:25.83Z',
};

/** The samples of its errors. */
const UNKNOWN_DEFINITION = {
	code: 1300,
	message: 'Definition 2aa9465e-dec7-4c3e-8fa6-bd168af9eaca not found.',
	errorId: '2558ff83-c8db-4890-805e-ad64001857a1',
	timestamp: '2021-07-13T01:28:37.66Z',
};
const INVALID_DEFINITION = { ...UNKNOWN_DEFINITION, code: 1000, message: 'Invalid definition id.' };

const read = (status: number, body: unknown) =>
	saidBy(
		stateQuery.read([target], {
			status,
			headers: {},
			text: typeof body === 'string' ? body : JSON.stringify(body),
		}),
	);

it('is asked before the command too, about one workflow at a time', () => {
	expect(stateQuery).toMatchObject({ when: 'first', absentMeans: 'notFound', targetsPerRequest: 1 });
});

it('is the documented GET, without logs', () => {
	expect(stateQuery.request([target])).toEqual({
		method: 'GET',
		path: `/definitions/${definitionId}/workflows/60dbe307fe55d99fc083db61`,
	});
});

it('keeps a hostile ID inside its segment', () => {
	const { path } = stateQuery.request([{ ...target, id: '../../x?y#z%2e' }]);
	expect(path.split('/')).toHaveLength(5);
	expect(new URL(`https://host.example${path}`).pathname).toBe(path);
});

it.each([
	['Runnable', 'running'],
	['Suspended', 'running'],
	['Complete', 'ended'],
	['Terminated', 'ended'],
])('takes %s for %s, and keeps nothing but the state', (status, state) => {
	const byItself = status === 'Complete' && { endedByItself: true };
	expect(read(200, { ...INSTANCE, status })).toEqual([{ state, ...byItself, vendorState: status }]);
});

// In brackets: what the state says once the command may have been carried out.
it.each([
	['suspend', 'Runnable', 'running', undefined],
	['suspend', 'Suspended', 'inState', undefined],
	['suspend', 'Complete', 'ended', undefined],
	['suspend', 'Terminated', 'ended', undefined],
	['resume', 'Runnable', 'inState', undefined],
	['resume', 'Suspended', 'running', undefined],
	['resume', 'Complete', 'ended', 'inState'],
	['resume', 'Terminated', 'ended', 'inState'],
] as const)('for %s: takes %s for %s (%s)', (command, vendorState, state, stateAfterCommand) => {
	const response = { status: 200, headers: {}, text: JSON.stringify({ ...INSTANCE, status: vendorState }) };
	expect(saidBy(instanceStateQuery(command).read([target], response))).toEqual([
		{ state, ...(stateAfterCommand && { stateAfterCommand }), vendorState },
	]);
});

it('takes an answer without an ID for one about the asked workflow', () => {
	expect(read(200, { status: 'Runnable' })).toEqual([{ state: 'running', vendorState: 'Runnable' }]);
});

it.each([
	'Workflow instance 60dbe307fe55d99fc083db61 not found.',
	'Instance not found under definition 2aa9465e-dec7-4c3e-8fa6-bd168af9eaca.',
	"Object wasn't found or is already expired",
])('takes 404 with the error of 8x8 for absent: %s', (message) => {
	const body = { ...UNKNOWN_DEFINITION, message };
	expect(read(404, body)).toMatchObject([{ state: 'absent', error: { code: '1300', httpStatus: 404 } }]);
});

it('takes an ID in other letters for the same', () => {
	const body = { ...INSTANCE, workflowId: '60DBE307FE55D99FC083DB61', status: 'Complete' };
	expect(read(200, body)).toMatchObject([{ state: 'ended', vendorState: 'Complete' }]);
});

it.each(['Paused', 'terminate', 'constructor'])('shows the state %s, which it does not know', (status) => {
	expect(read(200, { ...INSTANCE, status })).toEqual([{ vendorState: status }]);
});

it.each<[string, number, unknown, string]>([
	['another workflow', 200, { ...INSTANCE, workflowId: '60dbe307fe55d99fc083db62' }, 'tryAgain'],
	['an ID that is no text', 200, { ...INSTANCE, workflowId: 17 }, 'tryAgain'],
	['no state', 200, { workflowId: target.id }, 'tryAgain'],
	['nothing', 200, '', 'tryAgain'],
	['a list', 200, [INSTANCE], 'tryAgain'],
	['half of it', 200, JSON.stringify(INSTANCE).slice(0, 200), 'tryAgain'],
	['a page', 200, '<html>Complete</html>', 'tryAgain'],
	['an error at 200', 200, UNKNOWN_DEFINITION, 'failed'],
	['404 about the definition', 404, UNKNOWN_DEFINITION, 'failed'],
	[
		'404 about the definition in other words',
		404,
		{ ...UNKNOWN_DEFINITION, message: 'The workflow definition was not found.' },
		'failed',
	],
	['404 about the account', 404, { ...UNKNOWN_DEFINITION, message: 'Unknown account.' }, 'failed for all'],
	['404 with a page', 404, '<html>nginx</html>', 'failed for all'],
	['404 of somebody else', 404, { statusCode: 404, message: 'Resource not found' }, 'failed for all'],
	['404 of somebody else with a number for it', 404, { code: 404, error: 'Not Found' }, 'failed for all'],
	['404 without a body', 404, '', 'failed for all'],
	['404 with an instance', 404, INSTANCE, 'failed for all'],
	['an invalid ID', 400, INVALID_DEFINITION, 'failed'],
	['401', 401, { code: 1200, message: 'Unauthorized' }, 'failed for all'],
	['403', 403, INSTANCE, 'failed for all'],
	['429', 429, '', 'tryAgain'],
	['500', 500, INSTANCE, 'tryAgain'],
])('learns nothing from %s', (_name, status, body, said) => {
	expect(read(status, body)).toBe(said);
});
