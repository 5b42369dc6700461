import { describeCommand } from '../../engine/commandSuite';
import './engine/doubt';
import './engine/lists';
import './engine/load';
import './engine/options';
import './engine/session';
import './engine/vendor';
import { terminate } from './subject';

describe('EnOS BPM: Terminate', () => describeCommand(terminate, 'legacy'));
