import {
	certificateHint,
	certificateOptions,
	loginRequest,
} from '../../../../../nodes/core/n8n/transport/certificates';

const SKIPPED = { skipSslCertificateValidation: true };

it.each(['allowUnauthorizedCerts', 'ignoreSSLIssues'])(
	'%s switches the check of certificates off',
	(name) => {
		expect(certificateOptions({ [name]: true })).toEqual(SKIPPED);
	},
);

it.each([{}, { allowUnauthorizedCerts: false }, { allowUnauthorizedCerts: 'true' }, { ignoreSSLIssues: 1 }])(
	'%j leaves it on',
	(credentials) => {
		expect(certificateOptions(credentials)).toEqual({});
	},
);

it('is the same for logins, which keep what they ask for', async () => {
	const helpers = { httpRequest: async (options: unknown) => options };
	const login = { url: 'https://host.example', method: 'GET' as const };
	await expect(loginRequest(helpers, {})(login)).resolves.toEqual(login);
	await expect(loginRequest(helpers, { allowUnauthorizedCerts: true })(login)).resolves.toEqual({
		...login,
		...SKIPPED,
	});
});

it('is named where a certificate was not accepted, and only there', () => {
	expect(certificateHint('CERT_HAS_EXPIRED')).toContain("'Ignore SSL Issues (Insecure)'");
	for (const code of ['ENOTFOUND', 'constructor', undefined]) expect(certificateHint(code)).toBeUndefined();
});
