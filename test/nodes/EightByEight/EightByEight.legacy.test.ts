import { describeCommand } from '../../engine/commandSuite';
import './engine/instances';
import './engine/pickLists';
import './engine/standing';
import './engine/tool';
import './engine/vendor';
import { terminate } from './subject';

describe('8x8: Terminate', () => describeCommand(terminate, 'legacy'));
