import { tokenErrorHint } from '../../../../nodes/Bitrix24/api/tokenErrors';

describe('what helps against an error of the token server', () => {
	it.each([
		['invalid_grant', /Reconnect the credential/],
		['PAYMENT_REQUIRED', /does not help/],
		['payment_required', /Renew it in Bitrix24/],
		['invalid_client', /'Client Secret'/],
		['WRONG_CLIENT', /'Client ID'/],
		['invalid_request', /'Token Server'/],
		['insufficient_scope', /bizproc/],
		['invalid_scope', /bizproc/],
	])('%s', (code, hint) => {
		expect(tokenErrorHint(code)).toMatch(hint);
	});

	it('is left to the core where the code is not known', () => {
		expect(tokenErrorHint('something_else')).toBeUndefined();
	});
});
