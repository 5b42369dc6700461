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

/** A login that came to nothing. */
export interface FailedLogin {
	/** The label of the choice under Authentication. */
	service: string;
	/** Makes Unifier's words fit to be shown. */
	quote: Quote;
}

/** What to do where the chosen token service does not exist or does not serve the user. */
const OTHER_AUTHENTICATION =
	"Choose another 'Authentication' in the credential: 'V2 Token' fits Unifier 24.10 and later, 'V1 Login' Basic users, 'V1 OAuth Token' OAuth users, whom only Unifier's cloud has.";

/** Unifier's own codes begin here; smaller ones repeat an HTTP status ("Response Error Codes"). */
const FIRST_CODE = 600;

/** Half an answer is not quoted, because it may hold a token. */
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
			`Let your Unifier administrator look at the user. ${OTHER_AUTHENTICATION}`,
		);
	}
	const status = code ?? response.status;
	const what = code === undefined ? `HTTP ${status}` : `code ${code}`;
	if (isOutage(status)) {
		return new LoginTrouble(
			spoken(`The login to Unifier is not possible just now (${what})`),
			'Try again a little later.',
			repetitionAfter(response),
		);
	}
	if (status === 401 || (status === 403 && !isHtml(response))) {
		return refused(
			spoken(
				'The login to Unifier was not accepted: user name or password is wrong, or it is no active integration user',
			),
			"Check user name and password. The user must be an active integration user, and of the kind (Basic or OAuth) that the chosen 'Authentication' serves.",
		);
	}
	if (status === 403) {
		return refused(
			spoken('The login to Unifier was answered with a page that forbids access (HTTP 403)'),
			'A proxy or firewall may keep n8n away from Unifier, or Unifier does not let this user in. Ask those who run them.',
		);
	}
	if (status === 400) {
		return refused(
			spoken(`Unifier could not use the login (${what})`),
			`Check user name, password and 'Base URL'. ${OTHER_AUTHENTICATION}`,
		);
	}
	if (status === 404 || status === 405) {
		return new LoginTrouble(
			`The address answered the login, but not as Unifier does for '${service}' (${what}): either the 'Authentication' that was chosen or the 'Base URL' does not fit`,
			`${BASE_URL_HINT} ${OTHER_AUTHENTICATION}`,
			{ attempts: 1 },
		);
	}
	return readObject(response.text) && isSuccess(status)
		? refused(spoken('The answer to the login holds no token'), OTHER_AUTHENTICATION)
		: notUnifier(response);
}

function notUnifier({ status }: ApiResponse): LoginTrouble {
	return new LoginTrouble(
		"The address answered the login, but not as Unifier does: check the 'Base URL' in the credential",
		BASE_URL_HINT,
		// A success that cannot be read may be half an answer.
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

/** What kept the login from getting an answer, as far as there is something to do about it. */
const FAULTS: ReadonlyArray<{ codes: RegExp; reason: string; hint: string }> = [
	{
		codes: /CERT|SIGNATURE|^EPROTO$|^ERR_(?:SSL|TLS)/,
		reason: 'The login to Unifier was not sent for lack of a trusted connection',
		hint: "Check that the 'Base URL' has the host of Unifier and the right port, and let its operator mend the certificate or n8n's administrator trust the authority that issued it.",
	},
	{
		codes: /^(?:ENOTFOUND|EAI_)/,
		reason: 'The login to Unifier was not sent, because its host was not found',
		hint: "Check the host in the 'Base URL', and whether n8n can look host names up.",
	},
	{
		codes: /TIMEDOUT$|^ECONNABORTED$/,
		reason: 'The login to Unifier timed out',
		hint: 'Try again a little later; check whether a firewall between n8n and Unifier drops the connection.',
	},
];

/** The error for a login that got no answer. */
export function loginFault(fault: TransportFault): LoginTrouble {
	const known = FAULTS.find(({ codes }) => codes.test(fault.code ?? ''));
	return new LoginTrouble(
		`${known?.reason ?? 'The login to Unifier got no answer'}: ${fault.reason}`,
		certificateHint(fault.code) ??
			known?.hint ??
			"Check the 'Base URL' in the credential, whether n8n can reach that host, and whether the credential's allowed domains include it.",
		{ attempts: attemptsAfter(fault) },
	);
}
