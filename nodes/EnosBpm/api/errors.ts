import { BUSY, CONFIGURATION, CREDENTIAL, RATE_LIMITED } from '../../core/http/cause';
import { ONE_REPETITION } from '../../core/http/limits';
import {
	RUN_IT_AGAIN,
	INTERNAL,
	GATEWAY_DOWN,
	WRONG_ADDRESS,
	WRONG_SIGNATURE,
	REJECTED_SIGNED,
	NOT_SIGNED,
	ABSENT,
	unlessEnded,
} from './commandErrors';
import type { CommandError } from './commandErrors';

/** The calls that make up a login. */
export type LoginStep = 'application' | 'login' | 'organization';

/** The message and the hint of a refused login. */
export type LoginText = readonly [message: string, hint: string];

/** What one code of EnOS means, in the words of each place where it can come up. */
export interface KnownError {
	command?: CommandError;
	/** What a look-up says, where that differs from the command. */
	read?: { reason: string; hint: string };
	login?: LoginText;
	/** The same, where the meaning depends on the step ("Log In", "Choose Organization"). */
	atStep?: Partial<Record<LoginStep, LoginText>>;
	/** What the credential test says. */
	test?: string;
}

/** The account may not terminate the instance ("Terminate Process Instance", code 33403; "Get Process Instance", `terminable`). */
export const NO_RIGHT = {
	reason: 'this account may not terminate it',
	hint: "Use an account for which EnOS shows the instance as 'terminable', and check the organization in the credential.",
	cause: CONFIGURATION,
} as const;

/** No organization is chosen for the session. */
export const NO_ORGANIZATION = 31512;

/** The organization is not one of the account's ("Choose Organization"). */
export const UNKNOWN_ORGANIZATION = 31404;

/** The gateway has seen the same signature before; a new timestamp gives a new one. */
export const DUPLICATE = 1001;

/** The account lacks the right to this instance ("Terminate Process Instance"). */
export const FORBIDDEN = 33403;

/** There is no such instance ("Get Process Instance"). */
export const NOT_FOUND = 33404;

/** Codes against the application's token at the gateway, not the user's ("Invoking API with Access Token"). */
const APPLICATION_CODES: readonly number[] = [1203, 1204, 4011, 4012];

/** Codes against the session: of the BPM service, the portal, the gateway and older gateways. */
const SESSION_CODES: readonly number[] = [31401, 33401, NO_ORGANIZATION, ...APPLICATION_CODES, 401];

export const EXPIRED_REASON = 'the session expired and could not be renewed';

export const EXPIRED_HINT =
	'Test the credential. If it contains a pasted access token, replace the token with a new one.';

export const NO_ORGANIZATION_HINT = "Enter the 'Organization ID' in the credential.";

const AUTHORIZE = 'Authorize it in the EnOS Management Console.';

const NO_REWRITING = 'A proxy in between must not change the body.';

const PASTE_A_NEW_ONE =
	'The access token has expired or is not valid. Paste a new one, or choose Login under Authentication.';

const WRONG_SIGNATURE_TEST =
	'The gateway did not accept the signature. Check the App Secret and the clock of the n8n host.';

const NOT_SIGNED_TEST = 'The gateway requires a signed request. Enter the App Key and the App Secret.';

export const NOT_SERVED_TEST =
	'EnOS or its gateway could not handle the test at the moment. Test again later.';

const NOT_AUTHORIZED_TEST =
	'The application is not authorized for this API. Authorize it in the EnOS Management Console.';

const NO_ORGANIZATION_TEST =
	'No organization is selected. Select one with this access token first, or choose Login under Authentication and enter the Organization ID.';

/**
 * All codes that are known, at any HTTP status ("Terminate Process Instance", "Invoking API with Access Token", "Get Access
 * Token", "Get Token Information", "Log In").
 */
export const KNOWN_ERRORS: Readonly<Record<number, KnownError>> = {
	401: { test: PASTE_A_NEW_ONE },
	403: {
		command: {
			outcome: 'failed',
			reason: 'the gateway denied the request',
			hint: 'Check whether the account and the application may call the BPM API.',
			cause: CONFIGURATION,
			stopsRun: true,
		},
		login: ['The gateway denied the request', 'Check whether the application may call the EnOS APIs.'],
		test: NOT_AUTHORIZED_TEST,
	},
	404: {
		command: WRONG_ADDRESS,
		login: [
			'The gateway does not know the address for the login',
			"Check the 'Base URL' in the credential, and whether this EnOS environment has the application portal.",
		],
		test: 'The gateway does not know the address of the BPM service. Check the Base URL, and whether this EnOS environment has the BPM service.',
	},
	429: {
		command: {
			outcome: 'failed',
			reason: 'EnOS is limiting the number of requests',
			hint: 'Try again later.',
			cause: RATE_LIMITED,
			notRun: true,
			throttled: true,
		},
		test: NOT_SERVED_TEST,
	},
	497: {
		command: WRONG_SIGNATURE,
		login: [
			"The gateway did not accept the signature: check the 'App Secret' and the clock of the n8n host",
			NO_REWRITING,
		],
		test: WRONG_SIGNATURE_TEST,
	},
	498: {
		command: {
			outcome: 'failed',
			reason: 'the application is not authorized for the BPM API',
			hint: AUTHORIZE,
			cause: CONFIGURATION,
			stopsRun: true,
		},
		login: ['The application in the credential is not authorized for this API', AUTHORIZE],
		test: NOT_AUTHORIZED_TEST,
	},
	500: { command: INTERNAL, test: NOT_SERVED_TEST },
	503: { command: GATEWAY_DOWN, test: NOT_SERVED_TEST },
	504: { command: GATEWAY_DOWN, test: NOT_SERVED_TEST },
	// This request was not run; the one that it is a copy of may have been.
	[DUPLICATE]: {
		command: {
			outcome: 'unknown',
			reason: 'the gateway treated the request as a duplicate of another one',
			hint: RUN_IT_AGAIN,
			cause: BUSY,
			attempts: ONE_REPETITION,
			byState: {
				running: {
					outcome: 'failed',
					reason:
						'the gateway treated the request as a duplicate of another one, and the instance is still running',
					hint: 'Run the node again.',
				},
			},
		},
		login: ['The gateway received two identical signed requests', 'Run the node again.'],
		test: 'The gateway received two identical signed requests. Test again.',
	},
	1002: {
		command: {
			outcome: 'failed',
			reason: "the gateway does not know the 'App Key'",
			hint: "Check the 'App Key' in the credential; the application must be registered in this EnOS environment.",
			cause: CREDENTIAL,
			stopsRun: true,
		},
		login: [
			"The gateway does not know the 'App Key' in the credential",
			'Check it; the application must be registered in this EnOS environment.',
		],
		test: 'The gateway does not know the App Key. The application must be registered in this EnOS environment.',
	},
	1003: {
		command: WRONG_SIGNATURE,
		login: [
			"The gateway did not accept the 'App Secret' in the credential, or the clock of the n8n host is wrong",
			`Check both. ${NO_REWRITING}`,
		],
		test: WRONG_SIGNATURE_TEST,
	},
	1004: {
		command: REJECTED_SIGNED,
		login: [
			'The gateway rejected the signed request',
			"Check the 'App Key' and the 'App Secret' in the credential.",
		],
		test: NOT_SIGNED_TEST,
	},
	1005: { command: INTERNAL, test: NOT_SERVED_TEST },
	1202: {
		command: NOT_SIGNED,
		login: ['The gateway requires a signed request', NOT_SIGNED.hint],
		test: NOT_SIGNED_TEST,
	},
	1203: { test: PASTE_A_NEW_ONE },
	1204: { test: PASTE_A_NEW_ONE },
	4011: { test: PASTE_A_NEW_ONE },
	4012: { test: PASTE_A_NEW_ONE },
	31400: {
		atStep: {
			login: [
				"The login was refused: 'Account' or 'Password' in the credential is wrong",
				'Correct them. Several failed attempts lock the account, so the login is not repeated.',
			],
			organization: [
				"No organization is selected: enter the 'Organization ID' in the credential",
				'Then run the node again.',
			],
		},
		test: 'EnOS did not accept the account or the organization. Check Account, Password and Organization ID.',
	},
	31401: {
		atStep: {
			organization: [
				'The new session was not accepted when the organization was selected',
				'Test the credential.',
			],
		},
		test: PASTE_A_NEW_ONE,
	},
	[UNKNOWN_ORGANIZATION]: {
		test: 'EnOS does not know the organization for this account. Check the Organization ID.',
	},
	31429: {
		atStep: {
			login: [
				'EnOS has temporarily locked the login after too many attempts',
				'Wait, then test the credential once. The login is not repeated until then.',
			],
		},
		test: 'EnOS has temporarily locked the login. Wait, then test once.',
	},
	[NO_ORGANIZATION]: { test: NO_ORGANIZATION_TEST },
	33401: { test: PASTE_A_NEW_ONE },
	[FORBIDDEN]: {
		command: { outcome: 'failed', ...NO_RIGHT, ...unlessEnded() },
		read: {
			reason: 'this account may not read it',
			hint: 'Check the account and the organization in the credential.',
		},
		test: 'The account may not list process instances in EnOS. Check the Organization ID and the rights of the account.',
	},
	[NOT_FOUND]: { command: ABSENT },
	33500: { command: INTERNAL, test: NOT_SERVED_TEST },
	99400: {
		command: {
			outcome: 'failed',
			reason: 'EnOS rejected a value',
			hint: 'Check the ID and the reason.',
			cause: CONFIGURATION,
			...unlessEnded(),
		},
		read: { reason: 'EnOS rejected a value', hint: 'Check the ID and the filters.' },
	},
	99403: {
		command: {
			outcome: 'failed',
			reason: 'the application lacks the permission for this API',
			hint: 'Authorize the application for the BPM API in the EnOS Management Console.',
			cause: CONFIGURATION,
			stopsRun: true,
		},
		login: ['The application in the credential lacks the permission for this API', AUTHORIZE],
		test: NOT_AUTHORIZED_TEST,
	},
	99404: { command: ABSENT },
	99500: { command: INTERNAL, test: NOT_SERVED_TEST },
};

/** Whether a code is against the session. */
export function isSessionCode(code: number): boolean {
	return SESSION_CODES.includes(code);
}

/** Codes about EnOS or its gateway and not about the instance; a gateway may send them with HTTP 200. */
export function isOutageCode(code: number): boolean {
	const error = KNOWN_ERRORS[code]?.command;
	return error?.outcome === 'unknown' || error?.throttled === true;
}
