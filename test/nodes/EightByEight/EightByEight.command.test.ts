import { describeCommand } from '../../engine/commandSuite';
import { terminate } from './subject';

describe('8x8: Terminate', () => describeCommand(terminate));
