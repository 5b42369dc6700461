import { describeFaults } from '../../engine/faultMatrix';
import { terminate } from './subject';

describe('Unifier: Terminate', () => describeFaults(terminate));
