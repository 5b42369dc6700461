import { PATHS } from '../../engine/bench';
import { describeCommand } from '../../engine/commandSuite';
import { useExpressionEngine } from '../../engine/engine';
import { describeFinding } from '../../engine/findingSuite';
import { isThorough } from '../../engine/scope';
import { finding } from './finding.subject';
import { resume, suspend, terminate } from './subject';

beforeAll(async () => await useExpressionEngine('vm'));

describe('8x8: Terminate', () => describeCommand(terminate, isThorough ? PATHS : ['wholeInput']));
if (isThorough) {
	describe('8x8: Suspend', () => describeCommand(suspend, ['wholeInput']));
	describe('8x8: Resume', () => describeCommand(resume, ['wholeInput']));
	describe('8x8: finding', () => describeFinding(finding));
}
