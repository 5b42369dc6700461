import { describeFaults } from '../../engine/faultMatrix';
import { terminate } from './subject';

describe('EnOS BPM: Terminate', () => describeFaults(terminate));
