import type { Connection, CredentialData, OAuth2 } from '../../connection/connection';
import { quoter } from '../../connection/redaction';
import { sessionKey } from '../../connection/sessions';
import { retryAfterMs } from '../../http/backoff';
import { CREDENTIAL, UNAVAILABLE } from '../../http/cause';
import { ATTEMPTS_TO_RENEW, MAX_SESSIONS, MAX_WAIT_MS } from '../../http/limits';
import type { TransportFault, TransportResult } from '../../http/transport';
import { excerpt } from '../../util/excerpt';
import type { Quote } from '../../util/excerpt';
import { asObject, asText, readObject } from '../../util/json';
import type { JsonRecord } from '../../util/json';

import { parseUrl } from '../../util/url';
import { headersOf, textOf } from './helperResponse';
import { isOutage, isSuccess } from '../../http/messages';
import { certificateHint } from './certificates';

/** What n8n's OAuth client throws: for a body with an error, and for a status or a body that it cannot use. */
const REFUSED = 'EAUTH';
const UNUSABLE = 'ESTATUS';

/** What the HTTP client throws for an address that is no URL. */
const NO_URL = 'ERR_INVALID_URL';

/** Errors that pass by themselves (RFC 6749, section 4.1.2.1). */
const PASSING = new Set(['server_error', 'temporarily_unavailable']);

/** Where n8n renews an access token. */
export interface TokenServer extends Pick<OAuth2, 'hintFor'> {
	address: string;
	/** Makes its words fit to be shown. */
	quote: Quote;
	/** What it said when the account was to be connected, where n8n took that for a connection. */
	refusal?: Renewal;
}

/** A connection as far as n8n renews its access token. */
export type Renewing = Pick<Connection, 'oAuth2'> & Partial<Pick<Connection, 'secrets'>>;

/** The token server of a connection, where n8n has one to ask. */
export function tokenServerOf(
	{ oAuth2, secrets = () => [] }: Renewing,
	credentials: CredentialData,
): TokenServer | undefined {
	if (!oAuth2) return undefined;
	const tokens = asObject(credentials['oauthTokenData']);
	const isRefused = tokens?.['error'] !== undefined && tokens['access_token'] === undefined;
	return {
		address: oAuth2.tokenUrl(credentials),
		hintFor: (code) => oAuth2.hintFor(code),
		quote: quoter(secrets(credentials)),
		...(isRefused && { refusal: saidIn(tokens) }),
	};
}

/** What is known of a renewal that came to nothing. */
interface Renewal {
	status?: number;
	/** The server's code and its sentence, as far as it gave any. */
	said: string;
	error?: string;
	waitMs?: number | undefined;
	/** What the connection met where no answer came. */
	fault?: TransportFault;
}

/**
 * What an error of n8n's HTTP helper means where the token server has not given n8n a new access token: the vendor has
 * refused the request before that, so nothing was done. Undefined for any other error. `faultOf` reads an error of the
 * connection.
 */
export function renewalFault(
	error: unknown,
	faultOf: () => TransportFault,
	server?: TokenServer,
): TransportFault | undefined {
	const renewal = readRenewal(chainOf(error), server?.address, faultOf);
	if (!renewal) return undefined;
	const fault = faultAfter(renewal, server);
	ofRenewals.add(fault);
	return fault;
}

function faultAfter(renewal: Renewal, server: TokenServer | undefined): TransportFault {
	const { fault, waitMs } = renewal;
	const who = nameOf(server);
	const code = renewal.error ?? fault?.code;
	const common = { ...(code !== undefined && { code }), maybeSent: false };
	if (fault) {
		const reason = `${who} could not be reached for a new access token: ${fault.reason}`;
		const isOver = fault.stopsRun && !fault.passing;
		return isOver
			? {
					...common,
					stopsRun: true,
					...(fault.cause && { cause: fault.cause }),
					reason,
					hint: certificateHint(fault.code) ?? (fault.maybeSent ? fault.hint : REACH),
				}
			: { ...common, ...SOME_TRIES, reason, hint: 'Run the node again later.' };
	}
	const detail = detailOf(renewal, server);
	if (isPassing(renewal)) {
		return {
			...common,
			...SOME_TRIES,
			...(waitMs !== undefined && waitMs <= MAX_WAIT_MS && { waitMs }),
			reason: `${who} could not renew the access token of the credential (${detail})`,
			hint: 'Run the node again later.',
		};
	}
	return {
		...common,
		stopsRun: true,
		cause: CREDENTIAL,
		reason: `${who} refused to renew the access token of the credential${detail === '' ? '' : `: ${detail}`}`,
		hint: hintFor(renewal, server),
	};
}

/**
 * n8n takes an error with HTTP 200 for new tokens: it keeps the error among them and sends the old token again, which the
 * vendor refuses again. The fault then, from the credential as it was when the run began and as it is after that.
 */
export function keptRefusal(
	server: TokenServer,
	before: CredentialData,
	after: CredentialData | undefined,
): TransportFault | undefined {
	const [old, kept] = [before, after].map((data) => asObject(data?.['oauthTokenData']));
	if (kept?.['error'] === undefined) return undefined;
	// n8n never drops an error that it has kept, not even when new tokens come.
	if (old?.['error'] !== undefined && old['access_token'] !== kept['access_token']) return undefined;
	const fault = faultAfter(saidIn(kept), server);
	ofRenewals.add(fault);
	return fault;
}

/** What is wrong where n8n has no access token to send. */
export function notConnected(server?: TokenServer): TransportFault {
	const said = server?.refusal && detailOf(server.refusal, server);
	return {
		maybeSent: false,
		stopsRun: true,
		cause: CREDENTIAL,
		reason: `the credential is not connected to an account${said === undefined ? '' : `: ${nameOf(server)} returned ${said}`}`,
		hint:
			server?.refusal === undefined
				? 'Reconnect the credential: open it and press Connect or Switch account.'
				: hintFor(server.refusal, server),
	};
}

const SOME_TRIES = {
	stopsRun: false,
	passing: true,
	attempts: ATTEMPTS_TO_RENEW,
	cause: UNAVAILABLE,
} as const;

const CHECK_ADDRESS = 'Check the address of the token server in the credential';
const REACH = `${CHECK_ADDRESS}, and whether n8n can reach that host.`;

function nameOf(server: TokenServer | undefined): string {
	const host = parseUrl(server?.address ?? '')?.host;
	return host === undefined ? 'the token server' : `the token server ${host}`;
}

/** What the server answered, fit to be shown. */
function detailOf({ status, said }: Renewal, server: TokenServer | undefined): string {
	return [status === undefined ? '' : `HTTP ${status}`, (server?.quote ?? excerpt)(said)]
		.filter((text) => text !== '')
		.join(', ');
}

function hintFor({ status, error }: Renewal, server: TokenServer | undefined): string {
	if (error === undefined && status !== undefined) {
		return `${CHECK_ADDRESS}. Another server may have answered in its place.`;
	}
	return (error === undefined ? undefined : server?.hintFor(error)) ?? 'Reconnect the credential.';
}

function isPassing({ status = 0, error }: Renewal): boolean {
	if (error !== undefined && PASSING.has(error.toLowerCase())) return true;
	// A success that n8n could not read may be half an answer.
	return isOutage(status) || isSuccess(status);
}

function readRenewal(
	chain: readonly JsonRecord[],
	address: string | undefined,
	faultOf: () => TransportFault,
): Renewal | undefined {
	const refusal = chain.find(({ code }) => code === REFUSED);
	if (refusal) return saidIn(asObject(refusal['body']));
	const unusable = chain.find(({ code }) => code === UNUSABLE);
	if (unusable) return { ...saidIn(textOf(unusable['body'])), status: Number(unusable['status']) };
	if (chain.some((holder) => asObject(holder['failure'])?.['cause'] === 'credential-invalid')) {
		return { error: 'invalid_grant', said: 'invalid_grant' };
	}
	const own = chain.find(
		(holder) => address !== undefined && asObject(holder['config'])?.['url'] === address,
	);
	// n8n does not say which address was no URL; that of the vendor always is one.
	const isNoUrl = address !== undefined && !parseUrl(address) && faultOf().code === NO_URL;
	if (isNoUrl) return { said: '', fault: faultOf() };
	if (!own) return undefined;
	const response = asObject(own['response']);
	const status = Number(response?.['status']);
	if (!response || !Number.isInteger(status)) return { said: '', fault: faultOf() };
	const headers = headersOf(response['headers']);
	return {
		...saidIn(textOf(response['data'])),
		status,
		waitMs: retryAfterMs({ status, headers, text: '' }, Date.now()),
	};
}

function saidIn(body: JsonRecord | string | undefined): Pick<Renewal, 'said' | 'error'> {
	const fields = typeof body === 'string' ? readObject(body) : body;
	const error = asText(fields?.['error']);
	const words = [error, asText(fields?.['error_description'])].filter((text) => text !== undefined);
	if (words.length === 0) return { said: typeof body === 'string' ? body : '' };
	return { said: words.join(', '), ...(error !== undefined && { error }) };
}

/** An error and what it was made of, outermost first. */
function chainOf(error: unknown): JsonRecord[] {
	const chain: JsonRecord[] = [];
	for (let holder = asObject(error); holder && chain.length < 6; holder = asObject(holder['cause'])) {
		chain.push(holder);
	}
	return chain;
}

/** The faults of renewals, so that they can be told from those of the vendor's own requests. */
const ofRenewals = new WeakSet<TransportFault>();

/** The last renewal that came to nothing, by credential: which it was, and when, by `performance.now()`. */
const failures = new Map<string, { fault: TransportFault; count: number; at: number }>();

/** What one run knows of the trouble with renewals. */
export interface RenewalStanding {
	/** When the run began, by `performance.now()`. */
	since: number;
	/** How many failed renewals it has been told of. */
	met: number;
}

/** The standing of a run that begins now. */
export function newStanding(): RenewalStanding {
	return { since: performance.now(), met: 0 };
}

/**
 * Sends a request whose access token n8n may have to renew. A renewal that fails counts for all runs that had begun by then,
 * such as the items of n8n's routing engine: each would cost the token server another request.
 */
export async function sendUnderRenewal(
	oAuth2: OAuth2 | undefined,
	credentials: CredentialData,
	standing: RenewalStanding,
	send: () => Promise<TransportResult>,
): Promise<TransportResult> {
	if (!oAuth2) return await send();
	const key = sessionKey([oAuth2.tokenUrl(credentials), oAuth2.identity(credentials)]);
	const failure = failures.get(key);
	if (failure && standing.since <= failure.at && standing.met < failure.count) {
		standing.met = failure.count;
		return { kind: 'fault', fault: failure.fault };
	}
	const result = await send();
	if (result.kind === 'response') {
		failures.delete(key);
	} else if (ofRenewals.has(result.fault)) {
		if (failures.size >= MAX_SESSIONS) failures.clear();
		const count = (failures.get(key)?.count ?? 0) + 1;
		standing.met = count;
		failures.set(key, { fault: result.fault, count, at: performance.now() });
	}
	return result;
}
