import { usePortal } from './client.ts';
import { CHANGED_TEXTS, KEPT_TEXTS } from './substitutionTexts.ts';

const TERMINATE = 'bizproc.workflow.terminate';
const NOT_FOUND = { error: '', error_description: 'The business process is not found.' };

describe('Bitrix24 emulator: batch', () => {
	const portal = usePortal();
	const batch = async (cmd: unknown, more: object = {}, key?: string) => {
		const answer = await portal.call('batch', { cmd, ...more }, key);
		expect(answer.status).toBe(200);
		expect(Object.keys(answer.json)).toEqual(['result', 'time']);
		return answer.json.result;
	};

	it('ends several workflows in order and answers with five buckets', async () => {
		const [a = '', b = ''] = portal.seed(2, {});
		const result = await batch(
			{ w0: `${TERMINATE}?ID=${a}&STATUS=Stopped%20by%20n8n`, w1: `${TERMINATE}?ID=${b}` },
			{ halt: 0 },
		);
		expect(Object.keys(result)).toEqual([
			'result',
			'result_error',
			'result_total',
			'result_next',
			'result_time',
		]);
		expect(result).toMatchObject({
			result: { w0: true, w1: true },
			result_error: [],
			result_total: [],
			result_next: [],
		});
		expect(Object.keys(result.result_time)).toEqual(['w0', 'w1']);
		expect(portal.instance(a).title).toBe('Stopped by n8n');
		expect([portal.counter('batches'), portal.counter('batchCommands')]).toEqual([1, 2]);
	});

	it('mixes results and errors by key; a failed command has no time', async () => {
		const [a = ''] = portal.seed(1, {});
		const result = await batch({ w0: `${TERMINATE}?ID=${a}`, w1: `${TERMINATE}?ID=${a}` });
		expect(result.result).toEqual({ w0: true });
		expect(result.result_error).toEqual({ w1: NOT_FOUND });
		expect(Object.keys(result.result_time)).toEqual(['w0']);
	});

	it('collapses errors of numeric keys into a list', async () => {
		const [a = ''] = portal.seed(1, {});
		const result = await batch({
			35943: `${TERMINATE}?ID=${a}`,
			35944: TERMINATE,
			35945: `${TERMINATE}?ID=x`,
		});
		expect(result.result).toEqual({ 35943: true });
		expect(result.result_error).toEqual([
			{ error: 'ERROR_WRONG_WORKFLOW_ID', error_description: 'Empty workflow instance ID' },
			NOT_FOUND,
		]);
	});

	it('writes lists for lists, and totals and next of list methods', async () => {
		portal.seed(120, {});
		expect((await batch(['profile', 'profile'])).result).toHaveLength(2);
		const named = await batch({ w0: 'bizproc.workflow.instances?SELECT[0]=ID&ORDER[ID]=ASC' });
		expect(named.result.w0).toHaveLength(50);
		expect([named.result_total, named.result_next]).toEqual([{ w0: 120 }, { w0: 50 }]);
	});

	it('reports missing scope per key with an empty description', async () => {
		const result = await batch({ get_a: TERMINATE, get_b: TERMINATE }, {}, 'webhookNoScope');
		const error = { error: 'insufficient_scope', error_description: '' };
		expect(result).toEqual({
			result: [],
			result_error: { get_a: error, get_b: error },
			result_total: [],
			result_next: [],
			result_time: [],
		});
	});

	it.each([true, 1, '1'])('stops at the first error with halt %j', async (halt) => {
		const [a = ''] = portal.seed(1, {});
		const result = await batch({ w0: `${TERMINATE}?ID=x`, w1: `${TERMINATE}?ID=${a}` }, { halt });
		expect(result.result).toEqual([]);
		expect(Object.keys(result.result_error)).toEqual(['w0']);
		expect(portal.instance(a).state).toBe('running');
	});

	it.each([false, 0, '0'])('goes on with halt %j', async (halt) => {
		const [a = ''] = portal.seed(1, {});
		const result = await batch({ w0: `${TERMINATE}?ID=x`, w1: `${TERMINATE}?ID=${a}` }, { halt });
		expect(result.result).toEqual({ w1: true });
	});

	it('runs 50 commands and refuses each one after them', async () => {
		const made = portal.seed(52, {});
		const cmd = Object.fromEntries(made.map((id, index) => [`w${index}`, `${TERMINATE}?ID=${id}`]));
		const result = await batch(cmd);
		const error = { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' };
		expect(Object.keys(result.result)).toHaveLength(50);
		expect(result.result_error).toEqual({ w50: error, w51: error });
		expect(portal.counter('terminates')).toBe(50);
	});

	it('refuses a batch in a batch and unknown methods, and leaves out what is not text', async () => {
		const result = await batch({
			a: 'batch?cmd[x]=profile',
			b: 'nothing',
			c: { method: 'profile' },
			d: 'profile',
		});
		expect(result.result_error).toEqual({
			a: {
				error: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
				error_description: 'Method is not allowed for batch usage',
			},
			b: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
		});
		expect(Object.keys(result.result)).toEqual(['d']);
	});

	it('substitutes earlier results into decoded values', async () => {
		const [a = '', b = '', c = ''] = portal.seed(3, {});
		const result = await batch({
			list: `bizproc.workflow.instances?SELECT[0]=ID&FILTER[ID]=${a}`,
			end: `${TERMINATE}?ID=%24result%5Blist%5D%5B0%5D%5BID%5D&STATUS=${encodeURIComponent('of $RESULT[list]!')}`,
			next: `${TERMINATE}?ID=${b}&STATUS=${encodeURIComponent('total $total[list] $result[none].')}`,
			plain: `${TERMINATE}?ID=${c}&STATUS=${encodeURIComponent('$result alone')}`,
		});
		expect(result.result_error).toEqual([]);
		expect(portal.instance(a).title).toBe('of $RESULT[list]!');
		expect(portal.instance(b).title).toBe('total 1 $result[none].');
		expect(portal.instance(c).title).toBe('$result alone');
	});

	describe('substitution in a status text, as measured', () => {
		const titleFor = async (text: string): Promise<unknown> => {
			const [done = '', id = ''] = portal.seed(2, {});
			const result = await batch({
				w0: `${TERMINATE}?ID=${done}`,
				w1: `${TERMINATE}?ID=0`,
				w2: `${TERMINATE}?ID=${id}&STATUS=${encodeURIComponent(text)}`,
			});
			expect(result.result).toEqual({ w0: true, w2: true });
			return portal.instance(id).title;
		};

		it.each([...CHANGED_TEXTS])('changes $text to $status', async ({ text, status }) => {
			const title = String(await titleFor(text));
			expect(title.replace(/\d{4}-\d\d-\d\dT\S+$/, '<time>')).toBe(status);
		});

		it.each(KEPT_TEXTS)('keeps %j', async (text) => {
			expect(await titleFor(text)).toBe(text);
		});

		it('leaves a single call alone', async () => {
			for (const { text } of CHANGED_TEXTS) {
				const [id = ''] = portal.seed(1, {});
				await portal.call(TERMINATE, { ID: id, STATUS: text });
				expect(portal.instance(id).title).toBe(text);
			}
		});
	});

	it('damages a command with a raw #, & or +', async () => {
		const [a = '', b = '', c = '', d = ''] = portal.seed(4, {});
		await batch({
			a: `${TERMINATE}?ID=${a}&STATUS=one#two`,
			b: `${TERMINATE}?ID=${b}&STATUS=one&two`,
			c: `${TERMINATE}?ID=${c}&STATUS=one+two`,
			d: `${TERMINATE}?ID=${d}&STATUS=${encodeURIComponent('one#two&three+four %')}`,
		});
		const titles = [a, b, c, d].map((id) => portal.instance(id).title);
		expect(titles).toEqual(['one', 'one', 'one two', 'one#two&three+four %']);
	});

	it.each([TERMINATE, 'bizproc.workflow.kill'])(
		'dies of a workflow whose activity is gone, after the commands before it: %s',
		async (method) => {
			const [before = '', after = ''] = portal.seed(2, {});
			const [gone = ''] = portal.seed(1, { activityGone: true });
			const cmd = Object.fromEntries([before, gone, after].map((id, at) => [`w${at}`, `${method}?ID=${id}`]));
			for (const answer of [
				await portal.call('batch', { cmd, halt: 0 }),
				await portal.call('batch', { cmd, halt: 0 }),
				await portal.call(method, { ID: gone }),
			]) {
				expect(answer.status).toBe(500);
				expect(answer.headers.get('content-type')).toMatch('text/html');
				expect(answer.text).toMatch('<html>');
			}
			expect(portal.instance(before).state).toBe(method === TERMINATE ? 'terminated' : 'killed');
			expect([portal.instance(gone).state, portal.instance(after).state]).toEqual(['running', 'running']);
			expect(portal.counter('crashes')).toBe(3);
			// It is listed like any other.
			expect(await portal.ids('bizproc.workflow.instances', { SELECT: ['ID'] })).toEqual(
				[after, gone].sort(),
			);
		},
	);

	it('answers empty buckets without commands', async () => {
		expect((await batch(undefined)).result).toEqual([]);
	});

	it('checks the outer secret first', async () => {
		const answer = await portal.call('batch', { cmd: { a: 'profile' } }, 'webhookWrongCode');
		expect([answer.status, answer.json.error]).toEqual([403, 'INVALID_CREDENTIALS']);
	});

	it('counts the commands, not the batch, in the operating time and blocks them per key', async () => {
		portal.configure({ operatingCostSeconds: 5, operatingLimitSeconds: 9 });
		const made = portal.seed(3, {});
		const result = await batch(made.map((id) => `${TERMINATE}?ID=${id}`));
		expect(result.result).toEqual([true, true]);
		expect(result.result_error).toEqual([
			{
				error: 'OPERATION_TIME_LIMIT',
				error_description: 'Method is blocked due to operation time limit.',
			},
		]);
		expect(result.result_time[1].operating).toBe(10);
		expect((await batch({ a: 'profile' })).result.a.ID).toBe('1');
	});
});
