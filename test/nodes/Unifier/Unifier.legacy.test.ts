import { describeCommand } from '../../engine/commandSuite';
import './engine/lookups';
import './engine/pickLists';
import './engine/standing';
import './engine/vendor';
import './engine/wholeInput';
import { terminate } from './subject';

describe('Unifier: Terminate', () => describeCommand(terminate, 'legacy'));
