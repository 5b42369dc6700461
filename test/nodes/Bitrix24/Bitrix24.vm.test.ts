import { describeCommand } from '../../engine/commandSuite';
import { useExpressionEngine } from '../../engine/engine';
import { describeFinding } from '../../engine/findingSuite';
import './engine/get';
import './engine/getAll';
import './engine/kill';
import './engine/pickLists';
import { describeVendor } from './engine/vendor';
import { finding } from './finding.subject';
import { kill, terminate } from './subject';

beforeAll(async () => await useExpressionEngine('vm'));

describe('Bitrix24: Terminate', () => describeCommand(terminate));
describe('Bitrix24: Kill', () => describeCommand(kill, ['wholeInput']));
describe('Bitrix24: finding', () => describeFinding(finding));
describe('Bitrix24 on the real engine', () => describeVendor());
