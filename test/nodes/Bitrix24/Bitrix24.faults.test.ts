import { describeFaults } from '../../engine/faultMatrix';
import { describeLoginFaults } from '../../engine/loginFaults';
import { createBitrix24 } from '../../sandbox/vendors/bitrix24/index.ts';
import { terminate } from './subject';

describe('Bitrix24: Terminate', () => describeFaults(terminate));

describe('Bitrix24: login', () =>
	describeLoginFaults(terminate, {
		createEmulator: createBitrix24,
		path: '/oauth/token',
		credential: {
			type: 'bitrix24BizprocOAuth2Api',
			key: 'oAuth2Expired',
			parameters: { authentication: 'oAuth2' },
		},
		attempts: { busy: 2, unreadable: 2 },
	}));
