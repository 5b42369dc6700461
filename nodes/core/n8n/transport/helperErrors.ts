import { RUN_AGAIN } from '../../commands/verdicts';
import { CredentialError, toFault } from '../../connection/credentialError';
import { CONFIGURATION, UNAVAILABLE } from '../../http/cause';
import { ATTEMPTS_TO_CONNECT } from '../../http/limits';
import { CANCELLED } from '../../http/stops';
import type { TransportResult, TransportFault } from '../../http/transport';
import { AbandonedError } from '../../util/abandoned';
import { asObject } from '../../util/json';
import { CERTIFICATE_CODES, certificateHint } from './certificates';
import { CancelledError, DeadlineError } from './deadline';
import { headersOf, textOf } from './helperResponse';
import { notConnected, renewalFault } from './tokenServer';
import type { TokenServer } from './tokenServer';

/** Codes of connections that never came to be for a reason that may pass: a restart, a moment without DNS or network. */
const NOT_CONNECTED_NOW: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the server refused the connection',
	EAI_AGAIN: 'the host name could not be resolved',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
};

/** Codes of connections that will never come to be: the vendor has seen nothing of the request, and will not. */
const NEVER_CONNECTED: Readonly<Record<string, string>> = {
	ENOTFOUND: 'the host name could not be found',
	EPROTO: 'no encrypted connection could be established',
	ERR_INVALID_URL: 'the URL is not valid',
	...CERTIFICATE_CODES,
};

/** n8n has no code for an OAuth2 credential that was saved without an account, or that holds no token. */
const NOT_CONNECTED = /credentials not connected|without access token/i;

const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * What an error of n8n's HTTP helper means. n8n wraps whatever happened into a NodeApiError with fixed sentences;
 * what counts is its cause: the login that was refused, an answer with a status, or a fault of the connection. `tokenServer`
 * is where n8n may have tried to renew the access token.
 */
export function toTransportResult(error: unknown, tokenServer?: TokenServer): TransportResult {
	if (error instanceof DeadlineError) return { kind: 'fault', fault: faultOf('ETIMEDOUT', true) };
	if (error instanceof CancelledError) return { kind: 'fault', fault: faultOf('ERR_CANCELED', true) };
	const cause = rootOf(error);
	if (cause instanceof CredentialError) return { kind: 'fault', fault: toFault(cause) };
	if (cause instanceof AbandonedError) return { kind: 'fault', fault: loginCancelled() };
	const code = codeOf(error, cause);
	const fault = (): TransportFault => faultOf(code, isFromHttpClient(cause), wasOpen(cause));
	const renewal = renewalFault(error, fault, tokenServer);
	if (renewal) return { kind: 'fault', fault: renewal };
	const answer = answerOf(error, cause);
	if (answer) return answer;
	if (NOT_CONNECTED.test(messageOf(cause))) return { kind: 'fault', fault: notConnected(tokenServer) };
	return { kind: 'fault', fault: fault() };
}

/** The execution was cancelled while it waited for a login: the request itself never left. */
function loginCancelled(): TransportFault {
	return {
		maybeSent: false,
		stopsRun: true,
		reason: CANCELLED.reason,
		hint: RUN_AGAIN,
		cause: CANCELLED.cause,
	};
}

/** A system's code such as EHOSTUNREACH may also come while an open connection is read from or written to. */
function wasOpen(cause: unknown): boolean {
	return ['read', 'write'].includes(String(asObject(cause)?.['syscall']));
}

function faultOf(code: string | undefined, fromHttpClient: boolean, isOpen = false): TransportFault {
	const never = isOpen ? undefined : code;
	const passing = never === undefined ? undefined : NOT_CONNECTED_NOW[never];
	const reason = passing ?? (never === undefined ? undefined : NEVER_CONNECTED[never]);
	if (reason !== undefined) {
		return {
			...(code !== undefined && { code }),
			maybeSent: false,
			...(passing === undefined
				? { stopsRun: true }
				: { stopsRun: false, passing: true, attempts: ATTEMPTS_TO_CONNECT }),
			reason,
			cause: passing === undefined ? CONFIGURATION : UNAVAILABLE,
			hint:
				certificateHint(code) ?? 'Check the address in the credential, and whether n8n can reach that host.',
		};
	}
	if (code === 'ERR_CANCELED') {
		return {
			code,
			maybeSent: true,
			stopsRun: true,
			reason: 'the execution was cancelled before the response arrived',
			hint: RUN_AGAIN,
			cause: CANCELLED.cause,
		};
	}
	if (code === undefined && !fromHttpClient && !isOpen) {
		return {
			maybeSent: false,
			stopsRun: true,
			reason: 'n8n did not send the request',
			hint: 'Check that the credential can be opened, and that its allowed domains include this host.',
		};
	}
	const timedOut = code !== undefined && TIMEOUTS.has(code);
	return {
		...(code !== undefined && { code }),
		maybeSent: true,
		stopsRun: false,
		...(timedOut && { timedOut }),
		reason: timedOut
			? 'no response arrived in time'
			: 'the connection was lost before the response was complete',
		hint: `The request may have worked. ${RUN_AGAIN}`,
		cause: UNAVAILABLE,
	};
}

function answerOf(error: unknown, cause: unknown): TransportResult | undefined {
	const response = asObject(asObject(cause)?.['response']);
	const status = Number(response?.['status'] ?? asObject(error)?.['httpCode']);
	if (!Number.isInteger(status) || status < 100) return undefined;
	return {
		kind: 'response',
		response: { status, headers: headersOf(response?.['headers']), text: textOf(response?.['data']) },
	};
}

function rootOf(error: unknown): unknown {
	let root = error;
	for (let depth = 0; depth < 5; depth++) {
		const cause = asObject(root)?.['cause'];
		if (cause === undefined || cause === null) return root;
		if (asObject(root)?.['response'] !== undefined) return root;
		root = cause;
	}
	return root;
}

function messageOf(cause: unknown): string {
	return cause instanceof Error ? cause.message : '';
}

function codeOf(error: unknown, cause: unknown): string | undefined {
	for (const holder of [cause, asObject(error)?.['cause'], error]) {
		const code = asObject(holder)?.['code'] ?? asObject(holder)?.['httpCode'];
		if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
	}
	return undefined;
}

function isFromHttpClient(cause: unknown): boolean {
	return asObject(cause)?.['isAxiosError'] === true;
}
