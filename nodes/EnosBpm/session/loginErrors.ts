import { CredentialError } from '../../core/connection/credentialError';
import { isRedirect, redirectHost } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import type { Envelope } from '../api/envelope';
import { KNOWN_ERRORS, NO_ORGANIZATION } from '../api/errors';
import type { LoginStep } from '../api/errors';

/**
 * The error of one step, from a response that is not its success. No text of the vendor gets into its message, and what
 * cannot be read is not quoted: half a response may hold a token.
 */
export function loginError(
	step: LoginStep,
	envelope: Envelope | undefined,
	response: ApiResponse,
): CredentialError {
	if (envelope && !isSuccessCode(envelope.code)) {
		const known = KNOWN_ERRORS[envelope.code];
		const [message, hint] = known?.atStep?.[step] ??
			known?.login ?? [`The login was refused by EnOS with code ${envelope.code}`, 'Test the credential.'];
		return new CredentialError(
			message,
			envelope.text === undefined ? hint : `${hint} EnOS says: ${envelope.text}`,
		);
	}
	if (isRedirect(response)) {
		return new CredentialError(
			`The login was redirected to ${redirectHost(response)}, and redirects are not followed`,
			"Enter the new address as 'Base URL' in the credential if you trust it.",
		);
	}
	if (response.status >= 500 || response.status === 429) {
		return new CredentialError(
			`The login could not be served by EnOS at the moment (HTTP ${response.status})`,
			'Try again a little later.',
		);
	}
	return new CredentialError(
		"The address answered the login, but not as EnOS: check the 'Base URL' in the credential",
		'It is the API gateway that EnOS Management Console shows under Help > Environment Information.',
	);
}

function isSuccessCode(code: number): boolean {
	return code === 0 || code === 200;
}

/** No connection, or it broke: the user's request was never sent. */
export function unreached(reason: string): CredentialError {
	return new CredentialError(
		`The login did not get through: ${reason}`,
		"Check the 'Base URL' in the credential, and whether n8n can reach that host.",
	);
}

/** A second factor cannot be given by a workflow. */
export const secondFactor = (): CredentialError =>
	new CredentialError(
		'The account asks for a second factor at login: use a service account without two-factor login',
		'Enter such an account in the credential.',
	);

/** The account belongs to several organizations and the credential names none. */
export const severalOrganizations = (names: string): CredentialError =>
	new CredentialError(
		`The account belongs to several organizations: enter one as 'Organization ID' in the credential: ${names}`,
		'A process instance is found only in its own organization.',
	);

/** Code 31404 of "Choose Organization". */
export const unknownOrganization = (orgId: string, names: string): CredentialError =>
	new CredentialError(
		`Organization ${orgId} is not known to this account${names === '' ? '' : `, which may use: ${names}`}`,
		"Check the 'Organization ID' in the credential.",
	);

/** Only the user can renew a pasted token. */
export function deadToken(code: number | undefined): CredentialError {
	if (code === NO_ORGANIZATION) {
		return new CredentialError(
			'No organization is selected for the pasted access token',
			"Choose the organization with this token first, or let the credential log in with an 'Organization ID'.",
		);
	}
	const known = code === undefined ? undefined : KNOWN_ERRORS[code]?.login;
	if (known) return new CredentialError(...known);
	return new CredentialError(
		'The access token in the credential has expired or is not valid: paste a new one',
		'Or choose Login as authentication, which renews its session by itself.',
	);
}
