import type { JsonObject } from '../../core/emulator.ts';
import { basicPair } from '../../core/masking.ts';
import type { EmulatorSubject } from '../../emulatorSuite.ts';
import { idsIn, useEightByEight } from './client.ts';

const PAGE_SIZE = 2;
const OLDER = '60dbe307fe55d99fc083db61';
const SUSPENDED = '60dbe307fe55d99fc083db62';
const NEWEST = '60dbe307fe55d99fc083db63';
const UNKNOWN = '2aa9465e-dec7-4c3e-8fa6-bd168af9eaca';

const queryOf = (query: JsonObject): string =>
	`?${Object.entries(query)
		.map(([name, value]) => `${name}=${String(value)}`)
		.join('&')}`;
const refused = (status: number, code: number): object => ({ status, json: { code } });

/** 8x8 for the suite that all emulators share. */
export const eightByEight: EmulatorSubject = {
	start: () => {
		const { vendor, get, list, command } = useEightByEight();
		const pageOf = (page: number): JsonObject => ({
			limit: PAGE_SIZE,
			offset: vendor.emulator.switches()['offsetMode'] === 'item' ? page * PAGE_SIZE : page,
		});
		return {
			emulator: vendor,
			terminate: async (id, as) => await command(id, 'terminate', as === undefined ? {} : { as }),
			ask: async (as) => await list('', undefined, as === undefined ? {} : { as }),
			list: async (query, page) =>
				idsIn(await list(queryOf(page === undefined ? query : { ...query, ...pageOf(page) }))),
			spend: async () => {
				const key = 'sandbox-api-key-1';
				await get(`/definitions?key=${key}`);
				const basic = basicPair('test_account_id', key);
				return { secrets: [key, 'sandbox-api-key-wrong', basic], shown: ['"Bearer ***"', 'key=***'] };
			},
		};
	},
	command: { method: 'PATCH' },
	commandCounter: 'terminates',
	defaults: { offsetMode: 'page', keyDisabled: false, changesPerPage: 1 },
	change: { offsetMode: 'item', listDisabled: true },
	wrongSwitches: [
		[{ offsetMode: 'pages' }, 'offsetMode cannot be "pages": it takes "page" | "item"'],
		[{ notEnabled: 401 }, 'notEnabled cannot be 401'],
		[{ deleteDelayMs: -1 }, 'deleteDelayMs cannot be -1'],
		[{ frozenAt: 'now' }, 'frozenAt cannot be "now": it takes an ISO 8601 time, or null'],
		[{ changesPerPage: 0 }, 'changesPerPage'],
		[{ changesPerPage: 1.5 }, 'changesPerPage'],
		[{ changesPerPage: '2' }, 'changesPerPage'],
		[{ dropFilters: ['colour'] }, 'dropFilters'],
	],
	wrongSeeds: [
		[{ state: 'Running' }, 'state cannot be "Running"'],
		[{ definitionId: UNKNOWN }, 'no definition'],
		[{ version: 7 }, 'no definition'],
		[{ ids: ['short'] }, '24 hex digits'],
		[{ ids: [] }, '1 IDs are needed, 0 were given'],
		[{ accountId: 'nobody' }, 'accountId cannot be "nobody"'],
		[{ startedAt: 'soon' }, 'ISO 8601'],
		[{ completedAt: '2024-01-08T02:10:34Z' }, 'no end time'],
		[{ errors: [{ nonsense: 1 }] }, 'errors cannot be [{"nonsense":1}]'],
		[{ definition: {} }, 'definition cannot be {}: it takes { id, name?'],
		[{ definitions: [{ name: 'without an ID' }] }, 'definitions'],
		[{ definitions: {} }, 'definitions'],
		[{ definitions: [{ id: UNKNOWN, colour: 'red' }] }, 'definitions'],
		[{ data: 'text' }, 'data cannot be "text": it takes an object'],
	],
	taken: [OLDER, `${OLDER} exists already`],
	strangers: [
		['wrongKey', { list: refused(401, 1200), command: refused(401, 1200) }],
		['disabledKey', { list: refused(401, 1200), command: refused(401, 1200) }],
		['foreignAccount', { list: refused(403, 1201), command: refused(403, 1201) }],
	],
	overlooked: {
		seeds: [
			{ ids: [OLDER], startedAt: '2024-01-01T00:00:00Z', version: 1 },
			{ ids: [SUSPENDED], startedAt: '2024-01-02T00:00:00Z', state: 'Suspended' },
			{ ids: [NEWEST], startedAt: '2024-01-03T00:00:00Z' },
		],
		cases: [
			[['status'], { status: 'Suspended' }, [SUSPENDED], [NEWEST, SUSPENDED]],
			[['startTimeFrom'], { startTimeFrom: '2024-01-03' }, [NEWEST], [NEWEST, SUSPENDED]],
			[['startTimeTo'], { startTimeTo: '2024-01-02' }, [SUSPENDED], [NEWEST, SUSPENDED]],
			[['version'], { version: 1 }, [OLDER], [NEWEST, SUSPENDED, OLDER]],
			[['version'], { version: 2 }, [NEWEST, SUSPENDED], [NEWEST, SUSPENDED, OLDER]],
			[['version'], { version: 7 }, [], [NEWEST, SUSPENDED, OLDER]],
			[['version'], { version: 1, status: 'Suspended' }, [], [SUSPENDED]],
			[['*'], { version: 1, status: 'Suspended' }, [], [NEWEST, SUSPENDED, OLDER]],
		],
		secondPage: { query: { version: 1 }, expected: [OLDER] },
	},
	ending: {
		seed: {},
		query: { status: 'Runnable' },
		pageSize: PAGE_SIZE,
		ended: 2,
		ways: ['page', 'item'].map((offsetMode) => ({ offsetMode, betweenPages: 'finish', changesPerPage: 2 })),
		newestFirst: true,
	},
};
