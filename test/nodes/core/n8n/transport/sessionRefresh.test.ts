import type { ApiResponse } from '../../../../../nodes/core/http/messages';
import type { Connection } from '../../../../../nodes/core/connection/connection';
import { CredentialError } from '../../../../../nodes/core/connection/credentialError';
import type { PreparedOptions } from '../../../../../nodes/core/n8n/transport/requestOptions';
import { sendWithRefresh, sessionRenewal } from '../../../../../nodes/core/n8n/transport/sessionRefresh';

const OPTIONS: PreparedOptions = { url: '/x', ignoreHttpStatusErrors: { ignore: true, except: [401] } };
const CREDENTIALS = { username: 'integration' };

/** n8n, as it treats failing statuses, before a vendor that answers with these ones after another. */
const n8nBefore = (statuses: number[], { knowsExcept = true } = {}) => {
	const modes: unknown[] = [];
	const send = async ({ ignoreHttpStatusErrors: mode }: PreparedOptions): Promise<ApiResponse> => {
		modes.push(mode);
		const isError = (status: number): boolean =>
			mode === false ? status >= 400 : knowsExcept && typeof mode === 'object' && status === 401;
		let status = statuses.shift() ?? 200;
		// It logs in and sends the request again.
		if (status === 401 && isError(status)) status = statuses.shift() ?? 200;
		if (isError(status)) throw Object.assign(new Error(`status ${status}`), { response: { status } });
		return { status, headers: {}, text: '' };
	};
	return { send, modes };
};

const statusOf = async (
	connection: Parameters<typeof sendWithRefresh>[0],
	{ send }: ReturnType<typeof n8nBefore>,
): Promise<unknown> => {
	const delivery = await sendWithRefresh(connection, CREDENTIALS, OPTIONS, send, async () => CREDENTIALS);
	return delivery.kind === 'response' ? delivery.response.status : delivery.fault;
};

describe('a request whose session n8n renews', () => {
	it('is sent once where the answer has nothing to do with the session', async () => {
		const n8n = n8nBefore([500]);
		expect(await statusOf({ refreshStatuses: [401] }, n8n)).toBe(500);
		expect(n8n.modes).toEqual([OPTIONS.ignoreHttpStatusErrors]);
	});

	it('is left to n8n, which renews the session', async () => {
		const n8n = n8nBefore([401, 200]);
		expect(await statusOf({ refreshStatuses: [401] }, n8n)).toBe(200);
		expect(n8n.modes).toHaveLength(1);
	});

	it('is not sent again by us when n8n has renewed the session in vain', async () => {
		const n8n = n8nBefore([401, 401, 200]);
		expect(await statusOf({ refreshStatuses: [401] }, n8n)).toBe(401);
		expect(n8n.modes).toHaveLength(1);
	});

	it('goes once more, with a refusal as an error, where n8n has handed the refusal over', async () => {
		const n8n = n8nBefore([401, 401, 200], { knowsExcept: false });
		expect(await statusOf({ refreshStatuses: [401] }, n8n)).toBe(200);
		expect(n8n.modes).toEqual([OPTIONS.ignoreHttpStatusErrors, false]);
	});

	it('takes a refusal for an answer where there is nothing to renew', async () => {
		const n8n = n8nBefore([401], { knowsExcept: false });
		expect(await statusOf({ refreshStatuses: [] }, n8n)).toBe(401);
		expect(n8n.modes).toHaveLength(1);
	});
});

describe('a request whose session another process may void', () => {
	const shared = () => {
		const rounds: number[] = [];
		const awaitOtherLogin = async (_credentials: unknown, round: number): Promise<boolean> => {
			rounds.push(round);
			return true;
		};
		return { connection: { refreshStatuses: [401], awaitOtherLogin }, rounds };
	};

	it('looks for the session of the other process before n8n may log in', async () => {
		const { connection, rounds } = shared();
		const n8n = n8nBefore([401, 200]);
		expect(await statusOf(connection, n8n)).toBe(200);
		expect(n8n.modes).toEqual([true, OPTIONS.ignoreHttpStatusErrors]);
		expect(rounds).toEqual([1]);
	});

	it('does not wait where nothing was refused', async () => {
		const { connection, rounds } = shared();
		expect(await statusOf(connection, n8nBefore([403]))).toBe(403);
		expect(rounds).toEqual([]);
	});

	it('looks again when the other process has voided what n8n has just got', async () => {
		const { connection, rounds } = shared();
		expect(await statusOf(connection, n8nBefore([401, 401, 401, 200]))).toBe(200);
		expect(rounds).toEqual([1, 2]);
	});

	it('gives up after three rounds', async () => {
		const { connection, rounds } = shared();
		expect(await statusOf(connection, n8nBefore(Array<number>(20).fill(401)))).toBe(401);
		expect(rounds).toEqual([1, 2, 3]);
	});

	it('is renewed by older n8n too', async () => {
		const { connection } = shared();
		const n8n = n8nBefore([401, 401, 401, 200], { knowsExcept: false });
		expect(await statusOf(connection, n8n)).toBe(200);
		expect(n8n.modes).toEqual([true, OPTIONS.ignoreHttpStatusErrors, false]);
	});

	it('stays refused where n8n has no session to renew', async () => {
		const n8n = n8nBefore([401, 200]);
		const pasted = { refreshStatuses: [401], awaitOtherLogin: async () => false };
		expect(await statusOf(pasted, n8n)).toBe(401);
		expect(n8n.modes).toEqual([true]);
	});
});

describe('a renewal after a refusal that n8n does not see', () => {
	const renewalBy = (renew?: Connection['renew']) =>
		sessionRenewal({ ...(renew && { renew }) } as Connection, CREDENTIALS);

	it('is not offered where the connection has none', () => {
		expect(renewalBy()).toEqual({});
	});

	it('is told the round, and may be had three times for one request', async () => {
		const rounds: number[] = [];
		const renewal = renewalBy(async (_credentials, round) => void rounds.push(round));
		expect(renewal.renewals).toBe(3);
		expect([await renewal.renew?.(1), await renewal.renew?.(2), rounds]).toEqual([
			undefined,
			undefined,
			[1, 2],
		]);
	});

	it.each([
		[new CredentialError('The field is empty', 'Fill it in.'), 'the field is empty', 'Fill it in.'],
		[new Error('odd'), 'the session expired and could not be renewed', 'Test the credential.'],
	])('ends the run where it rejects with %p', async (error, reason, hint) => {
		const fault = await renewalBy(async () => await Promise.reject(error)).renew?.(1);
		expect(fault).toMatchObject({ reason, hint, stopsRun: true, maybeSent: false });
	});
});
