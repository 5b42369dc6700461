import { CredentialError, LoginTrouble } from '../../core/connection/credentialError';
import { ONE_REPETITION } from '../../core/http/limits';
import { isOutage, isRedirect, isSuccess, redirectHost } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import type { TransportFault } from '../../core/http/transport';
import { certificateHint } from '../../core/n8n/transport/certificates';
import { attemptsAfter, repetitionAfter } from '../../core/n8n/transport/login';
import type { Envelope } from '../api/envelope';
import { DUPLICATE, isOutageCode, KNOWN_ERRORS, NO_ORGANIZATION } from '../api/errors';
import type { LoginStep } from '../api/errors';

/**
 * The error of one step, from a response that is not a success. Its message contains no text of the vendor, and an
 * unreadable response is not quoted: a truncated one may contain a token.
 */
export function loginError(
	step: LoginStep,
	envelope: Envelope | undefined,
	response: ApiResponse,
): CredentialError {
	if (envelope && !isSuccessCode(envelope.code)) {
		const known = KNOWN_ERRORS[envelope.code];
		const [message, hint] = known?.atStep?.[step] ??
			known?.login ?? [`EnOS refused the login (code ${envelope.code})`, 'Test the credential.'];
		return new CredentialError(message, hint, envelope.text);
	}
	if (isRedirect(response)) {
		return new LoginTrouble(
			`The login was redirected to ${redirectHost(response)}, and redirects are not followed`,
			"If you trust the new address, enter it as the 'Base URL' in the credential.",
			{ attempts: 1 },
		);
	}
	return notEnos(1);
}

/**
 * Why EnOS or its gateway cannot serve a call at the moment; undefined if the response says something else. A code
 * counts before the HTTP status. A success that cannot be read may be a truncated response, so it is requested once
 * more.
 */
export function passingTrouble(
	envelope: Envelope | undefined,
	response: ApiResponse,
): LoginTrouble | undefined {
	const { status } = response;
	if (envelope && !isSuccessCode(envelope.code)) {
		// A duplicate of another request is repeated in its own way.
		if (!isOutageCode(envelope.code) || envelope.code === DUPLICATE) return undefined;
		return unavailable(`code ${envelope.code}`, response);
	}
	if (isOutage(status)) return unavailable(`HTTP ${status}`, response);
	return !envelope && isSuccess(status) ? notEnos(ONE_REPETITION) : undefined;
}

function unavailable(what: string, response: ApiResponse): LoginTrouble {
	return new LoginTrouble(
		`EnOS could not handle the login at the moment (${what})`,
		'Try again later.',
		repetitionAfter(response),
	);
}

function notEnos(attempts: number): LoginTrouble {
	return new LoginTrouble(
		"The response to the login does not seem to come from EnOS: check the 'Base URL' in the credential",
		'It is the API gateway that EnOS Management Console shows under Help > Environment Information.',
		{ attempts },
	);
}

function isSuccessCode(code: number): boolean {
	return code === 0 || code === 200;
}

/** No connection, or it broke: the user's request was never sent. */
export function unreached(fault: TransportFault): LoginTrouble {
	return new LoginTrouble(
		`The login did not get through: ${fault.reason}`,
		certificateHint(fault.code) ??
			"Check the 'Base URL' in the credential, and whether n8n can reach that host.",
		{ attempts: attemptsAfter(fault) },
	);
}

/** A second factor cannot be given by a workflow. */
export const secondFactor = (): CredentialError =>
	new CredentialError(
		'The account requires a second factor at login: use a service account without two-factor authentication',
		'Enter the service account in the credential.',
	);

/** The account belongs to several organizations and the credential names none. */
export const severalOrganizations = (names: string): CredentialError =>
	new CredentialError(
		`The account belongs to several organizations. Enter one of them as the 'Organization ID' in the credential: ${names}`,
		'A process instance can be found only in its own organization.',
	);

/** Code 31404 of "Choose Organization". */
export const unknownOrganization = (orgId: string, names: string): CredentialError =>
	new CredentialError(
		`Organization ${orgId} is not available to this account${names === '' ? '' : `; it may use: ${names}`}`,
		"Check the 'Organization ID' in the credential.",
	);

/** Only the user can renew a pasted token. */
export function deadToken(code: number | undefined): CredentialError {
	if (code === NO_ORGANIZATION) {
		return new CredentialError(
			'No organization is selected for the pasted access token',
			"Select the organization with this token first, or choose 'Login' under 'Authentication' and enter the 'Organization ID'.",
		);
	}
	const known = code === undefined ? undefined : KNOWN_ERRORS[code]?.login;
	if (known) return new CredentialError(...known);
	return new CredentialError(
		'The access token in the credential has expired or is not valid: paste a new one',
		"Or choose 'Login' under 'Authentication', which renews its session automatically.",
	);
}
