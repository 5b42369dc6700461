import { CredentialError, LoginTrouble, toFault } from '../../../../nodes/core/connection/credentialError';

describe('a credential that is refused', () => {
	it.each([
		new CredentialError('The password is wrong', 'Enter it again.', 'code 5'),
		new LoginTrouble('The password is wrong', 'Enter it again.', { attempts: 1 }),
	])('says what to do in its message too, for the dialog that shows nothing else: %p', (error) => {
		expect(error.message).toBe('The password is wrong. Enter it again.');
	});

	it('is a reason and a hint to a run, which shows them apart', () => {
		expect(toFault(new CredentialError('The password is wrong', 'Enter it again.', 'code 5'))).toEqual({
			maybeSent: false,
			stopsRun: true,
			reason: 'the password is wrong',
			hint: 'Enter it again.',
			cause: { kind: 'credential' },
			vendorMessage: 'code 5',
		});
	});
});
