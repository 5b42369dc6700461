import { describeCommand, describeFurtherCommand } from '../../engine/commandSuite';
import { describeFinding } from '../../engine/findingSuite';
import './engine/getAll';
import './engine/kill';
import './engine/pickLists';
import { describeVendor } from './engine/vendor';
import { finding } from './finding.subject';
import { kill, terminate } from './subject';

describe('Bitrix24: Terminate', () => describeCommand(terminate, 'vm'));
describe('Bitrix24: Kill', () => describeFurtherCommand(kill));
describe('Bitrix24: finding', () => describeFinding(finding));
describe('Bitrix24 on the real engine (vm)', () => describeVendor('vm'));
