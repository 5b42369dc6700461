import { CredentialError } from '../../core/connection/credentialError';
import { isRedirect, redirectHost } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import type { Envelope } from '../api/envelope';

/** The calls that make up a login. */
export type Step = 'application' | 'login' | 'organization';

type Texts = readonly [message: string, hint: string];

/** Codes that mean the same at every step ("Invoking API with Access Token", "Get Access Token"). */
const GATEWAY: Readonly<Record<number, Texts>> = {
	1001: ['Two identical signed requests met at the gateway', 'Run it again.'],
	1002: [
		"The gateway does not know the 'App Key' in the credential",
		'Check it; the application must be registered in this EnOS environment.',
	],
	1003: [
		"The gateway did not accept the 'App Secret' in the credential, or the clock of the n8n host is wrong",
		'Check both. A proxy in between must not rewrite the body.',
	],
	1004: ['The gateway rejected the signed request', "Check 'App Key' and 'App Secret' in the credential."],
	1202: [
		'The gateway asks for a signed request',
		"Enter 'App Key' and 'App Secret' in the credential; they identify an application to the gateway.",
	],
	403: ['The gateway denied the request', 'Check whether the application may call the EnOS APIs.'],
	497: [
		"The gateway did not accept the signature: check the 'App Secret' and the clock of the n8n host",
		'A proxy in between must not rewrite the body.',
	],
	498: [
		'The application in the credential is not authorized for this API',
		'Authorize it in the EnOS Management Console.',
	],
	99403: [
		'The application in the credential lacks the permission for this API',
		'Authorize it in the EnOS Management Console.',
	],
};

/** Codes of the application portal ("Log In", "Choose Organization"). */
const PORTAL: Readonly<Record<Step, Readonly<Record<number, Texts>>>> = {
	application: {},
	login: {
		31400: [
			"The login was refused: 'Account' or 'Password' in the credential is wrong",
			'Correct them. Several wrong tries lock the account, so the login is not repeated.',
		],
		31429: [
			'The login is temporarily locked by EnOS, after too many tries',
			'Wait, then test the credential once. The login is not repeated until then.',
		],
	},
	organization: {
		31400: [
			"No organization is selected: enter the 'Organization ID' in the credential",
			'Then run it again.',
		],
		31401: ['The new session was not accepted when the organization was chosen', 'Test the credential.'],
	},
};

/**
 * The refusal of one step, from an answer that is not its success. No text of the vendor gets into its message, and what
 * cannot be read is not quoted: half an answer may hold a token.
 */
export function refusalOf(
	step: Step,
	envelope: Envelope | undefined,
	response: ApiResponse,
): CredentialError {
	if (envelope && !isSuccessCode(envelope.code)) {
		const [message, hint] = PORTAL[step][envelope.code] ??
			GATEWAY[envelope.code] ?? [
				`The login was refused by EnOS with code ${envelope.code}`,
				'Test the credential.',
			];
		const told = envelope.text === undefined ? hint : `${hint} EnOS says: ${envelope.text}`;
		return new CredentialError(message, told);
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

/** Nobody but the user can renew a pasted token. */
export function deadToken(code: number | undefined): CredentialError {
	if (code === 31512) {
		return new CredentialError(
			'No organization is selected for the pasted access token',
			"Choose the organization with this token first, or let the credential log in with an 'Organization ID'.",
		);
	}
	const known = code === undefined ? undefined : GATEWAY[code];
	if (known) return new CredentialError(...known);
	return new CredentialError(
		'The access token in the credential has expired or is not valid: paste a new one',
		'Or choose Login as authentication, which renews its session by itself.',
	);
}
