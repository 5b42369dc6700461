import {
	restoreSession,
	sessionKey,
	Sessions,
	storeSession,
} from '../../../../nodes/core/connection/sessions';
import type { Session } from '../../../../nodes/core/connection/sessions';

describe('Sessions', () => {
	let now = 0;
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
		sessions = new Sessions(() => now);
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
		const refused = jest.fn(async (): Promise<Session> => await Promise.reject(new Error('wrong password')));
		const results = await Promise.allSettled(
			Array.from({ length: 20 }, async () => await sessions.obtain('k', '', refused)),
		);
		expect(results.every(({ status }) => status === 'rejected')).toBe(true);
		await expect(sessions.obtain('k', '', refused)).rejects.toThrow('wrong password');
		expect(refused).toHaveBeenCalledTimes(1);
		now += 10_001;
		await expect(sessions.obtain('k', '', login)).resolves.toMatchObject({ token: 'token-1' });
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

	it('has no setting in its key in the clear', () => {
		expect(key).toMatch(/^[0-9a-f]{64}$/);
		expect(sessionKey(['ab', 'c'])).not.toBe(sessionKey(['a', 'bc']));
	});
});
