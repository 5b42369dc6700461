import { describeFaults } from '../../engine/faultMatrix';
import { terminate } from './subject';

describe('8x8: Terminate', () => describeFaults(terminate));
