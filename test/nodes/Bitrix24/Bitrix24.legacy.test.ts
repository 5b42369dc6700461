import { describeCommand } from '../../engine/commandSuite';
import { describeVendor } from './engine/vendor';
import './engine/pace';
import './engine/wholeInput';
import { terminate } from './subject';

describe('Bitrix24: Terminate', () => describeCommand(terminate, 'legacy'));
describe('Bitrix24 on the real engine (legacy)', () => describeVendor('legacy'));
