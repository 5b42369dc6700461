import { describeCommand } from '../../engine/commandSuite';
import { describeFinding } from '../../engine/findingSuite';
import './engine/lookups';
import './engine/pickLists';
import './engine/standing';
import './engine/vendor';
import './engine/wholeInput';
import { finding } from './finding.subject';
import { terminate } from './subject';

describe('Unifier: Terminate', () => describeCommand(terminate));
describe('Unifier: finding', () => describeFinding(finding));
