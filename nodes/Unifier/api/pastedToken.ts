import { CREDENTIAL } from '../../core/http/cause';
import type { KnownError } from './errors';

/** HTTP 401 for a token that n8n has not got itself and cannot renew ("REST Web Services V1"). */
export const PASTED_TOKEN_REFUSED: KnownError = {
	outcome: 'failed',
	reason: 'Unifier did not accept the access token that was pasted into the credential',
	hint: "It may have expired, or a later login of the same user may have invalidated it. Paste a new one, or choose an 'Authentication' with which n8n logs in itself.",
	cause: CREDENTIAL,
	stop: 'run',
};
