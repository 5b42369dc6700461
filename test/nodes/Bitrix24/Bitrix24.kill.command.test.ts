import { describeCommand } from '../../engine/commandSuite';
import { kill } from './subject';

describe('Bitrix24: Kill', () => describeCommand(kill, ['vm']));
