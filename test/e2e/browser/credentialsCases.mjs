/**
 * One credential type as a user sees it.
 *
 * @typedef {object} Type
 * @property {string} vendor the name of the vendor in the sandbox
 * @property {string} search the text that a user types to find it
 * @property {string} type its name in the list
 * @property {Record<string, string>} labels the label of each field, in order, by the name of the field
 * @property {Way[]} ways the ways to log in
 * @property {Refusal[]} refusals
 *
 * @typedef {object} Way
 * @property {string} [option] the value of Authentication
 * @property {string[]} shown the labels of the visible fields, in order; a star marks the required ones
 * @property {string[]} variants the names of the credential data in the sandbox that have to work
 *
 * @typedef {object} Refusal
 * @property {string} what the name of the case
 * @property {string} variant the name of the credential data in the sandbox
 * @property {string} [option] the value of Authentication
 * @property {(data: Record<string, string>) => Record<string, string>} [change] the changes that the user makes to it
 * @property {object} [switches] of the sandbox
 * @property {RegExp} says the message that the user has to see
 */

/** An address on which nothing listens. */
const CLOSED = 'http://127.0.0.1:9';
/** n8n's message if the test request itself is the first request; a credential cannot change it. */
const N8N_SAYS = /ECONNREFUSED/;

const IGNORE = 'Ignore SSL Issues (Insecure)';

const baseUrl = (value) => () => ({ baseUrl: value });

/** @type {Type[]} */
export const TYPES = [
	{
		vendor: 'enosBpm',
		search: 'EnOS',
		type: 'EnOS BPM API',
		labels: {
			baseUrl: 'Base URL',
			accessToken: 'Access Token',
			account: 'Account',
			password: 'Password',
			orgId: 'Organization ID',
			appKey: 'App Key',
			appSecret: 'App Secret',
		},
		ways: [
			{
				option: 'Login',
				shown: [
					'Base URL *',
					'Authentication',
					'Account *',
					'Password *',
					'Organization ID',
					'App Key',
					'App Secret',
					IGNORE,
				],
				variants: ['enosBpmApi', 'signed', 'singleOrganization'],
			},
			{
				option: 'Access Token',
				shown: ['Base URL *', 'Authentication', 'Access Token *', 'App Key', 'App Secret', IGNORE],
				variants: ['accessToken'],
			},
		],
		refusals: [
			{ what: 'a wrong password', variant: 'wrongPassword', says: /'Account' or 'Password'.* is wrong/ },
			{
				what: 'several organizations',
				variant: 'noOrganization',
				says: /Enter one of them as the 'Organization ID'/,
			},
			{
				what: 'a foreign organization',
				variant: 'unknownOrganization',
				says: /is not available to this account/,
			},
			{ what: 'a wrong App Secret', variant: 'wrongAppSecret', says: /did not accept the 'App Secret'/ },
			{ what: 'an unknown App Key', variant: 'unknownAppKey', says: /does not know the 'App Key'/ },
			{
				what: 'an expired access token',
				variant: 'expiredAccessToken',
				option: 'Access Token',
				says: /has expired or is not valid\. Paste a new one/,
			},
			{
				what: 'an access token without an organization',
				variant: 'accessTokenWithoutOrganization',
				option: 'Access Token',
				says: /No organization is selected/,
			},
			{
				what: 'an address without https://',
				variant: 'enosBpmApi',
				option: 'Login',
				change: baseUrl('apigw.example.com'),
				says: /'Base URL'.* is not a complete URL/,
			},
			{
				what: 'a server that is not there',
				variant: 'enosBpmApi',
				change: baseUrl(CLOSED),
				says: /the server refused the connection/,
			},
		],
	},
	{
		vendor: 'unifier',
		search: 'Unifier',
		type: 'Primavera Unifier API',
		labels: {
			baseUrl: 'Base URL',
			username: 'User Name',
			password: 'Password',
			accessToken: 'Access Token',
			tenant: 'Tenant',
			tenantCode: 'Tenant Code',
		},
		ways: [
			...[
				['V2 Token', ['unifierApi', 'v2OAuth', 'dollarUser', 'withoutAdmin']],
				['V1 Login', ['v1Login']],
				['V1 OAuth Token', ['v1OAuth']],
			].map(([option, variants]) => ({
				option,
				variants,
				shown: ['Base URL *', 'Authentication', 'User Name *', 'Password *', 'Tenant', 'Tenant Code', IGNORE],
			})),
			{
				option: 'Access Token',
				shown: ['Base URL *', 'Authentication', 'Access Token *', 'Tenant', 'Tenant Code', IGNORE],
				variants: ['accessToken', 'tenantAccessToken'],
			},
		],
		refusals: [
			{
				what: 'an expired access token',
				variant: 'expiredAccessToken',
				option: 'Access Token',
				says: /did not accept the token\. .*get a new one/,
			},
			{
				what: 'a wrong password',
				variant: 'wrongPassword',
				option: 'V2 Token',
				says: /the user name or the password is wrong/,
			},
			{
				what: 'an inactive user',
				variant: 'inactiveUser',
				says: /not an active integration user/,
			},
			{
				what: 'a user who is no integration user',
				variant: 'noIntegrationUser',
				says: /not an active integration user/,
			},
			{
				what: 'another address',
				variant: 'unifierApi',
				change: ({ baseUrl: url }) => ({ baseUrl: new URL(url).origin }),
				says: /Base URL/,
			},
			{
				what: 'a server that is not there',
				variant: 'unifierApi',
				change: baseUrl(CLOSED),
				says: /received no response: the server refused the connection/,
			},
		],
	},
	{
		vendor: 'bitrix24',
		search: 'Bitrix24',
		type: 'Bitrix24 Bizproc Webhook API',
		labels: { webhookUrl: 'Webhook URL' },
		ways: [{ shown: ['Webhook URL *', IGNORE], variants: ['bitrix24BizprocWebhookApi', 'webhookSecond'] }],
		refusals: [
			{ what: 'a wrong code', variant: 'webhookWrongCode', says: /Copy its URL from Bitrix24 again/ },
			{ what: 'a revoked webhook', variant: 'webhookRevoked', says: /revoked or expired/ },
			{ what: 'an expired webhook', variant: 'webhookExpired', says: /revoked or expired/ },
			{
				what: 'a webhook of an employee',
				variant: 'webhookNotAdmin',
				says: /Ask an administrator to create the webhook/,
			},
			{
				what: 'a webhook without permission',
				variant: 'webhookNoScope',
				says: /Select 'Business processes' \(bizproc\)/,
			},
			{
				what: 'an owner who has left',
				variant: 'webhookInactiveUser',
				says: /did not accept the user|blocked or dismissed/,
			},
			{
				what: 'a portal that is blocked',
				variant: 'webhookHeld',
				says: /Only Bitrix24 support can lift this block/,
			},
			{
				what: 'a portal without business processes',
				variant: 'bitrix24BizprocWebhookApi',
				switches: { plan: 'noBizproc' },
				says: /plan of the portal includes business processes/,
			},
			{
				what: 'an address that is no webhook',
				variant: 'webhookSecond',
				change: ({ webhookUrl }) => ({ webhookUrl: new URL(webhookUrl).origin }),
				says: /Webhook URL/,
			},
			{
				what: 'a server that is not there',
				variant: 'bitrix24BizprocWebhookApi',
				change: () => ({ webhookUrl: `${CLOSED}/rest/1/sandboxcode/` }),
				says: N8N_SAYS,
			},
		],
	},
	{
		vendor: 'eightByEight',
		search: '8x8',
		type: '8x8 Automation API',
		labels: { accountId: 'Account ID', apiKey: 'API Key', baseUrl: 'Base URL' },
		ways: [
			{
				shown: ['Account ID *', 'API Key *', 'Base URL', IGNORE],
				variants: ['eightByEightAutomationApi', 'otherAccount'],
			},
		],
		refusals: [
			{ what: 'a wrong key', variant: 'wrongKey', says: /did not accept the API key/ },
			{ what: 'a disabled key', variant: 'disabledKey', says: /Use an enabled key/ },
			{ what: 'an account of somebody else', variant: 'foreignAccount', says: /Check the 'Account ID'/ },
			{
				what: 'a sub-account',
				variant: 'subAccountAsAccount',
				says: /sub-account ID, such as one that ends in _hq/,
			},
			{
				what: 'an account that is not enabled',
				variant: 'notEnabledAccount',
				says: /whether 8x8 has enabled the account/,
			},
			{
				what: 'an address without https://',
				variant: 'eightByEightAutomationApi',
				change: baseUrl('automation.8x8.com'),
				says: /'Base URL'.* is not a complete URL/,
			},
			{
				what: 'an address that is something else',
				variant: 'eightByEightAutomationApi',
				change: ({ baseUrl: url }) => ({ baseUrl: `${url}/wrong` }),
				says: /'Base URL'.* has a path after the host name/,
			},
			{
				what: 'a server that is not there',
				variant: 'eightByEightAutomationApi',
				change: baseUrl(CLOSED),
				says: N8N_SAYS,
			},
		],
	},
];
