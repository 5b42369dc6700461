import { describeCommand } from '../../engine/commandSuite';
import { terminate } from './subject';

describe('Bitrix24: Terminate', () => describeCommand(terminate));
