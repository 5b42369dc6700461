import { describeCommand } from '../../engine/commandSuite';
import { describeFinding } from '../../engine/findingSuite';
import { finding } from './finding.subject';
import { terminate } from './subject';

describe('Unifier: Terminate', () => describeCommand(terminate, 'vm'));
describeFinding(finding);
