import type { IHttpRequestOptions } from 'n8n-workflow';

import { LoginTrouble } from '../../../../../nodes/core/connection/credentialError';
import { attemptsAfter, LoginClient, repetitionAfter } from '../../../../../nodes/core/n8n/transport/login';
import type { TransportResult } from '../../../../../nodes/core/http/transport';
import { AbandonedError } from '../../../../../nodes/core/util/abandoned';
import { VirtualClock } from '../../virtualClock';

const OPTIONS = { method: 'GET', url: 'https://x.example', headers: {} } as const;

const status = (statusCode: number, headers = {}): object => ({ statusCode, headers, body: '' });

/** Takes every failing status for passing trouble. */
const read = (result: TransportResult): string => {
	if (result.kind === 'fault') {
		throw new LoginTrouble('no way', 'Look.', { attempts: attemptsAfter(result.fault) });
	}
	if (result.response.status === 401) throw new Error('refused');
	if (result.response.status !== 200)
		throw new LoginTrouble('busy', 'Wait.', repetitionAfter(result.response));
	return 'session';
};

describe('a call of a login', () => {
	let clock: VirtualClock;
	let asked: number;

	beforeEach(() => {
		clock = new VirtualClock();
		asked = 0;
	});

	/** A login server that answers from a list, and then for ever with the last. */
	const login = async (answers: object[], isWanted?: () => boolean, tookMs = 0): Promise<string> => {
		const client = new LoginClient(
			async () => {
				const answer = answers[Math.min(asked, answers.length - 1)];
				asked += 1;
				if (tookMs > 0) await clock.sleep(tookMs);
				if (answer instanceof Error) throw answer;
				return answer;
			},
			isWanted,
			clock,
		);
		// The virtual clock takes work that does not fail.
		const [end] = await clock.finish(Promise.allSettled([client.ask(() => OPTIONS, read)]));
		return end.status === 'fulfilled' ? end.value : await Promise.reject(end.reason as Error);
	};

	const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });

	it.each<[string, object[]]>([
		['503', [status(503), status(503), status(503), status(503), status(200)]],
		['a reset', [reset, status(200)]],
		['a server that is restarted', [Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), status(200)]],
	])('waits %s out', async (_name, answers) => {
		await expect(login(answers)).resolves.toBe('session');
		expect(asked).toBe(answers.length);
	});

	it('takes 30 seconds at most, whatever the vendor', async () => {
		const request = jest.fn(async (_options: IHttpRequestOptions) => await Promise.resolve(status(200)));
		await new LoginClient(request).ask(() => OPTIONS, read);
		expect(request.mock.calls[0]?.[0]).toMatchObject({ timeout: 30_000 });
	});

	it('waits longer each time', async () => {
		await expect(login([status(503)])).rejects.toThrow('busy');
		expect(asked).toBe(5);
		expect(clock.elapsed()).toBe(1000 + 2000 + 4000 + 8000);
	});

	it.each([
		['10', 10_000],
		['0', 1000],
		['119', 119_000],
	])('waits as long as the server asks (%s s), and never less than by itself', async (seconds, waited) => {
		await expect(login([status(429, { 'retry-after': seconds }), status(200)])).resolves.toBe('session');
		expect(clock.elapsed()).toBe(waited);
	});

	it('does not wait for two minutes', async () => {
		await expect(login([status(503, { 'retry-after': '121' })])).rejects.toThrow('busy');
		expect([asked, clock.elapsed()]).toEqual([1, 0]);
	});

	it('begins no attempt after a minute: a silent server costs two', async () => {
		const timeout = Object.assign(new Error('slow'), { code: 'ECONNABORTED' });
		await expect(login([timeout], undefined, 30_000)).rejects.toThrow('no way');
		expect([asked, clock.elapsed()]).toEqual([2, 61_000]);
	});

	it('finds out quickly about a server that is down, at once about one that does not exist', async () => {
		await expect(login([Object.assign(new Error('no'), { code: 'EAI_AGAIN' })])).rejects.toThrow('no way');
		expect(asked).toBe(3);
		asked = 0;
		await expect(login([Object.assign(new Error('no'), { code: 'ENOTFOUND' })])).rejects.toThrow('no way');
		expect(asked).toBe(1);
	});

	it('is not repeated when the account was refused', async () => {
		await expect(login([status(401)])).rejects.toThrow('refused');
		expect(asked).toBe(1);
	});

	it('is not begun when nobody wants it', async () => {
		await expect(login([status(200)], () => false)).rejects.toThrow(AbandonedError);
		expect(asked).toBe(0);
	});

	it('is not repeated when nobody waits for it any more, and does not wait to find out', async () => {
		await expect(login([status(503, { 'retry-after': '60' })], () => clock.elapsed() < 1)).rejects.toThrow(
			AbandonedError,
		);
		expect([asked, clock.elapsed()]).toEqual([1, 500]);
	});
});
