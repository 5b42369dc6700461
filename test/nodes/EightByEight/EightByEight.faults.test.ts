import { describeFaults } from '../../engine/faultMatrix';
import { terminate } from './subject';

describe('8x8: Terminate', () => describeFaults(terminate));

/** With so many versions a list would take as many requests as asking about each of the six. */
const manyVersions = {
	...terminate,
	seed: { ...terminate.seed, definitions: [{ id: terminate.extra['definitionId'] as string, version: 3 }] },
};

// What cannot be read before the command is never taken for a state that fits.
describe('8x8: Terminate, the look before', () =>
	describeFaults(manyVersions, { name: 'the look before', method: 'GET', path: '/workflows/' }));

const ONE_VERSION = '0b6d4a9e-1111-4222-8333-444455556666';

/** Three requests: the versions, the running ones, the suspended ones. */
const listed = {
	...terminate,
	parameters: { ...terminate.parameters, definitionId: { __rl: true, mode: 'id', value: ONE_VERSION } },
	seed: { definition: { id: ONE_VERSION, version: 1 } },
	grouped: {
		parameters: {},
		seed: (group: string) => (group === 'PRJ-A' ? {} : { state: 'Suspended' }),
	},
};

// A list that fails, or half of it, is no answer about anything.
describe('8x8: Terminate, the list of states', () =>
	describeFaults(listed, { name: 'the list of states', method: 'GET', path: '?limit=', speed: 100 }));
