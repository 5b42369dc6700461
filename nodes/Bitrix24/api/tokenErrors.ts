/**
 * What to do about the errors of the authorization server (page "OAuth 2.0"; `WRONG_CLIENT` as in the vendor's Python
 * SDK). Reconnecting helps with `invalid_grant` alone.
 */
const HINTS: ReadonlyMap<string, string> = new Map([
	['invalid_grant', 'Reconnect the credential: its access has expired or was revoked.'],
	[
		'payment_required',
		'The subscription of the application or the portal has expired. Renew it in Bitrix24; reconnecting the credential does not help.',
	],
	...['invalid_client', 'wrong_client'].map((code): [string, string] => [
		code,
		"Check 'Client ID' and 'Client Secret' in the credential against the settings of the application in Bitrix24, then reconnect it.",
	]),
	[
		'invalid_request',
		"Check 'Token Server', 'Client ID' and 'Client Secret' in the credential, then reconnect it.",
	],
	...['insufficient_scope', 'invalid_scope'].map((code): [string, string] => [
		code,
		"Select 'Business processes' (bizproc) in the settings of the application, then reconnect the credential.",
	]),
]);

/** How to get unstuck after an error of the authorization server, by its code in any case; undefined for others. */
export function tokenErrorHint(code: string): string | undefined {
	return HINTS.get(code.toLowerCase());
}
