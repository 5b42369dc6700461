import { describeFaults } from '../../engine/faultMatrix';
import { terminate } from './subject';

describe('Bitrix24: Terminate', () => describeFaults(terminate));
