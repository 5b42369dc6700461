import { describeFaults } from '../../engine/faultMatrix';
import { terminate } from './subject';

describe('8x8: Terminate', () => describeFaults(terminate));

// What cannot be read before the command is never taken for a state that fits.
describe('8x8: Terminate, the look before', () =>
	describeFaults(terminate, { name: 'the look before', method: 'GET', path: '/workflows/' }));
