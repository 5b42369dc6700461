import type { Connection } from '../core/connection/connection';
import { companyUrl } from './session/baseUrl';
import { awaitOtherLogin, secretsOf } from './session/session';

/** How Unifier is reached. It answers an invalid token with HTTP 401, after which n8n itself logs in again. */
export const connection: Connection = {
	credentialType: 'unifierApi',
	baseUrl: companyUrl,
	// Companies share a host in the cloud.
	rateKey: ({ host, pathname }) => host + pathname,
	secrets: secretsOf,
	refreshStatuses: [401],
	awaitOtherLogin,
};
