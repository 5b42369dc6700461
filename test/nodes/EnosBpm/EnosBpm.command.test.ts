import { describeCommand } from '../../engine/commandSuite';
import { terminate } from './subject';

describe('EnOS BPM: Terminate', () => describeCommand(terminate));
