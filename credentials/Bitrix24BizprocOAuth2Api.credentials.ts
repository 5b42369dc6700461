import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { ignoreCertificatesOfOAuth2 } from '../nodes/core/n8n/transport/certificates';

export class Bitrix24BizprocOAuth2Api implements ICredentialType {
	name = 'bitrix24BizprocOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Bitrix24 Bizproc OAuth2 API';

	documentationUrl = 'https://apidocs.bitrix24.com/settings/oauth/index.html';

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
				'The address of your Bitrix24, in the cloud or on your own server. Connect as an administrator: nobody else may end workflows.',
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
			default: '={{ $self["portalUrl"].trim().replace(/\\/+$/, "") }}/oauth/authorize/',
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'string',
			default: 'https://oauth.bitrix.info/oauth/token/',
			required: true,
			description:
				'The authorization server of Bitrix24. For Russian portals it is https://oauth.bitrix24.tech/oauth/token/.',
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
		// n8n does not hand this field down.
		ignoreCertificatesOfOAuth2,
	];
}
