import { describeFaults } from '../../engine/faultMatrix';
import { describeLoginFaults } from '../../engine/loginFaults';
import { createUnifier } from '../../sandbox/vendors/unifier/index.ts';
import { terminate } from './subject';

describe('Unifier: Terminate', () => describeFaults(terminate));

describe('Unifier: login', () =>
	describeLoginFaults(terminate, {
		createEmulator: createUnifier,
		path: '/auth/token',
		attempts: { busy: 5, unreadable: 2 },
	}));
