import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { CONSENT_ADDRESS, TOKEN_ADDRESS } from '../nodes/Bitrix24/portal';
import { ignoreCertificatesOfOAuth2 } from '../nodes/core/n8n/transport/certificates';

export class Bitrix24BizprocOAuth2Api implements ICredentialType {
	name = 'bitrix24BizprocOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Bitrix24 Bizproc OAuth2 API';

	documentationUrl =
		'https://github.com/n8n-nodes-terminate/n8n-nodes-terminate/blob/main/docs/bitrix24.md#credential-oauth2';

	icon: Icon = {
		light: 'file:../nodes/Bitrix24/bitrix24.svg',
		dark: 'file:../nodes/Bitrix24/bitrix24.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Portal URL',
			name: 'portalUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://portal.bitrix24.com',
			description:
				'The address of your Bitrix24 portal, in the cloud or on your own server. Connect as an administrator: only administrators can end workflows.',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: CONSENT_ADDRESS,
			required: true,
		},
		{
			displayName: 'Token Server',
			name: 'authorizationServer',
			type: 'options',
			options: [
				{
					name: 'oauth.bitrix.info',
					value: 'https://oauth.bitrix.info/oauth/token/',
					description: 'Named in the international documentation of Bitrix24',
				},
				{
					name: 'oauth.bitrix24.tech',
					value: 'https://oauth.bitrix24.tech/oauth/token/',
					description: 'Named in the Russian documentation of Bitrix24',
				},
				{
					name: 'Other',
					value: 'other',
					description: 'Enter the address yourself',
				},
			],
			default: 'https://oauth.bitrix.info/oauth/token/',
			description:
				'The Bitrix24 authorization server, which issues access tokens to n8n. This is not your portal.',
		},
		{
			displayName: 'Token Server URL',
			name: 'authorizationServerUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://oauth.bitrix24.tech/oauth/token/',
			description: 'The full address from which n8n requests access tokens',
			displayOptions: { show: { authorizationServer: ['other'] } },
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: TOKEN_ADDRESS,
			required: true,
		},
		// Bitrix24 takes the permissions and the redirect address from the settings of the application.
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		// n8n does not pass this field on to the types that extend its own.
		ignoreCertificatesOfOAuth2,
	];
}
