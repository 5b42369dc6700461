import type { JsonObject } from '../../core/emulator.ts';
import { basicPair } from '../../core/masking.ts';
import type { EmulatorSubject } from '../../emulatorSuite.ts';
import { TERMINATE, useUnifier } from './client.ts';

const ALL = ['PL-1', 'PL-2', 'PL-3'];
const eq = (field: string, value: string): JsonObject => ({ field, value, condition_type: 'eq' });
const criteria = (join: string, ...filter: JsonObject[]): JsonObject => ({
	filter_criteria: { join, filter },
});

/** Primavera Unifier for the suite that all emulators share. */
export const unifier: EmulatorSubject = {
	start: () => {
		const { unifier: emulator, ...client } = useUnifier();
		/** The token that a credential carries, or else one from a login. */
		const tokenOf = async (credential = 'accessToken'): Promise<string> => {
			const { accessToken = '' } = emulator.credential(credential);
			return accessToken === '' ? await client.tokenOf(credential) : accessToken;
		};
		return {
			emulator,
			terminate: async (id, credential) => await client.terminate([id], {}, {}, await tokenOf(credential)),
			ask: async (credential) => await client.list({}, undefined, await tokenOf(credential)),
			list: async (body) => await client.numbers(body),
			spend: async () => {
				const token = await client.tokenOf('dollarUser');
				await client.terminateRaw({ options: { bpname: token } }, token);
				const { username = '', password = '' } = emulator.credential('dollarUser');
				const basic = basicPair(username, password);
				return {
					secrets: [password, encodeURIComponent(password), basic, token, client.issued()],
					shown: ['"bpname\\":\\"***'],
				};
			},
		};
	},
	command: { path: TERMINATE },
	commandCounter: 'terminateRequests',
	defaults: { wording: 'sample', deny: [] },
	change: { wording: 'table' },
	wrongSwitches: [
		[{ statusType: 'boolean' }, 'switch statusType cannot be "boolean": it takes "number" | "string"'],
		[{ deny: ['everything'] }, 'switch deny cannot be ["everything"]'],
	],
	wrongSeeds: [
		[{ state: 'open' }, 'state'],
		[{ projects: [{ projectname: 'without a number' }] }, 'projects'],
		[{ projects: [{ projectnumber: 'N', status: 'Open' }] }, 'projects'],
		[{ projects: -1 }, 'projects'],
		[{ bps: [{ projectNumber: 'N' }] }, 'bps'],
		[{ bps: [{ bpName: 'N', colour: 'red' }] }, 'bps'],
		[{ bps: 3 }, 'bps'],
	],
	taken: ['A', 'Unifier already has a record A'],
	strangers: [
		['expiredAccessToken', { list: { status: 401 }, command: { status: 401 } }],
		['withoutRight', { command: { status: 403 } }],
		['withoutGet', { list: { status: 403 } }],
	],
	overlooked: {
		seeds: [
			{ ids: ['PL-1'], fields: { size: 5, due: '12-07-2017' } },
			{ ids: ['PL-2'], status: 'On Hold', fields: { size: 20, due: '13-07-2017' } },
			{ ids: ['PL-3'], fields: { size: 20, due: '13-07-2017' } },
		],
		cases: [
			[['status'], { filter_condition: 'status=On Hold' }, ['PL-2'], ALL],
			[['size'], criteria('AND', eq('size', '20'), eq('status', 'Active')), ['PL-3'], ['PL-1', 'PL-3']],
			[['size'], criteria('OR', eq('size', '5'), eq('status', 'On Hold')), ['PL-1', 'PL-2'], ['PL-2']],
			[['due'], criteria('AND', eq('due', '12-07-2017')), ['PL-1'], ALL],
			[['other'], criteria('AND', eq('size', '5')), ['PL-1'], ['PL-1']],
			[['*'], { filter_condition: 'record_no=PL-1', ...criteria('AND', eq('size', '20')) }, [], ALL],
			[['*'], criteria('AND'), [], ALL],
			[['*'], { filter_condition: 'status' }, ALL, ALL],
		],
	},
};
