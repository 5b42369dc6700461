import { describeCommand } from '../../engine/commandSuite';
import { describeFinding } from '../../engine/findingSuite';
import './engine/doubt';
import './engine/lists';
import './engine/load';
import './engine/options';
import './engine/session';
import './engine/vendor';
import { finding } from './finding.subject';
import { terminate } from './subject';

describe('EnOS BPM: Terminate', () => describeCommand(terminate));
describe('EnOS BPM: finding', () => describeFinding(finding));
