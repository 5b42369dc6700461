import { describeCommand } from '../../engine/commandSuite';
import { useExpressionEngine } from '../../engine/engine';
import { describeFinding } from '../../engine/findingSuite';
import { finding } from './finding.subject';
import { terminate } from './subject';

beforeAll(async () => await useExpressionEngine('vm'));

describe('Unifier: Terminate', () => describeCommand(terminate));
describe('Unifier: finding', () => describeFinding(finding));
