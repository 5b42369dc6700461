import { describeFaults } from '../../engine/faultMatrix';
import { describeLoginFaults } from '../../engine/loginFaults';
import { createEnosBpm } from '../../sandbox/vendors/enosBpm/index.ts';
import './engine/workers';
import { terminate } from './subject';

describe('EnOS BPM: Terminate', () => describeFaults(terminate));

describe('EnOS BPM: login', () =>
	describeLoginFaults(terminate, {
		createEmulator: createEnosBpm,
		path: '/login',
		attempts: { busy: 5, unreadable: 2 },
	}));
