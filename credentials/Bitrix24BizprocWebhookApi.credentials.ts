import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { REST_ADDRESS } from '../nodes/Bitrix24/portal';
import { addWebhookSecret } from '../nodes/Bitrix24/webhook';
import { WEBHOOK_TEST_RULES } from '../nodes/Bitrix24/webhookTest';
import { IGNORE_CERTIFICATES, ignoreCertificates } from '../nodes/core/n8n/transport/certificates';

/** Masked, because the URL itself is the secret. */
const webhookUrl: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	typeOptions: { password: true },
	required: true,
	default: '',
	placeholder: 'e.g. https://portal.bitrix24.com/rest/1/code/',
	description:
		"The URL of an inbound webhook that an administrator created in Bitrix24 with the permission 'Business processes' (bizproc)",
};

export class Bitrix24BizprocWebhookApi implements ICredentialType {
	name = 'bitrix24BizprocWebhookApi';

	displayName = 'Bitrix24 Bizproc Webhook API';

	documentationUrl =
		'https://github.com/n8n-nodes-terminate/n8n-nodes-terminate/blob/main/docs/bitrix24.md#credential-webhook';

	icon: Icon = {
		light: 'file:../nodes/Bitrix24/bitrix24.svg',
		dark: 'file:../nodes/Bitrix24/bitrix24.dark.svg',
	};

	properties: INodeProperties[] = [webhookUrl, ignoreCertificates];

	// Requests name only the portal; the secret part of the URL is added here. n8n may call this twice for one
	// request.
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return addWebhookSecret(credentials['webhookUrl'], requestOptions);
	}

	// Lists running workflows by an ID that matches none: this needs the same permission and rights as ending
	// one.
	test: ICredentialTestRequest = {
		request: {
			baseURL: REST_ADDRESS,
			url: '/bizproc.workflow.instances',
			method: 'POST',
			headers: { accept: 'application/json', 'content-type': 'application/json' },
			body: { SELECT: ['ID'], FILTER: { ID: '0' } },
			disableFollowRedirect: true,
			skipSslCertificateValidation: IGNORE_CERTIFICATES,
			ignoreHttpStatusErrors: true,
		},
		rules: WEBHOOK_TEST_RULES,
	};
}
