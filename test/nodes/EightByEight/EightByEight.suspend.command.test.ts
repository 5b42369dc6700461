import { describeCommand } from '../../engine/commandSuite';
import { suspend } from './subject';

describe('8x8: Suspend', () => describeCommand(suspend, ['vm']));
