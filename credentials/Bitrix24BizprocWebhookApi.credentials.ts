import type {
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { REST_ADDRESS } from '../nodes/Bitrix24/connection';
import { addWebhookSecret } from '../nodes/Bitrix24/webhook';
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
		"The URL of an inbound webhook. An administrator creates it in Bitrix24 with the permission 'Business processes' (bizproc).",
};

const SECRET_NOT_ACCEPTED =
	'Bitrix24 did not accept the webhook. Its URL may be wrong, revoked or expired, or its owner may have lost the rights. Copy the URL again from Bitrix24.';
const PLAN =
	'The plan of this portal has no REST API. A paid plan with a Market subscription, a trial or an NFR licence is needed.';

/** Messages of the credential test by Bitrix24's code ("Error codes"), written for webhooks. */
const MESSAGES: Readonly<Record<string, string>> = {
	INVALID_CREDENTIALS: SECRET_NOT_ACCEPTED,
	NO_AUTH_FOUND: SECRET_NOT_ACCEPTED,
	insufficient_scope:
		"The webhook has no permission for 'Business processes' (bizproc). Tick it in the settings of the webhook.",
	ACCESS_DENIED:
		'The owner of the webhook is not an administrator of Bitrix24, and only administrators may end workflows. Let an administrator create the webhook.',
	user_access_error:
		'The owner of the webhook has no access. Let an active administrator create the webhook.',
	ERROR_METHOD_NOT_FOUND:
		'Business processes are not available on this portal. Check the address, and whether the plan of the portal includes business processes.',
	INVALID_REQUEST: 'Bitrix24 takes webhooks over https only. Enter the URL with https://.',
	OVERLOAD_LIMIT:
		'Bitrix24 has blocked the REST API of this portal because of overload. Only the support of Bitrix24 can lift this block.',
	PAYMENT_REQUIRED: 'The subscription of this portal has ended. Renew the plan.',
	PORTAL_DELETED: 'The portal is closed. Check the address.',
	QUERY_LIMIT_EXCEEDED:
		'Bitrix24 limits the number of requests at the moment. Test again a little later; the webhook itself may be fine.',
	OPERATION_TIME_LIMIT:
		'Bitrix24 has blocked this method for a while, because it has used up its running time. Test again in about ten minutes; the webhook itself may be fine.',
};

/** A rule that fails the test when the answer has the value under the key. */
function rule(key: string, value: unknown, message: string): IAuthenticateRuleResponseSuccessBody {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/** Codes have to be compared without regard to case, but n8n compares exactly. */
const codeRules = Object.entries(MESSAGES).flatMap(([code, message]) =>
	[...new Set([code, code.toLowerCase(), code.toUpperCase()])].map((value) => rule('error', value, message)),
);

/** The code ACCESS_DENIED has several meanings, which differ in the description. */
const planRules = [
	'REST API is available only on commercial plans',
	'REST is available only on commercial plans',
].map((value) => rule('error_description', value, PLAN));

const noRestApi = rule(
	'result',
	undefined,
	'The address did not answer with the list of running workflows, as the REST API of Bitrix24 does. Copy the URL of the webhook again from Bitrix24: the portal may have a new address, or a proxy may have answered in its place.',
);

export class Bitrix24BizprocWebhookApi implements ICredentialType {
	name = 'bitrix24BizprocWebhookApi';

	displayName = 'Bitrix24 Bizproc Webhook API';

	documentationUrl = 'https://apidocs.bitrix24.com/local-integrations/local-webhooks.html';

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
		rules: [...planRules, ...codeRules, noRestApi],
	};
}
