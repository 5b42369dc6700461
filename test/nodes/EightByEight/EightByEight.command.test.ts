import { describeCommand, describeFurtherCommand } from '../../engine/commandSuite';
import { resume, suspend, terminate } from './subject';

describe('8x8: Terminate', () => describeCommand(terminate));
describe('8x8: Suspend', () => describeFurtherCommand(suspend));
describe('8x8: Resume', () => describeFurtherCommand(resume));
