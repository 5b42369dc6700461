import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { connection } from '../nodes/EightByEight/connection';
import { asText } from '../nodes/core/util/json';

export class EightByEightAutomationApi implements ICredentialType {
	name = 'eightByEightAutomationApi';

	displayName = '8x8 Automation API';

	documentationUrl = 'https://developer.8x8.com/connect/docs/authentication';

	icon: Icon = {
		light: 'file:../nodes/EightByEight/eightByEight.svg',
		dark: 'file:../nodes/EightByEight/eightByEight.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. MyCompany_a1B2c',
			description: 'The account ID from 8x8 Connect, not the ID of a sub-account',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'A key from the API Keys page of 8x8 Connect',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://automation.8x8.com',
			description: 'The only documented host is the default one; other regions may have their own',
		},
	];

	// Throws a readable error for an invalid address; n8n's test by itself would show only a code.
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		connection.baseUrl(credentials);
		return {
			...requestOptions,
			headers: {
				...requestOptions.headers,
				Authorization: `Bearer ${asText(credentials['apiKey']) ?? ''}`,
			},
		};
	}

	// One cheap read that checks the key, the account and whether it is enabled; without definitions the answer is [].
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ ($credentials.baseUrl || "https://automation.8x8.com").trim().replace(/\\/+$/, "") }}',
			url: '=/api/v1/accounts/{{ encodeURIComponent($credentials.accountId.trim()) }}/definitions',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'8x8 did not accept the API key. Use a key from the API Keys page of 8x8 Connect that is not disabled.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API key has no access to this account. Check the account ID (a sub-account ID does not fit), and whether 8x8 has enabled the account for the Automation API.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'The address answered, but not as the Automation API. Check Base URL and Account ID.',
				},
			},
		],
	};
}
