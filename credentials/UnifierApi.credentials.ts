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
import { waitingRunOf } from '../nodes/core/n8n/transport/waitingRuns';

const STATUS_RULES: IAuthenticateRuleResponseCode[] = [
	{
		type: 'responseCode',
		properties: {
			value: 401,
			message:
				'Unifier did not accept the token. If you have entered an access token, get a new one, for it may have expired. Otherwise give n8n an integration user that nothing else logs in with. With several tenants, check Tenant and Tenant Code.',
		},
	},
	{
		type: 'responseCode',
		properties: {
			value: 403,
			message:
				'The login works, but the integration user has no Get access for Admin. Give it that access in Unifier, or the lists of projects and business processes stay empty and you type their numbers and names. Terminating needs Update access for Business Process Services.',
		},
	},
	{ type: 'responseCode', properties: { value: 404, message: BASE_URL_MESSAGE } },
	{ type: 'responseCode', properties: { value: 405, message: BASE_URL_MESSAGE } },
];

/** Codes that this call is known to return in place of a list, as number and as text ("Response Error Codes"). */
const ERROR_CODES = [500, 602, 603, 1101, 3002, 3006, 13001].flatMap((code) => [code, String(code)]);

const BODY_RULES: IAuthenticateRuleResponseSuccessBody[] = [
	...ERROR_CODES.map((value): IAuthenticateRuleResponseSuccessBody => ({
		type: 'responseSuccessBody',
		properties: {
			key: 'status',
			value,
			message: `Unifier accepted the login, but did not list business processes (code ${value}). Try again later, or ask your Unifier administrator.`,
		},
	})),
	// A page, nothing, or JSON of something else has no such keys.
	{ type: 'responseSuccessBody', properties: { key: 'status', value: undefined, message: BASE_URL_MESSAGE } },
	{ type: 'responseSuccessBody', properties: { key: 'data', value: undefined, message: BASE_URL_MESSAGE } },
];

export class UnifierApi implements ICredentialType {
	name = 'unifierApi';

	displayName = 'Primavera Unifier API';

	documentationUrl =
		'https://docs.oracle.com/en/industries/construction-engineering/primavera-unifier/26/integration-interface/accessingrepresentationalstatetransferrestservicesv1andv2-10299551a.html';

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
			description: 'The address of your company in Unifier, with the environment where there is one (/stage)',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'V2 Token',
					value: 'v2Token',
					description: 'User name and password of a Basic or OAuth user; fits Unifier 24.10 and later',
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
					description: 'A token that you have got yourself; n8n cannot renew it',
				},
			],
			default: 'v2Token',
			description:
				'How n8n gets its token. A login makes the previous token of that user invalid, so give n8n an integration user of its own.',
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
			description: 'Only where several tenants share one address, and the token service does not name it',
		},
		{
			displayName: 'Tenant Code',
			name: 'tenantCode',
			type: 'string',
			default: '',
			description: 'Only where several tenants share one address, and the token service does not name it',
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

	// A read for any user who may see Admin data; its answer distinguishes a wrong address, a failed login and a missing right.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/ws/rest/service/v1/admin/bps',
			disableFollowRedirect: true,
			skipSslCertificateValidation: IGNORE_CERTIFICATES,
		},
		// n8n takes both kinds together; its type names only lists of one kind.
		rules: [...STATUS_RULES, ...BODY_RULES] as IAuthenticateRuleResponseCode[],
	};
}
