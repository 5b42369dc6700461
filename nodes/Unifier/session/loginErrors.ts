import { CredentialError, LoginTrouble } from '../../core/connection/credentialError';
import { ONE_REPETITION } from '../../core/http/limits';
import { isOutage, isRedirect, isSuccess, redirectHost } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import { withWords } from '../../core/http/readResult';
import type { TransportFault } from '../../core/http/transport';
import { certificateHint } from '../../core/n8n/transport/certificates';
import { textOf } from '../../core/n8n/transport/helperResponse';
import { attemptsAfter, repetitionAfter } from '../../core/n8n/transport/login';
import type { Quote } from '../../core/util/excerpt';
import { mapTexts, readObject } from '../../core/util/json';
import { outsideText } from '../../core/util/text';
import { BASE_URL_HINT } from '../api/errors';

/** A login that failed. */
export interface FailedLogin {
	/** The label of the choice under Authentication. */
	service: string;
	/** Makes Unifier's words fit to be shown. */
	quote: Quote;
}

/** What to do if the chosen token service does not exist or does not serve the user. */
const OTHER_AUTHENTICATION =
	"Choose another 'Authentication' in the credential. 'V2 Token' is for Unifier 24.10 and later, 'V1 Login' for Basic users. 'V1 OAuth Token' is for OAuth users, who exist only in Unifier's cloud.";

/** Unifier's own codes begin here; smaller ones repeat an HTTP status ("Response Error Codes"). */
const FIRST_CODE = 600;

/** A truncated response is not quoted, because it may contain a token. */
const BEGINS_LIKE_DATA = /^\s*["[{]/;

/** What Unifier says about a login: the field `status`, where it is not 200, and its words. */
interface Said {
	code: number | undefined;
	vendorMessage: string;
}

/**
 * The error for a response that is not the success of a login, or for a success without a token. Its code counts before the
 * HTTP status. Unifier's own words stand in the message, because the credential's test shows nothing else.
 */
export function loginError(response: ApiResponse, { service, quote }: FailedLogin): CredentialError {
	if (isRedirect(response)) {
		return new LoginTrouble(
			`The login to Unifier was redirected to ${redirectHost(response)}, and redirects are not followed`,
			BASE_URL_HINT,
			{ attempts: 1 },
		);
	}
	const { code, vendorMessage } = saidIn(response);
	const spoken = (reason: string, shownCode?: number): string => {
		const details = { vendorMessage: quote(vendorMessage), httpStatus: response.status };
		return (
			withWords(reason, { ...details, ...(shownCode !== undefined && { code: String(shownCode) }) }) ?? reason
		);
	};
	const refused = (reason: string, hint: string): CredentialError =>
		new CredentialError(reason, hint, vendorMessage === '' ? undefined : vendorMessage);
	if (code !== undefined && code >= FIRST_CODE) {
		return refused(
			spoken('The login to Unifier was refused', code),
			`Ask your Unifier administrator to check the user. ${OTHER_AUTHENTICATION}`,
		);
	}
	const status = code ?? response.status;
	const what = code === undefined ? `HTTP ${status}` : `code ${code}`;
	if (isOutage(status)) {
		return new LoginTrouble(
			spoken(`The login to Unifier is not possible at the moment (${what})`),
			'Try again later.',
			repetitionAfter(response),
		);
	}
	if (status === 401 || (status === 403 && !isHtml(response))) {
		return refused(
			spoken(
				'Unifier did not accept the login: the user name or the password is wrong, or the user is not an active integration user',
			),
			"Check the user name and the password. The user must be an active integration user of the type (Basic or OAuth) that the chosen 'Authentication' is for.",
		);
	}
	if (status === 403) {
		return refused(
			spoken('The response to the login is a page that denies access to Unifier (HTTP 403)'),
			'A proxy or firewall may be blocking n8n, or Unifier may not admit this user. Ask the administrators of your network and of Unifier.',
		);
	}
	if (status === 400) {
		return refused(
			spoken(`Unifier could not process the login (${what})`),
			`Check the user name, the password and the 'Base URL'. ${OTHER_AUTHENTICATION}`,
		);
	}
	if (status === 404 || status === 405) {
		return new LoginTrouble(
			`The response to the '${service}' login does not seem to come from Unifier (${what}): either the chosen 'Authentication' or the 'Base URL' is wrong`,
			`${BASE_URL_HINT} ${OTHER_AUTHENTICATION}`,
			{ attempts: 1 },
		);
	}
	return readObject(response.text) && isSuccess(status)
		? refused(spoken('The response to the login contains no token'), OTHER_AUTHENTICATION)
		: notUnifier(response);
}

function notUnifier({ status }: ApiResponse): LoginTrouble {
	return new LoginTrouble(
		"The response to the login does not seem to come from Unifier: check the 'Base URL' in the credential",
		BASE_URL_HINT,
		// A success that cannot be read may be a truncated response.
		{ attempts: isSuccess(status) ? ONE_REPETITION : 1 },
	);
}

function saidIn({ text }: ApiResponse): Said {
	const body = readObject(text);
	if (!body) return { code: undefined, vendorMessage: BEGINS_LIKE_DATA.test(text) ? '' : outsideText(text) };
	const status = textOf(body['status']).trim();
	const code = status === '' ? NaN : Number(status);
	const words: string[] = [];
	mapTexts([body['errors'], body['error'], body['message']], (word) => {
		words.push(word.trim());
		return word;
	});
	return {
		code: Number.isInteger(code) && code !== 200 ? code : undefined,
		vendorMessage: outsideText(words.filter((word) => word !== '').join(' ')),
	};
}

function isHtml({ text }: ApiResponse): boolean {
	return /^\s*</.test(text);
}

/** Why the login received no response, for causes about which something can be done. */
const FAULTS: ReadonlyArray<{ codes: RegExp; reason: string; hint: string }> = [
	{
		codes: /CERT|SIGNATURE|^EPROTO$|^ERR_(?:SSL|TLS)/,
		reason: 'The login to Unifier was not sent because the connection is not trusted',
		hint: "Check the host and the port in the 'Base URL'. Ask the operator of Unifier to fix the certificate, or your n8n administrator to trust the authority that issued it.",
	},
	{
		codes: /^(?:ENOTFOUND|EAI_)/,
		reason: 'The login to Unifier was not sent because its host was not found',
		hint: "Check the host in the 'Base URL', and whether n8n can resolve host names.",
	},
	{
		codes: /TIMEDOUT$|^ECONNABORTED$/,
		reason: 'The login to Unifier timed out',
		hint: 'Try again later. Also check whether a firewall between n8n and Unifier drops the connection.',
	},
];

/** The error for a login that got no answer. */
export function loginFault(fault: TransportFault): LoginTrouble {
	const known = FAULTS.find(({ codes }) => codes.test(fault.code ?? ''));
	return new LoginTrouble(
		`${known?.reason ?? 'The login to Unifier received no response'}: ${fault.reason}`,
		certificateHint(fault.code) ??
			known?.hint ??
			"Check the 'Base URL' in the credential, whether n8n can reach that host, and whether the credential's allowed domains include it.",
		{ attempts: attemptsAfter(fault) },
	);
}
