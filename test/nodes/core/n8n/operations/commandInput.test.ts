import { CONFIGURATION, CREDENTIAL } from '../../../../../nodes/core/http/cause';
import { CredentialError } from '../../../../../nodes/core/connection/credentialError';
import { readItem, unreadableItem } from '../../../../../nodes/core/n8n/operations/commandInput';
import type { CommandDefinition } from '../../../../../nodes/core/n8n/operations/commandOperation';
import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';
import { readRequiredText } from '../../../../../nodes/core/n8n/parameters/reader';
import { contract } from '../../commands/scripted';
import type { Settings } from '../../commands/scripted';

const definition: CommandDefinition<Settings> = {
	contract,
	identifier: { name: 'thingId', displayName: 'Thing ID' },
	settings: (read) => ({ group: readRequiredText(read('group'), 'Group', 'Say which.') }),
	connection: () => {
		throw new Error('nobody connects here');
	},
};

const reader = (values: Record<string, unknown>) => (name: string) => values[name];

describe('readItem', () => {
	it('makes a target of each ID, all with the settings of their item', () => {
		const read = reader({ thingId: 'a, b,a', group: 'g', options: { maxTargets: 7 } });
		const { targets: found, options } = readItem(definition, read, 3);
		expect(found).toEqual(['a', 'b', 'a'].map((id) => ({ id, item: 3, settings: { group: 'g' } })));
		expect(options.maxTargets).toBe(7);
	});

	it.each([
		['no ID', { group: 'g' }, /'Thing ID' is empty/],
		['a number', { group: 'g', thingId: 5 }, /'Thing ID' received a number/],
		['no settings', { thingId: 'a' }, /'Group' is empty/],
		['an option without a value', { group: 'g', thingId: 'a', options: { dryRun: 'false' } }, /'Dry Run'/],
	])('refuses %s', (_name, values, message) => {
		const read = () => readItem(definition, reader(values), 0);
		expect(read).toThrow(ParameterError);
		expect(read).toThrow(message);
	});
});

describe('unreadableItem', () => {
	it.each([
		[
			'a parameter',
			new ParameterError("The parameter 'X' is empty", 'Fill it.'),
			"The parameter 'X' is empty [item 4]",
			'Fill it.',
		],
		[
			'a credential',
			new CredentialError('The password is wrong', 'Fix it.'),
			'The password is wrong [item 4]',
			'Fix it.',
		],
		[
			'an expression',
			new Error('No path back to node'),
			'The parameters or the credential of this item could not be read [item 4]',
			'No path back to node',
		],
		[
			'anything',
			'a text',
			'The parameters or the credential of this item could not be read [item 4]',
			'Check the expressions in this node and its credential.',
		],
	])('says which item and how to get unstuck: %s', (name, error, message, hint) => {
		expect(unreadableItem(error, 4)).toEqual({
			id: '',
			outcome: 'notSent',
			message,
			hint,
			attempts: 0,
			item: 4,
			extra: {},
			failure: true,
			retryable: false,
			...(name === 'a credential' && { cause: CREDENTIAL }),
			...(name === 'a parameter' && { cause: CONFIGURATION }),
		});
	});
});
