import { CredentialError, LoginTrouble } from '../../../../nodes/core/connection/credentialError';
import {
	restoreSession,
	sessionKey,
	Sessions,
	storeSession,
} from '../../../../nodes/core/connection/sessions';
import type { Session } from '../../../../nodes/core/connection/sessions';

describe('Sessions', () => {
	let now = 0;
	/** What the clock on the wall is off by; it may jump. */
	let wallOffset = 0;
	let sessions: Sessions;
	let logins: number;

	const session = (token: string, expiresAt?: number): Session => ({
		token,
		extra: {},
		obtainedAt: now,
		...(expiresAt !== undefined && { expiresAt }),
	});

	beforeEach(() => {
		now = 1_000_000;
		logins = 0;
		wallOffset = 0;
		sessions = new Sessions({ wallTime: () => now + wallOffset, now: () => now });
	});

	const login = async (): Promise<Session> => {
		logins += 1;
		const token = `token-${logins}`;
		await new Promise((resolve) => setTimeout(resolve, 5));
		return session(token);
	};

	it('logs in once for all who ask at the same time', async () => {
		const all = await Promise.all(
			Array.from({ length: 50 }, async () => await sessions.obtain('k', '', login)),
		);
		expect(new Set(all.map(({ token }) => token))).toEqual(new Set(['token-1']));
		expect(logins).toBe(1);
	});

	it('gives the session at hand to those who come later without any', async () => {
		await sessions.obtain('k', '', login);
		now += 3_600_000;
		await expect(sessions.obtain('k', '', login)).resolves.toMatchObject({ token: 'token-1' });
		expect(logins).toBe(1);
	});

	it('logs in anew for one whose newest token was refused', async () => {
		const { token } = await sessions.obtain('k', '', login);
		await expect(sessions.obtain('k', token, login)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('gives the newest to a straggler that comes back with an older token', async () => {
		await sessions.obtain('k', '', login);
		await sessions.obtain('k', 'token-1', login);
		await expect(sessions.obtain('k', 'token-1', login)).resolves.toMatchObject({ token: 'token-2' });
		expect(logins).toBe(2);
	});

	it('does not trust an old session of its own over a foreign token that was refused just now', async () => {
		await sessions.obtain('k', '', login);
		now += 120_000;
		await expect(sessions.obtain('k', 'token-of-another-worker', login)).resolves.toMatchObject({
			token: 'token-2',
		});
	});

	it('keeps credentials apart', async () => {
		await sessions.obtain('k', '', login);
		await expect(sessions.obtain('other', '', login)).resolves.toMatchObject({ token: 'token-2' });
		expect(sessions.newest('k')?.token).toBe('token-1');
		expect(sessions.newest('nobody')).toBeUndefined();
	});

	it('drops a session when its time is over', async () => {
		await sessions.obtain('k', '', async () => session('short', now + 1000));
		expect(sessions.newest('k')?.token).toBe('short');
		now += 1000;
		expect(sessions.newest('k')).toBeUndefined();
		await expect(sessions.obtain('k', '', login)).resolves.toMatchObject({ token: 'token-1' });
	});

	it('does not repeat a refused login right away, and does later', async () => {
		const refused = jest.fn(
			async (): Promise<Session> => await Promise.reject(new CredentialError('wrong password', 'Fix it.')),
		);
		const results = await Promise.allSettled(
			Array.from({ length: 20 }, async () => await sessions.obtain('k', '', refused)),
		);
		expect(results.every(({ status }) => status === 'rejected')).toBe(true);
		await expect(sessions.obtain('k', '', refused)).rejects.toThrow('wrong password');
		expect(refused).toHaveBeenCalledTimes(1);
		// However the clock on the wall is set meanwhile.
		wallOffset = 3_600_000;
		now += 9_999;
		await expect(sessions.obtain('k', '', refused)).rejects.toThrow('wrong password');
		expect(refused).toHaveBeenCalledTimes(1);
		wallOffset = -3_600_000;
		now += 2;
		await expect(sessions.obtain('k', '', login)).resolves.toMatchObject({ token: 'token-1' });
	});

	it('shares a login that failed for a passing reason with those in line, not with what begins later', async () => {
		const busy = jest.fn(
			async (): Promise<Session> => await Promise.reject(new LoginTrouble('busy', 'Wait.', { attempts: 5 })),
		);
		const since = now;
		const inLine = async (): Promise<void> =>
			await expect(sessions.obtain('k', '', busy, { since })).rejects.toThrow('busy');
		now += 20_000;
		await Promise.all(Array.from({ length: 300 }, inLine));
		now += 1;
		await inLine();
		expect(busy).toHaveBeenCalledTimes(1);
		await expect(sessions.obtain('k', '', busy, { since: now })).rejects.toThrow('busy');
		await expect(sessions.obtain('k', '', busy)).rejects.toThrow('busy');
		expect(busy).toHaveBeenCalledTimes(3);
		now += 10_000;
		await inLine();
		expect(busy).toHaveBeenCalledTimes(4);
	});

	it('does not remember an exception of any other kind', async () => {
		const broken = async (): Promise<Session> => await Promise.reject(new TypeError('a bug'));
		await expect(sessions.obtain('k', '', broken)).rejects.toThrow('a bug');
		await expect(sessions.obtain('k', '', login)).resolves.toMatchObject({ token: 'token-1' });
	});

	it('tells a login whether anybody still waits for it', async () => {
		const wanted: boolean[] = [];
		let isWanted = true;
		const watched = async (stillWanted: () => boolean): Promise<Session> => {
			wanted.push(stillWanted());
			isWanted = false;
			wanted.push(stillWanted());
			return await login();
		};
		await sessions.obtain('k', '', watched, { isWanted: () => isWanted });
		expect(wanted).toEqual([true, false]);
	});

	it('calls a session recent for a minute, by the clock that never goes back', async () => {
		const own = await sessions.obtain('k', '', login);
		wallOffset = -3_600_000;
		now += 59_999;
		expect(sessions.isRecent('k', own)).toBe(true);
		now += 1;
		expect(sessions.isRecent('k', own)).toBe(false);
	});

	it('can judge the session of another process by the time of day only', () => {
		const foreign = { token: 'foreign', extra: {}, obtainedAt: now };
		now += 59_999;
		expect(sessions.isRecent('k', foreign)).toBe(true);
		now += 1;
		expect(sessions.isRecent('k', foreign)).toBe(false);
		expect(sessions.isRecent('k', { ...foreign, obtainedAt: now + 1 })).toBe(false);
	});

	it('forgets the oldest credentials rather than grow without end', async () => {
		for (let index = 0; index < 501; index++) {
			await sessions.obtain(`k${index}`, '', async () => session(`t${index}`));
		}
		expect(sessions.newest('k0')).toBeUndefined();
		expect(sessions.newest('k500')?.token).toBe('t500');
	});
});

describe('a stored session', () => {
	const key = sessionKey(['https://host.example', 'user', 'password']);

	it('comes back for the same settings only', () => {
		const stored = storeSession(key, { token: 't', extra: { tenant: 'x' }, obtainedAt: 3, expiresAt: 5 });
		expect(restoreSession(key, stored)).toMatchObject({
			token: 't',
			extra: { tenant: 'x' },
			obtainedAt: 3,
			expiresAt: 5,
		});
		expect(restoreSession(sessionKey(['https://host.example', 'user', 'changed']), stored)).toBeUndefined();
	});

	it.each([
		'',
		undefined,
		17,
		{ token: 't' },
		'{',
		'"text"',
		'null',
		'{"key":"x","token":"t"}',
		JSON.stringify({ key: sessionKey(['https://host.example', 'user', 'password']) }),
		JSON.stringify({ key: sessionKey(['https://host.example', 'user', 'password']), token: 7 }),
	])('is none when it cannot be read: %p', (stored) => {
		expect(restoreSession(key, stored)).toBeUndefined();
	});

	it.each<[string, object]>([
		['no extra', { extra: undefined }],
		['null for extra', { extra: null }],
		['a list for extra', { extra: ['tenant'] }],
		['a text for extra', { extra: 'tenant' }],
		['a number in extra', { extra: { tenant: 7 } }],
		['an object in extra', { extra: { tenant: {} } }],
		['a line break in extra', { extra: { tenant: 'a\nb' } }],
		['a name in extra that is no header', { extra: { 'x y': 'a' } }],
		['no login time', { obtainedAt: undefined }],
		['a text for the login time', { obtainedAt: '3' }],
		['null for the login time', { obtainedAt: null }],
		['a text for the expiry', { expiresAt: '5' }],
		['null for the expiry', { expiresAt: null }],
		['an object for the expiry', { expiresAt: {} }],
		['an empty token', { token: '' }],
		['a line break in the token', { token: 'a\r\nb' }],
		['an object for the token', { token: { toString: 'x' } }],
		['the fields of another version', { token: undefined, accessToken: 't', version: 2 }],
	])('is none when it has another shape: %s', (_name, change) => {
		const good = { key, token: 't', extra: { tenant: 'x' }, obtainedAt: 3, expiresAt: 5 };
		expect(restoreSession(key, JSON.stringify(good))).toBeDefined();
		expect(restoreSession(key, JSON.stringify({ ...good, ...change }))).toBeUndefined();
	});

	it('is none when it is a list, or names a prototype', () => {
		expect(restoreSession(key, JSON.stringify([key, 't', {}, 3]))).toBeUndefined();
		const text = (extra: string): string => `{"key":"${key}","token":"t","obtainedAt":3,"extra":${extra}}`;
		expect(restoreSession(key, text('{}'))).toBeDefined();
		expect(restoreSession(key, text('{"__proto__":"x"}'))).toBeUndefined();
		expect(restoreSession(key, text('{"__proto__":{"tenant":"x"}}'))).toBeUndefined();
	});

	it('has no fields but those of a session', () => {
		const stored = JSON.stringify({ key, token: 't', extra: {}, obtainedAt: 3, more: 'x' });
		expect(restoreSession(key, stored)).toEqual({ token: 't', extra: {}, obtainedAt: 3 });
	});

	it('has no setting in its key in the clear', () => {
		expect(key).toMatch(/^[0-9a-f]{64}$/);
		expect(sessionKey(['ab', 'c'])).not.toBe(sessionKey(['a', 'bc']));
	});
});
