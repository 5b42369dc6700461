import { describeCommand } from '../../engine/commandSuite';
import { useExpressionEngine } from '../../engine/engine';
import { describeFinding } from '../../engine/findingSuite';
import { finding } from './finding.subject';
import { terminate } from './subject';

beforeAll(async () => await useExpressionEngine('vm'));

describe('EnOS BPM: Terminate', () => describeCommand(terminate));
describe('EnOS BPM: finding', () => describeFinding(finding));
