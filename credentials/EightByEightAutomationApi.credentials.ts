import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { ACCOUNT_HINT, BY_STATUS } from '../nodes/EightByEight/api/errors';
import { connection } from '../nodes/EightByEight/connection';
import { IGNORE_CERTIFICATES, ignoreCertificates } from '../nodes/core/n8n/transport/certificates';
import { asText } from '../nodes/core/util/json';
import { capitalise } from '../nodes/core/util/text';

const NOT_THE_LIST =
	'The response is not the list of definitions that the Automation API returns. Check the Base URL; a login page or a proxy may have answered instead of 8x8.';

const NOT_FOUND = `8x8 does not know this account, or the Base URL does not belong to the Automation API. ${ACCOUNT_HINT}`;

const REDIRECTED =
	'The address redirects to another one, and redirects are not followed. Check the Base URL; a login page or a proxy may have answered instead of 8x8.';

const BUSY =
	'8x8 is limiting the number of requests at the moment. Test again later; the key itself may be fine.';

const TROUBLE = '8x8 is having trouble at the moment. Test again later; the key itself may be fine.';

/** What is wrong, by the HTTP status. */
const MESSAGES: Readonly<Record<number, string>> = {
	...Object.fromEntries(
		Object.entries(BY_STATUS).map(([status, { reason, hint }]) => [status, `${capitalise(reason)}. ${hint}`]),
	),
	404: NOT_FOUND,
	429: BUSY,
	...Object.fromEntries([301, 302, 303, 307, 308].map((status) => [status, REDIRECTED])),
	...Object.fromEntries([500, 502, 503, 504].map((status) => [status, TROUBLE])),
};

const statusRules = Object.entries(MESSAGES).map(([status, message]): IAuthenticateRuleResponseCode => ({
	type: 'responseCode',
	properties: { value: Number(status), message },
}));

/**
 * Every character that a response may begin with, except for the bracket of a list; undefined for an empty response.
 */
const NO_LIST = [
	undefined,
	'\t',
	'\n',
	'\r',
	...Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)),
].filter((character) => character !== '[');

/**
 * A rule of n8n can fail a test only if one value equals another, and an empty list has no value to compare. So the
 * test reads the response as text, whose first character is under the key 0.
 */
const listRules = NO_LIST.map((value): IAuthenticateRuleResponseSuccessBody => ({
	type: 'responseSuccessBody',
	properties: { key: '0', value, message: NOT_THE_LIST },
}));

export class EightByEightAutomationApi implements ICredentialType {
	name = 'eightByEightAutomationApi';

	displayName = '8x8 Automation API';

	documentationUrl =
		'https://github.com/n8n-nodes-terminate/n8n-nodes-terminate/blob/main/docs/8x8.md#credential';

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
			description: 'The account ID from 8x8 Connect, not the ID of a sub-account such as MyCompany_a1B2c_hq',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'A key from the API Keys page in 8x8 Connect',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://automation.8x8.com',
			description: 'The default is the only host that 8x8 documents; other regions may have their own',
		},
		ignoreCertificates,
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

	// One cheap read that checks the key, the account and whether it is enabled; if there are no definitions, the response
	// is [].
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ ($credentials.baseUrl || "https://automation.8x8.com").trim().replace(/\\/+$/, "") }}',
			url: '=/api/v1/accounts/{{ encodeURIComponent($credentials.accountId.trim()) }}/definitions',
			qs: { limit: 1 },
			encoding: 'text',
			disableFollowRedirect: true,
			skipSslCertificateValidation: IGNORE_CERTIFICATES,
		},
		// n8n checks the type of each rule, but its own type allows only lists of one kind.
		rules: [...statusRules, ...listRules] as IAuthenticateRuleResponseCode[],
	};
}
