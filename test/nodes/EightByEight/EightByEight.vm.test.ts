import { describeCommand, describeFurtherCommand } from '../../engine/commandSuite';
import { describeFinding } from '../../engine/findingSuite';
import { finding } from './finding.subject';
import { resume, suspend, terminate } from './subject';

describe('8x8: Terminate', () => describeCommand(terminate, 'vm'));
describe('8x8: Suspend', () => describeFurtherCommand(suspend));
describe('8x8: Resume', () => describeFurtherCommand(resume));
describeFinding(finding);
