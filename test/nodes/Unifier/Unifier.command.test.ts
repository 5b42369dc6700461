import { describeCommand } from '../../engine/commandSuite';
import { terminate } from './subject';

describe('Unifier: Terminate', () => describeCommand(terminate));
