import type { Connection } from '../termination/command';
import { companyUrl } from './baseUrl';
import { awaitOtherLogin, secretsOf } from './session';

/** How Unifier is reached. A refused token comes as HTTP 401, on which n8n itself logs in again. */
export const connection: Connection = {
	credentialType: 'unifierApi',
	baseUrl: companyUrl,
	secrets: secretsOf,
	renewedByN8n: [401],
	awaitOtherLogin,
};
