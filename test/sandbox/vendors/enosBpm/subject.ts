import { basicPair } from '../../core/masking.ts';
import type { EmulatorSubject } from '../../emulatorSuite.ts';
import { PORTAL, signed, useEnosBpm, VALID } from './client.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const USER_TWO = 'u10000000000000002';

/** EnOS BPM for the suite that all emulators share. */
export const enosBpm: EmulatorSubject = {
	start: () => {
		const { vendor, get, query, ids, terminate, login, choose, appToken } = useEnosBpm();
		const token = (credential = 'accessToken'): string =>
			String(vendor.credential(credential)['accessToken']);
		return {
			emulator: vendor,
			terminate: async (id, credential) => await terminate(id, token(credential)),
			ask: async (credential) => await query({ processStatus: 'inProgress' }, token(credential)),
			list: async (filters, page) =>
				await ids(filters, page === undefined ? {} : { current: page, pageSize: 2 }),
			spend: async () => {
				const { accessToken } = (await login()).json.data;
				const { refreshToken } = (await choose('o10000000000001', accessToken)).json.data;
				await get(`${PORTAL}/token/refresh?refreshToken=${refreshToken}`);
				const application = await appToken();
				await get(`${PORTAL}/session/info`, accessToken, signed(application, [], ''));
				const basic = basicPair('sandbox-account-1', 'sandbox-password-1');
				const fixed = ['sandbox-password-1', 'sandbox-app-secret-1', VALID, basic];
				return {
					secrets: [...fixed, accessToken, refreshToken, application],
					shown: ['refreshToken=***'],
				};
			},
		};
	},
	command: { method: 'POST', path: 'action=delete' },
	commandCounter: 'terminateCalls',
	defaults: { terminate: 'normal', omitTotal: false },
	change: { omitTotal: true },
	wrongSwitches: [
		[{ signature: 'maybe' }, 'cannot be "maybe": it takes "whenSent" | "required" | "ignored"'],
		[{ userTokenLifetimeMs: 0 }, 'whole number from 1'],
		[{ dropFilters: ['colour'] }, 'dropFilters'],
	],
	wrongSeeds: [
		[{ orgId: 'o1' }, 'orgId cannot be "o1"'],
		[{ intervalMs: -1 }, 'intervalMs'],
		[{ ids: ['same', 'same'] }, 'instance same'],
	],
	taken: ['a', 'EnOS BPM already has an instance a'],
	strangers: [
		['expiredAccessToken', { list: { json: { code: 31401 } }, command: { json: { code: 31401 } } }],
		[
			'accessTokenWithoutOrganization',
			{ list: { json: { code: 31512 } }, command: { json: { code: 31512 } } },
		],
		['accessTokenWithoutRight', { command: { json: { code: 33403 } } }],
	],
	overlooked: {
		seeds: [
			{ ids: ['a'], name: 'Leave', createdTime: START },
			{ ids: ['b'], name: 'Travel', createdTime: START + DAY_MS, startedBy: USER_TWO },
			{ ids: ['c'], name: 'Travel', createdTime: START + 2 * DAY_MS },
			{ ids: ['d'], name: 'Travel', state: 'completed', createdTime: START },
		],
		cases: [
			[['processName'], { processName: 'Leave' }, ['a'], ['a', 'b', 'c']],
			[['startBy'], { startBy: USER_TWO }, ['b'], ['a', 'b', 'c']],
			[['processInstanceId'], { processInstanceId: 'c' }, ['c'], ['a', 'b', 'c']],
			[['startedAfter'], { startedAfter: START }, ['b', 'c'], ['a', 'b', 'c']],
			[['startedBefore'], { startedBefore: START + DAY_MS }, ['a'], ['a', 'b', 'c']],
			[['processStatus'], { processName: 'Travel' }, ['b', 'c'], ['b', 'c', 'd']],
			[['*'], { processName: 'Leave', startBy: USER_TWO }, [], ['a', 'b', 'c', 'd']],
		],
		secondPage: { query: {}, expected: ['c', 'd'] },
	},
	ending: {
		seed: { createdTime: START, intervalMs: 1000 },
		query: {},
		pageSize: 2,
		ended: 2,
		ways: [{ finishPerPage: 2 }],
		unasked: { other: { name: 'Leave' }, asked: { name: 'Travel' }, query: { processName: 'Travel' } },
	},
};
