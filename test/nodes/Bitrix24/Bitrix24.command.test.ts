import { describeCommand, describeFurtherCommand } from '../../engine/commandSuite';
import { kill, terminate } from './subject';

describe('Bitrix24: Terminate', () => describeCommand(terminate));
describe('Bitrix24: Kill', () => describeFurtherCommand(kill));
