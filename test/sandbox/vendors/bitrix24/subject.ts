import type { JsonObject } from '../../core/emulator.ts';
import { basicPair } from '../../core/masking.ts';
import type { EmulatorSubject } from '../../emulatorSuite.ts';
import { ask } from '../../support.ts';
import { usePortal } from './client.ts';

const TERMINATE = 'bizproc.workflow.terminate';
const INSTANCES = 'bizproc.workflow.instances';
const TEMPLATES = 'bizproc.workflow.template.list';
const TASKS = 'bizproc.task.list';
const PAGE_SIZE = 50;
const ALL_TEMPLATES = ['1', '27', '30', '212', '379', '525'];

const instances = (FILTER: JsonObject): JsonObject => ({ method: INSTANCES, FILTER });
const templates = (FILTER: JsonObject): JsonObject => ({ method: TEMPLATES, FILTER });
const ofUser4 = { method: TASKS, FILTER: { USER_ID: 4, STATUS: 0 } };

/** Bitrix24 for the suite that all emulators share. */
export const bitrix24: EmulatorSubject = {
	start: () => {
		const portal = usePortal();
		return {
			emulator: portal,
			terminate: async (ID, credential) => await portal.call(TERMINATE, { ID }, credential),
			ask: async (credential) => await portal.call(INSTANCES, {}, credential),
			list: async ({ method = INSTANCES, ...body }, page) =>
				await portal.ids(String(method), page === undefined ? body : { ...body, start: page * PAGE_SIZE }),
			spend: async () => {
				const { access_token: token, refresh_token } = portal.tokens();
				const { clientId, clientSecret: secret = '' } = portal.credential('bitrix24BizprocOAuth2Api');
				await portal.call('profile');
				await portal.call('profile', {}, 'webhookWrongCode');
				const headers = { 'x-echo': `Bearer ${token}` };
				await ask(`${portal.origin}/rest/profile?auth=${token}`, { headers });
				await ask(`${portal.origin}/oauth/token/`, {
					method: 'POST',
					body: new URLSearchParams({ client_secret: secret, refresh_token }),
				});
				const basic = basicPair(String(clientId), secret);
				return {
					secrets: ['sandboxcode1', 'sandboxwrongcode', token, refresh_token, secret, basic],
					shown: ['"/rest/1/***/profile"'],
				};
			},
		};
	},
	command: { path: TERMINATE },
	commandCounter: 'terminates',
	defaults: { rateLimit: 'standard', generation: 'new', lang: 'en' },
	change: { lang: 'ru' },
	wrongSwitches: [
		[{ lang: 'de' }, 'switch lang cannot be "de": it takes "en" | "ru"'],
		[{ redirectUri: 'nowhere' }, 'redirectUri'],
		[{ dropFilters: ['colour'] }, 'dropFilters'],
	],
	wrongSeeds: [
		[{ activityGone: 1 }, 'activityGone'],
		[{ startedAt: 'soon' }, 'startedAt'],
		[{ templates: [{ name: 'no ID' }] }, 'templates'],
		[{ templates: [{ id: 1, colour: 'red' }] }, 'templates'],
		[{ templates: [{ id: '1' }] }, 'templates'],
		[{ templates: 'all' }, 'templates'],
	],
	taken: ['a', 'Bitrix24 already has a workflow a'],
	strangers: [
		[
			'webhookNotAdmin',
			{ list: { status: 403 }, command: { status: 403, json: { error: 'ACCESS_DENIED' } } },
		],
		[
			'webhookNoScope',
			{ list: { json: { error: 'insufficient_scope' } }, command: { json: { error: 'insufficient_scope' } } },
		],
		['webhookWrongCode', { list: { status: 403 }, command: { json: { error: 'INVALID_CREDENTIALS' } } }],
	],
	overlooked: {
		seeds: [
			{
				ids: ['a'],
				templateId: 212,
				documentId: 'DEAL_7',
				startedAt: '2024-05-01T00:00:00Z',
				modifiedAt: '2024-06-01T00:00:00Z',
				tasks: 1,
				taskUserId: 1,
			},
			{ ids: ['b'], templateId: 1, startedBy: 4, startedAt: '2024-05-02T00:00:00Z', tasks: 1, taskUserId: 4 },
			{ ids: ['c'], templateId: 27, startedAt: '2025-05-02T00:00:00Z', tasks: 1, taskUserId: 5 },
		],
		cases: [
			[['TEMPLATE_ID'], instances({ TEMPLATE_ID: 212 }), ['a'], ['a', 'b', 'c']],
			[['TEMPLATE_ID'], instances({ '!TEMPLATE_ID': 212, DOCUMENT_ID: 'DEAL_7' }), [], ['a']],
			[
				['STARTED'],
				instances({ '<STARTED': '2025-01-01T00:00:00Z', '>STARTED': '2024-01-01T00:00:00Z' }),
				['a', 'b'],
				['a', 'b', 'c'],
			],
			[
				['MODIFIED'],
				instances({ '>MODIFIED': '2024-05-31T23:59:59Z', '<=MODIFIED': '2024-06-01T00:00:00Z' }),
				['a'],
				['a', 'b', 'c'],
			],
			[['ENTITY'], instances({ TEMPLATE_ID: 212 }), ['a'], ['a']],
			[['*'], instances({ TEMPLATE_ID: 1, STARTED_BY: 5 }), [], ['a', 'b', 'c']],
			[['NAME'], templates({ NAME: '%deal%' }), ['212'], ALL_TEMPLATES],
			[['*'], templates({ '=name': 'Approve deal' }), ['212'], ALL_TEMPLATES, { generation: 'docs2026' }],
			// An administrator sees everybody's tasks.
			[['USER_ID'], ofUser4, ['880'], ['879', '880', '881']],
		],
	},
	ending: {
		seed: { startedAt: '2024-05-01T00:00:00Z', intervalMs: 1000 },
		query: {},
		pageSize: PAGE_SIZE,
		ended: 10,
		ways: [{ finishPerPage: 10 }],
		unasked: {
			other: { templateId: 1 },
			asked: { templateId: 212 },
			query: instances({ TEMPLATE_ID: 212 }),
		},
	},
};
