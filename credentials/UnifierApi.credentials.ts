import type {
	IAuthenticate,
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { BASE_URL_MESSAGE } from '../nodes/Unifier/api/errors';
import { authenticateRequest, obtainSession } from '../nodes/Unifier/session/session';
import {
	IGNORE_CERTIFICATES,
	ignoreCertificates,
	loginRequest,
} from '../nodes/core/n8n/transport/certificates';
import { handedOver } from '../nodes/core/n8n/transport/handedOver';
import { waitingRunOf } from '../nodes/core/n8n/transport/waitingRuns';

const STATUS_RULES: IAuthenticateRuleResponseCode[] = [
	{
		type: 'responseCode',
		properties: {
			value: 401,
			message:
				'Unifier did not accept the token. If you pasted an access token, it may have expired: get a new one. Otherwise give n8n an integration user that nothing else logs in with. If several tenants share the address, check Tenant and Tenant Code.',
		},
	},
	// Only versions of n8n that cannot hand this status over reach this rule.
	{
		type: 'responseCode',
		properties: {
			value: 403,
			message:
				'The login works, but the integration user has no Get access for Admin. Only the lists of projects and business processes need it: without it, you type their numbers and names. Terminating needs Update access for Business Process Services. Newer versions of n8n do not treat this as a failed test.',
		},
	},
	{ type: 'responseCode', properties: { value: 404, message: BASE_URL_MESSAGE } },
	{ type: 'responseCode', properties: { value: 405, message: BASE_URL_MESSAGE } },
];

/** A page with a status of success and a page that denies access look the same here. */
const PAGE_MESSAGE = `${BASE_URL_MESSAGE} If the URL is correct, the response may be a web page that denies access. A proxy or firewall may be blocking n8n, or Unifier may not admit this integration user.`;

/**
 * A rule that fails the test when the answer is a text with this first character. n8n turns data into an object, so
 * such a text is a web page or a truncated response.
 */
function beginsWith(value: string, message: string): IAuthenticateRuleResponseSuccessBody {
	return { type: 'responseSuccessBody', properties: { key: '0', value, message } };
}

/** Codes that this call is known to return in place of a list, as number and as text ("Response Error Codes"). */
const ERROR_CODES = [500, 602, 603, 1101, 3002, 3006, 13001].flatMap((code) => [code, String(code)]);

const BODY_RULES: IAuthenticateRuleResponseSuccessBody[] = [
	...ERROR_CODES.map((value): IAuthenticateRuleResponseSuccessBody => ({
		type: 'responseSuccessBody',
		properties: {
			key: 'status',
			value,
			message: `Unifier accepted the login but did not list the business processes (code ${value}). Try again later, or ask your Unifier administrator.`,
		},
	})),
	...['<', '\n', '\r', '\t', ' ', '\ufeff'].map((value) => beginsWith(value, PAGE_MESSAGE)),
	...['{', '[', '"'].map((value) => beginsWith(value, BASE_URL_MESSAGE)),
];

export class UnifierApi implements ICredentialType {
	name = 'unifierApi';

	displayName = 'Primavera Unifier API';

	documentationUrl =
		'https://github.com/n8n-nodes-terminate/n8n-nodes-terminate/blob/main/docs/unifier.md#credential';

	icon: Icon = {
		light: 'file:../nodes/Unifier/unifier.svg',
		dark: 'file:../nodes/Unifier/unifier.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://unifier.oraclecloud.com/acme',
			description:
				'The address of your company in Unifier, including the environment if there is one, such as /stage',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'V2 Token',
					value: 'v2Token',
					description: 'User name and password of a Basic or OAuth user; for Unifier 24.10 and later',
				},
				{
					name: 'V1 Login',
					value: 'v1Login',
					description: 'User name and password of a Basic user',
				},
				{
					name: 'V1 OAuth Token',
					value: 'v1OAuth',
					description: 'User name and password of an OAuth user',
				},
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'A token that you obtained yourself; n8n cannot renew it',
				},
			],
			default: 'v2Token',
			description:
				'How n8n gets its token. Each login invalidates the previous token of that user, so give n8n its own integration user.',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. $$n8n',
			description: 'An active integration user with Update access for Business Process Services',
			displayOptions: { show: { authentication: ['v2Token', 'v1Login', 'v1OAuth'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['v2Token', 'v1Login', 'v1OAuth'] } },
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['accessToken'] } },
		},
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			default: '',
			description:
				'Needed only if several tenants share one address and the token service does not return this value',
		},
		{
			displayName: 'Tenant Code',
			name: 'tenantCode',
			type: 'string',
			default: '',
			description:
				'Needed only if several tenants share one address and the token service does not return this value',
		},
		ignoreCertificates,
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await obtainSession(
			credentials,
			loginRequest(this.helpers, credentials),
			waitingRunOf(this.helpers),
		);
	}

	authenticate: IAuthenticate = async (credentials, options) => authenticateRequest(credentials, options);

	// A read that shows whether the address belongs to Unifier and the token is valid. A user who may only terminate gets
	// 403: the token is valid then too, whatever else Unifier says. n8n's rules do not see the status, so everything that
	// would pass with 403 also passes with 200. Nothing is ever terminated to test the right.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/ws/rest/service/v1/admin/bps',
			disableFollowRedirect: true,
			skipSslCertificateValidation: IGNORE_CERTIFICATES,
			...handedOver([403]),
		},
		// n8n accepts both kinds together, but its type allows only lists of one kind.
		rules: [...STATUS_RULES, ...BODY_RULES] as IAuthenticateRuleResponseCode[],
	};
}
