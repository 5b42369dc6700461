import { describeCommand } from '../../engine/commandSuite';
import { describeFinding } from '../../engine/findingSuite';
import { finding } from './finding.subject';
import { terminate } from './subject';

describe('EnOS BPM: Terminate', () => describeCommand(terminate, 'vm'));
describeFinding(finding);
