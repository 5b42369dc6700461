import { PATHS } from '../../engine/bench';
import { describeCommand } from '../../engine/commandSuite';
import { useExpressionEngine } from '../../engine/engine';
import { describeFinding } from '../../engine/findingSuite';
import { isThorough } from '../../engine/scope';
import { finding } from './finding.subject';
import { terminate } from './subject';

beforeAll(async () => await useExpressionEngine('vm'));

describe('EnOS BPM: Terminate', () => describeCommand(terminate, isThorough ? PATHS : ['wholeInput']));
if (isThorough) describe('EnOS BPM: finding', () => describeFinding(finding));
