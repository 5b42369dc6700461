import { describeCommand } from '../../engine/commandSuite';
import { resume } from './subject';

describe('8x8: Resume', () => describeCommand(resume, ['vm']));
