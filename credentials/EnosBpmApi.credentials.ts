import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { KNOWN_ERRORS, NOT_SERVED_TEST } from '../nodes/EnosBpm/api/errors';
import { PROCESS_INSTANCES } from '../nodes/EnosBpm/api/instance';
import { authenticated } from '../nodes/EnosBpm/session/authenticate';
import { sessionToStore } from '../nodes/EnosBpm/session/session';
import {
	IGNORE_CERTIFICATES,
	ignoreCertificates,
	loginRequest,
} from '../nodes/core/n8n/transport/certificates';
import { waitingRunOf } from '../nodes/core/n8n/transport/waitingRuns';

const NOT_BPM =
	'The response does not seem to come from EnOS BPM. Check the Base URL: it is the API gateway that EnOS Management Console shows under Help > Environment Information. Also check whether this EnOS environment has the BPM service.';

/** HTTP statuses with which a gateway says that it or the service behind it is busy or broken. */
const OUTAGES = [429, 500, 502, 503, 504];

/** What is wrong, by the code of the response. */
const BY_CODE = Object.entries(KNOWN_ERRORS).flatMap(([code, { test }]) =>
	test === undefined ? [] : [[Number(code), test] as const],
);

/** A rule of n8n fails the test when the value under the key is the one given; undefined means that it is missing. */
const failsOn = (key: string, value: unknown, message: string) =>
	({ type: 'responseSuccessBody', properties: { key, value, message } }) as const;

/** Masked, because together with the secret it is a password; its name alone does not say so. */
const appKey: INodeProperties = {
	displayName: 'App Key',
	name: 'appKey',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'The access key of an application that is registered in EnOS. With App Key and App Secret, each request is signed, which most gateways require.',
};

export class EnosBpmApi implements ICredentialType {
	name = 'enosBpmApi';

	displayName = 'EnOS BPM API';

	documentationUrl =
		'https://github.com/n8n-nodes-terminate/n8n-nodes-terminate/blob/main/docs/enos-bpm.md#credential';

	icon: Icon = {
		light: 'file:../nodes/EnosBpm/enosBpm.svg',
		dark: 'file:../nodes/EnosBpm/enosBpm.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://apigw.example.com',
			description:
				'The address of the API gateway, which EnOS Management Console shows under Help > Environment Information. With plain HTTP, the password is sent unencrypted.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'A user token that you paste here, and replace when it expires',
				},
				{
					name: 'Login',
					value: 'login',
					description: 'An account with which n8n logs in whenever it needs a session',
				},
			],
			default: 'login',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			displayOptions: { show: { authentication: ['accessToken'] } },
			default: '',
			description: 'A user token for which an organization has been selected',
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			required: true,
			displayOptions: { show: { authentication: ['login'] } },
			default: '',
			description: 'An account of the application portal without two-factor authentication',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			displayOptions: { show: { authentication: ['login'] } },
			default: '',
		},
		{
			displayName: 'Organization ID',
			name: 'orgId',
			type: 'string',
			displayOptions: { show: { authentication: ['login'] } },
			default: '',
			placeholder: 'e.g. o15724268424841',
			description:
				'The organization that the process instances belong to. Required if the account belongs to several.',
		},
		appKey,
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The secret key of the same application',
		},
		ignoreCertificates,
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const sessionToken = await sessionToStore(
			credentials,
			loginRequest(this.helpers, credentials),
			waitingRunOf(this.helpers),
		);
		return { sessionToken };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await authenticated(credentials, requestOptions);
	}

	// A list of one ("Query Process Instance") proves login, organization, signature and BPM service together. n8n itself has
	// to see a 401, to log in again.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: `${PROCESS_INSTANCES}/queryList`,
			method: 'POST',
			headers: { accept: 'application/json', 'content-type': 'application/json;charset=UTF-8' },
			body: { processStatus: 'inProgress', pagination: { current: 0, pageSize: 1 } },
			disableFollowRedirect: true,
			skipSslCertificateValidation: IGNORE_CERTIFICATES,
			ignoreHttpStatusErrors: { ignore: true, except: [401, ...OUTAGES] },
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: KNOWN_ERRORS[401]?.test } },
			...OUTAGES.map((value) => ({
				type: 'responseCode',
				properties: { value, message: NOT_SERVED_TEST },
			})),
			...['code', 'status', 'stauts', 'apim_status'].flatMap((key) =>
				BY_CODE.map(([code, message]) => failsOn(key, code, message)),
			),
			failsOn('data.processInstances', undefined, NOT_BPM),
			// n8n checks the type of each rule, but its own type allows only lists of one kind.
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}
