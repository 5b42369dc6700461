import { describeCommand } from '../../engine/commandSuite';
import { describeFinding } from '../../engine/findingSuite';
import './engine/definitions';
import './engine/instances';
import './engine/liveStates';
import './engine/pickLists';
import './engine/standing';
import './engine/tool';
import './engine/vendor';
import { finding } from './finding.subject';
import { resume, suspend, terminate } from './subject';

describe('8x8: Terminate', () => describeCommand(terminate));
describe('8x8: Suspend', () => describeCommand(suspend, ['wholeInput']));
describe('8x8: Resume', () => describeCommand(resume, ['wholeInput']));
describe('8x8: finding', () => describeFinding(finding));
