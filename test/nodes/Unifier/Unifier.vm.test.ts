import { PATHS } from '../../engine/bench';
import { describeCommand } from '../../engine/commandSuite';
import { useExpressionEngine } from '../../engine/engine';
import { describeFinding } from '../../engine/findingSuite';
import { isThorough } from '../../engine/scope';
import { finding } from './finding.subject';
import { terminate } from './subject';

beforeAll(async () => await useExpressionEngine('vm'));

describe('Unifier: Terminate', () => describeCommand(terminate, isThorough ? PATHS : ['wholeInput']));
if (isThorough) describe('Unifier: finding', () => describeFinding(finding));
