import { OTHER_ACCOUNT } from './accounts.ts';
import type { Json, JsonObject } from '../../core/emulator.ts';
import type { DefinitionVersion } from './model.ts';

/** The definition that seeding uses when none is named. */
export const DELAYED_REPLY = '5870442f-3ddd-4657-b74c-6e17308f5230';
export const FEEDBACK = '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8';

const CREATED_AT = Date.UTC(2021, 6, 12, 4, 49, 30, 270);

function send(id: string, text: string): JsonObject {
	return {
		id,
		stepType: 'ChatAppsMessage',
		inputs: {
			subAccountId: '8x8_subaccount_id',
			user: { msisdn: '{{data.payload.user.msisdn}}' },
			type: 'text',
			content: { text },
		},
	};
}

/** A step that greets, as in the documentation's samples. */
export function greeting(text: string): Json[] {
	return [send('step1', text)];
}

const delayed: Json[] = [
	{ id: 'step1', stepType: 'Wait', inputs: { duration: '00:02:00' }, nextStepId: 'step2' },
	send('step2', 'Hello, world!'),
];

/** A definition version with everything that is not stated filled in. */
export function definitionVersion(
	given: Partial<DefinitionVersion> & Pick<DefinitionVersion, 'accountId' | 'id'>,
): DefinitionVersion {
	return {
		subAccountId: given.accountId === OTHER_ACCOUNT ? '8x8_test_subaccount' : 'test_subaccount_id',
		trigger: 'inbound_chat_apps',
		status: 'enabled',
		createdAt: CREATED_AT,
		name: 'Send automatic reply',
		version: 1,
		steps: greeting('Hello, world!'),
		deleteAt: Infinity,
		...given,
	};
}

/** The definitions after a reset. Those of the other account are the sample of the definition list. */
export function defaultDefinitions(accountId: string): DefinitionVersion[] {
	if (accountId === OTHER_ACCOUNT) {
		return [
			definitionVersion({ accountId, id: 'ae54eaf1-b86d-43c5-8982-2818f9bbe52c' }),
			definitionVersion({
				accountId,
				id: 'ae54eaf1-b86d-43c5-8982-2818f9bbe52d',
				name: 'Send automatic reply with a delay',
				trigger: 'inbound_sms',
				steps: delayed,
			}),
		];
	}
	const both = (id: string, name: string): DefinitionVersion[] =>
		[1, 2].map((version) => definitionVersion({ accountId, id, name, version, steps: delayed }));
	return [...both(DELAYED_REPLY, 'Send automatic reply with a delay'), ...both(FEEDBACK, 'Ask for feedback')];
}
